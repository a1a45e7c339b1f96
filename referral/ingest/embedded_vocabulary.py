"""Read the controlled words of a catalogue folder, checking every code they mention."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from referral.catalog.vocabulary import (
    Barrier,
    Call,
    Form,
    Need,
    RefusalBasis,
    ServiceType,
    TargetGroup,
    Urgency,
    Vocabulary,
)
from referral.ingest.embedded_table import Row, read_table, unique

GROUPS = "vocabulary/target_groups.csv"
TYPES = "vocabulary/service_types.csv"
NEEDS = "vocabulary/needs.csv"
BARRIERS = "vocabulary/barriers.csv"
CALLS = "vocabulary/calls.csv"

_Word = TypeVar("_Word", bound=StrEnum)


class Fee(StrEnum):
    """Whether the Act lets a type of service ask the client for payment."""

    FREE = "free"
    PAID = "paid"


def read_vocabulary(folder: Path, *, sources: Collection[str]) -> Vocabulary:
    """Return the words of ``folder/vocabulary``; calls keep the order of their file.

    Raises:
        IngestError: a row breaks the schema or names a code that is not there.
    """
    groups = _read_groups(folder)
    group_codes = [group.code for group in groups]
    types = _read_types(folder, groups=group_codes)
    needs = _read_needs(folder, types=[kind.code for kind in types], groups=group_codes)
    return Vocabulary.of(
        types=types,
        groups=groups,
        needs=needs,
        barriers=_read_barriers(folder),
        calls=_read_calls(folder, needs=[need.code for need in needs], sources=sources),
    )


def _read_groups(folder: Path) -> list[TargetGroup]:
    rows = read_table(
        folder,
        GROUPS,
        required=("code", "name"),
        optional=("broader", "min_age", "max_age", "seniors"),
    )
    unique(rows, "code")
    unique(rows, "name")
    broader = {row.text("code"): row.optional("broader") for row in rows}
    for row in rows:
        _check_no_circle(row, broader)
    return [_group(row, known=broader) for row in rows]


def _group(row: Row, *, known: Collection[str]) -> TargetGroup:
    min_age, max_age = row.span("min_age", "max_age")
    return TargetGroup(
        code=row.text("code"),
        name=row.text("name"),
        broader=row.code("broader", known=known, what="cílovou skupinu"),
        min_age=min_age,
        max_age=max_age,
        seniors=row.flag("seniors"),
    )


def _check_no_circle(row: Row, broader: dict[str, str | None]) -> None:
    met = {row.text("code")}
    step = row.optional("broader")
    while step is not None:
        if step in met:
            row.fail("broader", "Skupina je sama sobě nadřazená; kruh přerušte.")
        met.add(step)
        step = broader.get(step)


def _read_types(folder: Path, *, groups: Collection[str]) -> list[ServiceType]:
    rows = read_table(
        folder,
        TYPES,
        required=("code", "name", "category", "forms", "fee", "typical_groups", "remote"),
        optional=("repealed", "portal_id", "note"),
    )
    unique(rows, "code")
    return [
        ServiceType(
            code=row.text("code"),
            name=row.text("name"),
            category=row.text("category"),
            forms=_some(row, "forms", row.choices("forms", Form)),
            free_of_charge=row.required("fee", row.choice("fee", Fee)) is Fee.FREE,
            typical_groups=_groups(row, groups),
            remote=row.flag("remote"),
            repealed=row.optional("repealed"),
            portal_id=row.whole("portal_id"),
            note=row.optional("note") or "",
        )
        for row in rows
    ]


def _read_needs(folder: Path, *, types: Collection[str], groups: Collection[str]) -> list[Need]:
    rows = read_table(
        folder,
        NEEDS,
        required=("code", "area", "name", "service_types"),
        optional=("other_help", "typical_groups", "implied_groups", "urgency"),
    )
    unique(rows, "code")
    return [
        Need(
            code=row.text("code"),
            area=row.text("area"),
            name=row.text("name"),
            service_types=row.codes("service_types", known=types, what="druh služby"),
            other_help=row.items("other_help"),
            typical_groups=_groups(row, groups),
            implied_groups=_groups(row, groups, column="implied_groups"),
            urgency=row.choice("urgency", Urgency),
        )
        for row in rows
    ]


def _read_barriers(folder: Path) -> list[Barrier]:
    rows = read_table(
        folder,
        BARRIERS,
        required=("code", "name", "bases", "residential_only"),
        optional=("note",),
    )
    unique(rows, "code")
    return [
        Barrier(
            code=row.text("code"),
            name=row.text("name"),
            bases=_some(row, "bases", row.choices("bases", RefusalBasis)),
            residential_only=row.flag("residential_only"),
            note=row.optional("note") or "",
        )
        for row in rows
    ]


def _read_calls(folder: Path, *, needs: Collection[str], sources: Collection[str]) -> list[Call]:
    rows = read_table(folder, CALLS, required=("number", "name", "why", "needs", "source"))
    unique(rows, "number")
    return [
        Call(
            number=row.text("number"),
            name=row.text("name"),
            why=row.text("why"),
            needs=frozenset(row.codes("needs", known=needs, what="potřebu")),
            source=row.required("source", row.code("source", known=sources, what="zdroj")),
        )
        for row in rows
    ]


def _groups(row: Row, known: Collection[str], *, column: str = "typical_groups") -> frozenset[str]:
    return frozenset(row.codes(column, known=known, what="cílovou skupinu"))


def _some(row: Row, column: str, members: Iterable[_Word]) -> tuple[_Word, ...]:
    found = tuple(members)
    if not found:
        row.fail(column, "Buňka je prázdná; doplňte aspoň jednu hodnotu.")
    return found
