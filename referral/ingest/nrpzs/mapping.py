"""Turn one place of care into a service of the catalogue."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from referral.catalog.model import (
    Contact,
    Eligibility,
    Kind,
    Organization,
    Provenance,
    Service,
)
from referral.geo import Point
from referral.ingest.nrpzs.care import Care, CareTable, care_of
from referral.ingest.nrpzs.layout import Layout
from referral.ingest.nrpzs.whereabouts import Gazetteer, place_of, read_point
from referral.ingest.row_values import Reading

LONGEST_NAME: Final = 300
_SEPARATOR: Final = re.compile(r"[,;]")
_PREFIX: Final = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What is needed to understand a place of care."""

    table: CareTable
    gazetteer: Gazetteer
    layout: Layout
    source: str
    as_of: date

    def column(self, ours: str) -> str:
        """Return how the file calls one of our columns, ours when it has none."""
        return self.layout.columns.get(ours, ours)


def items_of(text: str) -> tuple[str, ...]:
    """Return the items of a list inside one cell, each once and in their order."""
    parts = (one.strip() for one in _SEPARATOR.split(text))
    return tuple(dict.fromkeys(one for one in parts if one))


def care_in(cells: Mapping[str, str], table: CareTable) -> Care | str:
    """Return what a place gives, or the reason why it is not for this catalogue."""
    reading = Reading()
    kind, second, specialties, care, forms = (
        reading.text(cells, column)
        for column in ("kind", "second_kind", "specialties", "care", "forms")
    )
    return care_of(
        table,
        kind=kind,
        second_kinds=items_of(second),
        specialties=items_of(specialties),
        care=items_of(care),
        forms=items_of(forms),
    )


def service_of(
    cells: Mapping[str, str], care: Care, guide: Guide, reading: Reading, *, service_id: str
) -> Service | None:
    """Return the service that a place gives, None when it has to be rejected.

    Old open data name only the place, which then stands for the provider too. Where home care goes
    the register does not say, so its coverage is unknown.
    """
    kind = reading.text(cells, "kind")
    provider = reading.text(cells, "provider")[:LONGEST_NAME]
    name = reading.text(cells, "name")[:LONGEST_NAME]
    if not (name or provider):
        reading.reject(
            guide.column("name"), "", "Chybí název místa i poskytovatele; doplňte ho ve zdroji."
        )
        return None
    point = _point(cells, guide, reading)
    municipality = guide.gazetteer.find(
        reading.text(cells, "municipality"),
        district=reading.text(cells, "district"),
        point=point,
        reading=reading,
        column=guide.column("municipality"),
    )
    place = place_of(point, municipality, reading, guide.column("point"))
    return Service(
        id=service_id,
        name=name or f"{kind or care.names[0]} – {provider}",
        kind=Kind.HEALTH,
        organization=Organization(name=provider or name, ico=reading.digits(cells, "ico", count=8)),
        provenance=Provenance(source=guide.source, as_of=guide.as_of),
        forms=care.forms,
        eligibility=Eligibility(ages=care.ages),
        locations=() if place is None else (place,),
        needs=care.needs,
        contact=Contact(
            phone=_first(cells, "phone", reading) or None,
            email=_email(cells, reading),
            web=_web(cells, reading),
        ),
        description=_description(cells, care, kind, reading),
    )


def _point(cells: Mapping[str, str], guide: Guide, reading: Reading) -> Point | None:
    text = reading.text(cells, "point")
    if text or "lat" not in cells or "lon" not in cells:
        return read_point(text, reading, guide.column("point"))
    pair = f"{reading.text(cells, 'lat')} {reading.text(cells, 'lon')}".strip()
    return read_point(pair, reading, guide.column("lat"))


def _first(cells: Mapping[str, str], column: str, reading: Reading) -> str:
    """Return the first of several contacts in one cell, empty when there is none."""
    return next(iter(items_of(reading.text(cells, column)[:LONGEST_NAME])), "")


def _email(cells: Mapping[str, str], reading: Reading) -> str | None:
    first = _first(cells, "email", reading)
    return first if "@" in first else None


def _web(cells: Mapping[str, str], reading: Reading) -> str | None:
    """Return the address of the provider's pages with its scheme; anything else is not one."""
    first = _first(cells, "web", reading)
    bare = _PREFIX.sub("", first)
    if "." not in bare or " " in bare or ":" in bare or "@" in bare:
        return None
    return first if _PREFIX.match(first) else f"https://{bare}"


def _description(cells: Mapping[str, str], care: Care, kind: str, reading: Reading) -> str:
    """Say in Czech what care it is in the first sentence, then in the register's own words."""
    names = ", ".join(care.names)
    told = [("Druh zařízení", "" if kind.casefold() in care.names else kind)]
    told += [
        (label, ", ".join(items_of(reading.text(cells, column))))
        for label, column in (("Obory péče", "specialties"), ("Formy péče", "forms"))
    ]
    words = [f"{label}: {text}." for label, text in told if text]
    return " ".join([f"{names[:1].upper()}{names[1:]}.", *words])
