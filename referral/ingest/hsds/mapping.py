"""Turn one service of HSDS into a service of the catalogue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from referral.catalog.areas import UNKNOWN_COVERAGE, Coverage
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
    Service,
    ServiceCapacity,
    Stance,
)
from referral.catalog.remarks import AcceptancePatterns, read_acceptance, read_ages
from referral.catalog.vocabulary import Form, Vocabulary
from referral.ingest.hsds.hours import schedules
from referral.ingest.hsds.marks import Marks, marks_of
from referral.ingest.hsds.places import PlaceReader
from referral.ingest.hsds.reach import ReachReader
from referral.ingest.hsds.record import CapacityEntry, ServiceEntry, TermEntry
from referral.ingest.hsds.taxonomies import Taxonomy
from referral.ingest.hsds.words import MAPPING_FILE, Words
from referral.ingest.row_values import Reading
from referral.text import fold

_REGISTER_DIGITS: Final = 7
_MOST_PLACES: Final = 100_000_000
_OVER: Final = frozenset({"inactive", "defunct", "temporarily closed"})
_ABOUT_PEOPLE: Final = ("eligib", "target", "audience", "circumstance", "okruh", "cilov", "skupin")
"""Parts of a link type that mark a term as one about the people a service is for."""

_UNKNOWN: Final = f"Pojem neznáme; chcete-li ho číst, uveďte ho v souboru {MAPPING_FILE}."
_STANCES: Final = {
    "accepts": Stance.ACCEPTS,
    "prijima": Stance.ACCEPTS,
    "conditions": Stance.CONDITIONS,
    "s podminkou": Stance.CONDITIONS,
    "excludes": Stance.EXCLUDES,
    "neprijima": Stance.EXCLUDES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What is needed to understand a service."""

    words: Words
    vocabulary: Vocabulary
    places: PlaceReader
    reach: ReachReader
    patterns: AcceptancePatterns
    source: str
    as_of: date


def service_of(
    entry: ServiceEntry, guide: Guide, reading: Reading, *, service_id: str
) -> Service | None:
    """Return the service of an entry, None when it has to be rejected.

    A service without a type and without a need that we know could never be found, so it is
    rejected with what to do about it.
    """
    marks = marks_of(entry.terms, guide.words)
    kinds, needs = marks.codes(Taxonomy.TYPE), marks.codes(Taxonomy.NEED)
    if not entry.provider:
        reading.reject(
            "organization.name", "", "Chybí název poskytovatele; doplňte ho ve zdroji, nebo "
            "stáhněte úplné služby (v API parametr full=true)."
        )  # fmt: skip
    if not kinds and not needs:
        reading.reject("attributes", _shown(entry.terms), _no_kind(entry))
    if reading.problems:
        return None
    for term in marks.unknown:
        reading.note("attributes", term.shown, _UNKNOWN)
    for extra in kinds[1:]:
        reading.note("attributes", extra, f"Služba má víc druhů; bereme první ({kinds[0]}).")
    kind = kinds[0] if kinds else None
    forms = frozenset(Form(code) for code in marks.codes(Taxonomy.FORM)) or None

    def form_of(terms: tuple[TermEntry, ...]) -> Form | None:
        return _form(terms, forms, kind, guide)

    locations, places = _places(entry, marks, guide, reading)
    # A secret place has no municipality: what is said of its neighbourhood is not tied to it.
    near = next((one.municipality for one in locations if one.service_point is not None), None)
    modified = entry.modified if entry.modified and entry.modified <= guide.as_of else None
    remarks = [entry.eligibility] if entry.eligibility else []
    return Service(
        id=service_id,
        name=entry.name or _name(kind, entry, guide.vocabulary),
        kind=_kind(marks, kind),
        organization=Organization(name=entry.provider, ico=entry.ico),
        provenance=Provenance(
            source=guide.source,
            as_of=modified or guide.as_of,
            verified_on=entry.assured if entry.assured and entry.assured <= guide.as_of else None,
        ),
        type=kind,
        register_id=_register_id(marks, reading),
        forms=forms,
        eligibility=Eligibility(
            target_groups=_groups(marks),
            ages=_ages(entry, remarks),
            rules=_rules(marks, remarks, guide, reading),
        ),
        coverage=_coverage(entry, near, guide, reading),
        capacities=_capacities(entry, guide, reading, form_of),
        schedules=schedules(
            entry.hours,
            form_of=lambda hours: form_of(hours.terms),
            on=guide.as_of,
            reading=reading,
        ),
        locations=locations,
        places=places,
        needs=frozenset(needs),
        contact=Contact(phone=entry.phone, email=entry.email, web=entry.web),
        description="\n".join(dict.fromkeys(filter(None, (entry.description, *remarks)))),
        valid_to=_ended(entry, guide, reading),
    )


def _no_kind(entry: ServiceEntry) -> str:
    if entry.bare:
        return (
            "Je to jen výpis bez zařazení služby; stáhněte úplné služby (v API parametr full=true)."
        )
    return (
        "Neznáme druh služby ani potřebu, nic by ji nenašlo; přidejte pojem s naším kódem "
        f"(třeba „{Taxonomy.TYPE}“), nebo pojem uveďte v souboru {MAPPING_FILE} vedle importu."
    )


def _shown(terms: tuple[TermEntry, ...]) -> str:
    return "; ".join(dict.fromkeys(term.shown for term in terms if term.shown))


def _name(kind: str | None, entry: ServiceEntry, vocabulary: Vocabulary) -> str:
    """Call a service without a name by its type and provider."""
    if kind is None:
        return entry.provider
    label = vocabulary.service_type(kind).name
    return f"{label[:1].upper()}{label[1:]} – {entry.provider}"


def _kind(marks: Marks, kind: str | None) -> Kind:
    """Return where help comes from; outside the Act, HSDS itself tells only that it is there."""
    told = marks.codes(Taxonomy.KIND)
    if told:
        return Kind(told[0])
    return Kind.COMMUNITY if kind is None else Kind.REGISTERED_SOCIAL


def _register_id(marks: Marks, reading: Reading) -> str | None:
    for _, term in marks.terms(Taxonomy.REGISTER):
        number = term.value.replace(" ", "")
        if number.isascii() and number.isdigit() and len(number) <= _REGISTER_DIGITS:
            return number.zfill(_REGISTER_DIGITS)
        reading.note("attributes", "", "Číslo v registru nemá sedm číslic; je neznámé.")
    return None


def _groups(marks: Marks) -> frozenset[str] | None:
    """Return the circle of persons; it is unknown as a whole when a term about people is.

    A circle without the unknown group would refuse people whom the service is there for. A term is
    about people when it comes from a list that groups were read from, or its link says so.
    """
    found = marks.terms(Taxonomy.GROUP)
    lists = {name for _, term in found for name in term.taxonomies}
    for term in marks.unknown:
        linked = any(word in fold(term.link) for word in _ABOUT_PEOPLE)
        if linked or lists.intersection(term.taxonomies) or not term.taxonomies:
            return None
    return frozenset(code for code, _ in found) or None


def _ages(entry: ServiceEntry, remarks: list[str]) -> AgeRange | None:
    if entry.youngest is not None or entry.oldest is not None:
        return AgeRange(min=entry.youngest, max=entry.oldest)
    told = next(filter(None, map(read_ages, remarks)), None)
    return None if told is None else told.ages


def _rules(
    marks: Marks, remarks: list[str], guide: Guide, reading: Reading
) -> tuple[AcceptanceRule, ...]:
    """Return what is said by terms, else in words: terms are the surer of the two."""
    rules: dict[str, AcceptanceRule] = {}
    for barrier, term in marks.terms(Taxonomy.BARRIER):
        stance = _STANCES.get(fold(term.value))
        if stance is None:
            reading.note("attributes", barrier, "Neříká se, zda služba takové lidi přijímá.")
        else:
            rules[barrier] = AcceptanceRule(barrier=barrier, stance=stance, wording=term.label)
    for text in remarks:
        for rule in read_acceptance(text, patterns=guide.patterns).rules:
            rules.setdefault(rule.barrier, rule)
    return tuple(rules.values())


def _coverage(entry: ServiceEntry, near: str | None, guide: Guide, reading: Reading) -> Coverage:
    if entry.areas:
        return guide.reach.coverage(entry.areas, near=near, reading=reading)
    if entry.eligibility:
        return guide.reach.parsed(entry.eligibility, near=near) or UNKNOWN_COVERAGE
    return UNKNOWN_COVERAGE


def _places(
    entry: ServiceEntry, marks: Marks, guide: Guide, reading: Reading
) -> tuple[tuple[Location, ...], tuple[str, ...]]:
    """Return the locations and the names of the places.

    One secret address hides all of them. A provider's own places are its seat, not where the
    service is given.
    """
    marked = [(one, marks_of(one.terms, guide.words)) for one in (*entry.places, *entry.seats)]
    for term in (term for _, about in marked for term in about.unknown):
        reading.note("location.attributes", term.shown, _UNKNOWN)
    if marks.secret(guide.words) or any(about.secret(guide.words) for _, about in marked):
        return (Location(role=AddressRole.SECRET),), ()
    found: dict[Location, None] = {}
    names: dict[str, None] = {}
    for place, about in marked:
        told = about.codes(Taxonomy.ROLE)
        usual = AddressRole.FACILITY if place in entry.places else AddressRole.PROVIDER_SEAT
        role = AddressRole(told[0]) if told else usual
        if not place.tangible:
            continue
        location = guide.places.location(place, role, reading)
        if location is not None:
            found[location] = None
        if place.name and role is not AddressRole.PROVIDER_SEAT:
            names[place.name] = None
    return tuple(found), tuple(names)


def _form(
    terms: tuple[TermEntry, ...], forms: frozenset[Form] | None, kind: str | None, guide: Guide
) -> Form | None:
    """Return the form that something belongs to, when that is beyond doubt."""
    told = marks_of(terms, guide.words).codes(Taxonomy.FORM)
    if told:
        return Form(told[0])
    allowed = tuple(forms) if forms else ()
    if not allowed and kind is not None:
        allowed = guide.vocabulary.service_type(kind).forms
    return allowed[0] if len(allowed) == 1 else None


def _capacities(
    entry: ServiceEntry,
    guide: Guide,
    reading: Reading,
    form_of: Callable[[tuple[TermEntry, ...]], Form | None],
) -> tuple[ServiceCapacity, ...]:
    found = (_capacity(one, form_of(one.terms), entry, guide, reading) for one in entry.capacities)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _capacity(
    one: CapacityEntry, form: Form | None, entry: ServiceEntry, guide: Guide, reading: Reading
) -> ServiceCapacity | None:
    unit = guide.words.unit(one.unit)
    if unit is None:
        name = one.unit[-1] if one.unit else ""
        reading.note("capacities.unit", name, "Jednotku kapacity neznáme; kapacitu nebereme.")
        return None
    if one.maximum is None or one.maximum >= _MOST_PLACES:
        message = "Chybí nejvyšší počet míst, nebo to není počet; kapacitu nebereme."
        reading.note("capacities.maximum", one.maximum or "", message)
        return None
    available = one.available
    if available is not None and available > one.maximum:
        reading.note(
            "capacities.available", available, "Volných míst je víc než všech; jsou neznámá."
        )
        available = None
    return ServiceCapacity(
        unit=CapacityUnit(unit),
        registered=one.maximum,
        available=available,
        as_of=min(one.updated or entry.modified or guide.as_of, guide.as_of),
        form=form,
    )


def _ended(entry: ServiceEntry, guide: Guide, reading: Reading) -> date | None:
    """Return the last day of a service that is not given now; HSDS does not tell when it ended."""
    if entry.status not in _OVER:
        if entry.status and entry.status != "active":
            reading.note("status", entry.status, "Stav neznáme; službu máme za poskytovanou.")
        return None
    yesterday = guide.as_of - timedelta(days=1)
    if entry.status == "temporarily closed":
        reading.note("status", entry.status, "Služba je dočasně zavřená; do otevření skončila.")
    return min(entry.modified or yesterday, yesterday)
