"""What the Act and the decree say of each type of service, and what money there is for it.

All of it is data (``data/papers``) with a source and a day beside it; this module knows its shape.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from referral.matching.errors import PolicyError
from referral.web.papers.tables import one, read_tables, rows, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Where the types' rows come from: the activities, and the limits, which are usual only."""

    source: str
    as_of: date
    limits_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeLaw:
    """One type: its ``activities`` by the Act, its usual ``limits``, how one usually ``begins``.

    ``paragraph`` is empty for what the Act does not know as a type; all is then only usual.
    """

    code: str
    activities: tuple[str, ...]
    limits: tuple[str, ...]
    begins: str
    paragraph: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paying:
    """What is said of services that are free, or of those that are paid."""

    text: str
    source: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Maximum:
    """The most that may be asked for: ``amount`` in Kč fills {amount} in ``what``."""

    what: str
    amount: int
    types: frozenset[str]
    forms: frozenset[str]
    since: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRule:
    """A rule about paying for services of some types, given in one of some forms (T, A, P)."""

    text: str
    types: frozenset[str]
    forms: frozenset[str]
    as_of: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """The care allowance (příspěvek na péči): for which types, since when, how one asks for it."""

    text: str
    types: frozenset[str]
    since: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Degree:
    """A degree of dependency: Kč a month; ``at_home`` where residential care is given less."""

    level: int
    name: str
    needs: str
    adult: int
    child: int
    adult_at_home: int | None = None
    child_at_home: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """All of it; types by their codes, with their activities in words."""

    about: About
    types: Mapping[str, TypeLaw]
    free: Paying
    paid: Paying
    maxima: tuple[Maximum, ...]
    rules: tuple[MoneyRule, ...]
    allowance: Allowance
    degrees: tuple[Degree, ...]


@cache
def read_law(folder: Path) -> Law:
    """Read the two files of a folder.

    Raises:
        PolicyError: a file cannot be read or used; the message names it and what to mend.
    """
    about, types = read_tables(
        folder / "service_types.toml", lambda it: (one(it, "about", About), _types(it))
    )
    return read_tables(
        folder / "money.toml",
        lambda it: Law(
            about=about,
            types=types,
            free=one(it, "free", Paying),
            paid=one(it, "paid", Paying),
            maxima=rows(it, "maximum", Maximum),
            rules=rows(it, "rule", MoneyRule),
            allowance=one(it, "allowance", Allowance),
            degrees=rows(it, "degree", Degree),
        ),
    )


def _types(document: Mapping[str, object]) -> Mapping[str, TypeLaw]:
    words = texts(document, "activities")
    found: dict[str, TypeLaw] = {}
    for row in rows(document, "type", TypeLaw):
        if row.code in found:
            raise PolicyError(f"the type {row.code} stands twice: leave one")
        if strange := [code for code in row.activities if code not in words]:
            raise PolicyError(f"type {row.code}: {strange[0]} is not among [activities]: add it")
        found[row.code] = TypeLaw(
            code=row.code,
            paragraph=row.paragraph,
            activities=tuple(words[code] for code in row.activities),
            limits=row.limits,
            begins=row.begins,
        )
    return found
