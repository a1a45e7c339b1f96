"""How a measure becomes a share of the points: the rank of a type, nearness, age."""

from typing import Final

from referral.catalog.territory import Territory
from referral.catalog.vocabulary import Need
from referral.matching.policy import Limits

VICINITY_SHARE: Final = {"municipality": 1.0, "orp": 0.8, "district": 0.4, "none": 0.0}
"""What is worth how much that a service and a client have in common."""


def answer_share(
    need: Need, *, of_type: str | None, health: bool, limits: Limits
) -> tuple[float, int]:
    """Return how well one need is answered (0-1) and the rank of the type, 0 without one."""
    if of_type in need.service_types:
        position = need.service_types.index(of_type)
        return max(limits.beside_share, 1 - limits.rank_step * position), position + 1
    return limits.health_share if health else limits.beside_share, 0


def vicinity(one: str, other: str, territory: Territory) -> str:
    """Return what two municipalities share: municipality, orp, district or none."""
    if one == other:
        return "municipality"
    here, there = territory.municipality(one), territory.municipality(other)
    if here.orp == there.orp:
        return "orp"
    return "district" if here.district == there.district else "none"


def falling(value: float, *, full: float, zero: float) -> float:
    """Return 1 up to ``full``, 0 from ``zero``, a straight line between."""
    return min(1.0, max(0.0, (zero - value) / (zero - full)))
