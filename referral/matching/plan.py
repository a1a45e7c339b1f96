"""The smallest set of services that together answer every asked need, exactly."""

from collections.abc import Sequence

from referral.matching.ranking import Match, PlanStep


def plan(
    matches: Sequence[Match], needs: Sequence[str]
) -> tuple[tuple[PlanStep, ...], tuple[str, ...]]:
    """Return (steps, needs that nothing answers).

    Among the smallest sets the one with the highest total score wins, then the one whose services
    rank best. Exact: for every set of needs only the best match that answers just that set can be
    in an optimal plan, so a table over the sets of needs (2^needs) finds it.
    """
    wanted = tuple(dict.fromkeys(needs))
    bit = {need: 1 << position for position, need in enumerate(wanted)}
    answered_by: dict[int, Match] = {}
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
    open_needs = tuple(need for need in wanted if not bit[need] & coverable)
    return _steps([match for match in matches if match.rank in chosen], wanted), open_needs


def _steps(chosen: Sequence[Match], wanted: Sequence[str]) -> tuple[PlanStep, ...]:
    """Give each need to the best-ranked chosen service that answers it, keeping shared ones."""
    return tuple(
        PlanStep(
            service_id=match.offer.id,
            covers=tuple(need for need in wanted if need in match.needs),
        )
        for match in sorted(chosen, key=lambda one: one.rank)
    )
