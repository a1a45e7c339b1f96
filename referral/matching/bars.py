"""The bars of all offers shown under one request; offers of one sort share what a criterion says.

Nothing is judged here: the first offer of each sort is put to the criterion itself.
"""

from collections.abc import Hashable
from typing import NamedTuple

from referral.matching.asking import Asking
from referral.matching.criteria import JUDGES, Case
from referral.matching.outcome import Explanation, Outcome
from referral.matching.standing import Standing


class Shown(NamedTuple):
    """What has been found out in columns about an offer that is shown.

    ``needs`` are those it answers by its ``trait``, ``way`` is the bar of the best way to it,
    ``near`` its place in the order of nearness, ``takings`` tell how it takes people with each of
    the barriers asked about.
    """

    trait: int
    needs: tuple[str, ...]
    way: Outcome
    near: int
    takings: tuple[int, ...]


class Bars:
    """Explains offers as ``explain`` does; ``standing`` keeps the bars that no request changes."""

    def __init__(self, asking: Asking, standing: Standing) -> None:
        self._asking = asking
        self._standing = standing
        self._refusing = {one.service_id for one in asking.request.refusals}
        self._experienced = bool(asking.experience.by_service or asking.experience.by_type)
        self._made: dict[str, dict[Hashable, Outcome]] = {
            name: standing.bars.get(name, {}) for name in JUDGES
        }

    def explain(self, row: int, shown: Shown) -> Explanation:
        """Explain the offer in this row of the columns."""
        sort = self._standing.columns.sorts[row]
        bars = [
            self._bar("need", shown.trait, row, shown.needs),
            shown.way,
            self._bar("group", sort.circle, row),
            self._bar("age", sort.ages, row),
        ]
        if self._asking.request.barriers:
            own = sort.service if self._experienced else None
            bars.append(self._bar("barriers", (shown.takings, own), row))
        if self._refusing:
            has = self._standing.columns.offers[row].service.id in self._refusing
            bars.append(self._bar("refusal", sort.service if has else None, row))
        bars += (
            self._bar("vacancy", sort.places, row),
            self._bar("vicinity", (sort.seat, shown.near), row),
            self._bar("freshness", sort.record, row),
        )
        return Explanation(tuple(bars))

    def _bar(self, name: str, alike: Hashable, row: int, needs: tuple[str, ...] = ()) -> Outcome:
        made = self._made[name]
        bar = made.get(alike)
        if bar is None:
            offer = self._standing.columns.offers[row]
            case = Case(offer=offer, asking=self._asking, needs=needs)
            bar = made[alike] = JUDGES[name](case, self._asking.policy.weights[name])
        return bar
