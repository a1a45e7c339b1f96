"""The reasons against the offers that are out; offers of one sort share what a rule says.

Nothing is judged here: the rules of ``exclusions`` are put to the first offer of each sort, and
which of the reasons lie in the place has been found out for all offers at once.
"""

from referral.matching.exclusions import (
    Exclusion,
    ExclusionCode,
    area_exclusion,
    client_rules,
    distance_exclusion,
)
from referral.matching.request import ReferralRequest
from referral.matching.sorts import Sort
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
        self._rules = [
            (Sort._fields.index(rule.reads), rule.find, dict[int, tuple[Exclusion, ...]]())
            for rule in rules
        ]
        self._in_place = standing.way_table(request.forms).reasons

    def against(self, row: int, *, way: int, km: float | None) -> tuple[Exclusion, ...]:
        """Return the reasons against the offer in a row, ``way`` being its place in a way table."""
        columns = self._standing.columns
        service, sort = columns.offers[row].service, columns.sorts[row]
        found: list[Exclusion] = []
        for reads, find, held in self._rules:
            number = sort[reads]
            reasons = held.get(number)
            if reasons is None:
                reasons = held[number] = tuple(find(service))
            found += reasons
        for kind in self._in_place[way]:
            if kind is ExclusionCode.AREA:
                areas = self._standing.areas
                reason = areas.get(sort.service)
                if reason is None:
                    reason = areas[sort.service] = area_exclusion(service)
                found.append(reason)
            elif km is not None:
                found.append(distance_exclusion(km, self._standing.policy))
        return tuple(found)
