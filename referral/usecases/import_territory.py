"""Take over what was found about the territory: all of it in one transaction, or nothing."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from referral.catalog.code_lists import CodeListEntry, CodeLists
from referral.catalog.districts import Boundary, Bounded, Tier
from referral.catalog.importing import ImportStore, ImportWriter
from referral.catalog.ports import Fate
from referral.catalog.territory import Municipality
from referral.geo.outline import AreaFinder
from referral.usecases.completing import Completer, IncompleteError, Told
from referral.usecases.found_territory import (
    FoundBoundary,
    FoundCode,
    FoundTerritory,
    Refusal,
    Subject,
    What,
)
from referral.usecases.resolve_again import resolve_again
from referral.usecases.territory_sources import border_source, sources_of

_T = TypeVar("_T")


class Advance(Protocol):
    """Hears how many records of which kind have just been dealt with."""

    def __call__(self, what: str, count: int, /) -> object:
        """Take note."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryOutcome:
    """What became of every record, by its kind and key.

    ``services`` are those whose coverage means other municipalities than before, ``unexplained``
    the ids of those whose coverage was left as it was, because it holds more than its areas say.
    """

    fates: Mapping[Subject, Fate]
    refusals: Mapping[Subject, Refusal]
    ended: frozenset[str]
    services: Mapping[str, Fate]
    told: Mapping[Told, int] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()


class _NotThisTimeError(Exception):
    """Takes a transaction back that was only tried."""


def import_territory(
    store: ImportStore,
    found: FoundTerritory,
    *,
    today: date,
    elsewhere: Collection[str] = frozenset(),
    dry_run: bool = False,
    advance: Advance = lambda _what, _count: None,
) -> TerritoryOutcome:
    """Save the territory and resolve the coverage of all services again.

    What is saved becomes own, so the embedded data will not replace it. With ``dry_run`` everything
    is tried and then taken back. ``left`` names stored municipalities that the files call ended.

    Raises:
        StorageError: the database does not answer or refuses; nothing has changed then.
    """
    listed = store.code_lists()
    with suppress(_NotThisTimeError), store.importing() as writer:
        outcome = _take_over(
            writer, found, listed, today=today, elsewhere=elsewhere, advance=advance
        )
        if dry_run:
            raise _NotThisTimeError
    return outcome


def _take_over(
    writer: ImportWriter,
    found: FoundTerritory,
    listed: CodeLists,
    *,
    today: date,
    elsewhere: Collection[str],
    advance: Advance,
) -> TerritoryOutcome:
    catalog = writer.load()
    stored = catalog.territory.municipalities
    refusals: dict[Subject, Refusal] = {}
    fates: dict[Subject, Fate] = {}

    def note(what: What, of_kind: Mapping[str, Fate]) -> None:
        fates.update({Subject(what, key): fate for key, fate in of_kind.items()})
        advance(what, len(of_kind))

    completer = Completer(stored=stored, orps=_orp_finder(found))
    municipalities = list(_completed(completer, found, refusals))
    known = stored.keys() | {one.code for one in municipalities}
    parts = _belonging(
        found.parts,
        known,
        what=What.PART,
        key=lambda part: part.code,
        municipality=lambda part: part.municipality,
        refusals=refusals,
    )
    borders = _belonging(
        found.boundaries,
        known,
        what=What.BOUNDARY,
        key=lambda one: f"{one.around}/{one.code}",
        municipality=lambda one: one.code if one.around is Bounded.MUNICIPALITY else "",
        refusals=refusals,
    )
    before = {one.key: one for one in writer.boundaries()}
    boundaries = [_dated(one, before, found.as_of or today) for one in borders]
    writer.save_sources(sources_of(municipalities, borders, found, catalog.sources, today=today))
    note(What.DISTRICT, writer.save_districts(found.districts))
    territory = writer.save_territory(municipalities, parts)
    note(What.MUNICIPALITY, territory.municipalities)
    note(What.PART, territory.parts)
    note(What.BOUNDARY, writer.save_boundaries(boundaries))
    entries = writer.save_code_lists([_entry(one, listed, today) for one in found.codes])
    note(What.CODE, {"/".join(key): fate for key, fate in entries.items()})
    resolved = resolve_again(writer, before=catalog.territory, elsewhere=elsewhere)
    advance("působnost služeb", len(catalog.services))
    return TerritoryOutcome(
        fates=fates,
        refusals=refusals,
        ended=found.ended,
        services=resolved.fates,
        unexplained=resolved.left,
        told=Counter(completer.told),
        left=tuple(stored[code].name for code in sorted(found.ended & stored.keys())),
    )


def _completed(
    completer: Completer, found: FoundTerritory, refusals: dict[Subject, Refusal]
) -> Iterable[Municipality]:
    for one in found.municipalities:
        try:
            yield completer.complete(one)
        except IncompleteError as error:
            refusals[Subject(What.MUNICIPALITY, one.code)] = error.refusal


def _belonging(
    records: Iterable[_T],
    known: Collection[str],
    *,
    what: What,
    key: Callable[[_T], str],
    municipality: Callable[[_T], str],
    refusals: dict[Subject, Refusal],
) -> list[_T]:
    """Return the records whose municipality is known, or that need none; refuse the others."""
    kept = []
    for record in records:
        code = municipality(record)
        if code and code not in known:
            message = f"Obec {code} není v žádném číselníku ani v databázi; přidejte číselník obcí."
            refusals[Subject(what, key(record))] = Refusal(
                field="obec", value=code, message=message
            )
        else:
            kept.append(record)
    return kept


def _orp_finder(found: FoundTerritory) -> AreaFinder:
    """Index the ORP borders at hand under the names of the ORPs."""
    names = {one.code: one.name for one in found.districts if one.tier is Tier.ORP}
    return AreaFinder.of(
        {
            name: one.area
            for one in found.boundaries
            if one.around is Bounded.ORP and (name := names.get(one.code) or one.name)
        }
    )


def _entry(found: FoundCode, listed: CodeLists, today: date) -> CodeListEntry:
    """Return the entry; one that is called as before keeps the day it was first seen."""
    old = listed.entries.get((found.code_list, found.code))
    same = old is not None and old.name == found.name
    return CodeListEntry(
        code_list=found.code_list,
        code=found.code,
        name=found.name,
        as_of=old.as_of if old is not None and same else found.as_of or today,
    )


def _dated(found: FoundBoundary, before: Mapping[str, Boundary], day: date) -> Boundary:
    """Return the border; one that its file does not date keeps the day it was first seen."""
    source = border_source(found)
    old = before.get(f"{found.around}/{found.code}")
    same = old is not None and old.area == found.area and old.source == source
    as_of = found.as_of or (old.as_of if old is not None and same else day)
    return Boundary(
        around=found.around, code=found.code, area=found.area, source=source, as_of=as_of
    )
