"""One offer under one request: the single place where the match page and the gap map agree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from referral.catalog.model import ServiceAtLocation
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form, ServiceType
from referral.matching.criteria import way_share
from referral.matching.exclusion import Exclusion
from referral.matching.exclusions import find_exclusions, wanted_ways
from referral.matching.policy import Policy
from referral.matching.reach import Access, Reach, access
from referral.matching.request import ReferralRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What stands for and against one offer; it may be made when nothing stands against it.

    ``reaches`` are the usable ways in the wanted forms, best first; ``distance_km`` is the straight
    line to the place of service, None when it is not known.
    """

    offer: ServiceAtLocation
    needs: tuple[str, ...]
    reaches: tuple[Reach, ...]
    exclusions: tuple[Exclusion, ...]
    distance_km: float | None

    @property
    def admissible(self) -> bool:
        """Whether the offer may be made."""
        return not self.exclusions


def candidates(request: ReferralRequest, catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the services that answer an asked need, each with those needs in order.

    A service answers a need by its type (``Need.service_types``); help without a type names its
    needs itself.
    """
    found: dict[str, list[str]] = {}
    for need in request.need_codes:
        for offer in _answering(need, catalog):
            answered = found.setdefault(offer.id, [])
            if need not in answered:
                answered.append(need)
    return {service_id: tuple(needs) for service_id, needs in sorted(found.items())}


def _answering(need: str, catalog: Catalog) -> Iterable[ServiceAtLocation]:
    for kind in catalog.vocabulary.need(need).service_types:
        yield from catalog.by_type.get(kind, ())
    yield from catalog.by_need.get(need, ())


def assess(
    offer: ServiceAtLocation,
    *,
    needs: tuple[str, ...],
    request: ReferralRequest,
    catalog: Catalog,
    policy: Policy,
    today: date,
) -> Assessment:
    """Weigh one offer against the request; pure, and independent of every other offer."""
    ways = access(offer, place=request.place, kind=kind_of(offer, catalog), policy=policy)
    return Assessment(
        offer=offer,
        needs=needs,
        reaches=in_order(ways, request, policy),
        exclusions=find_exclusions(
            offer,
            request=request,
            access=ways,
            vocabulary=catalog.vocabulary,
            policy=policy,
            today=today,
        ),
        distance_km=ways.distance_km,
    )


def kind_of(offer: ServiceAtLocation, catalog: Catalog) -> ServiceType | None:
    """Return the type of service of an offer, None for help without one."""
    code = offer.service.type
    return catalog.vocabulary.service_type(code) if code is not None else None


def in_order(ways: Access, request: ReferralRequest, policy: Policy) -> tuple[Reach, ...]:
    """Return the usable ways in the wanted forms, best first."""
    return best_first(wanted_ways(ways, request), policy)


def best_first(reaches: Sequence[Reach], policy: Policy) -> tuple[Reach, ...]:
    """Return ways in the order in which they are offered."""
    if len(reaches) == 1:
        return tuple(reaches)
    return tuple(sorted(reaches, key=lambda reach: _order(reach, policy)))


_FORMS = (None, Form.FIELD, Form.AMBULATORY, Form.RESIDENTIAL)


def _order(reach: Reach, policy: Policy) -> tuple[float, int]:
    """Put the surest way first; of equal ones the one that takes the client least from home."""
    share = way_share(reach, policy.limits)
    return (1.0 if share is None else -share, _FORMS.index(reach.form))
