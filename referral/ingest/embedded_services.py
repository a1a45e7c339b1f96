"""Read the sources, services, capacities and other help of a catalogue folder.

``catalog/services.csv`` holds registered services, ``catalog/help.csv`` help beside them in the
same columns (or fewer), ``catalog/capacities.csv`` numbers and opening times by service and form.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from referral.catalog.areas import AreaKind, CoverageStatus, ServiceArea
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    AgeRange,
    CapacityUnit,
    Contact,
    Eligibility,
    Kind,
    Location,
    Organization,
    Provenance,
    Schedule,
    Service,
    ServiceCapacity,
    Source,
    Stance,
)
from referral.catalog.resolve import CoverageResolver
from referral.catalog.vocabulary import Form, Vocabulary
from referral.ingest.embedded_table import Row, read_table, unique

SOURCES = "sources.csv"
SERVICES = "catalog/services.csv"
HELP = "catalog/help.csv"
CAPACITIES = "catalog/capacities.csv"

_REQUIRED = ("id", "kind", "name", "provider", "source")
_OPTIONAL = (
    "type",
    "register_id",
    "ico",
    "forms",
    "target_groups",
    "age_min",
    "age_max",
    "accepts",
    "excludes",
    "covers",
    "coverage_status",
    "address_role",
    "municipality_code",
    "municipality_name",
    "lat",
    "lon",
    "places",
    "needs",
    "phone",
    "email",
    "web",
    "description",
    "valid_from",
    "valid_to",
    "verified_on",
)
_REGISTER_DIGITS = 7
_ICO_DIGITS = 8
_WHERE = ("municipality_code", "municipality_name", "lat", "lon", "places")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the rows of services may refer to."""

    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    resolver: CoverageResolver


def read_sources(folder: Path) -> tuple[Source, ...]:
    """Return the sources, ordered by id.

    Raises:
        IngestError: a row breaks the schema.
    """
    rows = read_table(
        folder,
        SOURCES,
        required=("id", "title", "publisher", "as_of", "licence"),
        optional=("url",),
    )
    unique(rows, "id")
    sources = [
        Source(
            id=row.text("id"),
            title=row.text("title"),
            publisher=row.text("publisher"),
            as_of=row.required("as_of", row.day("as_of")),
            licence=row.text("licence"),
            url=row.optional("url"),
        )
        for row in rows
    ]
    return tuple(sorted(sources, key=lambda source: source.id))


def read_services(folder: Path, *, known: Known) -> tuple[Service, ...]:
    """Return the services and the other help, ordered by id, with their coverage resolved.

    A service without a name of its own is called by its type and provider. Forms that no row
    states stay None, and so does every other thing the source does not say.

    Raises:
        IngestError: a row breaks the schema or names something that is not known.
    """
    rows = read_table(folder, SERVICES, required=_REQUIRED, optional=_OPTIONAL)
    if (folder / HELP).exists():
        rows += read_table(folder, HELP, required=_REQUIRED, optional=_OPTIONAL)
    unique(rows, "id")
    capacities = _read_capacities(folder, services=[row.text("id") for row in rows])
    services = [_service(row, capacities[row.text("id")], known) for row in rows]
    return tuple(sorted(services, key=lambda service: service.id))


def _read_capacities(folder: Path, *, services: Iterable[str]) -> Mapping[str, Sequence[Row]]:
    """Return the rows of capacities by the id of the service."""
    ids = frozenset(services)
    found: defaultdict[str, list[Row]] = defaultdict(list)
    if (folder / CAPACITIES).exists():
        rows = read_table(
            folder,
            CAPACITIES,
            required=("service_id", "form", "unit", "registered"),
            optional=("immediate", "round_the_clock", "hours", "doubt"),
        )
        for row in rows:
            row.code("service_id", known=ids, what="službu")
            found[row.text("service_id")].append(row)
    return found


def _service(row: Row, capacities: Sequence[Row], known: Known) -> Service:
    source = known.sources[
        row.required("source", row.code("source", known=known.sources, what="zdroj"))
    ]
    kind = row.code("type", known=known.vocabulary.types, what="druh služby")
    needs = row.codes("needs", known=known.vocabulary.needs, what="potřebu")
    if kind is None and not needs:
        row.fail("type", "Chybí druh služby i potřeby, nic by ji nenašlo; doplňte jedno z nich.")
    location = _location(row, known)
    valid_from, valid_to = row.day("valid_from"), row.day("valid_to")
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        row.fail("valid_to", f"Konec je před začátkem ({valid_from}); opravte jedno z dat.")
    return Service(
        id=row.text("id"),
        name=_name(row, kind, known.vocabulary),
        kind=row.required("kind", row.choice("kind", Kind)),
        organization=Organization(
            name=row.text("provider"), ico=_digits(row, "ico", count=_ICO_DIGITS)
        ),
        provenance=Provenance(
            source=source.id, as_of=source.as_of, verified_on=row.day("verified_on")
        ),
        type=kind,
        register_id=_digits(row, "register_id", count=_REGISTER_DIGITS),
        forms=_forms(row),
        eligibility=_eligibility(row, known.vocabulary),
        coverage=known.resolver.resolve(
            _areas(row), near=_near(location), status=_coverage_status(row)
        ),
        capacities=tuple(_capacity(one, source) for one in capacities),
        schedules=_schedules(capacities),
        locations=() if location is None else (location,),
        places=row.items("places"),
        needs=frozenset(needs),
        contact=Contact(
            phone=row.optional("phone"), email=row.optional("email"), web=row.optional("web")
        ),
        description=row.optional("description") or "",
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _name(row: Row, kind: str | None, vocabulary: Vocabulary) -> str:
    name = row.optional("name")
    if name is None and kind is not None:
        label = vocabulary.service_type(kind).name
        return f"{label[:1].upper()}{label[1:]} – {row.text('provider')}"
    return row.required("name", name)


def _digits(row: Row, column: str, *, count: int) -> str | None:
    value = row.optional(column)
    if value is not None and not (len(value) == count and value.isascii() and value.isdigit()):
        row.fail(column, f"Čekáme {count} číslic včetně úvodních nul; opravte hodnotu.")
    return value


def _forms(row: Row) -> frozenset[Form] | None:
    return frozenset(row.choices("forms", Form)) or None


def _eligibility(row: Row, vocabulary: Vocabulary) -> Eligibility:
    groups = row.codes("target_groups", known=vocabulary.groups, what="cílovou skupinu")
    low, high = row.span("age_min", "age_max")
    stated = {
        Stance.ACCEPTS: row.codes("accepts", known=vocabulary.barriers, what="překážku"),
        Stance.EXCLUDES: row.codes("excludes", known=vocabulary.barriers, what="překážku"),
    }
    for barrier in stated[Stance.EXCLUDES]:
        if barrier in stated[Stance.ACCEPTS]:
            row.fail("excludes", f"Překážka {barrier} je zároveň mezi přijímanými; jednu odeberte.")
    return Eligibility(
        target_groups=frozenset(groups) or None,
        ages=None if low is None and high is None else AgeRange(min=low, max=high),
        rules=tuple(
            AcceptanceRule(barrier=barrier, stance=stance)
            for stance, barriers in stated.items()
            for barrier in sorted(barriers)
        ),
    )


def _location(row: Row, known: Known) -> Location | None:
    role = row.choice("address_role", AddressRole)
    if role is None or role is AddressRole.SECRET:
        for column in _WHERE:
            if row.optional(column) is not None and (role is not None or column != "places"):
                why = "Adresa je utajená" if role is not None else "Role adresy chybí"
                row.fail(column, f"{why}, místo se proto nesmí uvést; buňku vyprázdněte.")
        return None if role is None else Location(role=role)
    return Location(
        role=role,
        point=row.point(),
        municipality=row.code(
            "municipality_code", known=known.resolver.territory.municipalities, what="obec"
        ),
        municipality_name=row.optional("municipality_name") or "",
    )


def _near(location: Location | None) -> str | None:
    """Return where the service itself stands; its provider's seat tells nothing of its reach."""
    if location is None or location.role is AddressRole.PROVIDER_SEAT:
        return None
    return location.municipality


def _coverage_status(row: Row) -> CoverageStatus:
    status = row.choice("coverage_status", CoverageStatus)
    if row.optional("covers") is not None:
        return row.required("coverage_status", status)
    return CoverageStatus.UNKNOWN


def _areas(row: Row) -> list[ServiceArea]:
    return [_area(row, item) for item in row.items("covers")]


def _area(row: Row, item: str) -> ServiceArea:
    """Read ``country``, ``kind:name`` or ``radius:km:name``."""
    word, _, name = item.partition(":")
    km = ""
    if word == AreaKind.RADIUS:
        km, _, name = name.partition(":")
        if not (km.isascii() and km.isdigit()):
            row.fail("covers", f"U „{item}“ chybí kilometry; pište například radius:20:Most.")
    if word not in set(AreaKind):
        kinds = ", ".join(AreaKind)
        row.fail("covers", f"Druh území „{word}“ neznáme; použijte jeden z těchto: {kinds}.")
    kind = AreaKind(word)
    if bool(name) == (kind is AreaKind.COUNTRY):
        row.fail("covers", f"„{item}“ nerozumíme; pište druh:název, nebo jen country.")
    return ServiceArea(kind=kind, name=name.strip(), km=float(km) if km else None)


def _capacity(row: Row, source: Source) -> ServiceCapacity:
    return ServiceCapacity(
        unit=row.required("unit", row.choice("unit", CapacityUnit)),
        registered=row.required("registered", row.whole("registered")),
        as_of=source.as_of,
        form=row.required("form", row.choice("form", Form)),
        immediate=row.flag("immediate"),
        doubt=row.optional("doubt") or "",
    )


def _schedules(capacities: Sequence[Row]) -> tuple[Schedule, ...]:
    """Return one schedule a form; two capacities of one form must agree on its hours."""
    found: dict[Form, Schedule] = {}
    for row in capacities:
        form = row.required("form", row.choice("form", Form))
        schedule = Schedule(
            form=form,
            round_the_clock=row.flag("round_the_clock"),
            text=row.optional("hours") or "",
        )
        if found.setdefault(form, schedule) != schedule:
            row.fail("hours", "Táž forma má na jiném řádku jinou dobu; uveďte ji stejně.")
    return tuple(found.values())
