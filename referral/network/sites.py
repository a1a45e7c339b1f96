"""What a planner asks about new places, and what is answered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referral.catalog.vocabulary import Form
from referral.network.gaps import GapStatus, RuleResult
from referral.network.means import Means, Spread
from referral.network.norms import Norm, Rule
from referral.network.placement import Method
from referral.network.scenarios import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to look for: at most ``count`` new places (workers, weekly days) for one rule.

    ``means`` None leaves the kind to the rule. ``capacity`` is how many persons one of them serves
    at most; ``unlimited`` takes even the usual limit of workers away. A worker goes as far as the
    rule says, ``road_km``, or through his ``whole_orp``. Days are visited from ``base`` (a code)
    within ``week_km`` there and back. ``beyond`` lets places stand outside the area, too;
    ``least_people`` only in municipalities of at least so many inhabitants.
    """

    rule: str
    count: int
    means: Means | None = None
    capacity: float | None = None
    unlimited: bool = False
    road_km: float | None = None
    whole_orp: bool = False
    base: str | None = None
    week_km: float | None = None
    beyond: bool = False
    least_people: int = 0
    exact: bool = True
    seconds: float = 30.0


class Why(StrEnum):
    """Why a municipality stays without.

    COUNT: other places serve more people. REACH: no place that may be chosen reaches it. CAPACITY,
    BUDGET: whoever reaches it has no hands or no way left. UNCOUNTED: nobody knows how many live
    there, so it weighs nothing.
    """

    COUNT = "count"
    REACH = "reach"
    UNCOUNTED = "uncounted"
    CAPACITY = "capacity"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A municipality that a new place serves; ``people`` is its share when several serve it."""

    code: str
    name: str
    population: int | None
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedSite:
    """A suggested place and whom it serves.

    ``serves`` had a gap and no better place before it in the list serves them; they sum to
    ``gain_population``. ``also`` are in its reach but counted with an earlier place. ``assures``
    were unknown and ``improves`` partly met (codes). ``equals`` would do just as well instead.
    ``units`` is how many workers are based there, ``week_km`` the road there and back from the
    base.
    """

    municipality: str
    name: str
    units: int
    gain_population: int
    serves: tuple[Served, ...]
    also: tuple[str, ...] = ()
    assures: tuple[str, ...] = ()
    improves: tuple[str, ...] = ()
    equals: tuple[str, ...] = ()
    week_km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """A municipality that stays a gap, and why."""

    code: str
    name: str
    population: int | None
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Municipalities and persons with each status, before or after."""

    municipalities: dict[GapStatus, int]
    people: dict[GapStatus, int]


def standing_of(results: Iterable[RuleResult]) -> Standing:
    """Count the municipalities and persons with each status."""
    count: Counter[GapStatus] = Counter()
    people: Counter[GapStatus] = Counter()
    for one in results:
        count[one.status] += 1
        people[one.status] += one.population or 0
    return Standing(
        municipalities={status: count[status] for status in GapStatus},
        people={status: people[status] for status in GapStatus},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Eased:
    """Municipalities and persons whose gap becomes partly met."""

    municipalities: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesReport:
    """Suggested places for one rule in an area, judged before and after by the gap map itself.

    ``value`` persons are served of at most ``bound`` that anything could serve; ``optimal`` when
    that is proved, ``stopped`` when the time ran out. ``enough`` is a number of places with which
    every gap that can be reached would close (found greedily: fewer might do), None when not
    sought. ``uncounted`` municipalities with a gap have no known population and weigh nothing.
    ``base`` is the municipality from which days are visited.
    """

    norm: Norm
    rule: Rule
    area: str
    as_of: date
    wish: Wish
    means: Means
    form: Form
    spread: Spread
    capacity: float | None
    week_km: float | None
    base: str | None
    method: Method
    optimal: bool
    stopped: bool
    seconds: float
    value: int
    bound: int
    before: Standing
    after: Standing
    eased: Eased
    sites: tuple[SuggestedSite, ...]
    remaining: tuple[Remaining, ...]
    enough: int | None
    uncounted: int
    scenario: Scenario
