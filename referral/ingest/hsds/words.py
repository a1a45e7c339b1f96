"""What a foreign term means here: by the user's own mapping, by our taxonomies, by a Czech name.

Nothing is guessed from likeness: a name has to be ours letter by letter, save case, diacritics and
punctuation.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Self

from referral.catalog.vocabulary import Vocabulary
from referral.ingest.delimited import delimited_rows
from referral.ingest.errors import IngestError
from referral.ingest.hsds.record import TermEntry
from referral.ingest.hsds.taxonomies import (
    REGISTER_CODE,
    TITLES,
    Taxonomy,
    taxonomy_id,
    taxonomy_uri,
    term_id,
    term_uri,
    terms_of,
)
from referral.text import fold

MAPPING_FILE: Final = "hsds_terms.csv"
LARGEST_MAPPING: Final = 5_000_000
"""Bytes; a mapping of ten thousand terms is smaller."""

_TERM: Final = "term"
_OURS: Final = "ours"
_PASSED_OVER: Final = "-"
_PARAGRAPH: Final = re.compile(r"§\s*([0-9]{2}[a-z]?)\b\W*(.*)", re.IGNORECASE)
_BY_NAME: Final = (Taxonomy.TYPE, Taxonomy.NEED, Taxonomy.GROUP)
"""Whose Czech names are known wherever they stand; those of the others are everyday words."""


class Meaning(NamedTuple):
    """A word of ours; ``code`` empty: the user says that the term is to be passed over."""

    taxonomy: Taxonomy
    code: str


_PASS: Final = Meaning(Taxonomy.NEED, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Our words by all the names they may come under."""

    taxonomies: Mapping[str, Taxonomy]
    codes: Mapping[tuple[Taxonomy, str], str]
    addresses: Mapping[str, Meaning]
    names: Mapping[str, Meaning]
    own: Mapping[str, Meaning]

    @classmethod
    def of(cls, vocabulary: Vocabulary, *, beside: Path | None = None) -> Self:
        """Arrange the vocabulary, and the user's mapping when there is one beside the import.

        Raises:
            IngestError: the mapping cannot be read or names a code that we do not have.
        """
        terms = {one: terms_of(one, vocabulary) for one in Taxonomy}
        known = [(one, code) for one, found in terms.items() for code in found]
        listed = [(fold(terms[one][code]), one, code) for one in _BY_NAME for code in terms[one]]
        bearers = Counter(name for name, _, _ in listed)
        return cls(
            taxonomies={
                fold(str(name)): one
                for one in Taxonomy
                for name in (one, TITLES[one], taxonomy_uri(one), taxonomy_id(one))
            },
            codes={
                (one, fold(name)): code
                for one, found in terms.items()
                for code in found
                for name in (found[code], code)
            },
            addresses={
                str(name).casefold(): Meaning(one, code)
                for one, code in known
                for name in (term_uri(one, code), term_id(one, code))
            },
            names={name: Meaning(one, code) for name, one, code in listed if bearers[name] == 1},
            own={} if beside is None else dict(_read_mapping(beside, known)),
        )

    def find(self, term: TermEntry) -> Meaning | None:
        """Return what a term means, None when it is unknown."""
        return self._own(term.names) or self._ours(term) or self._named(term)

    def unit(self, names: tuple[str, ...]) -> str | None:
        """Return our unit of capacity under one of its names."""
        own = self._own(names)
        if own is not None:
            return own.code if own.taxonomy is Taxonomy.UNIT else None
        for name in names:
            meant = self.addresses.get(name.casefold())
            if meant is not None and meant.taxonomy is Taxonomy.UNIT:
                return meant.code
            word = fold(name).removeprefix("pocet ")
            code = self.codes.get((Taxonomy.UNIT, word)) or _UNIT_WORDS.get(word)
            if code is not None:
                return code
        return None

    def taxonomy_of(self, term: TermEntry) -> Taxonomy | None:
        """Return which of our taxonomies a term says it belongs to."""
        found = (self.taxonomies.get(fold(name)) for name in term.taxonomies)
        return next((one for one in found if one is not None), None)

    def _own(self, names: tuple[str, ...]) -> Meaning | None:
        return next((self.own[fold(name)] for name in names if fold(name) in self.own), None)

    def _ours(self, term: TermEntry) -> Meaning | None:
        for name in term.names:
            if name.casefold() in self.addresses:
                return self.addresses[name.casefold()]
        taxonomy = self.taxonomy_of(term)
        if taxonomy is None:
            return None
        # An identifier that looks like one of our codes must not win over the code itself.
        for name in reversed(term.names):
            paragraph = _PARAGRAPH.fullmatch(name) if taxonomy is Taxonomy.TYPE else None
            code = self.codes.get((taxonomy, fold(paragraph[1] if paragraph else name)))
            if code is not None:
                return Meaning(taxonomy, code)
        # The term of a register's number may be called anything: its value is what counts.
        return Meaning(taxonomy, REGISTER_CODE) if taxonomy is Taxonomy.REGISTER else None

    def _named(self, term: TermEntry) -> Meaning | None:
        for name in term.names:
            meant = self.names.get(fold(name)) or self._paragraph(name)
            if meant is not None:
                return meant
            if fold(name) == fold(_SECRET):
                return Meaning(Taxonomy.ROLE, self.codes[Taxonomy.ROLE, fold(_SECRET)])
        return None

    def _paragraph(self, name: str) -> Meaning | None:
        """Read "§ 40" and "§ 40 pečovatelská služba", when both say the same."""
        found = _PARAGRAPH.fullmatch(name)
        if found is None:
            return None
        code = self.codes.get((Taxonomy.TYPE, fold(found[1])))
        words = fold(found[2])
        agrees = not words or self.codes.get((Taxonomy.TYPE, words)) == code
        return Meaning(Taxonomy.TYPE, code) if code is not None and agrees else None


_SECRET: Final = "utajená adresa"  # noqa: S105 - a kind of address, not a password

_UNIT_WORDS: Final[Mapping[str, str]] = {
    "klientu": "klient",
    "luzko": "luzka",
    "luzek": "luzka",
    "kontaktu": "kontakt",
    "intervenci": "interv",
    "hovoru": "hovor",
    "uvazku": "uvazek",
}
"""Other forms of the names of units, folded."""


def _read_mapping(path: Path, known: list[tuple[Taxonomy, str]]) -> Iterator[tuple[str, Meaning]]:
    """Yield foreign terms, folded, with what the user says they mean."""
    if path.stat().st_size > LARGEST_MAPPING:
        raise IngestError("Převodní tabulka pojmů je příliš velká; zkraťte ji.", file=path.name)
    ours = {code.casefold(): Meaning(one, code) for one, code in known}
    table = delimited_rows(path)
    for column in (_TERM, _OURS):
        if column not in table.header:
            message = "Sloupec v převodní tabulce pojmů chybí; doplňte jej."
            raise IngestError(message, file=path.name, row=1, column=column)
    for number, cells in table.rows:
        if cells is None:
            message = "Řádek má jiný počet buněk než záhlaví; opravte ho."
            raise IngestError(message, file=path.name, row=number)
        term, code = cells[_TERM].strip(), cells[_OURS].strip()
        if not fold(term) or not code:
            message = "Chybí pojem nebo náš kód; doplňte je, nebo řádek smažte."
            raise IngestError(message, file=path.name, row=number)
        meant = _PASS if code == _PASSED_OVER else ours.get(code.casefold())
        if meant is None:
            message = (
                "Tento kód nemáme; použijte paragraf druhu služby, kód potřeby, okruhu osob, "
                "formy nebo jednotky, anebo „-“, má-li se pojem přejít."
            )
            raise IngestError(message, file=path.name, row=number, column=_OURS, value=code[:80])
        yield fold(term), meant
