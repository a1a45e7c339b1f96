"""Scenarios as a text that somebody sends or pastes: a mistake is told with its line and key."""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from referral.ingest.scenario_file import scenario_text
from referral.network.errors import ScenarioError
from referral.network.scenario_parser import parse_scenario
from referral.network.scenarios import Scenario

_AS_TOML = Path("scenar.toml")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
_CHANGE = re.compile(r"změna (\d+)\.(?: \(„[^“]*“\))?")
_QUOTED = re.compile("„([^“]+)“")
_HEADER = re.compile(r"^[ \t]*\[\[\s*changes\s*\]\]", re.MULTILINE)


class ScenarioTextError(ScenarioError):
    """A scenario that cannot be used; ``line`` (from 1) and ``key`` where they are known."""

    def __init__(self, message: str, *, line: int | None = None, key: str = "") -> None:
        """Keep the sentence and the place of the mistake."""
        super().__init__(message)
        self.line = line
        self.key = key


def read_scenario_text(text: str) -> Scenario:
    """Read a scenario written in TOML, or in JSON when it begins as an object does.

    Raises:
        ScenarioTextError: it cannot be read; the sentence says what and the error where.
    """
    if not text.strip():
        raise ScenarioTextError("scénář je prázdný; vložte jeho text, nebo vyberte soubor")
    document = _from_json(text) if text.lstrip().startswith("{") else _from_toml(text)
    try:
        return parse_scenario(document)
    except ScenarioError as error:
        raise located(error, text) from error


def scenario_toml(scenario: Scenario) -> str:
    """Return the TOML text from which ``read_scenario_text`` reads the same scenario."""
    return scenario_text(scenario, _AS_TOML)


def located(error: ScenarioError, text: str) -> ScenarioTextError:
    """Return the same error with the line and the key of the text that it is about."""
    message = str(error)
    found = _CHANGE.match(message)
    first, last = _lines_of_change(text, int(found[1])) if found else (0, _count(text))
    told = _QUOTED.findall(message[found.end() :] if found else message)
    lines = text.splitlines()
    for word in told:
        for position in range(first, min(last, len(lines))):
            if re.match(rf'\s*"?{re.escape(word)}"?\s*[=:]', lines[position]):
                return ScenarioTextError(message, line=position + 1, key=word)
    for word in told:
        for position in range(first, min(last, len(lines))):
            key, mark, value = lines[position].partition("=")
            if mark and word in value:
                return ScenarioTextError(message, line=position + 1, key=key.strip())
    key = next((word for word in told if word.isascii() and word.islower()), "")
    return ScenarioTextError(message, line=first + 1 if found else None, key=key)


def _from_json(text: str) -> Mapping[str, object]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise ScenarioTextError(
            f"text není platný JSON: {_json_sentence(error)}", line=error.lineno
        ) from error
    except RecursionError:
        raise ScenarioTextError("text není platný JSON: je zanořený příliš hluboko") from None
    assert isinstance(document, Mapping)  # noqa: S101 - it began with a brace
    return document


def _json_sentence(error: json.JSONDecodeError) -> str:
    return f"chyba je u znaku {error.colno}; zkontrolujte čárky, uvozovky a závorky"


def _from_toml(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = int(at[1]) if at and at[1] else _count(text)
        written = (text.splitlines() or [""])[min(line, _count(text)) - 1]
        key = written.partition("=")[0].strip() if "=" in written else ""
        raise ScenarioTextError(
            "řádek nejde přečíst jako TOML; hodnoty pište v uvozovkách a seznamy v hranatých "
            'závorkách, například at = ["Kadaň"]',
            line=line,
            key=key,
        ) from error
    except RecursionError:
        raise ScenarioTextError("text není platný TOML: je zanořený příliš hluboko") from None


def _lines_of_change(text: str, number: int) -> tuple[int, int]:
    """Return the lines (from 0, the last one excluded) of a change; all of them in JSON."""
    starts = [text.count("\n", 0, found.start()) for found in _HEADER.finditer(text)]
    if number > len(starts):
        return 0, _count(text)
    return starts[number - 1], starts[number] if number < len(starts) else _count(text)


def _count(text: str) -> int:
    return len(text.splitlines())
