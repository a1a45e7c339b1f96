"""The bars of all offers shown under one request; offers of one sort share what a criterion says.

Nothing is judged here: the first offer of each sort is put to the criterion itself.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from referral.matching.asking import Asking
from referral.matching.criteria import JUDGES, Case
from referral.matching.outcome import Explanation, Outcome
from referral.matching.sorts import Sorts
from referral.matching.standing import Standing


class Shown(NamedTuple):
    """What has been found out in columns about the offers that are shown, a list for each thing.

    ``needs`` are those that they answer by their ``traits``, ``near`` are places in the order of
    nearness, ``takings`` tell how they take people with each of the barriers asked about.
    """

    rows: Sequence[int]
    sorts: Sorts
    traits: Sequence[int]
    needs: Sequence[tuple[str, ...]]
    near: Sequence[int]
    takings: Sequence[tuple[int, ...]]


class Bars:
    """Explains offers as ``explain`` does; ``standing`` keeps the bars that no request changes."""

    def __init__(self, asking: Asking, standing: Standing) -> None:
        self._asking = asking
        self._standing = standing
        self._made: dict[str, dict[Hashable, Outcome]] = {
            name: standing.bars.get(name, {}) for name in JUDGES
        }

    def explain(self, shown: Shown, ways: Sequence[Outcome]) -> list[Explanation]:
        """Explain offers, given the bars of the best ways to them."""
        sorts, request = shown.sorts, self._asking.request
        columns = [
            self._bars("need", shown.traits, shown),
            ways,
            self._bars("group", sorts.circle, shown),
            self._bars("age", sorts.ages, shown),
        ]
        if request.barriers:
            columns.append(self._bars("barriers", self._as_taken(shown), shown))
        if request.refusals:
            columns.append(self._bars("refusal", self._as_refused(shown), shown))
        columns += (
            self._bars("vacancy", sorts.places, shown),
            self._bars("vicinity", zip(sorts.seat, shown.near, strict=True), shown),
            self._bars("freshness", sorts.record, shown),
        )
        return [Explanation(bars) for bars in zip(*columns, strict=True)]

    def _as_taken(self, shown: Shown) -> Iterable[Hashable]:
        """Tell offers apart by how they take people, and by whom they took where that is known."""
        experience = self._asking.experience
        if experience.by_service or experience.by_type:
            return zip(shown.takings, shown.sorts.service, strict=True)
        return shown.takings

    def _as_refused(self, shown: Shown) -> Iterable[Hashable]:
        """Tell apart only those that have refused this client."""
        offers = self._standing.columns.offers
        refusing = {one.service_id for one in self._asking.request.refusals}
        ids = [offers[row].service.id for row in shown.rows]
        return [one if one in refusing else None for one in ids]

    def _bars(self, name: str, alike: Iterable[Hashable], shown: Shown) -> list[Outcome]:
        made, judge, bars = self._made[name], JUDGES[name], []
        for at, sort in enumerate(alike):
            bar = made.get(sort)
            if bar is None:
                offer = self._standing.columns.offers[shown.rows[at]]
                case = Case(offer=offer, asking=self._asking, needs=shown.needs[at])
                bar = made[sort] = judge(case, self._asking.policy.weights[name])
            bars.append(bar)
        return bars
