"""The smallest set of services that together answer every asked need, and their order in time."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from referral.catalog.vocabulary import Form, Urgency, Vocabulary
from referral.matching.prospect import Answer, ConditionKind, Prospect
from referral.matching.ranking import Match, PlanStep
from referral.matching.request import ReferralRequest

ALTERNATIVES = 3
BRIDGES = 2

_ANSWERS = {answer: position for position, answer in enumerate(Answer)}
_DISCHARGED = frozenset({"péče", "zdraví"})
_EVICTED = frozenset({"bydlení"})


class Ranked(Protocol):
    """Anything that answers needs and has a place in the order; a match, or the gist of one."""

    @property
    def rank(self) -> int:
        """The place in the order, counted from 1."""
        ...

    @property
    def needs(self) -> tuple[str, ...]:
        """The asked needs it answers."""
        ...

    @property
    def score(self) -> float:
        """The sum of its points."""
        ...


_R = TypeVar("_R", bound=Ranked)


def smallest_set(matches: Sequence[_R], needs: Sequence[str]) -> tuple[_R, ...]:
    """Return the smallest set of matches that answers every need which any of them answers.

    Among the smallest sets the one with the highest total score wins, then the one whose services
    rank best. Exact: for every set of needs only the best match that answers just that set can be
    in an optimal plan, so a table over the sets of needs (2^needs) finds it, and whoever asks may
    leave all others out.
    """
    bit = {need: 1 << position for position, need in enumerate(dict.fromkeys(needs))}
    answered_by: dict[int, _R] = {}
    for match in matches:
        mask = sum(bit[need] for need in set(match.needs) if need in bit)
        if mask and mask not in answered_by:
            answered_by[mask] = match
    coverable = 0
    for mask in answered_by:
        coverable |= mask
    best: dict[int, tuple[int, float, tuple[int, ...]]] = {0: (0, 0.0, ())}
    for mask in sorted(answered_by, key=lambda one: answered_by[one].rank):
        match = answered_by[mask]
        for reached, (count, negative, ranks) in list(best.items()):
            joined = reached | mask
            option = (
                count + 1,
                round(negative - match.score, 2),
                tuple(sorted((*ranks, match.rank))),
            )
            if joined != reached and (joined not in best or option < best[joined]):
                best[joined] = option
    chosen = set(best[coverable][2])
    return tuple(match for match in matches if match.rank in chosen)


def open_needs(answered: Collection[str], needs: Sequence[str]) -> tuple[str, ...]:
    """Return the needs that no match answers, in their order."""
    return tuple(need for need in dict.fromkeys(needs) if need not in answered)


def plan(
    chosen: Sequence[Match],
    *,
    among: Sequence[Match],
    prospects: Mapping[str, Prospect],
    request: ReferralRequest,
    vocabulary: Vocabulary,
) -> tuple[PlanStep, ...]:
    """Turn a set of services into steps, the best-ranked first; ``turn`` says their order in time.

    Alternatives come from ``among``: those that answer at least what only this step answers, the
    likeliest first, then the nearest, then the freshest. Every match in ``among`` has a prospect.
    """
    needs = tuple(dict.fromkeys(request.need_codes))
    covers = {match.rank: tuple(need for need in needs if need in match.needs) for match in chosen}
    due = {match.rank: _due(covers[match.rank], request, vocabulary) for match in chosen}
    turns = sorted(
        chosen,
        key=lambda one: (
            _haste(covers[one.rank], vocabulary),
            due[one.rank] or date.max,
            one.rank,
        ),
    )
    planned = {match.rank for match in chosen}
    rest = [match for match in among if match.rank not in planned]
    return tuple(
        PlanStep(
            service_id=match.offer.id,
            covers=covers[match.rank],
            turn=turns.index(match) + 1,
            due=due[match.rank],
            alternatives=_alternatives(match, chosen, covers, rest, prospects),
            bridge=_bridge(match, rest, prospects),
        )
        for match in sorted(chosen, key=lambda one: one.rank)
    )


def _haste(needs: Sequence[str], vocabulary: Vocabulary) -> int:
    """Return 0 for what cannot wait, 1 for what should not, 2 for the rest."""
    levels = {Urgency.NOW: 0, Urgency.SOON: 1, None: 2}
    return min(levels[vocabulary.need(need).urgency] for need in needs)


def _due(needs: Sequence[str], request: ReferralRequest, vocabulary: Vocabulary) -> date | None:
    """Return the day by which the needs have to be answered, None when the client named none."""
    areas = {vocabulary.need(need).area for need in needs}
    days = [
        day
        for day, concerned in ((request.discharge_on, _DISCHARGED), (request.eviction_on, _EVICTED))
        if day is not None and areas & concerned
    ]
    return min(days, default=None)


def _alternatives(
    match: Match,
    chosen: Sequence[Match],
    covers: Mapping[int, Sequence[str]],
    rest: Sequence[Match],
    prospects: Mapping[str, Prospect],
) -> tuple[str, ...]:
    elsewhere = {
        need for other in chosen if other.rank != match.rank for need in covers[other.rank]
    }
    alone = set(covers[match.rank]) - elsewhere
    able = [one for one in rest if alone <= set(one.needs)]
    ordered = sorted(able, key=lambda one: _likeliness(one, prospects[one.offer.id]))
    return tuple(one.offer.id for one in ordered[:ALTERNATIVES])


def _likeliness(match: Match, prospect: Prospect) -> tuple[int, float, float, int]:
    points = {one.criterion: one.points for one in match.explanation.outcomes}
    return _ANSWERS[prospect.answer], -points["reach"], -points["freshness"], match.rank


def _bridge(
    match: Match, rest: Sequence[Match], prospects: Mapping[str, Prospect]
) -> tuple[str, ...]:
    """Return help at home or nearby for the time in which a full service has to be awaited."""
    awaited = {ConditionKind.PLACE, ConditionKind.ASK_AGAIN}
    if not any(one.kind in awaited for one in prospects[match.offer.id].conditions):
        return ()
    able = [
        one
        for one in rest
        if set(one.needs) & set(match.needs)
        and one.reach.form is not Form.RESIDENTIAL
        and one.reach.sure
        and not any(told.kind in awaited for told in prospects[one.offer.id].conditions)
    ]
    return tuple(one.offer.id for one in able[:BRIDGES])
