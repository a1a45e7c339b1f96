"""What a social worker knows about a client, put into the words of a request.

Everything is optional. What is not known stays unknown: it lowers certainty and drops no offer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referral.catalog.sexes import Sex
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form
from referral.matching.errors import RequestError
from referral.matching.request import MAX_AGE, AskedNeed, ReferralRequest, Refusal

UNDERSTOOD = frozenset({"cs", "sk"})
"""Languages (ISO 639-1) in which a client makes themselves understood without an interpreter."""


class Mobility(StrEnum):
    """How a client gets about."""

    WALKS = "chodi"
    SUPPORTED = "s-oporou"
    WHEELCHAIR = "vozik"
    BEDRIDDEN = "lezi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What a client can prove; None: nobody has asked."""

    documents: bool | None = None
    income: bool | None = None
    insurance: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Who comes with the client; None: nobody has asked. ``children`` is their number."""

    partner: bool | None = None
    children: int | None = None
    dog: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientProfile:
    """A client without a name: nothing here is stored, and a case is only a code elsewhere.

    ``born`` serves to say the day from which a service for older people would accept; without it
    ``age`` in completed years is enough. ``languages`` are ISO 639-1 codes, empty: not asked yet.
    """

    needs: tuple[AskedNeed, ...]
    age: int | None = None
    born: date | None = None
    sex: Sex | None = None
    groups: frozenset[str] = frozenset()
    care_level: int | None = None
    mobility: Mobility | None = None
    forms: frozenset[Form] = frozenset()
    barriers: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    papers: Papers = Papers()
    household: Household = Household()
    discharge_on: date | None = None
    eviction_on: date | None = None
    refusals: tuple[Refusal, ...] = ()


def request_of(
    profile: ClientProfile, *, place: Municipality, today: date, limit: int = 20
) -> ReferralRequest:
    """Return the question that a profile asks; it is still to be checked against a vocabulary.

    Raises:
        RequestError: the age and the date of birth contradict, or the household cannot be.
    """
    told = dict(_barriers_told(profile))
    has = profile.barriers | {code for code, present in told.items() if present}
    free = {code for code, present in told.items() if not present}
    groups = set(profile.groups)
    if profile.household.children:
        groups.add("RODINY")
    return ReferralRequest(
        place=place,
        needs=profile.needs,
        groups=frozenset(groups),
        age=_age(profile, today),
        care_level=profile.care_level,
        barriers=has,
        absent=(profile.absent | free) - profile.barriers,
        refusals=profile.refusals,
        forms=profile.forms,
        sex=profile.sex,
        born=profile.born,
        discharge_on=profile.discharge_on,
        eviction_on=profile.eviction_on,
        limit=limit,
    )


def age_on(born: date, day: date) -> int:
    """Return the age in completed years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _age(profile: ClientProfile, today: date) -> int | None:
    if profile.household.children is not None and profile.household.children < 0:
        raise RequestError("children", "Počet dětí nemůže být záporný.")
    if profile.born is None:
        return profile.age
    age = age_on(profile.born, today)
    if not 0 <= age <= MAX_AGE:
        raise RequestError("born", "Datum narození neodpovídá žijícímu člověku; opravte ho.")
    if profile.age is not None and profile.age != age:
        raise RequestError(
            "age", f"Věk {profile.age} neodpovídá datu narození ({age}); jedno z nich opravte."
        )
    return age


def _barriers_told(profile: ClientProfile) -> Iterator[tuple[str, bool]]:
    """Yield barriers that the facts of a profile decide, and whether they are there."""
    papers, household = profile.papers, profile.household
    for code, able in (
        ("BEZ-DOKL", papers.documents),
        ("BEZ-PRIJ", papers.income),
        ("BEZ-POJ", papers.insurance),
    ):
        if able is not None:
            yield code, not able
    for code, has in (("PAR", household.partner), ("PES", household.dog)):
        if has is not None:
            yield code, has
    if profile.languages:
        yield "JAZYK", not profile.languages & UNDERSTOOD
    if profile.mobility is not None:
        yield "IMOBIL", profile.mobility in {Mobility.WHEELCHAIR, Mobility.BEDRIDDEN}
