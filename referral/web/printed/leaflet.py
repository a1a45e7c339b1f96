"""The leaflet of an area: a sheet of paper with whom to call when, for a notice board.

It names offices and services only: no register's names of people reach it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Need
from referral.matching.ranking import NextStep, NextStepKind
from referral.web.boundaries import Boundaries
from referral.web.czech import capitalised, counted, day, listing, phone_text
from referral.web.papers.paper import (
    Block,
    Cell,
    Column,
    Heading,
    Masthead,
    Paper,
    Paragraph,
    Table,
    Tile,
    Tiles,
)
from referral.web.papers.tables import read_tables, rows
from referral.web.presenters.steps import find_office, office_name
from referral.web.printed.area_map import area_map
from referral.web.printed.area_matter import AreaMatter, is_line
from referral.web.printed.by_place import coming_to
from referral.web.printed.entries import call_of, who_told
from referral.web.printed.qr import qr_code
from referral.web.translation import _

TEMPLATE = "leaflet.typ"
_NUMBERS_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """What fits on the second side: first calls of a situation, names of places, the map in mm."""

    groups: int
    named: int
    map_mm: int


_SHEET, _TIGHT, _FOLD = (
    _Room(groups=4, named=12, map_mm=118),
    _Room(groups=2, named=9, map_mm=90),
    _Room(groups=5, named=12, map_mm=150),
)


def _room(places: int) -> _Room:
    """Return what fits on one sheet of A4; of many places, on an A3 that is folded."""
    if places <= 20:  # noqa: PLR2004 - measured on the areas of the catalogue
        return _SHEET
    return _TIGHT if places < 30 else _FOLD  # noqa: PLR2004 - as above


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A life situation on the leaflet: the need's code and how people say it."""

    need: str
    says: str


@cache
def read_situations(folder: Path) -> tuple[Situation, ...]:
    """Read which situations the leaflet has.

    Raises:
        PolicyError: the file cannot be read or used; the message names it and what to mend.
    """
    return read_tables(folder / "leaflet.toml", lambda it: rows(it, "situation", Situation))


def leaflet(
    matter: AreaMatter, *, situations: Sequence[Situation], boundaries: Boundaries
) -> Paper:
    """Lay out the leaflet of an area; situations whose need is unknown are left out."""
    known = matter.catalog.vocabulary.needs
    chosen = [(one, known[one.need]) for one in situations if one.need in known]
    return Paper(
        title=_("Kdo pomůže: {area}").format(area=matter.title),
        on=matter.desk.today,
        footer=_("Leták sestaven {day}. Údaje se mění, před cestou zavolejte.").format(
            day=day(matter.desk.today)
        ),
        before=(
            Masthead(
                above=_("Kam se obrátit, když doma nebo u sousedů něco nejde"),
                title=_("Kdo pomůže: {area}").format(area=matter.title),
                below="",
                call="",
                code=qr_code(matter.desk.public_url, width_mm=22),
                aside=(matter.desk.public_url,) if matter.desk.public_url else (),
            ),
        ),
        blocks=(
            *_front(chosen, matter),
            *_back(chosen, matter, boundaries),
        ),
    )


def _front(chosen: Sequence[tuple[Situation, Need]], matter: AreaMatter) -> Iterator[Block]:
    calls = [
        one for one in matter.catalog.vocabulary.calls if any(sign.isdigit() for sign in one.number)
    ]
    yield Heading(text=_("Hrozí nebezpečí? Volejte hned"))
    yield Tiles(
        tiles=tuple(
            Tile(title=capitalised(one.name), strong=one.number) for one in calls[:_NUMBERS_SHOWN]
        ),
        columns=3,
        loud=True,
    )
    yield Heading(text=_("Nevíte, kam jinam? Volejte sociální odbor"))
    yield Tiles(tiles=tuple(_office(orp, matter) for orp in matter.orps[:2]), columns=1)
    yield Heading(text=_("Co se děje a koho volat první"))
    yield Tiles(tiles=tuple(_tile(one, need, matter) for one, need in chosen), columns=3)
    yield _sources(matter)


def _office(orp: str, matter: AreaMatter) -> Tile:
    office = find_office(orp, matter.catalog)
    phone = phone_text(office.contact.phone or "") if office is not None else ""
    return Tile(
        title=office.name if office is not None else office_name(orp),
        strong=phone,
        text=_(
            "Koordinuje pomoc, poradí, zastane se toho, koho služby odmítly (§ 92). Je tu i "
            "sociálně-právní ochrana dětí, kurátor a veřejný opatrovník."
        ),
        blank=not phone,
    )


def first_by_place(
    need: Need, matter: AreaMatter
) -> tuple[tuple[NextStep, tuple[Municipality, ...]], ...]:
    """Return whom the search sends to first, with the places it does so in, most places first."""
    found: dict[NextStep, list[Municipality]] = {}
    for place in matter.places:
        found.setdefault(matter.found(place, need).step, []).append(place)
    ordered = sorted(found.items(), key=lambda one: -len(one[1]))
    return tuple((step, tuple(places)) for step, places in ordered)


def _tile(situation: Situation, need: Need, matter: AreaMatter) -> Tile:
    (step, places), *others = first_by_place(need, matter)
    who, how, phone = _told(step, matter)
    where = ""
    if others:
        where = _("První v {count} z {all}, jinde viz druhá strana.").format(
            count=len(places), all=counted(len(matter.places), "obce", "obcí", "obcí")
        )
    return Tile(
        title=situation.says,
        strong=who,
        text=" ".join(filter(None, (f"{how}." if how else "", where))),
        blank=not phone,
    )


def _told(step: NextStep, matter: AreaMatter) -> tuple[str, str, bool]:
    """Return who it is, what it is, and whether the number to ring is already there."""
    if step.kind is NextStepKind.CALL and step.call is not None:
        numbered = any(sign.isdigit() for sign in step.call.number)
        who = f"{step.call.number} – {step.call.name}" if numbered else step.call.name
        return who, "", numbered
    service = matter.catalog.services.get(step.service_id or "")
    if step.kind is NextStepKind.SERVICE and service is not None:
        told = "" if is_line(service) else who_told(service, matter)
        number = (
            _("č. v registru {number}").format(number=service.register_id)
            if service.register_id
            else ""
        )
        return service.name, "; ".join(filter(None, (told, number))), bool(service.contact.phone)
    office = find_office(step.orp, matter.catalog)
    phone = call_of(office) if office is not None else ""
    return _("Sociální odbor ORP {orp}").format(orp=step.orp), phone, True


def _back(
    chosen: Sequence[tuple[Situation, Need]], matter: AreaMatter, boundaries: Boundaries
) -> Iterator[Block]:
    yield Heading(text=_("Kolik terénních služeb do obce podle údajů jezdí"), fresh=True)
    numbers = {one.code: len(coming_to(one, matter)) for one in matter.places}
    told = (f"{one.name} {numbers[one.code]}" for one in matter.places)
    yield area_map(
        matter.places,
        boundaries.areas,
        numbers,
        alt=_("Mapa obcí s počtem terénních služeb, které sem podle údajů jezdí: {told}").format(
            told=", ".join(told)
        ),
        width_mm=_room(len(matter.places)).map_mm,
    )
    yield Paragraph(
        text=" ".join(
            filter(
                None,
                (
                    _("Nula neznamená, že nejezdí nikdo: u žádné služby to není jisté. Ptejte se."),
                    boundaries.note,
                ),
            )
        ),
        small=True,
    )
    yield Heading(text=_("Koho volat první v které obci"))
    yield Table(
        name=_("Koho volat první v které obci"),
        columns=(
            Column(title=_("Co se děje"), share=2.2),
            Column(title=_("Koho volat první"), share=4),
            Column(title=_("Obce"), share=4),
        ),
        rows=tuple(row for one, need in chosen for row in _rows(one, need, matter)),
    )


def _sources(matter: AreaMatter) -> Paragraph:
    used = {one.provenance.source for one in matter.shown} | {one.source for one in matter.places}
    known = [matter.catalog.sources[one] for one in sorted(used) if one in matter.catalog.sources]
    return Paragraph(
        text=_("Zdroje: {sources}.").format(
            sources="; ".join(
                _("{title}, stav k {day}").format(title=one.title, day=day(one.as_of))
                for one in known
            )
        ),
        small=True,
    )


def _named(step: NextStep, matter: AreaMatter) -> str:
    """Name a first call in a few words; services of one provider are told apart by their type."""
    who = _told(step, matter)[0]
    service = matter.catalog.services.get(step.service_id or "")
    if service is None or service.type is None or not service.type[0].isdigit():
        return who
    return f"{who} (§ {service.type})"


def _rows(situation: Situation, need: Need, matter: AreaMatter) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each first call of a situation that differs from place to place."""
    groups = first_by_place(need, matter)
    if len(groups) == 1:
        return
    room = _room(len(matter.places))
    for position, (step, places) in enumerate(groups[: room.groups]):
        who = _named(step, matter)
        yield (
            Cell(strong="" if position else situation.says),
            Cell(text=who),
            Cell(text=listing([one.name for one in places], at_most=room.named)),
        )
    left = [one.name for _step, places in groups[room.groups :] for one in places]
    if left:
        yield (
            Cell(),
            Cell(text=_("podle brožury, nebo sociální odbor")),
            Cell(text=listing(left, at_most=room.named)),
        )
