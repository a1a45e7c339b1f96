"""Generate services in HSDS 3.1, nested as the API gives them, and as a package of tables.

Everything in it is invented. The people in it (contacts, notes beside telephone numbers, lines
for the attention of somebody, authors of changes) bear names from ``PEOPLE``, so that a test can
look for them where they must not be.
"""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

PEOPLE = ("Bájeslav", "Výmyslová", "Nebylka", "Pohádkář")
"""Names that stand in every generated service and nowhere else."""

TYPE, FORM, GROUP = "cz-108-2006-druh", "cz-108-2006-forma", "sitpomoci-okruh"


def uuid(*parts: object) -> str:
    """Return an identifier made of words, always the same."""
    return str(uuid5(NAMESPACE_URL, "/".join(map(str, parts))))


def mark(taxonomy: str, code: str, name: str = "", **other: Any) -> dict[str, Any]:
    """Return an attribute with a term of a taxonomy."""
    return {
        "id": uuid("mark", taxonomy, code, name),
        "link_entity": "service",
        "taxonomy_term": {
            "id": uuid("term", taxonomy, code, name),
            "code": code,
            "name": name or code,
            "description": "",
            "taxonomy": taxonomy,
            "taxonomy_detail": {
                "id": uuid("taxonomy", taxonomy),
                "name": taxonomy,
                "description": "",
            },
        },
    } | other


def person(number: int = 0) -> dict[str, Any]:
    """Return a contact: HSDS keeps people there, with their own numbers."""
    return {
        "id": uuid("contact", number),
        "name": " ".join(PEOPLE[:2]),
        "title": PEOPLE[2],
        "email": f"{PEOPLE[0].lower()}@example.cz",
        "phones": [{"id": uuid("their", number), "number": "+420 999 888 777"}],
    }


def phone(number: int, **other: Any) -> dict[str, Any]:
    """Return a number of a service with a note that names a person."""
    return {
        "id": uuid("phone", number, *other),
        "number": f"+420 {600_000_000 + number}",
        "type": "voice",
        "description": f"Ptejte se na: {PEOPLE[1]}",
    } | other


def place(city: str = "Kadaň", *, number: int = 0, **other: Any) -> dict[str, Any]:
    """Return a location with one address, near the middle of Kadaň."""
    return {
        "id": uuid("location", city, number),
        "location_type": "physical",
        "name": f"Dům {city}",
        "transportation": PEOPLE[3],
        "latitude": 50.3785,
        "longitude": 13.2702,
        "contacts": [person(number)],
        "addresses": [
            {
                "id": uuid("address", city, number),
                "attention": " ".join(PEOPLE[2:]),
                "address_1": "Zkušební 1",
                "city": city,
                "state_province": "Ústecký kraj",
                "postal_code": "432 01",
                "country": "CZ",
                "address_type": "physical",
            }
        ],
    } | other


def at(location: dict[str, Any], **other: Any) -> dict[str, Any]:
    """Return a location as one at which a service is."""
    return {"id": uuid("at", location["id"]), "contacts": [person()], "location": location} | other


def service(number: int, **changed: Any) -> dict[str, Any]:
    """Return one service with this number, changed in some keys."""
    owner = number // 3
    return {
        "id": uuid("service", number),
        "organization_id": uuid("organization", owner),
        "name": f"Pečovatelská služba {number}",
        "description": "Pomáhá lidem <b>doma</b>.",
        "url": f"https://sluzba{number}.example.cz",
        "email": f"sluzba{number}@example.cz",
        "status": "active",
        "eligibility_description": "Osobám s agresivním chováním službu neposkytujeme.",
        "minimum_age": 18,
        "maximum_age": None,
        "assured_date": "2026-10-01",
        "assurer_email": f"{PEOPLE[3].lower()}@example.cz",
        "last_modified": "2026-10-05T10:30:45.123Z",
        "phones": [phone(number)],
        "contacts": [person(number)],
        "schedules": [
            {
                "id": uuid("schedule", number),
                "freq": "WEEKLY",
                "byday": "MO,WE",
                "opens_at": "10:00:00Z",
                "closes_at": "16:00:00Z",
                "notes": PEOPLE[0],
                "attending_type": PEOPLE[1],
            }
        ],
        "service_areas": [{"id": uuid("area", number), "name": "ORP Kadaň"}],
        "service_at_locations": [at(place(number=number))],
        "organization": {
            "id": uuid("organization", owner),
            "name": f"Zkušební poskytovatel {owner}, z. s.",
            "description": "",
            "email": f"urad{owner}@example.cz",
            "contacts": [person(owner)],
            "organization_identifiers": [
                {
                    "id": uuid("identifier", owner),
                    "identifier_scheme": "CZ-ICO",
                    "identifier_type": "IČO",
                    "identifier": f"{10_000_000 + owner}",
                }
            ],
        },
        "capacities": [
            {
                "id": uuid("capacity", number),
                "unit": {"id": uuid("unit", "klient"), "name": "klienti"},
                "available": 2,
                "maximum": 30,
                "updated": "2026-10-20T08:00:00+02:00",
                "description": PEOPLE[2],
            }
        ],
        "attributes": [
            mark(TYPE, "40", "pečovatelská služba"),
            mark(FORM, "T"),
            mark(GROUP, "SENIORI", "senioři"),
        ],
        "metadata": [{"id": uuid("meta", number), "updated_by": PEOPLE[1]}],
    } | changed


def services(count: int = 40) -> list[dict[str, Any]]:
    """Return so many services."""
    return [service(number) for number in range(1, count + 1)]


def write_list(path: Path, found: list[Any]) -> Path:
    """Write services as a list."""
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def write_page(path: Path, found: list[Any], **page: Any) -> Path:
    """Write services as a page of the API."""
    document = {"total_items": len(found), "total_pages": 1, "page_number": 1} | page
    path.write_text(
        json.dumps(document | {"contents": found, "size": len(found)}, ensure_ascii=False),
        encoding="utf-8",
    )
    return path


_BELONGINGS = {
    "phone": "phones",
    "schedule": "schedules",
    "service_area": "service_areas",
    "contact": "contacts",
}


class _Tables:
    """Rows of tables by their identifiers."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, dict[str, Any]]] = {}

    def put(self, table: str, row: dict[str, Any], **keys: str) -> None:
        plain = {key: one for key, one in row.items() if not isinstance(one, list | dict)}
        name = "/".join(map(str, (row["id"], *keys.values())))
        self.rows.setdefault(table, {})[name] = plain | keys

    def put_with_belongings(self, table: str, row: dict[str, Any], **keys: str) -> None:
        self.put(table, row, **keys)
        for one in row.get("attributes", ()):
            term = one["taxonomy_term"]
            mark = one | {"id": uuid(row["id"], one["id"])}
            self.put("attribute", mark, link_id=row["id"], taxonomy_term_id=term["id"])
            self.put("taxonomy_term", term, taxonomy_id=term["taxonomy_detail"]["id"])
            self.put("taxonomy", term["taxonomy_detail"])
        for belonging, name in _BELONGINGS.items():
            for one in row.get(name, ()):
                self.put(belonging, one, **{f"{table}_id": row["id"]})

    def put_service(self, one: dict[str, Any]) -> None:
        self.put_with_belongings("service", one)
        owner = one["organization"]
        self.put_with_belongings("organization", owner)
        for identifier in owner.get("organization_identifiers", ()):
            self.put("organization_identifier", identifier, organization_id=owner["id"])
        for spot in one["service_at_locations"]:
            location = spot["location"]
            keys = {"service_id": one["id"], "location_id": location["id"]}
            self.put_with_belongings("service_at_location", spot, **keys)
            self.put_with_belongings("location", location)
            for address in location["addresses"]:
                self.put_with_belongings("address", address, location_id=location["id"])
        for capacity in one["capacities"]:
            unit = capacity["unit"]
            self.put("service_capacity", capacity, service_id=one["id"], unit_id=unit["id"])
            self.put("unit", unit)


def tables_of(found: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Take nested services apart into the rows of tables."""
    tables = _Tables()
    for one in found:
        tables.put_service(one)
    return {table: list(rows.values()) for table, rows in tables.rows.items()}


def table(rows: list[dict[str, Any]]) -> str:
    """Write rows as CSV."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def files_of(found: list[dict[str, Any]]) -> dict[str, str]:
    """Return the files of a package of tables by their names."""
    named = {"service": "services", "organization": "organizations", "unit": "units"}
    return {f"{named.get(name, name)}.csv": table(rows) for name, rows in tables_of(found).items()}


def write_zip(path: Path, files: dict[str, str | bytes]) -> Path:
    """Write files as a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path
