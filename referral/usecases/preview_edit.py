"""What the matcher would answer otherwise if a service were as an editor writes it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from referral.catalog.model import Service, ServiceAtLocation
from referral.catalog.snapshot import Catalog, offers_of
from referral.catalog.territory import Municipality
from referral.matching.exclusion import Exclusion
from referral.matching.policy import Policy
from referral.matching.ranking import Recommendation
from referral.matching.request import AskedNeed, ReferralRequest
from referral.usecases.recommend import recommend

MOST_CASES = 5
"""Each case asks the matcher twice."""

_MOST_PLACES = 2
_ALL = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How the service comes out of one question: its place and points, or why it does not.

    ``rank`` None with no exclusions: it is not an answer to the question at all. ``among`` is how
    many offers are made.
    """

    rank: int | None
    score: float | None
    among: int
    exclusions: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One invented question with the verdicts before and after the edit."""

    request: ReferralRequest
    before: Verdict
    after: Verdict

    @property
    def differs(self) -> bool:
        """Whether the edit changes the verdict."""
        return self.before != self.after


def preview(
    before: Service, after: Service, *, catalog: Catalog, policy: Policy, today: date
) -> tuple[Case, ...]:
    """Ask the matcher about invented people at whom the two versions of a service could differ.

    The people are made of the edit alone: places that come or go, barriers whose rule changes, ages
    just beyond a limit, and somebody ordinary. Nobody's question is stored or used.
    """
    if before == after:
        return ()
    changed = _with_service(catalog, after)

    def verdict(request: ReferralRequest, among: Catalog) -> Verdict:
        found = recommend(
            replace(request, limit=_ALL),
            catalog=among,
            policy=policy,
            today=today,
            near_misses=_ALL,
        )
        return _verdict(found, before.id)

    return tuple(
        Case(request=one, before=verdict(one, catalog), after=verdict(one, changed))
        for one in _requests(before, after, catalog)
    )


def _verdict(found: Recommendation, service: str) -> Verdict:
    among = found.counts.found
    for match in found.matches:
        if match.service_id == service:
            # Points are shown to one decimal, so that is where they differ.
            return Verdict(rank=match.rank, score=round(match.score, 1), among=among, exclusions=())
    reasons = [miss.exclusions for miss in found.not_for_you if miss.offer.id == service]
    return Verdict(rank=None, score=None, among=among, exclusions=reasons[0] if reasons else ())


def _requests(before: Service, after: Service, catalog: Catalog) -> Iterator[ReferralRequest]:
    need = _need_of(after, catalog)
    home = _home(before, after, catalog)
    if need is None or home is None:
        return
    asked = (AskedNeed(code=need),)
    plain = ReferralRequest(place=home, needs=asked)
    made = [
        *(replace(plain, place=place) for place in _places(before, after, catalog)),
        *(replace(plain, barriers=frozenset({one})) for one in _barriers(before, after)),
        *(replace(plain, age=age) for age in _ages(before, after)),
        plain,
    ]
    yield from made[:MOST_CASES]


def _need_of(service: Service, catalog: Catalog) -> str | None:
    for need in catalog.vocabulary.needs.values():
        if service.type in need.service_types or need.code in service.needs:
            return need.code
    return None


def _home(before: Service, after: Service, catalog: Catalog) -> Municipality | None:
    """Return a municipality that both versions serve, that of the service when it is one."""
    known = catalog.territory.municipalities
    stands = [one.municipality for one in after.locations if one.municipality in known]
    both = before.coverage.certain & after.coverage.certain
    named = [code for code in stands if code in both] or _biggest(both, catalog) or stands
    chosen = next((code for code in named if code is not None), None)
    if chosen is not None:
        return known[chosen]
    return known[min(known)] if known else None


def _places(before: Service, after: Service, catalog: Catalog) -> Iterator[Municipality]:
    for codes in (
        after.coverage.certain - before.coverage.certain,
        before.coverage.certain - after.coverage.certain,
    ):
        for code in _biggest(codes, catalog)[:_MOST_PLACES]:
            yield catalog.territory.municipalities[code]


def _biggest(codes: frozenset[str], catalog: Catalog) -> list[str]:
    known = catalog.territory.municipalities
    return sorted(codes & known.keys(), key=lambda code: (-(known[code].population or 0), code))


def _barriers(before: Service, after: Service) -> list[str]:
    old = {rule.barrier: rule.stance for rule in before.eligibility.rules}
    new = {rule.barrier: rule.stance for rule in after.eligibility.rules}
    return sorted(code for code in old | new if old.get(code) != new.get(code))


def _ages(before: Service, after: Service) -> Iterator[int]:
    """Yield ages for which one of the versions is and the other is not."""
    old, new = before.eligibility.ages, after.eligibility.ages
    lowest = {(ages.min if ages else None) or 0 for ages in (old, new)}
    if len(lowest) > 1:
        yield max(lowest) - 1
    highest = {ages.max if ages else None for ages in (old, new)}
    if len(highest) > 1:
        yield min(one for one in highest if one is not None) + 1


def _with_service(catalog: Catalog, service: Service) -> Catalog:
    """Return the catalogue with another version of a service; everything else is shared."""

    def among(offers: tuple[ServiceAtLocation, ...]) -> tuple[ServiceAtLocation, ...]:
        others = [one for one in offers if one.id != service.id]
        return tuple(sorted((*others, *offers_of(service)), key=lambda one: one.id))

    by_type, by_need = dict(catalog.by_type), dict(catalog.by_need)
    if service.type is not None:
        by_type[service.type] = among(by_type.get(service.type, ()))
    for need in service.needs:
        by_need[need] = among(by_need.get(need, ()))
    return replace(
        catalog,
        services=MappingProxyType({**catalog.services, service.id: service}),
        by_type=MappingProxyType(by_type),
        by_need=MappingProxyType(by_need),
    )
