"""The reasons against the offers that are out; offers of one sort share what a rule says.

Nothing is judged here: the rules of ``exclusions`` are put to the first offer of each sort, and
which of the reasons lie in the place has been found out for all offers at once.
"""

from collections.abc import Sequence

from referral.matching.exclusion import Exclusion, ExclusionCode
from referral.matching.exclusions import (
    ClientRule,
    area_exclusion,
    client_rules,
    distance_exclusion,
)
from referral.matching.request import ReferralRequest
from referral.matching.sorts import Sorts
from referral.matching.standing import Standing


class Reasons:
    """Finds what ``find_exclusions`` finds; ``standing`` keeps the areas that services name."""

    def __init__(self, request: ReferralRequest, standing: Standing) -> None:
        self._standing = standing
        rules = client_rules(
            request=request,
            vocabulary=standing.columns.catalog.vocabulary,
            policy=standing.policy,
            today=standing.today,
        )
        self._rules = tuple(rules)
        self._in_place = standing.way_table(request.forms).reasons

    def against(
        self, rows: Sequence[int], *, sorts: Sorts, ways: Sequence[int], km: Sequence[float | None]
    ) -> list[tuple[Exclusion, ...]]:
        """Return the reasons against the offers in these rows.

        ``ways`` are their places in a way table, ``km`` the straight lines to their places of
        service, None where they are not known.
        """
        found: list[tuple[Exclusion, ...]] = [()] * len(rows)
        for rule in self._rules:
            told = self._told(rule, getattr(sorts, rule.reads), rows)
            found = [some + more if more else some for some, more in zip(found, told, strict=True)]
        for at, way in enumerate(ways):
            for kind in self._in_place[way]:
                found[at] += (self._of_place(kind, rows[at], sorts.service[at], km[at]),)
        return found

    def _told(
        self, rule: ClientRule, alike: Sequence[int], rows: Sequence[int]
    ) -> list[tuple[Exclusion, ...]]:
        """Put a rule to one offer of each sort."""
        made: dict[int, tuple[Exclusion, ...]] = {}
        offers = self._standing.columns.offers
        for at, sort in enumerate(alike):
            if sort not in made:
                made[sort] = tuple(rule.find(offers[rows[at]].service))
        return [made[sort] for sort in alike]

    def _of_place(self, kind: ExclusionCode, row: int, service: int, km: float | None) -> Exclusion:
        if kind is ExclusionCode.DISTANCE and km is not None:
            return distance_exclusion(km, self._standing.policy)
        areas = self._standing.areas
        if service not in areas:
            areas[service] = area_exclusion(self._standing.columns.offers[row].service)
        return areas[service]
