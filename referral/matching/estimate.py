"""How likely a service takes somebody with a barrier, judged by what happened to others.

A Beta posterior: the service's own outcomes over a prior made of those of its type. Without any
outcome there is no estimate: an invented prior would pass for knowledge.
"""

from dataclasses import dataclass

from referral.catalog.experience import Experience
from referral.catalog.model import Service
from referral.matching.policy import Limits

_TAIL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A share of clients accepted (0-1): its mean and the interval that holds it with 90 %.

    ``accepted`` and ``refused`` are the service's own outcomes, ``others`` how many clients of
    other services of the type stand behind the prior. ``scarce``: all of them together are few.
    """

    mean: float
    low: float
    high: float
    accepted: int
    refused: int
    others: int
    scarce: bool


def estimate(
    service: Service, barrier: str, *, experience: Experience, limits: Limits
) -> Estimate | None:
    """Return the estimate for clients with a barrier, None when there is no outcome at all.

    The prior is Beta(m·k, (1 - m)·k) with m the share accepted by other services of the type, after
    Laplace's rule of succession (accepted + 1) / (all + 2), and k = ``limits.prior_strength``. With
    no outcomes of others it is uniform, Beta(1, 1).
    """
    shape = _shape(service, barrier, experience=experience, limits=limits)
    if shape is None:
        return None
    yes, no = shape
    own = experience.own(service.id, barrier)
    others = experience.others(service.id, service.type, barrier)
    low, high = _interval(yes, no)
    return Estimate(
        mean=yes / (yes + no),
        low=low,
        high=high,
        accepted=own.accepted,
        refused=own.refused,
        others=others.clients,
        scarce=own.clients + others.clients < limits.few_outcomes,
    )


def likely_share(
    service: Service, barrier: str, *, experience: Experience, limits: Limits
) -> float | None:
    """Return the mean of the estimate alone, None when there is no outcome at all."""
    shape = _shape(service, barrier, experience=experience, limits=limits)
    return None if shape is None else shape[0] / (shape[0] + shape[1])


def _shape(
    service: Service, barrier: str, *, experience: Experience, limits: Limits
) -> tuple[float, float] | None:
    """Return both parameters of the posterior."""
    if not experience.by_service and not experience.by_type:
        return None
    own = experience.own(service.id, barrier)
    others = experience.others(service.id, service.type, barrier)
    if not own.clients and not others.clients:
        return None
    yes, no = 1.0, 1.0
    if others.clients:
        share = (others.accepted + 1) / (others.clients + 2)
        yes, no = share * limits.prior_strength, (1 - share) * limits.prior_strength
    return yes + own.accepted, no + own.refused


def _interval(yes: float, no: float) -> tuple[float, float]:
    # scipy takes a quarter of a second to load, and most answers rest on no outcome.
    from scipy.special import betaincinv  # noqa: PLC0415 - see above

    return float(betaincinv(yes, no, _TAIL)), float(betaincinv(yes, no, 1 - _TAIL))
