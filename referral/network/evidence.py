"""Where the need is large and the network thin: evidence beside the gaps of a norm.

A layer says how large the need is in each municipality, by one kind of evidence; terciles of what
is known make three classes. Crossed with how thin the network is, nine classes result; what is
suppressed or not known has none, and is never taken for little.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from referral.catalog.evidence import ExclusionValue, UnmetCount
from referral.catalog.experience import OutcomeCount
from referral.catalog.model import Service
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.network.disclosure import Cell, Told, ToldTable, told, told_totals
from referral.network.gaps import GapReport, GapStatus

CLASSES = (1, 2, 3)
"""The terciles, from the least to the most."""
_THOUSAND = 1000.0


class EvidenceKind(StrEnum):
    """The Index of social exclusion, searches that found nobody, refusals by services."""

    EXCLUSION = "exclusion"
    UNMET = "unmet"
    REFUSALS = "refusals"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """How large the need is in the municipalities (codes) of an area, by one kind of evidence.

    ``values`` are points of the index, or cases for a thousand people of the ORP, the same in all
    its municipalities; ``classes`` 1 to 3, in terciles that ``limits`` divide (a value above the
    second limit has class 3). None: not known, or too few to be told. ``counts`` are the cases by
    ORP as they may be told. ``year`` is that of the index, ``until`` the last day counted.
    """

    kind: EvidenceKind
    values: Mapping[str, float | None]
    classes: Mapping[str, int | None]
    limits: tuple[float, float] | None
    counts: Mapping[str, Told]
    year: int | None = None
    until: date | None = None
    source: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to show."""
        return self.limits is None and not self.counts


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSum:
    """How services of a type (None: help outside the Act) answered clients with a barrier.

    ``barrier`` is empty for clients of whom none was known. A client with two barriers counts for
    each of them, so these are never summed to people.
    """

    type: str | None
    barrier: str
    accepted: Told
    refused: Told
    last_month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReport:
    """What is known beside the norm in an area; ``unmet`` are counts by ORP and need (code)."""

    area: str
    as_of: date
    layers: tuple[Layer, ...]
    unmet: ToldTable
    outcomes: tuple[OutcomeSum, ...]

    def layer(self, kind: EvidenceKind) -> Layer:
        """Return the layer of a kind; all of them are there, some empty."""
        return next(one for one in self.layers if one.kind is kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """A municipality: how large its need is, how thin its network.

    ``thin`` is how many rules have a gap there, or under one rule the rank of its status;
    ``thin_class`` 1 (met) to 3 (gap), None where it is not known.
    """

    municipality: str
    population: int | None
    need: float | None
    need_class: int | None
    thin: int
    thin_class: int | None
    status: GapStatus | None = None

    @property
    def is_worst(self) -> bool:
        """Whether the need is large and the network thin."""
        return self.need_class == self.thin_class == CLASSES[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossedOrp:
    """The same for the municipalities of one ORP together.

    ``need`` is the mean by people; ``gap_share`` (0-1) the share of results in a gap, weighed by
    people. ``worst_people`` live in municipalities where the need is large and the network thin.
    """

    orp: str
    people: int
    need: float | None
    need_class: int | None
    gap_share: float
    thin_class: int
    worst_municipalities: int
    worst_people: int


def exclusion_layer(
    values: Iterable[ExclusionValue], *, places: Sequence[Municipality], year: int | None = None
) -> Layer:
    """Return the index of the latest year that the values have, or of the one asked for."""
    given = list(values)
    asked = year if year is not None else max((one.year for one in given), default=None)
    of_year = {one.municipality: one for one in given if one.year == asked}
    found = {
        place.code: of_year[place.code].value if place.code in of_year else None for place in places
    }
    limits = terciles(found.values(), least=len(CLASSES))
    return Layer(
        kind=EvidenceKind.EXCLUSION,
        values=found,
        classes=_classed(found, limits),
        limits=limits,
        counts={},
        year=asked,
        source=next((one.source for one in of_year.values()), None),
    )


def unmet_table(
    counts: Iterable[UnmetCount],
    *,
    regions: Mapping[str, str],
    orps: Iterable[str],
    region: str | None,
    before: date,
) -> ToldTable:
    """Return counts by ORP and need over all months that have ended before a day.

    The running month is left out: who asks again tomorrow must not see what one day added. What
    may be told is weighed once for all that is ever told, whatever the area: of each ORP, of each
    kraj and of everything (``regions`` gives the kraj of each ORP). Of that the table holds the
    ``orps``, and the totals of a ``region``: "" of everything, None of nothing.
    """
    cells: Counter[Cell] = Counter()
    for one in counts:
        if one.month < before.replace(day=1):
            cells[one.orp, one.need] += one.count
    lines: dict[tuple[str, str, str], list[Cell]] = {}
    # The first ones are withheld first: better the sum of a need than that of an ORP.
    for kind in ("need", "all", "orp"):
        for cell in sorted(cells):
            for part in (cell[0],) if kind == "orp" else (regions.get(cell[0], "?"), ""):
                name = (kind, part, cell[1] if kind == "need" else "")
                lines.setdefault(name, []).append(cell)
    totals = told_totals(cells, lines)
    wanted = set(orps)
    return ToldTable(
        cells={cell: told(cells[cell]) for cell in sorted(cells) if cell[0] in wanted},
        rows={
            part: total
            for (kind, part, _), total in totals.items()
            if kind == "orp" and part in wanted
        },
        columns={
            need: total
            for (kind, part, need), total in totals.items()
            if kind == "need" and part == region
        },
        total=None if region is None else totals.get(("all", region, "")),
    )


def counts_layer(
    kind: EvidenceKind,
    counts: Mapping[str, Told],
    *,
    places: Sequence[Municipality],
    people: Mapping[str, int],
    until: date | None,
) -> Layer:
    """Return a layer of cases by ORP for a thousand of its ``people``."""
    rates = {
        orp: one.count / people[orp] * _THOUSAND
        for orp, one in counts.items()
        if one.count is not None and people.get(orp)
    }
    limits = terciles(rates.values(), least=len(CLASSES))
    found = {place.code: rates.get(place.orp) for place in places}
    return Layer(
        kind=kind,
        values=found,
        classes=_classed(found, limits),
        limits=limits,
        counts=counts,
        until=until,
    )


def tell_outcomes(
    counts: Iterable[OutcomeCount], catalog: Catalog
) -> tuple[Mapping[str, Told], tuple[OutcomeSum, ...]]:
    """Return refusals by the ORP of the service, and answers by type and barrier.

    What may be told is weighed against the counts of single services, which are told elsewhere. A
    service counts in the ORP of its first place; one of a secret address, or of no loaded
    municipality, in none.
    """
    refused: Counter[Cell] = Counter()
    accepted: Counter[Cell] = Counter()
    months: dict[Cell, date] = {}
    kinds: dict[str, str] = {}
    homes: dict[str, str] = {}
    for one in counts:
        service = catalog.services.get(catalog.shown_id(one.service))
        if service is None:
            continue
        kinds[service.id] = service.type or ""
        refused[service.id, one.barrier] += one.refused
        accepted[service.id, one.barrier] += one.accepted
        key = (kinds[service.id], one.barrier)
        months[key] = max(one.last_month, months.get(key, one.last_month))
        home = _home(service, catalog)
        if home is not None:
            homes[service.id] = home.orp
    by_orp: defaultdict[Cell, list[Cell]] = defaultdict(list)
    for cell in sorted(+refused):
        if cell[0] in homes:
            by_orp["", homes[cell[0]]].append(cell)
    told_refused = told_totals(+refused, {**by_orp, **_by_type(+refused, kinds)})
    told_accepted = told_totals(+accepted, _by_type(+accepted, kinds))
    nobody = Told(count=0)
    return (
        {orp: told_refused["", orp] for _, orp in by_orp},
        tuple(
            OutcomeSum(
                type=kind or None,
                barrier=barrier,
                accepted=told_accepted.get((f"§{kind}", barrier), nobody),
                refused=told_refused.get((f"§{kind}", barrier), nobody),
                last_month=months[kind, barrier],
            )
            for kind, barrier in sorted(months)
        ),
    )


def _home(service: Service, catalog: Catalog) -> Municipality | None:
    if service.secret:
        return None
    known = catalog.territory.municipalities
    codes = (place.municipality or "" for place in service.locations)
    return next((known[code] for code in codes if code in known), None)


def _by_type(counts: Mapping[Cell, int], kinds: Mapping[str, str]) -> Mapping[Cell, list[Cell]]:
    """Return the lines of types and barriers; the sign keeps them apart from those of ORP."""
    lines: defaultdict[Cell, list[Cell]] = defaultdict(list)
    for cell in sorted(counts):
        lines[f"§{kinds[cell[0]]}", cell[1]].append(cell)
    return lines


def terciles(values: Iterable[float | None], *, least: int = 1) -> tuple[float, float] | None:
    """Return the values that end the first and the second third.

    None with fewer than ``least`` different values: two places cannot be parted into thirds.
    """
    known = np.array([one for one in values if one is not None], np.float64)
    if len(np.unique(known)) < least:
        return None
    low, high = np.quantile(known, [1 / 3, 2 / 3], method="inverted_cdf").tolist()
    return low, high


def class_of(value: float | None, limits: tuple[float, float] | None) -> int | None:
    """Return the tercile, 1 to 3; a value on a limit belongs below it."""
    if value is None or limits is None:
        return None
    return 1 + (value > limits[0]) + (value > limits[1])


def _classed(
    values: Mapping[str, float | None], limits: tuple[float, float] | None
) -> Mapping[str, int | None]:
    return {code: class_of(value, limits) for code, value in values.items()}


_RANKS: Mapping[GapStatus, int] = {GapStatus.MET: 1, GapStatus.PARTIAL: 2, GapStatus.GAP: 3}


def crossed(layer: Layer, report: GapReport, rule: str | None = None) -> tuple[Crossed, ...]:
    """Cross the need with how thin the network is, by one rule (code) or by all of them.

    By one rule the class is its status (unknown has none); by all the tercile of how many rules
    have a gap there. Municipalities in the report's order.
    """
    gaps: Counter[str] = Counter()
    status: dict[str, GapStatus] = {}
    population: dict[str, int | None] = {}
    for one in report.results:
        population[one.municipality] = one.population
        gaps[one.municipality] += one.status is GapStatus.GAP
        if one.rule == rule:
            status[one.municipality] = one.status
    limits = terciles(float(gaps[code]) for code in report.municipalities)
    return tuple(
        Crossed(
            municipality=code,
            population=population.get(code),
            need=layer.values.get(code),
            need_class=layer.classes.get(code),
            thin=_RANKS.get(status[code], 0) if code in status else gaps[code],
            thin_class=_RANKS.get(status[code])
            if code in status
            else class_of(float(gaps[code]), limits),
            status=status.get(code),
        )
        for code in report.municipalities
    )


def crossed_by_orp(
    layer: Layer, report: GapReport, catalog: Catalog, rule: str | None = None
) -> tuple[CrossedOrp, ...]:
    """Cross the same ORP by ORP, by their names; only municipalities of the report count."""
    found = {one.municipality: one for one in crossed(layer, report, rule)}
    rules = 1 if rule is not None else max(len(report.norm.rules), 1)
    gaps: Counter[str] = Counter()
    for one in report.results:
        if rule in {None, one.rule}:
            gaps[one.municipality] += one.status is GapStatus.GAP
    members: defaultdict[str, list[Crossed]] = defaultdict(list)
    for code in report.municipalities:
        members[catalog.territory.municipality(code).orp].append(found[code])
    rows = {orp: (_mean_need(some), _gap_share(some, gaps, rules)) for orp, some in members.items()}
    need_limits = terciles((need for need, _ in rows.values()), least=len(CLASSES))
    thin_limits = terciles(share for _, share in rows.values())
    return tuple(
        CrossedOrp(
            orp=orp,
            people=sum(one.population or 0 for one in members[orp]),
            need=need,
            need_class=class_of(need, need_limits),
            gap_share=share,
            thin_class=class_of(share, thin_limits) or CLASSES[0],
            worst_municipalities=sum(one.is_worst for one in members[orp]),
            worst_people=sum(one.population or 0 for one in members[orp] if one.is_worst),
        )
        for orp, (need, share) in sorted(rows.items())
    )


def _mean_need(some: Sequence[Crossed]) -> float | None:
    known = [(one.need, one.population or 0) for one in some if one.need is not None]
    people = sum(weight for _, weight in known)
    return sum(need * weight for need, weight in known) / people if people else None


def _gap_share(some: Sequence[Crossed], gaps: Mapping[str, int], rules: int) -> float:
    people = sum(one.population or 0 for one in some)
    held = sum(gaps[one.municipality] * (one.population or 0) for one in some)
    return held / (people * rules) if people else 0.0
