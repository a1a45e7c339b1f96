"""Propose which records of different sources may be of one and the same service.

Nothing is merged here. A proposal carries its evidence, and only the same number of the register
makes it certain; two providers with different IČO are never more than possible. A record has at
most one counterpart in another source, so weaker pairs give way to stronger ones.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby, product
from typing import Final

from referral.catalog.comparing import (
    Agreement,
    Evidence,
    Record,
    Trait,
    compare,
    may_be_one,
    one_registration,
    record_of,
    worth_comparing,
)
from referral.catalog.merging import MergeDecision, MergeVerdict, preferred, shown_for
from referral.catalog.model import Service
from referral.catalog.territory import Territory

_MOST_WITH_A_WORD: Final = 60
"""A word that more records share tells nothing; such pairs are found by their place or IČO."""


class DuplicateLevel(StrEnum):
    """How sure a proposal is, surest first.

    CERTAIN: one number of the register. PROBABLE: one IČO, type and place. POSSIBLE: names and
    place alike, with the IČO missing or different, or with several candidates.
    """

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two records that may be one service; ``kept`` is the one that would be shown.

    ``rivals`` are records that fit one of the two just as well. ``automatic``: they already stand
    as one, because nobody has decided against it.
    """

    kept: str
    other: str
    level: DuplicateLevel
    evidence: tuple[Evidence, ...]
    rivals: tuple[str, ...] = ()
    automatic: bool = False

    @property
    def score(self) -> int:
        """The sum of the points of the evidence."""
        return sum(one.points for one in self.evidence)

    @property
    def foreign(self) -> bool:
        """Whether the two providers have different IČO: a successor, a branch or a namesake."""
        return self._agreement(Trait.ICO) is Agreement.DIFFERENT

    @property
    def proven(self) -> bool:
        """Whether an official number agrees and none speaks against it."""
        numbers = {self._agreement(Trait.ICO), self._agreement(Trait.REGISTER)}
        return Agreement.SAME in numbers and Agreement.DIFFERENT not in numbers

    def _agreement(self, trait: Trait) -> Agreement:
        return next(one.agreement for one in self.evidence if one.trait is trait)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two records with their evidence, and the records that are shown for them."""

    one: Service
    other: Service
    level: DuplicateLevel
    evidence: tuple[Evidence, ...]
    shown: tuple[str, str]

    @property
    def rank(self) -> tuple[int, int]:
        """Stronger pairs come first."""
        return list(DuplicateLevel).index(self.level), -sum(it.points for it in self.evidence)

    @property
    def seats(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """What the pair takes: with each of the two the one place for the other's source."""
        one, other = self.one.provenance.source, self.other.provenance.source
        return (self.shown[0], other), (self.shown[1], one)


def propose(
    services: Iterable[Service],
    *,
    decided: Iterable[MergeDecision],
    territory: Territory,
    today: date,
) -> tuple[Proposal, ...]:
    """Return what may be one service, surest first; it does not depend on the order of the input.

    ``services`` are as their sources say. Ended ones are left out, and so is what has been decided.
    """
    decisions = tuple(decided)
    all_services = sorted(services, key=lambda one: one.id)
    shown = shown_for(all_services, decisions)
    apart = {
        frozenset((shown.get(it.kept, it.kept), shown.get(it.other, it.other)))
        for it in decisions
        if it.verdict is MergeVerdict.DIFFERENT
    }
    same = {frozenset((it.kept, it.other)) for it in decisions if it.verdict is MergeVerdict.SAME}
    running = [one for one in all_services if one.valid_to is None or one.valid_to >= today]
    records = {one.id: record_of(one, territory) for one in running}
    open_pairs: dict[frozenset[str], _Pair] = {}
    automatic: list[_Pair] = []
    for one, other in _candidates(records):
        pair = _weighed(records[one], records[other], shown)
        if pair is None:
            continue
        together = frozenset(pair.shown)
        if len(together) == 1:
            if one_registration(pair.one, pair.other) and frozenset((one, other)) not in same:
                automatic.append(pair)
        elif together not in apart:
            best = open_pairs.setdefault(together, pair)
            if pair.rank < best.rank:
                open_pairs[together] = pair
    taken = _taken(all_services, shown)
    found = [_proposal(pair, automatic=True) for pair in automatic]
    found += _one_to_one(open_pairs.values(), taken)
    order = list(DuplicateLevel)
    return tuple(
        sorted(found, key=lambda it: (order.index(it.level), -it.score, it.kept, it.other))
    )


def _candidates(records: Mapping[str, Record]) -> Iterator[tuple[str, str]]:
    """Yield the pairs worth comparing, each once and in order."""
    blocks: defaultdict[tuple[str, ...], dict[str, list[str]]] = defaultdict(dict)
    for name, record in records.items():
        for key in set(_keys(record)):
            source = record.service.provenance.source
            blocks[key].setdefault(source, []).append(name)
    pairs: set[tuple[str, str]] = set()
    for key, by_source in blocks.items():
        if key[0] == "word" and sum(map(len, by_source.values())) > _MOST_WITH_A_WORD:
            continue
        groups = list(by_source.values())
        if key[0] == "number":
            # Within one source, too: one number is one registration.
            groups = [[name] for group in groups for name in group]
        for position, group in enumerate(groups):
            for others in groups[position + 1 :]:
                for one, other in product(group, others):
                    if may_be_one(records[one].service, records[other].service):
                        pairs.add((min(one, other), max(one, other)))
    yield from sorted(pairs)


def _keys(record: Record) -> Iterator[tuple[str, ...]]:
    """Yield what records must share to be compared at all."""
    service = record.service
    group = service.type or ""
    if service.register_id is not None:
        yield "number", service.register_id
    if service.organization.ico is not None:
        yield "ico", service.organization.ico, group
    for spot in record.spots:
        if spot.orp is not None or spot.municipality is not None:
            yield "place", group, spot.orp or "", "" if spot.orp else spot.municipality or ""
        for word in record.name.core:
            yield "word", word, spot.municipality or ""
    # Without a place only a telling name or a shared contact can make two records one.
    for word in record.name.core:
        yield "word", word, "", group
    for contact in (record.phone, record.email):
        if contact:
            yield "contact", contact


def _weighed(a: Record, b: Record, shown: Mapping[str, str]) -> _Pair | None:
    if not worth_comparing(a, b):
        return None
    evidence = compare(a, b)
    level = _level({it.trait: it.agreement for it in evidence})
    if level is None:
        return None
    return _Pair(
        one=a.service,
        other=b.service,
        level=level,
        evidence=evidence,
        shown=(shown[a.service.id], shown[b.service.id]),
    )


def _level(found: Mapping[Trait, Agreement]) -> DuplicateLevel | None:
    """Say how sure a pair is, None when too little speaks for it."""
    place, ico = found[Trait.PLACE], found[Trait.ICO]
    named = found[Trait.NAME] is Agreement.SAME
    one_provider = found[Trait.PROVIDER] is Agreement.SAME
    like_provider = one_provider or found[Trait.PROVIDER] is Agreement.ALIKE
    reached = Agreement.SAME in {found[Trait.PHONE], found[Trait.EMAIL]}
    here = place is Agreement.SAME
    elsewhere = place is Agreement.DIFFERENT
    if found[Trait.REGISTER] is Agreement.SAME:
        return DuplicateLevel.POSSIBLE if ico is Agreement.DIFFERENT else DuplicateLevel.CERTAIN
    if found[Trait.TYPE] is Agreement.UNKNOWN:
        # One of them has no type: only a telling name in one place says that it is the same help.
        likely = named and here and (like_provider or ico is Agreement.SAME)
    elif ico is Agreement.DIFFERENT:
        likely = here and (named or one_provider)
    elif found[Trait.TYPE] is Agreement.ALIKE:
        likely = not elsewhere and named and (like_provider or ico is Agreement.SAME or reached)
    elif ico is Agreement.SAME:
        if here or (not elsewhere and (named or reached)):
            return DuplicateLevel.PROBABLE
        likely = not elsewhere or (named and reached)
    elif elsewhere:
        likely = False
    elif place is Agreement.UNKNOWN:
        # A provider of the whole country has a service of each type in many towns.
        likely = like_provider and (named or reached)
    else:
        likely = like_provider or (here and (named or reached))
    return DuplicateLevel.POSSIBLE if likely else None


def _taken(services: Collection[Service], shown: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return which records have a counterpart in which source already."""
    sources: defaultdict[str, list[str]] = defaultdict(list)
    for one in services:
        sources[shown[one.id]].append(one.provenance.source)
    return {(name, source) for name, them in sources.items() if len(them) > 1 for source in them}


def _one_to_one(pairs: Iterable[_Pair], taken: set[tuple[str, str]]) -> list[Proposal]:
    """Give each record its best free counterpart in every other source.

    Among equals ids decide, and the proposal names its rivals. What is left without any counterpart
    may still stand behind one that has another already: a list may hold one service twice.
    """
    occupied = set(taken)
    found: list[Proposal] = []
    left: list[_Pair] = []
    ordered = sorted(pairs, key=lambda it: (it.rank, it.one.id, it.other.id))
    for _rank, equals in groupby(ordered, key=lambda it: it.rank):
        group = list(equals)
        free = [pair for pair in group if occupied.isdisjoint(pair.seats)]
        left += [pair for pair in group if pair not in free]
        claims: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for pair in free:
            first, second = pair.seats
            claims[first].add(pair.other.id)
            claims[second].add(pair.one.id)
        for pair in free:
            if occupied.isdisjoint(pair.seats):
                rivals = {name for seat in pair.seats for name in claims[seat]}
                found.append(_proposal(pair, rivals=rivals - {pair.one.id, pair.other.id}))
                occupied |= set(pair.seats)
    for pair in left:
        free_seats = [seat for seat in pair.seats if seat not in occupied]
        proposal = _proposal(pair, doubled=True)
        if len(free_seats) == 1 and not taken.isdisjoint(pair.seats) and not proposal.foreign:
            found.append(proposal)
            occupied |= set(pair.seats)
    return found


def _proposal(
    pair: _Pair,
    *,
    rivals: Collection[str] = (),
    automatic: bool = False,
    doubled: bool = False,
) -> Proposal:
    kept = preferred((pair.one, pair.other))
    unsure = pair.level is DuplicateLevel.PROBABLE and (rivals or doubled)
    return Proposal(
        kept=kept.id,
        other=pair.other.id if kept is pair.one else pair.one.id,
        level=DuplicateLevel.POSSIBLE if unsure else pair.level,
        evidence=pair.evidence,
        rivals=tuple(sorted(rivals)),
        automatic=automatic,
    )
