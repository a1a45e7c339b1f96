"""Read a service with everything nested in it, as the API and a whole export give it."""

import math
from collections.abc import Iterable, Iterator
from typing import Final

from referral.ingest.hsds.record import (
    AreaEntry,
    CapacityEntry,
    HoursEntry,
    PlaceEntry,
    ServiceEntry,
    TermEntry,
)
from referral.ingest.hsds.values import clock, count, day, email, ico, number, phone, plain, web
from referral.ingest.row_values import Reading, Record, record_of
from referral.text import fold

REQUIRED: Final = ("id", "name", "status")
"""Keys that every service has."""

_NESTED: Final = ("attributes", "service_at_locations", "service_areas", "phones", "schedules")
_OLDEST: Final = 120
_ICO_SCHEMES: Final = frozenset({"cz ico", "ico", "ic", "identifikacni cislo osoby", "xi cz ico"})
_MUNICIPALITY_SCHEMES: Final = frozenset({"cz obec", "cz ruian obec", "ruian obec", "kod obce"})
_EVERY_MOST: Final = 52


def is_odd(item: Record) -> bool:
    """Tell whether a service lacks a key that every service has."""
    return not all(key in item for key in REQUIRED)


def number_of(item: Record) -> str | None:
    """Return the identifier of a service, None when it has none."""
    value = item.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None


def read_service(item: Record, reading: Reading, *, number: str) -> ServiceEntry:
    """Return what a service says, without the people in it."""
    provider = record_of(item.get("organization"))
    rows = reading.objects(item, "service_at_locations")
    locations = [record_of(one.get("location")) for one in rows]
    youngest, oldest = _ages(item, reading)
    contacts = [item, *rows, *locations, provider]
    return ServiceEntry(
        number=number,
        name=plain(reading, item, "name"),
        provider=plain(reading, provider, "name"),
        ico=_ico(provider, reading),
        status=reading.text(item, "status").casefold(),
        description=plain(reading, item, "description"),
        eligibility=plain(reading, item, "eligibility_description"),
        youngest=youngest,
        oldest=oldest,
        assured=day(reading, item, "assured_date"),
        modified=day(reading, item, "last_modified"),
        terms=_terms(reading, item),
        places=tuple(
            _place(location, reading, more=row)
            for row, location in zip(rows, locations, strict=True)
        ),
        # The provider's own places matter only where the service has none.
        seats=tuple(
            _place(one, reading) for one in reading.objects(provider, "locations") if not rows
        ),
        areas=tuple(
            _area(one, reading)
            for holder in (item, *rows)
            for one in reading.objects(holder, "service_areas")
        ),
        hours=tuple(
            _hours(one, reading)
            for holder in (item, *rows)
            for one in reading.objects(holder, "schedules")
        ),
        capacities=tuple(_capacity(one, reading) for one in reading.objects(item, "capacities")),
        phone=_first(
            phone(reading, one) for holder in contacts for one in reading.objects(holder, "phones")
        ),
        email=_first(email(reading, one, "email") for one in (item, provider)),
        web=_first((web(reading, item, "url"), web(reading, provider, "website"))),
        bare=not any(key in item for key in _NESTED),
    )


def _first(found: Iterable[str | None]) -> str | None:
    return next((one for one in found if one), None)


def _ages(item: Record, reading: Reading) -> tuple[int | None, int | None]:
    """Return the ages in completed years; an age that nobody reaches is no limit."""
    low, high = number(reading, item, "minimum_age"), number(reading, item, "maximum_age")
    for key, one in (("minimum_age", low), ("maximum_age", high)):
        if one is not None and one < 0:
            reading.note(key, item.get(key), "Věk je záporný; zůstává neznámý.")
    youngest = math.floor(low) if low is not None and 0 < low <= _OLDEST else None
    oldest = math.floor(high) if high is not None and 0 <= high < _OLDEST else None
    if youngest is not None and oldest is not None and youngest > oldest:
        reading.note(
            "minimum_age", item.get("minimum_age"), "Dolní věk je nad horním; oba jsou neznámé."
        )
        return None, None
    return youngest, oldest


def _ico(provider: Record, reading: Reading) -> str | None:
    for one in reading.objects(provider, "organization_identifiers"):
        schemes = {fold(str(one.get(key))) for key in ("identifier_scheme", "identifier_type")}
        if schemes & _ICO_SCHEMES:
            found = ico(one.get("identifier"))
            if found is not None:
                return found
            reading.note("organization_identifiers", "", "IČO nemá osm číslic; zůstává neznámé.")
    return ico(provider.get("tax_id"))


def _terms(reading: Reading, *holders: Record) -> tuple[TermEntry, ...]:
    return tuple(
        _term(one, reading) for holder in holders for one in reading.objects(holder, "attributes")
    )


def _term(mark: Record, reading: Reading) -> TermEntry:
    term = record_of(mark.get("taxonomy_term"))
    taxonomy = record_of(term.get("taxonomy_detail"))
    names = [
        reading.text(holder, key)
        for holder, key in (
            (term, "id"),
            (mark, "taxonomy_term_id"),
            (term, "term_uri"),
            (term, "code"),
            # The name comes last: it is what a report shows.
            (term, "term"),
            (term, "name"),
        )
    ]
    taxonomies = [
        reading.text(holder, key)
        for holder, key in (
            (taxonomy, "name"),
            (term, "taxonomy"),
            (term, "taxonomy_id"),
            (taxonomy, "id"),
            (taxonomy, "uri"),
        )
    ]
    return TermEntry(
        names=tuple(dict.fromkeys(filter(None, names))),
        taxonomies=tuple(dict.fromkeys(filter(None, taxonomies))),
        link=reading.text(mark, "link_type"),
        value=reading.text(mark, "value"),
        label=reading.text(mark, "label"),
    )


def _place(location: Record, reading: Reading, *, more: Record | None = None) -> PlaceEntry:
    addresses = reading.objects(location, "addresses")
    physical = [one for one in addresses if _kind(one, "address_type") in {"", "physical"}]
    address = physical[0] if physical else {}
    scheme = fold(reading.text(location, "external_identifier_type"))
    code = reading.text(location, "external_identifier")
    return PlaceEntry(
        name=plain(reading, location, "name"),
        tangible=_kind(location, "location_type") not in {"virtual", "postal"},
        lat=number(reading, location, "latitude"),
        lon=number(reading, location, "longitude"),
        city=plain(reading, address, "city"),
        regions=tuple(_regions(address, reading)),
        country=reading.text(address, "country"),
        code=code if scheme in _MUNICIPALITY_SCHEMES and code else None,
        terms=_terms(reading, location, *addresses, *(() if more is None else (more,))),
    )


def _regions(address: Record, reading: Reading) -> Iterator[str]:
    for key in ("region", "state_province"):
        text = plain(reading, address, key)
        if text:
            yield text


def _kind(record: Record, key: str) -> str:
    return str(record.get(key) or "").strip().casefold()


def _area(area: Record, reading: Reading) -> AreaEntry:
    name = plain(reading, area, "name") or plain(reading, area, "service_area")
    return AreaEntry(
        name=name or plain(reading, area, "description"),
        uri=reading.text(area, "uri"),
        bordered=bool(area.get("extent")),
    )


def _hours(schedule: Record, reading: Reading) -> HoursEntry:
    every = count(reading, schedule, "interval")
    frequency = _kind(schedule, "freq")
    days = reading.text(schedule, "byday").upper().replace(" ", "")
    return HoursEntry(
        days=tuple(filter(None, days.split(","))),
        opens=clock(reading, schedule, "opens_at"),
        closes=clock(reading, schedule, "closes_at"),
        monthly=frequency == "monthly",
        every=every if every is not None and 1 <= every <= _EVERY_MOST else 1,
        starts=day(reading, schedule, "valid_from"),
        ends=day(reading, schedule, "valid_to") or day(reading, schedule, "until"),
        terms=_terms(reading, schedule),
    )


def _capacity(capacity: Record, reading: Reading) -> CapacityEntry:
    unit = record_of(capacity.get("unit"))
    names = [reading.text(unit, key) for key in ("id", "uri", "identifier", "name")]
    names.insert(0, reading.text(capacity, "unit_id"))
    return CapacityEntry(
        unit=tuple(dict.fromkeys(filter(None, names))),
        available=count(reading, capacity, "available"),
        maximum=count(reading, capacity, "maximum"),
        updated=day(reading, capacity, "updated"),
        terms=_terms(reading, capacity),
    )
