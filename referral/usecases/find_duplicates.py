"""Find records that may be of one service, and keep what a person decides about them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from referral import text
from referral.catalog.duplicates import DuplicateLevel, Proposal, propose
from referral.catalog.importing import ImportStore
from referral.catalog.merging import MergeDecision, MergeVerdict, shown_for
from referral.catalog.model import Service
from referral.catalog.own_fields import VerifiedBy
from referral.catalog.territory import Territory
from referral.usecases.find_area import Area


class DecisionError(ValueError):
    """A decision that cannot be taken; the Czech message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """Proposals, surest first, and their records as the sources say, by id.

    ``hidden`` counts those left out of an area because a secret address must not be tied to one.
    """

    proposals: tuple[Proposal, ...]
    records: Mapping[str, Service]
    hidden: int = 0

    @property
    def provable(self) -> tuple[Proposal, ...]:
        """What may be confirmed at once: one IČO or register number, and no rival."""
        return tuple(
            one
            for one in self.proposals
            if one.proven
            and not one.rivals
            and not one.automatic
            and one.level is not DuplicateLevel.POSSIBLE
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterImport:
    """What an import leaves to be judged.

    ``merged`` counts records of its source that stand as one with a record of another source by
    their number of the register alone. ``to_judge`` counts the proposals that wait for a person
    and concern the source, None when there are too many records to compare all of them at once.
    """

    merged: int
    to_judge: int | None


MOST_COMPARED: Final = 9_000
"""Records that are compared after an import: it takes eight seconds on two busy cores."""


def duplicates_after(
    store: ImportStore, *, source: str, territory: Territory, today: date
) -> AfterImport:
    """Count what an import of a source has left to be judged.

    Raises:
        StorageError: the database does not answer.
    """
    records = store.sourced_services()
    decisions = store.decisions()
    alone = shown_for(records.values(), [])
    groups: defaultdict[str, list[str]] = defaultdict(list)
    shown = shown_for(records.values(), decisions)
    for name in records:
        groups[alone[name]].append(name)
    merged = sum(
        records[name].provenance.source == source
        and any(name != other and shown[name] == shown[other] for other in groups[alone[name]])
        for name in records
    )
    if len({one.provenance.source for one in records.values()}) == 1:
        return AfterImport(merged=merged, to_judge=0)
    if len(records) > MOST_COMPARED:
        return AfterImport(merged=merged, to_judge=None)
    found = propose(records.values(), decided=decisions, territory=territory, today=today)
    waiting = [one for one in found if not one.automatic]
    concerned = sum(
        source in {records[name].provenance.source for name in (one.kept, one.other)}
        for one in waiting
    )
    return AfterImport(merged=merged, to_judge=concerned)


def find_duplicates(
    store: ImportStore,
    *,
    territory: Territory,
    today: date,
    area: Area | None = None,
    level: DuplicateLevel | None = None,
) -> Duplicates:
    """Return what may be one service, in an area and of a level or all of it.

    Raises:
        StorageError: the database does not answer.
    """
    records = store.sourced_services()
    found = propose(records.values(), decided=store.decisions(), territory=territory, today=today)
    kept = [one for one in found if level in {None, one.level}]
    hidden = 0
    if area is not None and area.level is not None:
        codes = frozenset(area.municipalities)
        open_ones = [one for one in kept if not _secret(one, records)]
        hidden = len(kept) - len(open_ones)
        kept = [one for one in open_ones if _touches(one, records, codes)]
    return Duplicates(proposals=tuple(kept), records=records, hidden=hidden)


def confirm(
    store: ImportStore,
    pairs: Iterable[tuple[str, str]],
    *,
    by: VerifiedBy,
    today: date,
    bulk: bool = False,
) -> tuple[MergeDecision, ...]:
    """Decide that records, each given as kept and other, are one service: all pairs or none.

    In ``bulk`` two providers with different IČO are refused: each such pair is for a person alone.

    Raises:
        DecisionError: a record is not known, or something contradicts the decision.
        StorageError: the database does not answer.
    """
    pairs = list(pairs)
    if bulk:
        records = store.sourced_services()
        for pair in pairs:
            icos = {records[name].organization.ico for name in pair if name in records} - {None}
            if len(icos) > 1:
                message = (
                    f"Záznamy {pair[0]} a {pair[1]} mají různé IČO, hromadně je potvrdit nejde; "
                    "vyřaďte je a rozhodněte o nich zvlášť."
                )
                raise DecisionError(message)
    return _decide(store, [(*pair, MergeVerdict.SAME) for pair in pairs], by=by, today=today)


def reject(
    store: ImportStore, pairs: Iterable[tuple[str, str]], *, by: VerifiedBy, today: date
) -> tuple[MergeDecision, ...]:
    """Decide that records are different services, so that they are not proposed again.

    Raises:
        DecisionError: a record is not known, or other decisions make the two one service.
        StorageError: the database does not answer.
    """
    return _decide(store, [(*pair, MergeVerdict.DIFFERENT) for pair in pairs], by=by, today=today)


def decide(
    store: ImportStore,
    verdicts: Iterable[tuple[str, str, MergeVerdict]],
    *,
    by: VerifiedBy,
    today: date,
) -> tuple[MergeDecision, ...]:
    """Take decisions of both kinds at once, all or none.

    Raises:
        DecisionError: a record is not known, or decisions contradict each other.
        StorageError: the database does not answer.
    """
    return _decide(store, list(verdicts), by=by, today=today)


def undo(store: ImportStore, one: str, other: str) -> None:
    """Take back the decision about two records.

    Raises:
        DecisionError: there is none.
        StorageError: the database does not answer.
    """
    if not store.withdraw(one, other):
        message = (
            f"O záznamech {one} a {other} nikdo nerozhodl, není co vzít zpět. Záznamy se stejným "
            "číslem v registru oddělíte příkazem reject."
        )
        raise DecisionError(message)


def _decide(
    store: ImportStore,
    verdicts: list[tuple[str, str, MergeVerdict]],
    *,
    by: VerifiedBy,
    today: date,
) -> tuple[MergeDecision, ...]:
    records = store.sourced_services()
    earlier = {frozenset((one.kept, one.other)): one for one in store.decisions()}
    made: dict[frozenset[str], MergeDecision] = {}
    for kept, other, verdict in verdicts:
        _check(kept, other, verdict, records)
        pair = frozenset((kept, other))
        if pair in made:
            message = f"O záznamech {kept} a {other} se rozhoduje dvakrát; nechte jedno rozhodnutí."
            raise DecisionError(message)
        made[pair] = MergeDecision(
            kept=kept, other=other, verdict=verdict, decided_on=today, decided_by=by
        )
    _check_together((earlier | made).values(), records)
    store.decide(made.values())
    return tuple(made.values())


def _check(kept: str, other: str, verdict: MergeVerdict, records: Mapping[str, Service]) -> None:
    for name in (kept, other):
        if name not in records:
            close = text.best(name, sorted(records), limit=3, at_least=0.6)
            names = ", ".join(sorted(records)[one.position] for one in close)
            hint = f" Nemysleli jste: {names}?" if names else ""
            message = f"Záznam „{name}“ v katalogu není; zadejte jeho id z výpisu.{hint}"
            raise DecisionError(message)
    if kept == other:
        message = f"Záznam {kept} je zadán dvakrát; zadejte dva různé."
        raise DecisionError(message)
    one, two = records[kept], records[other]
    if verdict is MergeVerdict.DIFFERENT:
        return
    if one.type != two.type and one.type is not None and two.type is not None:
        message = (
            f"Záznamy {kept} a {other} jsou různé druhy služby (§ {one.type} a § {two.type}), "
            "jednou službou být nemohou."
        )
        raise DecisionError(message)
    numbers = {one.register_id, two.register_id} - {None}
    if len(numbers) > 1:
        message = (
            f"Záznamy {kept} a {other} mají v registru různá čísla ({one.register_id} a "
            f"{two.register_id}): jsou to dvě registrace, a proto dvě služby."
        )
        raise DecisionError(message)


def _check_together(decisions: Iterable[MergeDecision], records: Mapping[str, Service]) -> None:
    """Refuse to hold two records for one service and for two."""
    every = tuple(decisions)
    shown = shown_for(records.values(), every)
    for one in every:
        if one.verdict is MergeVerdict.DIFFERENT and shown.get(one.kept, one.kept) == shown.get(
            one.other, one.other
        ):
            message = (
                f"Záznamy {one.kept} a {one.other} by podle různých rozhodnutí byly jednou službou "
                "i dvěma. Nejdřív jedno z nich vezměte zpět příkazem undo."
            )
            raise DecisionError(message)


def _secret(proposal: Proposal, records: Mapping[str, Service]) -> bool:
    return records[proposal.kept].secret or records[proposal.other].secret


def _touches(proposal: Proposal, records: Mapping[str, Service], codes: frozenset[str]) -> bool:
    return any(
        place.municipality in codes
        for name in (proposal.kept, proposal.other)
        for place in records[name].locations
    )
