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

    COVERAGE counts the services that come to the municipality, PRESENCE those that come or have
    their place in it (or in its ORP); NEAREST_KM and NEAREST_MIN measure the way to the nearest
    place of service, REACH and REACH_MIN are met by that or by services that come. HOURS is how
    long a week the service that is open longest of those in reach is open. CAPACITY is what can be
    reached for a thousand people (E2SFCA; for services that come, their declared municipalities).
    """

    COVERAGE = "coverage"
    PRESENCE = "presence"
    NEAREST_KM = "nearest_km"
    NEAREST_MIN = "nearest_min"
    REACH = "reach"
    REACH_MIN = "reach_min"
    HOURS = "hours"
    CAPACITY = "capacity"

    @property
    def by_way(self) -> bool:
        """Whether the threshold is the length of a way, so that less is better."""
        return self in _WAYS

    @property
    def by_minutes(self) -> bool:
        """Whether ways are measured in minutes."""
        return self in {Metric.NEAREST_MIN, Metric.REACH_MIN}

    @property
    def comes(self) -> bool:
        """Whether services that come to the municipality count."""
        return self not in {Metric.NEAREST_KM, Metric.NEAREST_MIN}

    @property
    def on_the_spot(self) -> bool:
        """Whether services to which the client goes count."""
        return self is not Metric.COVERAGE

    @property
    def counts(self) -> bool:
        """Whether the threshold is a number of services."""
        return self in {Metric.COVERAGE, Metric.PRESENCE}


_WAYS = frozenset({Metric.NEAREST_KM, Metric.NEAREST_MIN, Metric.REACH, Metric.REACH_MIN})


class Level(StrEnum):
    """For what a rule is judged: each municipality, or all of an ORP or a kraj together."""

    MUNICIPALITY = "municipality"
    ORP = "orp"
    REGION = "region"


class People(StrEnum):
    """Of whom a thousand share a capacity; AGED weighs ages by ``data/norms/demand.toml``."""

    ALL = "all"
    FROM_65 = "65+"
    FROM_80 = "80+"
    TO_17 = "0-17"
    AGED = "aged"


DETOUR = 1.35
"""How many times the way by road is longer than the straight line, where nothing better is known.

Measured detours of European roads lie between 1.3 and 1.43 (radial mean of 300 cities 1.343).
"""

KILOMETRES = "km"
MINUTES = "min"
OFFERS = "služba"
WEEKLY_HOURS = "h/týden"

UNITS: Mapping[Metric, str] = MappingProxyType(
    {
        Metric.COVERAGE: OFFERS,
        Metric.PRESENCE: OFFERS,
        Metric.NEAREST_KM: KILOMETRES,
        Metric.NEAREST_MIN: MINUTES,
        Metric.REACH: KILOMETRES,
        Metric.REACH_MIN: MINUTES,
        Metric.HOURS: WEEKLY_HOURS,
    }
)
"""The unit of a rule's thresholds; of CAPACITY it is a unit of the register, named by the rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One demand on the network.

    ``type`` is the service type, ``form`` narrows it to one form (None: any); ``need``, ``group``
    (of the vocabulary) and ``age`` are what is known of the rule's reference client. ``threshold``
    is in ``unit`` (see UNITS; a CapacityUnit for CAPACITY). ``partial`` is the looser threshold up
    to which the rule counts as partly met, in the same unit. ``count`` asks a way to be short
    enough to so many services: 2 is a choice. ``level`` is for PRESENCE and CAPACITY, ``per`` for
    CAPACITY, as are other types that count together with it (``also``); ``within_km`` (of road)
    is for HOURS. ``source`` says where the number comes from,
    ``why`` in one sentence why just so much.
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
    group: str | None = None
    age: int | None = None
    count: int = 1
    level: Level = Level.MUNICIPALITY
    per: People = People.ALL
    within_km: float | None = None
    also: tuple[str, ...] = ()

    @property
    def types(self) -> frozenset[str]:
        """The types of service that count for it."""
        return frozenset({self.type, *self.also})

    @property
    def reaches_over(self) -> bool:
        """Whether what lies beyond the border of an area may change results within it.

        Catchments cross borders, and so may an ORP or a kraj.
        """
        return self.metric is Metric.CAPACITY or self.level is not Level.MUNICIPALITY


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
