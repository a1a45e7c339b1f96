"""What a template already holds: the help known from earlier, and the services of an area."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from referral.catalog.areas import Covers
from referral.catalog.model import AddressRole, Service, ServiceCapacity
from referral.catalog.own_fields import OwnField, OwnValue
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.ingest.sheet.finding import coverage_text, service_label
from referral.ingest.sheet.layout import Choices, SheetKind
from referral.ingest.sheet.words import FORMS, STANCES, UNITS, Words

Filled = Mapping[str, str | int | float | date]
"""The values of a row by the keys of its columns."""

_LONGEST_NAMED = 600


def services_of(catalog: Catalog, municipalities: Iterable[str], *, on: date) -> list[Service]:
    """Return the services that sit in an area or surely come there, in the order of their names."""
    wanted = frozenset(municipalities)

    def belongs(service: Service) -> bool:
        if any(one.municipality in wanted for one in service.locations):
            return True
        coverage = service.coverage
        # A line for the whole country would drown what works right here.
        return not coverage.everywhere and any(
            coverage.includes(one) is Covers.YES for one in wanted
        )

    found = [one for one in catalog.services.values() if one.offered_on(on) and belongs(one)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def help_filled(services: Iterable[Service], words: Words) -> Iterator[Filled]:
    """Yield the help of a source as rows that say the same when they are read again."""
    for service in services:
        contact, provenance = service.contact, service.provenance
        forms = sorted(service.forms or (), key=list(Form).index)
        row: dict[str, str | int | float | date | None] = {
            "code": service.id,
            "name": service.name,
            "provider": service.organization.name,
            "ico": service.organization.ico,
            "kind": words.label(Choices.KINDS, service.kind.value),
            "needs": "; ".join(words.label(Choices.NEEDS, one) for one in sorted(service.needs)),
            "forms": "; ".join(words.label(Choices.FORMS, one.value) for one in forms),
            "covers": coverage_text(service.coverage),
            "secret": "ano" if service.secret else "ne",
            "phone": contact.phone,
            "email": contact.email,
            "web": contact.web,
            "hours": service.schedules[0].text if service.schedules else None,
            "about": service.description,
            "since": service.valid_from,
            "until": service.valid_to,
            "on": provenance.verified_on,
        }
        for location in service.locations:
            if location.role is not AddressRole.SECRET and location.municipality is not None:
                row["place"] = f"{location.municipality_name} [{location.municipality}]"
        yield {key: value for key, value in row.items() if value not in {None, ""}}


def own_filled(
    services: Iterable[Service], own: Mapping[str, Iterable[OwnValue]]
) -> dict[SheetKind, list[Filled]]:
    """Return rows that only wait for what a person verifies, with what is known today beside."""
    rows: dict[SheetKind, list[Filled]] = {
        kind: [] for kind in SheetKind if kind is not SheetKind.HELP
    }
    for service in services:
        known = {value.field: value for value in own.get(service.id, ())}
        named: Filled = {"service": service_label(service)}
        covers = coverage_text(service.coverage)[:_LONGEST_NAMED] or "nevíme"
        rows[SheetKind.COVERAGE].append(
            {**named, "known": covers + _since(known.get(OwnField.COVERAGE))}
        )
        # A capacity in one moment beside one in all would make two rows on the same free places.
        distinct = {(one.form, one.unit): one for one in reversed(service.capacities)}
        for capacity in reversed(distinct.values()):
            told: dict[str, str | int | float | date] = {
                **named,
                "known": _capacity_text(capacity) + _since(known.get(OwnField.VACANCY)),
                "unit": UNITS[capacity.unit],
            }
            if capacity.form is not None:
                told["form"] = FORMS[capacity.form]
            rows[SheetKind.VACANCY].append(told)
        if not service.capacities:
            rows[SheetKind.VACANCY].append({**named, "known": "kapacitu neznáme"})
        counted = "; ".join(_capacity_text(one) for one in service.capacities) or "nevíme"
        rows[SheetKind.CAPACITY].append(
            {**named, "known": counted + _since(known.get(OwnField.CAPACITY))}
        )
        stated = "; ".join(
            f"{one.barrier}: {STANCES[one.stance]}" for one in service.eligibility.rules
        )
        rows[SheetKind.ACCEPTANCE].append(
            {**named, "known": (stated or "nevíme") + _since(known.get(OwnField.ACCEPTANCE))}
        )
        member = known.get(OwnField.NETWORK)
        networks = "; ".join(one.network for one in member.networks) if member else "nevíme"
        rows[SheetKind.NETWORK].append({**named, "known": networks + _since(member)})
    return rows


def _capacity_text(capacity: ServiceCapacity) -> str:
    form = "" if capacity.form is None else f"{FORMS[capacity.form]}: "
    most = "" if capacity.registered is None else f"nejvýš {capacity.registered}"
    free = "" if capacity.available is None else f"volno {capacity.available}"
    told = ", ".join(filter(None, (most, free)))
    as_of = capacity.as_of
    return f"{form}{told} ({UNITS[capacity.unit]}, {as_of.day}. {as_of.month}. {as_of.year})"


def _since(value: OwnValue | None) -> str:
    if value is None:
        return ""
    day = value.verified_on
    return f" – ověřeno {day.day}. {day.month}. {day.year}"
