"""The gap map counted once more by hand: from services and municipalities, and a norm's own file.

Nothing here is taken from the program's planning code. It knows the metrics of the shipped rural
norm (coverage, nearest_km, reach), read straight from its TOML.
"""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

from referral.catalog.snapshot import Catalog
from referral.geo import distance_km

MET, PARTIAL, GAP, UNKNOWN = "met", "partial", "gap", "unknown"
AMBULATORY_KM = 40
"""The farthest straight line to an ambulatory place; a test holds it to the policy's own."""


def norm_of(path: Path) -> dict:
    """Read a norm's file as plain values."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def statuses(rule: dict, norm: dict, catalog: Catalog, codes, *, today: date) -> dict[str, str]:
    """Judge municipalities under one rule."""
    running = [
        service
        for service in catalog.services.values()
        if service.type == rule["type"] and (service.valid_to is None or service.valid_to >= today)
    ]
    return {code: _status(rule, norm, catalog, code, running) for code in codes}


def _status(rule, norm, catalog, code, services) -> str:
    place = catalog.territory.municipalities[code]
    sure, assumed, undecided, near = set(), set(), set(), {}
    for service in services:
        for location in _offered_at(service):
            for what, km in _ways(rule, norm, catalog, place, service, location):
                if what == "near":
                    near[service.id] = min(km, near.get(service.id, km))
                else:
                    {"sure": sure, "assumed": assumed, "undecided": undecided}[what].add(service.id)
    undecided -= sure | assumed | near.keys()
    if rule["metric"] == "coverage":
        met = len(sure) >= rule["threshold"]
        partly = bool(assumed) or len(sure) >= rule.get("partial", 10**6)
    else:
        road = min((km * norm["detour"] for km in near.values()), default=float("inf"))
        met = bool(sure) or road <= rule["threshold"]
        partly = bool(assumed) or road <= rule.get("partial", rule["threshold"])
    if met:
        return MET
    if partly:
        return PARTIAL
    return UNKNOWN if undecided else GAP


def _offered_at(service):
    secret = [one for one in service.locations if one.role == "secret"]
    return secret[:1] or service.locations or (None,)


def _ways(rule, norm, catalog, place, service, location):
    kind = catalog.vocabulary.types[service.type]
    forms = set(kind.forms) if service.forms is None else set(service.forms)
    coverage = service.coverage
    named = coverage.status != "unknown"
    inside = named and (coverage.everywhere or place.code in coverage.certain)
    outside = named and not inside and place.code not in coverage.possible
    own = location is not None and location.role in {"facility", "listed"}
    thinkable = _thinkable(norm, catalog, place, location)
    if rule["metric"] != "nearest_km" and (not forms or "T" in forms) and not outside:
        at_home = bool(forms) and own and location.municipality == place.code
        remote = kind.remote if forms else inside and coverage.everywhere
        what = _coming(coverage, inside=inside, remote=remote, at_home=at_home)
        if what != "undecided" or thinkable:
            yield what, None
    if rule["metric"] == "coverage" or (outside and "T" not in forms):
        return
    point = location.point if own else None
    km = None if point is None else distance_km(point, place.point)
    for form in sorted(forms & {"A", "P"}):
        if km is None and thinkable:
            yield "undecided", None
        elif km is not None and (form == "P" or km <= AMBULATORY_KM):
            yield "near", km


def _coming(coverage, *, inside, remote, at_home) -> str:
    if remote or (inside and coverage.status in {"declared", "parsed"}):
        return "sure"
    return "assumed" if inside or at_home else "undecided"


def _thinkable(norm, catalog, place, location) -> bool:
    there = catalog.territory.municipalities.get(location.municipality or "") if location else None
    if there is None:
        return norm["undecided_elsewhere"]
    return there.orp == place.orp or (
        norm["undecided_within"] == "district" and there.district == place.district
    )


def sums(found: dict[str, str], catalog: Catalog) -> dict[str, int]:
    """Count municipalities by status and people in gaps and in unknowns, as a summary does."""
    count, people = Counter(found.values()), Counter()
    for code, status in found.items():
        people[status] += catalog.territory.municipalities[code].population or 0
    return {
        "municipalities": len(found),
        "met_municipalities": count[MET],
        "partial_municipalities": count[PARTIAL],
        "gap_municipalities": count[GAP],
        "unknown_municipalities": count[UNKNOWN],
        "gap_population": people[GAP],
        "unknown_population": people[UNKNOWN],
    }
