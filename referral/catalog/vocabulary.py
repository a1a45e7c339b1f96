"""The controlled words: service types, target groups, needs and barriers.

Codes are fixed: a service type is its paragraph in Act 108/2006 Sb. (``"40"``, ``"60a"``,
``"CDZ"``), needs and barriers carry the codes of ``data/vocabulary``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, Self, TypeVar

from referral.catalog.errors import CatalogError, UnknownCodeError


class Form(StrEnum):
    """How a service is given (§ 33 of the Act): the worker comes, the client comes, or stays."""

    FIELD = "T"
    AMBULATORY = "A"
    RESIDENTIAL = "P"


class Urgency(StrEnum):
    """How soon somebody has to act."""

    NOW = "now"
    SOON = "soon"


class RefusalBasis(StrEnum):
    """On what ground a provider may or may not refuse (§ 91 odst. 3 of the Act)."""

    CIRCLE = "okruh osob"
    CAPACITY = "§ 91/3 b"
    HEALTH = "§ 91/3 c"
    BREACH = "§ 91/3 d"
    ELIGIBLE_PERSON = "oprávněná osoba § 4"
    EQUIPMENT = "vybavení"
    OUTSIDE_LAW = "mimo zákon"
    UNKNOWN = "neznámo"


class Term(Protocol):
    """Anything of the vocabulary: it has a code and a Czech name."""

    @property
    def code(self) -> str:
        """The fixed code."""
        ...

    @property
    def name(self) -> str:
        """The Czech name."""
        ...


_T = TypeVar("_T", bound=Term)
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGroup:
    """A circle of persons, keyed by the register's own wording.

    ``broader`` names a wider group that includes this one (people with sensory loss are people with
    a disability); ``min_age``/``max_age`` are years, set only where the wording itself states them.
    ``seniors`` marks the group that old age alone puts a person into.
    """

    code: str
    name: str
    broader: str | None = None
    min_age: int | None = None
    max_age: int | None = None
    seniors: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceType:
    """A type of social service, one paragraph of the Act.

    ``forms`` are those the Act allows; ``typical_groups`` what the paragraph implies: a default
    "podle druhu služby", never a service's own statement. ``remote`` marks help given at a distance
    (telephone, alarm): it reaches any place that its coverage does not
    rule out. ``repealed`` carries the
    amending act where the paragraph no longer stands.
    """

    code: str
    name: str
    category: str
    forms: tuple[Form, ...]
    free_of_charge: bool
    typical_groups: frozenset[str] = frozenset()
    remote: bool = False
    repealed: str | None = None
    portal_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a person lacks, the types that answer it (best first) and who it concerns.

    ``typical_groups`` are usual, not certain; ``implied_groups`` follow from the need itself: who
    asks about an addiction is at risk of addiction.
    """

    code: str
    area: str
    name: str
    service_types: tuple[str, ...]
    other_help: tuple[str, ...] = ()
    typical_groups: frozenset[str] = frozenset()
    implied_groups: frozenset[str] = frozenset()
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """A circumstance for which clients are turned away.

    ``bases`` are the grounds on which a refusal for it could rest; ``residential_only`` marks the
    grounds of § 91/3 c, which the Act grants to residential services alone.
    """

    code: str
    name: str
    bases: tuple[RefusalBasis, ...]
    residential_only: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A number to ring now, before any ranking; ``needs`` are the urgent needs it answers."""

    number: str
    name: str
    why: str
    needs: frozenset[str]
    source: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words, by code; looking up a code it does not hold raises UnknownCodeError."""

    types: Mapping[str, ServiceType] = field(default_factory=dict)
    groups: Mapping[str, TargetGroup] = field(default_factory=dict)
    needs: Mapping[str, Need] = field(default_factory=dict)
    barriers: Mapping[str, Barrier] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        types: Iterable[ServiceType] = (),
        groups: Iterable[TargetGroup] = (),
        needs: Iterable[Need] = (),
        barriers: Iterable[Barrier] = (),
        calls: Iterable[Call] = (),
    ) -> Self:
        """Build a vocabulary and check that every code it mentions is one it holds.

        Raises:
            CatalogError: a code stands twice, or one word refers to another that is missing.
        """
        vocabulary = cls(
            types=_by_code(types, "service type"),
            groups=_by_code(groups, "target group"),
            needs=_by_code(needs, "need"),
            barriers=_by_code(barriers, "barrier"),
            calls=tuple(calls),
        )
        vocabulary._check_references()
        return vocabulary

    def _check_references(self) -> None:
        for group in self.groups.values():
            if group.broader is not None:
                self.group(group.broader)
        for kind in self.types.values():
            for code in kind.typical_groups:
                self.group(code)
        for need in self.needs.values():
            for code in need.service_types:
                self.service_type(code)
            for code in need.typical_groups | need.implied_groups:
                self.group(code)
        for call in self.calls:
            for code in call.needs:
                self.need(code)

    def service_type(self, code: str) -> ServiceType:
        """Return the service type, e.g. ``service_type("40")`` is pečovatelská služba."""
        return _get(self.types, code, "service type")

    def group(self, code: str) -> TargetGroup:
        """Return the target group."""
        return _get(self.groups, code, "target group")

    def need(self, code: str) -> Need:
        """Return the need."""
        return _get(self.needs, code, "need")

    def barrier(self, code: str) -> Barrier:
        """Return the barrier."""
        return _get(self.barriers, code, "barrier")

    def with_broader(self, codes: Iterable[str]) -> frozenset[str]:
        """Return the groups together with every wider group that includes one of them."""
        found: set[str] = set()
        for code in codes:
            step: str | None = code
            while step is not None and step not in found:
                found.add(step)
                step = self.group(step).broader
        return frozenset(found)


def _by_code(terms: Iterable[_T], what: str) -> Mapping[str, _T]:
    found: dict[str, _T] = {}
    for term in terms:
        if term.code in found:
            message = f"the {what} {term.code!r} stands twice in the vocabulary"
            raise CatalogError(message)
        found[term.code] = term
    return MappingProxyType(found)


def _get(terms: Mapping[str, _V], code: str, what: str) -> _V:
    try:
        return terms[code]
    except KeyError:
        message = f"unknown {what} {code!r}"
        raise UnknownCodeError(message) from None
