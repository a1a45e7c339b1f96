"""The weights and limits of matching: data with a reason beside each number, never code.

The numbers stand in ``data/matching/policy.toml``; this module only knows their shape.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType

from referral.catalog.model import Kind
from referral.matching.errors import PolicyError

CRITERIA = (
    "need",
    "reach",
    "group",
    "age",
    "barriers",
    "refusal",
    "vacancy",
    "vicinity",
    "freshness",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers that bend the criteria; kilometres are straight lines, days are calendar days.

    ``ambulatory_km``: farther than this nobody is sent to an ambulatory service. ``*_full_km``: up
    to here the distance costs nothing; from there the points fall evenly to zero at
    ``ambulatory_km`` and ``residential_zero_km``. ``residential_best_share``: what leaving home is
    worth at best against help that comes or is near. ``fresh_days``, ``stale_days``: up to here the
    age of a record costs nothing, from there nothing is left. ``parsed_share``, ``assumed_share``:
    what coverage read from a remark, and coverage only assumed, is worth against a confirmed one.
    ``rank_step``: what each further place in a need's list of types costs; ``beside_share``: what
    help beside the registered services is worth, ``health_share`` what health care among it is.
    ``type_default_share``: a fact known only from the type of service. ``senior_from``: the age
    from which a person counts among seniors. ``condition_share``: what an acceptance under a
    condition is worth against a plain one. ``expired_share``: what is left for a service whose
    refusal has lapsed. ``ask_again_days``: when to ask again after a refusal for capacity if the
    service named no wait. ``prior_strength``: how many clients the experience of a whole type of
    service counts for (a Beta prior); ``few_outcomes``: below so many clients an experience is
    called scarce. ``likely_from``: from this estimate an acceptance is called likely.
    """

    ambulatory_km: float
    ambulatory_full_km: float
    residential_full_km: float
    residential_zero_km: float
    residential_best_share: float
    fresh_days: float
    stale_days: float
    parsed_share: float
    assumed_share: float
    rank_step: float
    beside_share: float
    health_share: float
    type_default_share: float
    senior_from: float
    condition_share: float
    expired_share: float
    ask_again_days: float
    prior_strength: float
    few_outcomes: float
    likely_from: float

    def __post_init__(self) -> None:
        """Refuse limits under which nearer or fresher could count for less."""
        for name in (one.name for one in fields(self)):
            value = getattr(self, name)
            if not math.isfinite(value) or value < 0:
                raise PolicyError(f"limits.{name} = {value} must be a number of at least 0")
        for low, high in (
            ("ambulatory_full_km", "ambulatory_km"),
            ("residential_full_km", "residential_zero_km"),
            ("fresh_days", "stale_days"),
        ):
            if getattr(self, low) >= getattr(self, high):
                raise PolicyError(f"limits.{low} must be smaller than limits.{high}")
        for name in (one.name for one in fields(self) if one.name.endswith("_share")):
            if getattr(self, name) > 1:
                raise PolicyError(f"limits.{name} is a share and must not exceed 1")
        if not self.assumed_share <= self.parsed_share:
            raise PolicyError("limits.assumed_share must not exceed limits.parsed_share")


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """What shows, without a word about a barrier, that people with it are taken.

    ``groups``: a circle of persons that holds one of them is a circle of such people. ``types``:
    services of these types take them by what the type is, and so does help of these ``kinds``.
    ``free_of_charge``: so do services for which nobody pays.
    """

    groups: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    free_of_charge: bool = False


NO_WELCOME = Welcome()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How much each criterion can give, the limits that shape it, and welcomes by barrier."""

    weights: Mapping[str, float]
    limits: Limits
    welcome: Mapping[str, Welcome] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        """Refuse a policy that forgets a criterion or weighs one that does not exist."""
        missing = sorted(set(CRITERIA) - set(self.weights))
        if missing:
            raise PolicyError(f"weights lack {', '.join(missing)}: add a number for each")
        surplus = sorted(set(self.weights) - set(CRITERIA))
        if surplus:
            raise PolicyError(f"weights name {', '.join(surplus)}, which is no criterion")
        for name, weight in self.weights.items():
            if not math.isfinite(weight) or weight < 0:
                raise PolicyError(f"weights.{name} = {weight} must be a number of at least 0")


def parse_policy(document: Mapping[str, object]) -> Policy:
    """Build the policy from a parsed TOML document.

    Tables ``weights`` and ``limits`` hold, under each name, a table with ``value`` (number) and
    ``why`` (a sentence). The table ``welcome`` may hold, under the code of a barrier, a table with
    lists ``groups``, ``types`` and ``kinds``, a flag ``free_of_charge`` and a ``why``.

    Raises:
        PolicyError: a table, a value or its reason is missing or is not what it should be.
    """
    weights = _values(document, "weights")
    limits = _values(document, "limits")
    names = {one.name for one in fields(Limits)}
    if missing := sorted(names - set(limits)):
        raise PolicyError(f"limits lack {', '.join(missing)}: add a number for each")
    if surplus := sorted(set(limits) - names):
        raise PolicyError(f"limits name {', '.join(surplus)}, which is no limit")
    return Policy(
        weights=MappingProxyType(weights), limits=Limits(**limits), welcome=_welcomes(document)
    )


def _welcomes(document: Mapping[str, object]) -> Mapping[str, Welcome]:
    rows = document.get("welcome", {})
    if not isinstance(rows, Mapping):
        raise PolicyError("[welcome] must be a table of tables, one for each barrier")
    found: dict[str, Welcome] = {}
    for barrier, row in rows.items():
        if not isinstance(row, Mapping) or not isinstance(row.get("why"), str) or not row["why"]:
            raise PolicyError(f"welcome.{barrier} needs a why: say the reason beside it")
        found[str(barrier)] = Welcome(
            groups=_codes(row, "groups", barrier),
            types=_codes(row, "types", barrier),
            kinds=_kinds(row, barrier),
            free_of_charge=row.get("free_of_charge") is True,
        )
    return MappingProxyType(found)


def _kinds(row: Mapping[str, object], barrier: str) -> frozenset[Kind]:
    named = _codes(row, "kinds", barrier)
    if surplus := sorted(named - {kind.value for kind in Kind}):
        raise PolicyError(f"welcome.{barrier}.kinds names {surplus[0]}, which is no kind of help")
    return frozenset(map(Kind, named))


def _codes(row: Mapping[str, object], name: str, barrier: str) -> frozenset[str]:
    codes = row.get(name, [])
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise PolicyError(f"welcome.{barrier}.{name} must be a list of codes")
    return frozenset(codes)


def _values(document: Mapping[str, object], table: str) -> dict[str, float]:
    rows = document.get(table)
    if not isinstance(rows, Mapping):
        raise PolicyError(f"the table [{table}] is missing")
    found: dict[str, float] = {}
    for name, row in rows.items():
        if not isinstance(row, Mapping) or not isinstance(row.get("why"), str) or not row["why"]:
            raise PolicyError(f"{table}.{name} needs a value and a why: say the reason beside it")
        value = row.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise PolicyError(f"{table}.{name}.value = {value!r} is not a number")
        found[str(name)] = float(value)
    return found
