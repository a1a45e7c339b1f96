"""What a planner asks about added capacity, and what is answered."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referral.catalog.vocabulary import Form
from referral.network.norms import Norm, Rule
from referral.network.placement import Method
from referral.network.scenarios import Scenario
from referral.network.sites import Served, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityWish:
    """What to look for: where to add at most ``units`` (beds, workloads) for one capacity rule.

    ``new`` lets new services stand beside the existing ones, in municipalities of at least
    ``least_people``. ``most`` is how many units one service may be given, None without a limit.
    """

    rule: str
    units: int
    new: bool = False
    most: int | None = None
    least_people: int = 0
    exact: bool = True
    seconds: float = 30.0


class Short(StrEnum):
    """Why people stay below the threshold.

    REACH: no place to which capacity may be added lies within their reach. UNITS: they alone would
    need more than there is to give. COUNT: elsewhere the units help more people.
    """

    REACH = "reach"
    UNITS = "units"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedCapacity:
    """Capacity added to a service (its id; None: a new one) and whom it lifts over the threshold.

    ``before`` and ``after`` are in the rule's unit. ``municipality`` (code) is where it is, None
    when that is not known or not told. ``serves`` are lifted, and this service gives them more than
    any other added capacity; ``also`` (codes) are lifted with its help. ``eases_people`` live where
    more can be reached thanks to it, lifted or not.
    """

    service: str | None
    name: str
    municipality: str | None
    form: Form | None
    units: int
    before: float
    after: float
    serves: tuple[Served, ...]
    also: tuple[str, ...]
    eases_people: int
    eases_municipalities: int

    @property
    def gain_population(self) -> int:
        """The persons that it lifts."""
        return sum(one.people for one in self.serves)


@dataclass(frozen=True, slots=True, kw_only=True)
class StillShort:
    """A municipality, or an ORP or a kraj by its ``name``, that stays below the threshold.

    ``code`` is that of the municipality, None for more of them together. ``needs`` units at the
    best single place would lift it, None when no place is in reach.
    """

    code: str | None
    name: str
    population: int
    needs: int | None
    why: Short


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityReport:
    """Added capacity for one rule in an area, judged before and after by the gap map itself.

    ``value`` persons are lifted of at most ``bound`` that anything could lift; ``optimal`` when
    that is proved, ``stopped`` when the time ran out. ``used`` units are added of those wished for.
    ``unknown_services`` have a capacity that nobody knows, so none can be added to it; people whose
    status is unknown are not counted among those who miss anything.
    """

    norm: Norm
    rule: Rule
    area: str
    as_of: date
    wish: CapacityWish
    method: Method
    optimal: bool
    stopped: bool
    seconds: float
    value: int
    bound: int
    used: int
    before: Standing
    after: Standing
    added: tuple[AddedCapacity, ...]
    remaining: tuple[StillShort, ...]
    unknown_services: int
    scenario: Scenario
