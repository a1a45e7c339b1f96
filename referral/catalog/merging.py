"""What people have decided about records that may be of one and the same service.

Records of one service stand as one: the kept one is shown, the others stand behind it and are found
by their ids. Without a person only those of two sources with one number of the register are put
together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import product
from types import MappingProxyType

from referral.catalog.comparing import one_registration
from referral.catalog.errors import CatalogError
from referral.catalog.filling import Taken, filled, known_fields
from referral.catalog.model import Service
from referral.catalog.own_fields import OwnValue, VerifiedBy, with_own
from referral.catalog.territory import Territory


class MergeVerdict(StrEnum):
    """Whether two records are one service."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeDecision:
    """A decision about two records, kept by the ids of their services.

    With SAME ``kept`` is the record that is shown and ``other`` the one that stands behind it; with
    DIFFERENT their order means nothing. Who decided is a role, never a name.
    """

    kept: str
    other: str
    verdict: MergeVerdict
    decided_on: date
    decided_by: VerifiedBy

    def __post_init__(self) -> None:
        """Refuse a record that would stand behind itself."""
        if self.kept == self.other:
            message = f"the record {self.kept} cannot be decided against itself"
            raise CatalogError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A shown record that others stand behind, and what it has taken over from which of them."""

    records: tuple[str, ...]
    sources: tuple[str, ...]
    taken: tuple[Taken, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Services with those of one registration or decision put together.

    ``aliases`` gives the id that is shown for every id that is not, ``merged`` what stands behind.
    """

    services: tuple[Service, ...]
    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    merged: Mapping[str, Merged] = field(default_factory=lambda: MappingProxyType({}))


def fold(
    services: Iterable[Service],
    decisions: Iterable[MergeDecision],
    *,
    territory: Territory,
    own: Mapping[str, Iterable[OwnValue]] = MappingProxyType({}),
) -> Folded:
    """Put the records of one service together; it does not depend on the order of the input.

    ``services`` are as their sources say and ``own`` our verified values by the id of the record
    they were given for: all of them hold for the shown record, the newest above the others.
    """
    by_id = {one.id: one for one in sorted(services, key=lambda one: one.id)}
    shown = shown_for(by_id.values(), decisions)
    behind: defaultdict[str, list[str]] = defaultdict(list)
    for name, root in sorted(shown.items()):
        behind[root].append(name)
    folded: list[Service] = []
    merged: dict[str, Merged] = {}
    for root, names in sorted(behind.items()):
        if root not in by_id:
            continue
        others = sorted(
            (by_id[name] for name in names if name in by_id and name != root),
            key=_preference,
            reverse=True,
        )
        service = by_id[root]
        if others:
            service, taken = filled(service, others, territory)
            merged[root] = Merged(
                records=tuple(one.id for one in others),
                sources=tuple(sorted({one.provenance.source for one in others})),
                taken=taken,
            )
        values = [value for name in names for value in own.get(name, ())]
        # The last one holds: the newest, of one day that of the shown record.
        values.sort(key=lambda one: (one.verified_on, one.service == root))
        folded.append(with_own(service, values))
    return Folded(
        services=tuple(folded),
        aliases=MappingProxyType({name: root for name, root in shown.items() if name != root}),
        merged=MappingProxyType(merged),
    )


def preferred(services: Iterable[Service]) -> Service:
    """Return the record to show when nobody says which.

    It is one whose address is withheld, then one with a number of the register, then the one that
    knows more, then the fresher one, then the one whose id comes first. When they end on different
    days, only those that end as the freshest one count: it knows whether the service still runs.
    """
    records = sorted(services, key=lambda one: one.id)
    freshest = max(one.provenance.as_of for one in records)
    ends = {one.valid_to for one in records if one.provenance.as_of == freshest}
    return max((one for one in records if one.valid_to in ends), key=_preference)


def shown_for(services: Iterable[Service], decisions: Iterable[MergeDecision]) -> Mapping[str, str]:
    """Return for every record, and for every id that was decided about, the id that is shown.

    Decisions join chains. Of several records that were kept, or of a circle, the preferred one is
    shown. Equal numbers of the register join only what nobody has decided to be different.
    """
    by_id = {one.id: one for one in services}
    groups = {name: {name} for name in by_id}
    apart: set[frozenset[str]] = set()
    below: set[str] = set()
    for decision in decisions:
        if decision.verdict is MergeVerdict.DIFFERENT:
            apart.add(frozenset((decision.kept, decision.other)))
        else:
            below.add(decision.other)
            _join(groups, decision.kept, decision.other)
    for one, other in _registered_twice(by_id):
        first, second = groups[one], groups[other]
        if first is not second and _agree(first, second, by_id, apart):
            _join(groups, one, other)
    shown: dict[str, str] = {}
    for name, group in groups.items():
        if name not in shown:
            root = _root(group, by_id, below)
            shown.update((member, root) for member in group)
    return MappingProxyType(shown)


def _preference(service: Service) -> tuple[bool, bool, int, date, tuple[int, ...]]:
    return (
        service.secret,
        service.register_id is not None,
        known_fields(service),
        service.provenance.freshest,
        # Of equals the first id is the greatest; the end mark makes "a" precede "ab".
        (*(-ord(letter) for letter in service.id), 1),
    )


def _join(groups: dict[str, set[str]], one: str, other: str) -> None:
    joined = groups.get(one, {one}) | groups.get(other, {other})
    for name in joined:
        groups[name] = joined


def _registered_twice(by_id: Mapping[str, Service]) -> list[tuple[str, str]]:
    numbered: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(by_id):
        number = by_id[name].register_id
        if number is not None:
            numbered[number].append(name)
    return [
        (one, other)
        for _number, names in sorted(numbered.items())
        for position, one in enumerate(names)
        for other in names[position + 1 :]
        if one_registration(by_id[one], by_id[other])
    ]


def _agree(
    one: Collection[str],
    other: Collection[str],
    by_id: Mapping[str, Service],
    apart: Collection[frozenset[str]],
) -> bool:
    """Tell whether two groups may be joined without a person: nothing in them contradicts."""
    records = [by_id[name] for name in (*one, *other) if name in by_id]
    icos = {record.organization.ico for record in records} - {None}
    types = {record.type for record in records} - {None}
    told_apart = any(frozenset(pair) in apart for pair in product(one, other))
    return len(icos) <= 1 and len(types) <= 1 and not told_apart


def _root(group: Collection[str], by_id: Mapping[str, Service], below: Collection[str]) -> str:
    stored = sorted(name for name in group if name in by_id)
    if not stored:
        return min(group)
    records = [by_id[name] for name in stored if name not in below]
    withheld = [by_id[name] for name in stored if by_id[name].secret]
    return preferred(withheld or records or [by_id[name] for name in stored]).id
