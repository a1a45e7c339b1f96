"""One table of a norm's document, read key by key, with a Czech sentence for every mistake."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from referral.network.norms import NormError

_HIGHEST_DETOUR = 3.0
_S = TypeVar("_S", bound=StrEnum)


def hint(word: str, words: Sequence[str]) -> str:
    """Return " (neměli jste na mysli …?)" with the known word most like this one, or nothing."""
    close = get_close_matches(word, words, n=1)
    return f" (neměli jste na mysli „{close[0]}“?)" if close else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the document that knows its place and says it in every complaint."""

    document: Mapping[str, object]
    where: str
    keys: tuple[str, ...]

    def __post_init__(self) -> None:
        # A misspelt key would silently leave its default in force.
        for key in self.document:
            if key not in self.keys:
                known = ", ".join(self.keys)
                raise self.mistake(
                    f"neznámý klíč „{key}“{hint(str(key), self.keys)}; známé klíče: {known}"
                )

    def mistake(self, sentence: str) -> NormError:
        """Return the error that says where the mistake is."""
        return NormError(f"{self.where}: {sentence}")

    def get(self, key: str) -> object:
        """Return what stands under the key, which must be there."""
        if key not in self.document:
            raise self.mistake(f"chybí klíč „{key}“; doplňte jej")
        return self.document[key]

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text, stripped; with a default it may be missing or empty."""
        if default is not None and key not in self.document:
            return default
        value = self.get(key)
        if not isinstance(value, str) or not (value.strip() or default is not None):
            raise self.mistake(f"„{key}“ musí být neprázdný text v uvozovkách")
        return value.strip()

    def matching(self, key: str, pattern: re.Pattern[str], allowed: str) -> str:
        """Return a text of the characters that the pattern allows."""
        value = self.text(key)
        if pattern.fullmatch(value) is None:
            raise self.mistake(f"„{key}“ je „{value}“, smí však mít jen {allowed}")
        return value

    def word(self, key: str, words: type[_S], *, default: _S | None = None) -> _S:
        """Return one of the words of an enumeration."""
        if default is not None and key not in self.document:
            return default
        value = self.get(key)
        try:
            return words(str(value))
        except ValueError:
            offered = ", ".join(f"„{one}“" for one in words)
            raise self.mistake(f"„{key}“ je „{value}“, možnosti jsou: {offered}") from None

    def flag(self, key: str) -> bool:
        """Return true or false; false where the key is missing."""
        value = self.document.get(key, False)
        if not isinstance(value, bool):
            raise self.mistake(f"„{key}“ musí být true nebo false")
        return value

    def number(self, key: str) -> float:
        """Return a finite number."""
        value = self.get(key)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
        ):
            raise self.mistake(f"„{key}“ musí být číslo (desetinná tečka, bez uvozovek)")
        return float(value)

    def positive(self, key: str) -> float:
        """Return a number above zero."""
        value = self.number(key)
        if value <= 0:
            raise self.mistake(f"„{key}“ je {value:g}, musí však být větší než nula")
        return value

    def codes(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.get(key)
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise self.mistake(f"„{key}“ musí být seznam textů v hranatých závorkách")
        return tuple(value)

    def whole(self, key: str, *, least: int, most: int) -> int:
        """Return a whole number between two, both included."""
        value = self.number(key)
        if not value.is_integer() or not least <= value <= most:
            raise self.mistake(f"„{key}“ musí být celé číslo od {least} do {most}, ne {value:g}")
        return int(value)

    def detour(self, *, default: float) -> float:
        """Return the detour factor, between 1 and 3."""
        if "detour" not in self.document:
            return default
        value = self.number("detour")
        if not 1 <= value <= _HIGHEST_DETOUR:
            raise self.mistake(
                f"„detour“ je {value:g}, musí však být mezi 1 a {_HIGHEST_DETOUR:g}: "
                "cesta po silnici není kratší než vzdušná čára ani třikrát delší"
            )
        return value

    def day(self, key: str) -> date:
        """Return a date, written as TOML does or as text (2026-01-31)."""
        value = self.get(key)
        if isinstance(value, datetime):
            value = None
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                value = None
        if not isinstance(value, date):
            raise self.mistake(f"„{key}“ musí být datum ve tvaru 2026-01-31")
        return value

    def tables(self, key: str) -> Sequence[Mapping[str, object]]:
        """Return a list of at least one table."""
        value = self.get(key)
        if not isinstance(value, list) or not value:
            raise self.mistake(f"„{key}“ musí být aspoň jedno pravidlo, psané jako [[{key}]]")
        for one in value:
            if not isinstance(one, Mapping):
                raise self.mistake(f"každé pravidlo v „{key}“ musí být tabulka [[{key}]]")
        return value
