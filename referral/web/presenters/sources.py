"""Where the catalogue comes from, source by source, with how much each one gave."""

from collections import Counter
from dataclasses import dataclass

from referral.catalog.snapshot import Catalog
from referral.web.czech import counted, day
from referral.web.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One source as the page of sources shows it."""

    id: str
    title: str
    publisher: str
    licence: str
    as_of: str
    url: str
    gave: str


def source_rows(catalog: Catalog) -> tuple[SourceRow, ...]:
    """Tell every source, the one that gave most first."""
    services = Counter(one.provenance.source for one in catalog.services.values())
    places = Counter(one.source for one in catalog.territory.municipalities.values() if one.source)
    ordered = sorted(
        catalog.sources.values(), key=lambda one: (-services[one.id] - places[one.id], one.id)
    )
    return tuple(
        SourceRow(
            id=one.id,
            title=one.title,
            publisher=one.publisher,
            licence=one.licence,
            as_of=day(one.as_of),
            url=one.url or "",
            gave=_gave(services[one.id], places[one.id]),
        )
        for one in ordered
    )


def _gave(services: int, places: int) -> str:
    told = []
    if services:
        told.append(counted(services, "služba", "služby", "služeb"))
    if places:
        told.append(counted(places, "obec", "obce", "obcí"))
    return ", ".join(told) or _("slovník nebo jednotlivé údaje")
