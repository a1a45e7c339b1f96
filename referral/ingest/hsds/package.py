"""Put the tables of an HSDS package together into services, nested as the API gives them.

Services come one by one; the tables around them are held in memory, only the columns that are read
and never those about people. A row around the services that does not fit its header stops the
import: it might be the one that says an address is secret.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from referral.ingest.delimited import Delimited, delimited_rows
from referral.ingest.errors import IngestError
from referral.ingest.hsds.tables import is_zip, tables_at
from referral.ingest.source_file import Heard

_SERVICE: Final = (
    "id", "organization_id", "name", "description", "url", "email", "status",
    "eligibility_description", "minimum_age", "maximum_age", "assured_date", "last_modified",
)  # fmt: skip
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "organization": ("id", "name", "email", "website", "tax_id"),
    "organization_identifier": (
        "id", "organization_id", "identifier_scheme", "identifier_type", "identifier",
    ),
    "service_at_location": ("id", "service_id", "location_id"),
    "location": (
        "id", "organization_id", "location_type", "name", "latitude", "longitude",
        "external_identifier", "external_identifier_type",
    ),
    "address": (
        "id", "location_id", "city", "region", "state_province", "country", "address_type",
    ),
    "phone": (
        "id", "service_id", "service_at_location_id", "location_id", "organization_id",
        "contact_id", "number", "type",
    ),
    "schedule": (
        "id", "service_id", "service_at_location_id", "location_id", "valid_from", "valid_to",
        "until", "freq", "interval", "byday", "opens_at", "closes_at",
    ),
    "service_area": (
        "id", "service_id", "service_at_location_id", "name", "description", "extent", "uri",
    ),
    "service_capacity": (
        "id", "service_id", "unit_id", "available", "maximum", "updated",
    ),
    "unit": ("id", "name", "identifier", "uri"),
    "attribute": (
        "id", "link_id", "taxonomy_term_id", "link_type", "value", "label",
    ),
    "taxonomy_term": (
        "id", "code", "name", "term", "term_uri", "taxonomy", "taxonomy_id",
    ),
    "taxonomy": ("id", "name", "uri"),
}  # fmt: skip
_OWNERS: Final = ("service_at_location_id", "service_id", "location_id", "organization_id")
"""To whom a row belongs: the first of these that it names."""

_Row = Mapping[str, Any]
_ByOwner = Mapping[str, list[dict[str, Any]]]


def is_package(path: Path) -> bool:
    """Tell whether a path is a package of tables: a folder or a zip.

    Raises:
        IngestError: it cannot be read.
    """
    return path.is_dir() or is_zip(path)


def package_rows(
    path: Path, *, heard: Heard | None = None
) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """Yield the rows of services with their numbers and all that belongs to them.

    None stands for a row that does not fit the header.

    Raises:
        IngestError: the package or one of its tables is damaged, too big or lacks a column.
    """
    with tables_at(path) as files:
        services = _opened(files["service"], ("id", "name"))
        around = _Around(files)
        for number, cells in services.rows:
            yield number, None if cells is None else around.nested(_kept(cells, _SERVICE))
    if heard is not None:
        whole = list(path.iterdir()) if path.is_dir() else [path]
        heard(sum(one.stat().st_size for one in whole))


def _opened(path: Path, required: tuple[str, ...]) -> Delimited:
    table = delimited_rows(path)
    for column in required:
        if column not in table.header:
            message = "Sloupec v tabulce chybí; doplňte jej, nebo stáhněte balíček znovu."
            raise IngestError(message, file=path.name, row=1, column=column)
    return table


def _kept(cells: Mapping[str, str], columns: tuple[str, ...]) -> dict[str, Any]:
    return {name: text for name in columns if (text := cells.get(name, "").strip())}


class _Around:
    """The tables around the services, arranged by what their rows belong to."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._taxonomies = self._by_id("taxonomy")
        self._terms = self._by_id("taxonomy_term")
        self._units = self._by_id("unit")
        self._locations = self._by_id("location")
        self._organizations = self._by_id("organization")
        self._marks = self._by_owner("attribute", ("link_id",))
        self._identifiers = self._by_owner("organization_identifier", ("organization_id",))
        self._at = self._by_owner("service_at_location", ("service_id",))
        self._addresses = self._by_owner("address", ("location_id",))
        self._phones = self._by_owner("phone", _OWNERS)
        self._schedules = self._by_owner("schedule", _OWNERS)
        self._areas = self._by_owner("service_area", _OWNERS)
        self._capacities = self._by_owner("service_capacity", ("service_id",))
        self._seats: defaultdict[str, list[str]] = defaultdict(list)
        for name, location in self._locations.items():
            self._seats[location.get("organization_id", "")].append(name)

    def nested(self, service: dict[str, Any]) -> dict[str, Any]:
        """Return a service with all that belongs to it."""
        name = service.get("id", "")
        service |= self._belongings(service)
        service["service_at_locations"] = [self._place(one) for one in self._at.get(name, ())]
        service["capacities"] = [
            one | self._marked(one) | {"unit": self._units.get(one.get("unit_id", ""), {})}
            for one in self._capacities.get(name, ())
        ]
        owner = self._organizations.get(service.get("organization_id", ""))
        if owner is not None:
            service["organization"] = self._provider(owner)
        return service

    def _belongings(self, one: _Row) -> dict[str, Any]:
        name = one.get("id", "")
        hours = [each | self._marked(each) for each in self._schedules.get(name, ())]
        return self._marked(one) | {
            "phones": self._phones.get(name, []),
            "schedules": hours,
            "service_areas": self._areas.get(name, []),
        }

    def _place(self, one: _Row) -> dict[str, Any]:
        return {**one, **self._belongings(one), "location": self._location(one.get("location_id"))}

    def _location(self, name: str | None) -> dict[str, Any]:
        location = self._locations.get(name or "", {})
        addresses = [one | self._marked(one) for one in self._addresses.get(name or "", ())]
        return {**location, **self._belongings(location), "addresses": addresses}

    def _provider(self, owner: _Row) -> dict[str, Any]:
        name = owner.get("id", "")
        return {
            **owner,
            "phones": self._phones.get(name, []),
            "organization_identifiers": self._identifiers.get(name, []),
            "locations": [self._location(one) for one in self._seats.get(name, ())],
        }

    def _marked(self, one: _Row) -> dict[str, Any]:
        """Return the attributes of a row with their terms and the taxonomies of these."""
        found = []
        for mark in self._marks.get(one.get("id", ""), ()) if one.get("id") else ():
            term = self._terms.get(mark.get("taxonomy_term_id", ""), {})
            taxonomy = self._taxonomies.get(term.get("taxonomy_id", ""), {})
            found.append({**mark, "taxonomy_term": {**term, "taxonomy_detail": taxonomy}})
        return {"attributes": found}

    def _rows(self, table: str, required: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        path = self._files.get(table)
        if path is None:
            return
        for number, cells in _opened(path, required).rows:
            if cells is None:
                message = "Řádek má jiný počet buněk než záhlaví; opravte ho."
                raise IngestError(message, file=path.name, row=number)
            row = _kept(cells, _COLUMNS[table])
            if "extent" in row:
                # That a border is there is all we read of it.
                row["extent"] = True
            yield row

    def _by_id(self, table: str) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in self._rows(table, ("id",)) if "id" in row}

    def _by_owner(self, table: str, owners: tuple[str, ...]) -> _ByOwner:
        found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self._rows(table, ()):
            owner = next((row[key] for key in owners if key in row), None)
            if owner is not None:
                found[owner].append(row)
        return found
