"""Which unknowns to ask about first: those whose answer would change most people's status."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import Service
from referral.catalog.vocabulary import Form
from referral.geo.travel import Bools, Ints
from referral.network.judging import MET, PARTIAL, UNKNOWN, judge_all
from referral.network.norms import Metric, Rule
from referral.network.offered import offered, open_rows
from referral.network.setting import Setting


class Unknown(StrEnum):
    """What of a service is not known: where it comes, where it is given, how much it can do."""

    COVERAGE = "coverage"
    PLACE = "place"
    CAPACITY = "capacity"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToVerify:
    """A service to ask, and what may change if it turns out to serve.

    ``people`` are the persons of the ``municipalities`` (codes) where some status would be better,
    each counted once; ``statuses`` counts the results of municipality and rule.
    """

    service: str
    unknown: tuple[Unknown, ...]
    people: int
    municipalities: tuple[str, ...]
    rules: tuple[str, ...]
    statuses: int


def verify_first(setting: Setting, *, count: int = 10) -> tuple[ToVerify, ...]:
    """Return the services whose answer would change most people's status, most people first.

    A service would change a status when the rule is not met and this service alone, if it turned
    out to serve, would lift it. Rules on capacities ask for capacities by themselves.
    """
    people = np.nan_to_num(setting.ground.people)
    touched: defaultdict[int, np.ndarray[tuple[int], np.dtype[np.int64]]] = defaultdict(
        lambda: np.zeros(len(people), np.int64)
    )
    rules: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for rule in setting.norm.rules:
        for service, at in _lifts(rule, setting):
            touched[service][at] += 1
            rules[service][rule.code] = None
    services = setting.columns.services
    found = [
        ToVerify(
            service=services[service].id,
            unknown=unknowns_of(services[service]),
            people=int(people[counts > 0].sum()),
            municipalities=tuple(
                setting.ground.places[at].code for at in np.flatnonzero(counts).tolist()
            ),
            rules=tuple(rules[service]),
            statuses=int(counts.sum()),
        )
        for service, counts in touched.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.people, -one.statuses, one.service))[:count])


def unknowns_of(service: Service) -> tuple[Unknown, ...]:
    """Return what a call should ask a service for."""
    told: Mapping[Unknown, bool] = {
        Unknown.COVERAGE: service.coverage.status
        in {CoverageStatus.DECLARED, CoverageStatus.PARSED},
        Unknown.PLACE: any(one.service_point is not None for one in service.locations)
        or service.forms == frozenset({Form.FIELD}),
        Unknown.CAPACITY: any(
            one.registered is not None and not one.doubt for one in service.capacities
        ),
    }
    return tuple(unknown for unknown, known in told.items() if not known)


def _lifts(rule: Rule, setting: Setting) -> Iterator[tuple[int, Ints]]:
    """Yield services with the municipalities whose status each would lift by itself."""
    if rule.metric in {Metric.CAPACITY, Metric.HOURS}:
        return
    all_of_them = offered(rule, open_rows(rule, setting), setting)
    judged = judge_all(rule, all_of_them, setting)
    asked = rule.threshold if rule.metric.counts else rule.count
    sure = judged.serving.sum(axis=1)
    partly = rule.partial if rule.metric.counts and rule.partial is not None else asked
    would: Bools = np.where(
        judged.status >= PARTIAL,
        (judged.status < MET) & (sure + 1 >= asked),
        (judged.status <= UNKNOWN) & (sure + 1 >= min(asked, partly)),
    )
    lifted = judged.unknown & would[:, None]
    for slot in np.flatnonzero(lifted.any(axis=0)).tolist():
        yield int(all_of_them.services[slot]), np.flatnonzero(lifted[:, slot])
