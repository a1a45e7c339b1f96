"""Scenarios kept as files: TOML or JSON, to be saved, mended by hand and sent to others."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from referral.network.errors import ScenarioError
from referral.network.scenario_parser import parse_scenario, scenario_document
from referral.network.scenarios import Scenario


def read_scenario(path: Path) -> Scenario:
    """Read a scenario; a file named ``.json`` is JSON, any other TOML.

    Raises:
        ScenarioError: the file cannot be read or used; the Czech sentence names it.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ScenarioError(f"soubor scénáře {path} neexistuje; zkontrolujte cestu") from None
    except OSError as error:
        raise ScenarioError(f"soubor scénáře {path} nejde přečíst: {error.strerror}") from error
    except UnicodeDecodeError:
        raise ScenarioError(f"soubor scénáře {path} není v kódování UTF-8") from None
    try:
        document = json.loads(text) if _is_json(path) else tomllib.loads(text)
    except json.JSONDecodeError as error:
        raise ScenarioError(f"soubor scénáře {path} není platný JSON: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"soubor scénáře {path} není platný TOML: {error}") from error
    if not isinstance(document, Mapping):
        raise ScenarioError(f"{path}: scénář musí být objekt s klíči „name“ a „changes“")
    try:
        return parse_scenario(document)
    except ScenarioError as error:
        raise ScenarioError(f"{path}: {error}") from error


def scenario_text(scenario: Scenario, path: Path) -> str:
    """Return the text of a file from which ``read_scenario`` reads the same scenario."""
    document = scenario_document(scenario)
    if _is_json(path):
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    head = {key: value for key, value in document.items() if key != "changes"}
    lines = ["# Scénář sítě služeb. Popis klíčů: docs/scenarios.md", *_toml(head)]
    changes = document["changes"]
    if isinstance(changes, list):
        for change in changes:
            lines += ["", "[[changes]]", *_toml(change)]
    return "\n".join(lines) + "\n"


def _toml(table: Mapping[str, object]) -> list[str]:
    # A JSON string or list of strings is also one of TOML, and so is a number; of control
    # characters TOML wants DEL escaped, which JSON leaves as it is.
    return [
        f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f")
        for key, value in table.items()
    ]


def _is_json(path: Path) -> bool:
    return path.suffix.lower() == ".json"
