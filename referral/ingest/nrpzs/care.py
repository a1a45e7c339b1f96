"""Which health care answers which needs: ``data/registers/nrpzs_care.csv`` and how it is applied.

A row of the table names a word of the register by the beginnings of its words ("domac zdravotn
pec"), which stand in that order, since the layouts shorten them differently. Of the rows that fit
an item, the first one counts.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from referral.catalog.model import AgeRange
from referral.catalog.vocabulary import Form, Vocabulary
from referral.ingest.embedded_table import Row, read_table
from referral.text import fold

CARE: Final = "registers/nrpzs_care.csv"
KIND: Final = "druh"
SPECIALTY: Final = "obor"
CARE_TYPE: Final = "pece"
FORM: Final = "forma"

_MOST_KNOWN: Final = 5_000
"""Items whose row is remembered; the register has some hundreds of words."""

NOT_OURS: Final = "Tento druh péče neodpovídá na žádnou z potřeb, které program hledá."


@dataclass(frozen=True, slots=True, kw_only=True)
class CareRow:
    """One row of the table; ``closed``: places of this kind take nobody we could refer there."""

    words: tuple[str, ...]
    needs: frozenset[str]
    forms: frozenset[Form]
    ages: AgeRange | None
    closed: bool
    name: str
    reason: str

    def fits(self, text: str) -> bool:
        """Tell whether words of a folded text begin with ours, in our order."""
        words = iter(text.split())
        return all(any(word.startswith(stem) for word in words) for stem in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What a place of care gives: the needs it answers, in which forms, to whom, and its names.

    ``forms`` None means that the register does not say and the care alone does not tell.
    """

    needs: frozenset[str]
    forms: frozenset[Form] | None
    ages: AgeRange | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CareTable:
    """The rows of the table by the column of the register they are about."""

    rows: Mapping[str, tuple[CareRow, ...]]
    known: dict[tuple[str, str], CareRow | None] = field(default_factory=dict, compare=False)

    @classmethod
    def read(cls, data: Path, vocabulary: Vocabulary) -> Self:
        """Read the table in a data folder.

        Raises:
            IngestError: the table is missing or wrong.
        """
        found: dict[str, list[CareRow]] = {KIND: [], SPECIALTY: [], CARE_TYPE: [], FORM: []}
        for row in read_table(
            data,
            CARE,
            required=("field", "words", "reason"),
            optional=("needs", "forms", "ages", "closed", "name"),
        ):
            about = row.text("field")
            if about not in found:
                row.fail("field", f"Čekáme jedno ze slov {', '.join(found)}.")
            found[about].append(_care_row(row, vocabulary.needs))
        return cls(rows={about: tuple(rows) for about, rows in found.items()})

    def first(self, about: str, text: str) -> CareRow | None:
        """Return the first row that fits an item of a column."""
        key = (about, text)
        if key not in self.known:
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            folded = fold(text)
            self.known[key] = next((row for row in self.rows[about] if row.fits(folded)), None)
        return self.known[key]

    def forms_of(self, texts: Iterable[str]) -> frozenset[Form]:
        """Return the forms that are stated; of words that we do not know, none."""
        rows = (self.first(FORM, text) for text in texts)
        return frozenset(form for row in rows if row is not None for form in row.forms)


def care_of(
    table: CareTable,
    *,
    kind: str,
    second_kinds: Collection[str] = (),
    specialties: Collection[str] = (),
    care: Collection[str] = (),
    forms: Collection[str] = (),
) -> Care | str:
    """Return what a place gives, or the Czech reason why it is not for this catalogue.

    Its kind answers in its own forms. A specialty, a type of care or a second kind answers only in
    forms that the place states; where it states none, in all that the care may have, and which one
    stays unknown unless there is just one.
    """
    main = table.first(KIND, kind)
    if main is not None and main.closed:
        return main.reason
    stated = table.forms_of(forms) or table.forms_of(care)
    found: list[CareRow] = []
    given: set[Form] = set()
    unsure = False
    if main is not None and main.needs:
        found.append(main)
        given |= main.forms & stated or (main.forms if len(main.forms) == 1 else frozenset())
        unsure = not given
    further = [(KIND, one) for one in second_kinds] + [(SPECIALTY, one) for one in specialties]
    for about, text in [*further, *((CARE_TYPE, one) for one in [*care, *forms])]:
        row = table.first(about, text)
        if row is None or not row.needs or row in found or (stated and not row.forms & stated):
            continue
        found.append(row)
        given |= row.forms & stated if stated else row.forms
        unsure = unsure or (not stated and len(row.forms) > 1)
    if not found:
        return main.reason if main is not None else NOT_OURS
    return Care(
        needs=frozenset(need for row in found for need in row.needs),
        forms=None if unsure or not given else frozenset(given),
        ages=_ages(found),
        names=tuple(dict.fromkeys(row.name for row in found)),
    )


def _ages(rows: Iterable[CareRow]) -> AgeRange | None:
    """Return the ages that all the care is for; one kind without a limit lifts it."""
    ages = {row.ages for row in rows}
    return ages.pop() if len(ages) == 1 else None


def _care_row(row: Row, needs: Collection[str]) -> CareRow:
    found = frozenset(row.codes("needs", known=needs, what="potřebu"))
    forms = row.codes("forms", known={one.value for one in Form}, what="formu")
    if found and not (forms and row.optional("name")):
        row.fail("needs", "Péče, která odpovídá na potřebu, musí mít i formy a název.")
    return CareRow(
        words=tuple(fold(row.text("words")).split()),
        needs=found,
        forms=frozenset(Form(one) for one in forms),
        ages=_age_range(row),
        closed=row.flag("closed"),
        name=row.optional("name") or "",
        reason=row.text("reason"),
    )


def _age_range(row: Row) -> AgeRange | None:
    text = row.optional("ages")
    if text is None:
        return None
    least, dash, most = text.partition("-")
    if not dash or not all(one.isdecimal() or not one for one in (least, most)):
        row.fail("ages", "Čekáme roky ve tvaru 6-18, -18 nebo 65-.")
    return AgeRange(min=int(least) if least else None, max=int(most) if most else None)
