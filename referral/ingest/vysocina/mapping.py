"""Turn an item of the kraj's catalogue into a service whose coverage its provider declares."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from referral.catalog.areas import UNKNOWN_COVERAGE, AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.model import Contact, Kind, Organization, Provenance, Service
from referral.catalog.resolve import CoverageResolver
from referral.catalog.vocabulary import Form, Vocabulary
from referral.ingest.code_lists import TYPES, our_code
from referral.ingest.row_values import Reading
from referral.ingest.vysocina.record import CatalogueEntry, Place
from referral.text import fold

REGION: Final = "Kraj Vysočina"
_WHOLE_REGION: Final = frozenset({"kraj vysocina", "vysocina", "cely kraj", "cely kraj vysocina"})
_WHOLE_COUNTRY: Final = frozenset({"ceska republika", "cela ceska republika", "cela cr", "cr"})
_UNKNOWN_PLACE: Final = (
    "Místo neznáme; nahrajte území kraje („referral import territory“), nebo opravte název."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What is needed to understand an item."""

    vocabulary: Vocabulary
    resolver: CoverageResolver
    source: str
    as_of: date


def type_of(wording: str, vocabulary: Vocabulary) -> str | None:
    """Return the type of the Act that the kraj's wording names, None when it names none."""
    return our_code(TYPES, wording, vocabulary) if wording else None


def service_of(
    entry: CatalogueEntry, guide: Guide, reading: Reading, *, service: str
) -> Service | None:
    """Return the service with this id, None when it has to be rejected.

    The kraj's target groups are its own sorting, not the circle of persons of the register, on
    which a refusal could rest; so they stand in the description only.
    """
    kind = type_of(entry.type_name, guide.vocabulary)
    if kind is None and entry.type_name:
        reading.reject(
            "druh_sluzby_nazev",
            entry.type_name,
            "Takový druh služby zákon č. 108/2006 Sb. nezná a nic by ji nenašlo; přidejte ji "
            "jinak, třeba tabulkou.",
        )
    if kind is None or reading.problems:
        return None
    label = guide.vocabulary.service_type(kind).name
    return Service(
        id=service,
        name=f"{label[:1].upper()}{label[1:]} – {entry.provider}",
        kind=Kind.REGISTERED_SOCIAL,
        organization=Organization(name=entry.provider, ico=entry.ico),
        provenance=Provenance(source=guide.source, as_of=guide.as_of),
        type=kind,
        register_id=entry.register_id,
        forms=None if entry.forms is None else frozenset(map(Form, entry.forms)),
        coverage=_coverage(entry.places, guide, reading),
        contact=Contact(web=entry.web),
        description=_description(entry),
    )


def _coverage(places: tuple[Place, ...] | None, guide: Guide, reading: Reading) -> Coverage:
    if places is None:
        return UNKNOWN_COVERAGE
    areas = dict.fromkeys(_area(place, guide.resolver) for place in places)
    found = guide.resolver.resolve(areas, status=CoverageStatus.DECLARED)
    for name in found.unresolved:
        reading.note("misto_pusobnosti", name, _UNKNOWN_PLACE)
    return found


def _area(place: Place, resolver: CoverageResolver) -> ServiceArea:
    """Return the area that a place means; a name is looked for in its own district only."""
    name, district = place.name, place.district.removeprefix("okres ").strip()
    wide = _wide(fold(name), district)
    if place.code is None and wide is not None:
        return wide
    bearers = [
        one
        for one in resolver.bearers.get(" ".join(name.split()).casefold(), ())
        if not district or fold(one.district) == fold(district)
    ]
    code = place.code or (bearers[0].code if len(bearers) == 1 else None)
    if code is None and district and not bearers:
        # Another municipality of the name in another district would be a wrong one.
        name = f"{name} (okres {district})"
    return ServiceArea(kind=AreaKind.MUNICIPALITY, name=name, code=code)


def _wide(name: str, district: str) -> ServiceArea | None:
    if not name:
        return ServiceArea(kind=AreaKind.DISTRICT, name=district)
    if name in _WHOLE_COUNTRY:
        return ServiceArea(kind=AreaKind.COUNTRY)
    return ServiceArea(kind=AreaKind.REGION, name=REGION) if name in _WHOLE_REGION else None


def _description(entry: CatalogueEntry) -> str:
    told = (
        ("Pro koho podle kraje", entry.groups),
        ("Životní situace", entry.situations),
        ("Klíčová slova", entry.keywords),
    )
    return "\n".join(f"{label}: {', '.join(words)}." for label, words in told if words)
