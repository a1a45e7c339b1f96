"""An invented ORP of a town and fifteen villages, whose rules are all known, and people in it.

The offers stand in ``orp.toml``; the words and the weights are those that the program ships.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.experience import OutcomeCount
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    AgeRange,
    CapacityUnit,
    Eligibility,
    Kind,
    Location,
    Service,
    ServiceCapacity,
    Stance,
)
from referral.catalog.sexes import Sex
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, Territory
from referral.catalog.vocabulary import Form, RefusalBasis, Vocabulary
from referral.geo import Point
from referral.ingest.embedded_services import read_sources
from referral.ingest.embedded_vocabulary import read_vocabulary
from referral.ingest.policy_file import read_policy
from referral.matching.policy import Policy
from referral.matching.profile import ClientProfile, Household, Mobility, Papers, request_of
from referral.matching.ranking import Recommendation
from referral.matching.request import AskedNeed, ReferralRequest, Refusal, RefusalReason
from referral.resources import data_dir
from referral.usecases.recommend import recommend
from support.build import SECRET, a_catalog, a_municipality, a_service, a_source, a_territory

_CENTRE = Point(lat=49.9, lon=16.2)
_KM_NORTH, _KM_EAST = 1 / 111.2, 1 / 71.7
"""Degrees in one kilometre at the latitude of the centre."""
_EVERYWHERE = "všude"


@cache
def _document() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


TODAY = date.fromisoformat(_document()["today"])


@cache
def vocabulary() -> Vocabulary:
    """Return the words that the program ships."""
    return read_vocabulary(data_dir(), sources=[one.id for one in read_sources(data_dir())])


@cache
def policy() -> Policy:
    """Return the weights and limits that the program ships."""
    return read_policy(data_dir() / "matching" / "policy.toml")


@cache
def territory() -> Territory:
    """Return the town, its villages and two towns beyond them."""
    home = _document()["orp"]
    return a_territory(
        a_municipality(
            row["code"],
            row["name"],
            orp=row.get("orp", home),
            district=row.get("district", home),
            point=Point(
                lat=_CENTRE.lat + row["y"] * _KM_NORTH, lon=_CENTRE.lon + row["x"] * _KM_EAST
            ),
            population=row["people"],
        )
        for row in _document()["places"]
    )


def place(name: str) -> Municipality:
    """Return a municipality by its name; no two here have the same."""
    (found,) = (one for one in territory().municipalities.values() if one.name == name)
    return found


@cache
def services() -> Mapping[str, Service]:
    """Return the offers by their ids."""
    return {row["id"]: _service(row) for row in _document()["services"]}


def catalog(*, without: Sequence[str] = (), outcomes: Sequence[OutcomeCount] = ()) -> Catalog:
    """Return the catalogue, or what is left of it without some services."""
    kept = [one for one in services().values() if one.id not in without]
    return a_catalog(
        *kept,
        vocabulary=vocabulary(),
        territory=territory(),
        sources=[a_source()],
        outcomes=outcomes,
    )


def answer(
    asked: ReferralRequest, *, of: Catalog | None = None, today: date = TODAY
) -> Recommendation:
    """Return what the program recommends in this ORP."""
    return recommend(asked, catalog=of or _whole(), policy=policy(), today=today)


@cache
def _whole() -> Catalog:
    return catalog()


def _service(row: Mapping[str, Any]) -> Service:
    kind = Kind(row.get("kind", "registered_social"))
    forms = row.get("forms")
    verified = row.get("verified")
    return a_service(
        row["id"],
        row["name"],
        type=row.get("type"),
        kind=kind,
        forms=[Form(one) for one in forms.split(";")] if forms else None,
        eligibility=Eligibility(
            target_groups=frozenset(row["groups"].split()) if "groups" in row else None,
            ages=_ages(row.get("ages")),
            rules=tuple(_rule(*rule) for rule in row.get("rules", ())),
        ),
        coverage=_coverage(row.get("covers")),
        capacities=_capacities(row.get("free"), verified),
        locations=tuple(_locations(row)),
        needs=row.get("needs", "").split(),
        verified_on=date.fromisoformat(verified) if verified else None,
        valid_to=date.fromisoformat(row["valid_to"]) if "valid_to" in row else None,
    )


def _ages(text: str | None) -> AgeRange | None:
    if text is None:
        return None
    lowest, highest = text.split("-")
    return AgeRange(min=int(lowest) if lowest else None, max=int(highest) if highest else None)


def _rule(
    barrier: str, stance: str, wording: str, basis: str = "", verified: str = ""
) -> AcceptanceRule:
    return AcceptanceRule(
        barrier=barrier,
        stance=Stance(stance),
        wording=wording,
        basis=RefusalBasis(basis) if basis else None,
        source="zkouska",
        verified_on=date.fromisoformat(verified) if verified else None,
    )


def _coverage(text: str | None) -> Coverage | None:
    if text is None:
        return None
    if text == _EVERYWHERE:
        area = ServiceArea(kind=AreaKind.COUNTRY)
        return Coverage(areas=(area,), status=CoverageStatus.DECLARED, everywhere=True)
    codes = frozenset(code for word in text.split() for code in _codes(word))
    areas = tuple(ServiceArea(kind=AreaKind.MUNICIPALITY, name=word) for word in text.split())
    return Coverage(areas=areas, status=CoverageStatus.PARSED, certain=codes)


def _codes(word: str) -> list[str]:
    if word == "ORP":
        return [one.code for one in territory().municipalities.values() if one.orp == "Lipnice"]
    return [place(word).code]


def _capacities(free: int | None, verified: str | None) -> list[ServiceCapacity]:
    if free is None:
        return []
    told = date.fromisoformat(verified) if verified else TODAY - timedelta(days=20)
    return [ServiceCapacity(unit=CapacityUnit.CLIENTS, registered=12, available=free, as_of=told)]


def _locations(row: Mapping[str, Any]) -> Iterator[Location]:
    """Yield the withheld address first; an office that a secret service has elsewhere follows."""
    if row.get("secret"):
        yield SECRET
    if "at" in row:
        there = place(row["at"])
        yield Location(
            role=AddressRole.FACILITY,
            point=there.point,
            municipality=there.code,
            municipality_name=there.name,
        )


# --- People ---------------------------------------------------------------------------------------


def _asks(*codes: str) -> tuple[AskedNeed, ...]:
    return tuple(AskedNeed(code=code) for code in codes)


REFUSED = (
    Refusal(
        service_id="azyl-pristav",
        reason=RefusalReason.CAPACITY,
        on=date(2026, 8, 20),
        wait_days=60,
    ),
    Refusal(service_id="dzr-zahrada", reason=RefusalReason.CIRCLE, on=date(2026, 8, 21)),
    Refusal(
        service_id="azyl-cesta",
        reason=RefusalReason.OTHER,
        barrier="ALKOHOL",
        on=date(2026, 8, 24),
    ),
    Refusal(service_id="nocleharna", reason=RefusalReason.BREACH, on=date(2026, 6, 15)),
)
"""Four services that refused the man: for capacity, the circle, alcohol, and after a breach."""

MAN = ClientProfile(
    needs=_asks("BYD-BEZ", "ZAV-ALK", "ZDR-HOSP", "FIN-DAV"),
    born=date(1968, 3, 14),
    sex=Sex.MAN,
    barriers=frozenset({"ALKOHOL"}),
    papers=Papers(documents=True, income=False, insurance=True),
    household=Household(partner=False, dog=False),
    languages=frozenset({"cs"}),
    eviction_on=date(2026, 9, 30),
    refusals=REFUSED,
)
"""58 years old, drinks, a diabetic with an open wound, evicted on the 30th, refused by four."""

MOTHER = ClientProfile(
    needs=_asks("BYD-ZTR", "BYD-BEZ"),
    age=31,
    sex=Sex.WOMAN,
    household=Household(children=2, dog=True),
    eviction_on=date(2026, 9, 20),
)
FOREIGNER = ClientProfile(
    needs=_asks("CIZ-UPR"),
    age=36,
    languages=frozenset({"uk"}),
    papers=Papers(insurance=False),
)
SEVENTEEN = ClientProfile(needs=_asks("KON-UST", "VYU-DIS"), age=17)
COUPLE_ON_WHEELS = ClientProfile(
    needs=_asks("PEC-POS"),
    age=44,
    groups=frozenset({"TEL-POST"}),
    mobility=Mobility.WHEELCHAIR,
    household=Household(partner=True),
)
FROM_HOSPITAL = ClientProfile(
    needs=_asks("ZDR-DUS"),
    age=34,
    barriers=frozenset({"DUS-PSY"}),
    discharge_on=date(2026, 9, 4),
)
COUPLE = ClientProfile(needs=_asks("PEC-24"), age=78, household=Household(partner=True))
FLEEING = ClientProfile(
    needs=_asks("NAS-DOM"), age=38, sex=Sex.WOMAN, groups=frozenset({"OBETI-DN"})
)


def asks(profile: ClientProfile, *, at: str = "Javorná", **changes: Any) -> ReferralRequest:
    """Return the question of somebody who lives in a village."""
    return request_of(replace(profile, **changes), place=place(at), today=TODAY, limit=100)
