"""What a minimal network should hold: a norm is data with a provenance, never code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from referral.catalog.vocabulary import Form


class NormError(ValueError):
    """A norm file that cannot be used; the message says what, where and how to mend."""


class NormStatus(StrEnum):
    """How binding a norm is; a shipped one is never more than orientační."""

    GUIDE = "orientační"
    METHOD = "metodika"
    APPROVED = "schváleno"


class Metric(StrEnum):
    """What a rule measures.

    COVERAGE counts the offers that come to the municipality; NEAREST_KM is the estimated road
    distance to the nearest place of service; REACH is met by either.
    """

    COVERAGE = "coverage"
    NEAREST_KM = "nearest_km"
    REACH = "reach"


DETOUR = 1.35
"""How many times the way by road is longer than the straight line, where nothing better is known.

Measured detours of European roads lie between 1.3 and 1.43 (radial mean of 300 cities 1.343).
"""

KILOMETRES = "km"
OFFERS = "služba"

UNITS: Mapping[Metric, str] = MappingProxyType(
    {Metric.COVERAGE: OFFERS, Metric.NEAREST_KM: KILOMETRES, Metric.REACH: KILOMETRES}
)
"""The unit of a rule's thresholds: road kilometres, or the number of offers that come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One demand on the network.

    ``type`` is the service type, ``form`` narrows it to one form (None: any), ``need`` the need of
    the rule's reference client. ``threshold`` is in ``unit``: km of road for NEAREST_KM and REACH,
    a number of offers for COVERAGE. ``partial`` is the looser threshold up to which the rule counts
    as partly met, in the same unit. ``source`` says where the number comes from, ``why`` in one
    sentence why just so much.
    """

    code: str
    type: str
    need: str
    metric: Metric
    threshold: float
    unit: str
    source: str
    form: Form | None = None
    partial: float | None = None
    why: str = ""


class Neighbourhood(StrEnum):
    """How far from its provider's municipality an offer of unknown place is still thought of."""

    ORP = "orp"
    DISTRICT = "district"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """A named set of rules with its authority; ``detour`` turns straight into road kilometres.

    ``undecided_within``: an offer of which nobody says where it works makes a municipality
    "neznámo" instead of "mezera" when its provider (or facility) lies in the same ORP or district,
    or anywhere; an offer whose provider is not in the loaded territory counts as undecided
    everywhere when ``undecided_elsewhere`` is set. Both are assumptions, shown with the norm.
    """

    id: str
    name: str
    status: NormStatus
    source: str
    territory: str
    authority: str
    valid_from: date
    rules: tuple[Rule, ...]
    detour: float = DETOUR
    undecided_within: Neighbourhood = Neighbourhood.DISTRICT
    undecided_elsewhere: bool = False
    note: str = ""
