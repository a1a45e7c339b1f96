"""Code lists as their publisher keeps them: what a code of a register is called.

They translate the codes of a register's rows. Our own words are in ``vocabulary``; which of ours a
published wording means is decided by that wording, never by its place in the list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeListEntry:
    """One code of a published list, e.g. ``CilovaSkupinaOsoby``, ``24``, ``senioři``."""

    code_list: str
    code: str
    name: str
    as_of: date

    @property
    def key(self) -> tuple[str, str]:
        """What no other entry has."""
        return self.code_list, self.code


@dataclass(frozen=True, slots=True)
class CodeLists:
    """All published code lists that have been imported."""

    entries: Mapping[tuple[str, str], CodeListEntry]

    @classmethod
    def of(cls, entries: Iterable[CodeListEntry]) -> Self:
        """Index the entries."""
        return cls(MappingProxyType({entry.key: entry for entry in entries}))

    def name_of(self, code_list: str, code: str) -> str | None:
        """Return what the publisher calls a code, None when it is not known."""
        entry = self.entries.get((code_list, code))
        return None if entry is None else entry.name

    def named(self, code_list: str) -> Mapping[str, str]:
        """Return the names of one list by their codes."""
        return {
            entry.code: entry.name
            for entry in self.entries.values()
            if entry.code_list == code_list
        }
