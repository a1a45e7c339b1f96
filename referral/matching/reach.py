"""How an offer and a place come together: the worker comes, or the client goes there."""

from dataclasses import dataclass
from enum import StrEnum

from referral.catalog.areas import CoverageStatus
from referral.catalog.vocabulary import Form


class PlaceKnown(StrEnum):
    """What is known about where an ambulatory or residential service is given."""

    YES = "yes"
    LISTED = "listed"
    SEAT_ONLY = "seat_only"
    SECRET = "secret"  # noqa: S105 - a kind of address, not a password
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One way in which an offer reaches the client.

    For ``form`` T, ``covers`` tells how sure it is that the service comes to the place and
    ``distance_km`` is None. For A and P ``distance_km`` is the straight line to the place of
    service, None when that place is not known (``place_known`` says why); ``covers`` is then
    UNKNOWN and plays no part. ``remote`` marks help at a distance (a line, an alarm).
    """

    form: Form
    covers: CoverageStatus = CoverageStatus.UNKNOWN
    distance_km: float | None = None
    place_known: PlaceKnown = PlaceKnown.NO
    remote: bool = False
