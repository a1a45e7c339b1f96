"""How often the right services come first, whether a wrong one comes at all, and how steadily.

Run ``python bench/matching/vignettes/evaluate.py``; the vignettes are the TOML files beside it.
Each is somebody who needs help, with the ids of services that ought to stand among the first five
(or ``within`` more, where the story says so), how many of them at least (``at_least``, 1 when it is
left out), and what must not be offered at all: ids, types, kinds, or words in names. Ages, areas
and stated exclusions are checked in every vignette, from the record of each offer and without the
matcher's own rules. ``not_in_first_five`` names what may be offered, only not first.

Printed: the share of vignettes whose expectation is met (hit@5), those with a forbidden offer,
every miss, and for how many the first place survives when each weight is moved by a fifth.
The expectations were written from the data before the program was first asked.
"""

import argparse
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3] / "tests"))

from referral.catalog.areas import CoverageStatus, Covers
from referral.catalog.model import Service, Stance
from referral.catalog.sexes import Sex
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form
from referral.ingest.embedded import read_embedded
from referral.matching.policy import CRITERIA, Policy
from referral.matching.ranking import Recommendation
from referral.matching.request import AskedNeed, ReferralRequest
from referral.resources import data_dir
from referral.usecases.recommend import recommend
from support import orp

HERE = Path(__file__).parent
TODAY = date(2026, 9, 1)
FIRST = 5
SWING = 0.2
_ALL = 10_000
_FIELDS = {
    "id",
    "says",
    "place",
    "needs",
    "age",
    "sex",
    "groups",
    "barriers",
    "absent",
    "forms",
    "care_level",
    "discharge_on",
    "eviction_on",
    "expect_first_five",
    "at_least",
    "within",
    "not_in_first_five",
    "forbidden",
    "why",
}
_FORBIDDEN = {"ids", "types", "kinds", "names"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vignette:
    """Somebody who asks, and what ought to be answered."""

    id: str
    catalog: str
    request: ReferralRequest
    expected: tuple[str, ...]
    at_least: int
    within: int
    not_first: frozenset[str]
    forbidden: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A vignette with what the program says to it: all offers in order, the wrong ones by id."""

    vignette: Vignette
    ids: tuple[str, ...]
    hit: bool
    wrong: Mapping[str, str]


@cache
def catalog_of(name: str) -> Catalog:
    """Return the embedded catalogue or the invented ORP."""
    return read_embedded(data_dir()).catalog() if name == "embedded" else orp.catalog()


@cache
def vignettes() -> tuple[Vignette, ...]:
    """Read all vignettes; a mistake in one of them stops the reading and names it."""
    found = [
        _vignette(row, catalog=document["catalog"])
        for path in sorted(HERE.glob("*.toml"))
        for document in [tomllib.loads(path.read_text("utf-8"))]
        for row in document["vignette"]
    ]
    twice = [name for name, times in Counter(one.id for one in found).items() if times > 1]
    if twice:
        raise ValueError(f"vignettes {', '.join(twice)} stand twice: rename one of each")
    return tuple(found)


def _vignette(row: Mapping[str, Any], *, catalog: str) -> Vignette:
    world = catalog_of(catalog)
    forbidden = {key: frozenset(value) for key, value in row.get("forbidden", {}).items()}
    expected = tuple(row["expect_first_five"])
    unknown = (
        (set(row) - _FIELDS)
        | (set(forbidden) - _FORBIDDEN)
        | {
            one
            for one in (*expected, *forbidden.get("ids", ()), *row.get("not_in_first_five", ()))
            if one not in world.services
        }
    )
    if unknown or not row["why"]:
        raise ValueError(f"vignette {row['id']}: {', '.join(sorted(unknown)) or 'no why'}")
    return Vignette(
        id=row["id"],
        catalog=catalog,
        request=ReferralRequest(
            place=_place(row["place"], world),
            needs=tuple(AskedNeed(code=code) for code in row["needs"]),
            age=row.get("age"),
            sex=Sex(row["sex"]) if "sex" in row else None,
            groups=frozenset(row.get("groups", ())),
            barriers=frozenset(row.get("barriers", ())),
            absent=frozenset(row.get("absent", ())),
            forms=frozenset(map(Form, row.get("forms", ()))),
            care_level=row.get("care_level"),
            discharge_on=row.get("discharge_on"),
            eviction_on=row.get("eviction_on"),
            limit=_ALL,
        ),
        expected=expected,
        at_least=row.get("at_least", 1),
        within=row.get("within", FIRST),
        not_first=frozenset(row.get("not_in_first_five", ())),
        forbidden=forbidden,
    )


def _place(text: str, world: Catalog) -> Municipality:
    """Find "Name" or, among namesakes, "Name [code]"."""
    name, _, code = text.rstrip("]").partition(" [")
    named = [one for one in world.territory.municipalities.values() if one.name == name]
    (found,) = (one for one in named if not code or one.code == code)
    return found


def judge(vignette: Vignette, *, policy: Policy) -> Judged:
    """Ask the program and compare."""
    found = ask(vignette, policy=policy)
    ids = tuple(match.offer.id for match in found.matches)
    met = len(set(vignette.expected) & set(ids[: vignette.within]))
    return Judged(
        vignette=vignette,
        ids=ids,
        hit=met >= vignette.at_least and not vignette.not_first & set(ids[:FIRST]),
        wrong={
            match.offer.id: why
            for match in found.matches
            for why in [_wrong(match.offer.service, vignette)]
            if why
        },
    )


def ask(vignette: Vignette, *, policy: Policy) -> Recommendation:
    """Return all that the program recommends."""
    return recommend(
        vignette.request, catalog=catalog_of(vignette.catalog), policy=policy, today=TODAY
    )


def _wrong(service: Service, vignette: Vignette) -> str:
    """Say why a service must not be offered, by its record alone; empty when it may be."""
    request, ages = vignette.request, service.eligibility.ages
    names = " ".join((service.name, *service.places)).casefold()
    coverage = service.coverage
    taboo = {
        "ids": service.id,
        "types": service.type or "",
        "kinds": service.kind.value,
    }
    named = [key for key, value in taboo.items() if value in vignette.forbidden.get(key, ())]
    if any(word in names for word in vignette.forbidden.get("names", ())):
        named.append("names")
    if ages is not None and request.age is not None:
        low, high = ages.min or 0, 200 if ages.max is None else ages.max
        if not low <= request.age <= high:
            named.append("age")
    if (
        service.forms == {Form.FIELD}
        and coverage.status is not CoverageStatus.UNKNOWN
        and coverage.includes(request.place.code) is Covers.NO
    ):
        named.append("area")
    barred = {one.barrier for one in service.eligibility.rules if one.stance is Stance.EXCLUDES}
    if barred & request.barriers:
        named.append("barriers")
    if service.valid_to is not None and service.valid_to < TODAY:
        named.append("ended")
    return ", ".join(named)


def moved(policy: Policy) -> Iterator[tuple[str, Policy]]:
    """Yield the policy with each weight in turn a fifth higher and a fifth lower."""
    for name in CRITERIA:
        for swing in (SWING, -SWING):
            weights = {**policy.weights, name: policy.weights[name] * (1 + swing)}
            yield f"{name} {swing:+.0%}", replace(policy, weights=weights)


def steady(judged: Iterable[Judged], *, policy: Policy) -> Mapping[str, list[str]]:
    """Return, for each weight moved, the vignettes in which another service comes first."""
    first = {one.vignette.id: one.ids[:1] for one in judged}
    return {
        name: [one.id for one in vignettes() if _first(one, policy=other) != first[one.id]]
        for name, other in moved(policy)
    }


def _first(vignette: Vignette, *, policy: Policy) -> tuple[str, ...]:
    asked = replace(vignette, request=replace(vignette.request, limit=1))
    return tuple(match.offer.id for match in ask(asked, policy=policy).matches)


def main() -> None:
    """Judge and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--show", action="append", default=[], help="id of a vignette to unfold")
    chosen = parser.parse_args()
    started = time.perf_counter()
    judged = [judge(one, policy=orp.policy()) for one in vignettes()]
    for name in ("embedded", "orp"):
        _print_rates(name, [one for one in judged if one.vignette.catalog == name])
    _print_rates("together", judged)
    for one in judged:
        _print_misses(one, unfold=one.vignette.id in chosen.show)
    fallen = steady(judged, policy=orp.policy())
    lost = {vignette for changed in fallen.values() for vignette in changed}
    print(
        f"the first place survives all moves by {SWING:.0%}: {len(judged) - len(lost)}"
        f" of {len(judged)}"
    )
    for name, changed in fallen.items():
        print(f"  {name:16} {len(judged) - len(changed)} of {len(judged)}  {', '.join(changed)}")
    print(f"{time.perf_counter() - started:.1f} s")


def _print_rates(name: str, judged: Sequence[Judged]) -> None:
    hits = sum(one.hit for one in judged)
    wrong = sum(bool(one.wrong) for one in judged)
    print(
        f"{name}: hit@{FIRST} {hits / len(judged):.3f} ({hits} of {len(judged)}),"
        f" with a forbidden offer {wrong}"
    )


def _print_misses(one: Judged, *, unfold: bool) -> None:
    if not one.hit or one.wrong or unfold:
        print(f"{one.vignette.id}: {'hit' if one.hit else 'MISS'}")
        print(f"  wanted {one.vignette.at_least} of {', '.join(one.vignette.expected)}")
        places = {
            name: one.ids.index(name) + 1 for name in one.vignette.expected if name in one.ids
        }
        print(f"  their places {places}; first {', '.join(one.ids[:FIRST])}")
        for service, why in one.wrong.items():
            print(f"  forbidden {service}: {why}")


if __name__ == "__main__":
    main()
