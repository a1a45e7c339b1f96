"""Turn one registration into a service of the catalogue."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from referral.catalog.areas import UNKNOWN_COVERAGE, AreaKind, Coverage, CoverageStatus, ServiceArea
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
)
from referral.catalog.resolve import CoverageResolver
from referral.catalog.vocabulary import Form, Vocabulary
from referral.ingest.row_values import Reading
from referral.ingest.rpss.codes import DAYS, FORMS, GROUPS, REGIONS, TYPES, UNITS, RegisterCodes
from referral.ingest.rpss.record import FacilityEntry, FormEntry, Registration

ReadCoverage = Callable[[str, str | None], Coverage | None]
"""Reads a remark, with the code of the municipality where the service stands; None: nothing."""

ReadAges = Callable[[str], AgeRange | None]
ReadAcceptance = Callable[[str], tuple[AcceptanceRule, ...]]

_UNKNOWN: Final = "Kód neznáme; údaj zůstává neznámý a kód je v této zprávě."


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What is needed to understand a registration."""

    codes: RegisterCodes
    vocabulary: Vocabulary
    resolver: CoverageResolver
    source: str
    as_of: date
    read_coverage: ReadCoverage | None = None
    read_ages: ReadAges | None = None
    read_acceptance: ReadAcceptance | None = None

    @property
    def silent(self) -> frozenset[str]:
        """What cannot be read out of remarks for want of a reader, so that it is not wiped out."""
        readers = {
            "coverage": self.read_coverage,
            "ages": self.read_ages,
            "rules": self.read_acceptance,
        }
        return frozenset(name for name, reader in readers.items() if reader is None)


def service_id(number: str) -> str:
    """Return the id of the service with this number of the register's portal."""
    return f"rpss-{number}"


def service_of(item: Registration, guide: Guide, reading: Reading) -> Service | None:
    """Return the service of a registration, None when it has to be rejected.

    The end of the registration and those of its facilities are judged apart: a facility that has
    ended is left out, a registration that has ended keeps its end. A capacity belongs to the
    registration and a form, however many facilities there are.
    """
    kind = guide.codes.find(TYPES, item.type)
    if kind is None or kind not in guide.vocabulary.types:
        if item.type:
            reading.reject(
                "druhSocialniSluzby",
                item.type,
                "Tento druh služby neznáme, nic by ji nenašlo; doplňte kód do číselníku.",
            )
        return None
    if item.starts is not None and item.ends is not None and item.ends < item.starts:
        reading.reject(
            "datumPoskytovaniDo",
            item.ends,
            f"Konec je před začátkem ({item.starts}); opravte jedno z dat ve zdroji.",
        )
    if reading.problems:
        return None
    # Of an ended registration the last facilities are the ones it had on its last day.
    day = guide.as_of if item.ends is None else min(guide.as_of, item.ends)
    facilities = [one for one in dict.fromkeys(item.facilities) if one.runs_on(day)]
    secret = any(one.secret for one in facilities)
    locations = _locations(item, facilities, guide, reading, secret=secret)
    places = () if secret else tuple(dict.fromkeys(one.name for one in facilities if one.name))
    forms, capacities, schedules = _forms(item.forms, guide, reading)
    remarks = [one.remark for one in item.groups if one.remark] + list(item.age_remarks)
    return Service(
        id=service_id(item.number),
        name=_name(places, kind, item, guide.vocabulary),
        kind=Kind.REGISTERED_SOCIAL,
        organization=Organization(name=item.provider, ico=item.ico),
        provenance=Provenance(source=guide.source, as_of=guide.as_of),
        type=kind,
        register_id=item.register_id,
        forms=forms,
        eligibility=Eligibility(
            target_groups=_groups(item, guide, reading),
            ages=_ages(item, guide, reading),
            rules=_rules(remarks, guide),
        ),
        # What the remarks say of the neighbourhood must not be tied to a place that is secret.
        coverage=_coverage(item, [] if secret else facilities, remarks, guide, reading),
        capacities=capacities,
        schedules=schedules,
        locations=locations,
        places=places,
        contact=Contact(
            phone=_first(item.phones), email=_first(item.emails), web=_first(item.webs)
        ),
        description="\n".join(dict.fromkeys(remarks)),
        valid_from=item.starts,
        valid_to=item.ends,
    )


def _name(places: tuple[str, ...], kind: str, item: Registration, vocabulary: Vocabulary) -> str:
    """Call a service by its only facility, else by its type and provider."""
    if len(places) == 1:
        return places[0]
    label = vocabulary.service_type(kind).name
    return f"{label[:1].upper()}{label[1:]} – {item.provider}"


def _locations(
    item: Registration,
    facilities: list[FacilityEntry],
    guide: Guide,
    reading: Reading,
    *,
    secret: bool,
) -> tuple[Location, ...]:
    """Return one location for each municipality with a facility; one secret facility hides all.

    The register gives no coordinates: the point is the municipality's own.
    """
    if secret:
        return (Location(role=AddressRole.SECRET),)
    for one in facilities:
        if item.addresses_known and not one.coded:
            reading.note(
                "adresa.kodAdresnihoMista", "", "Adresa zařízení nemá kód adresního místa."
            )
    codes = dict.fromkeys(one.municipality for one in facilities if one.municipality)
    if codes:
        return tuple(_location(AddressRole.FACILITY, code, guide) for code in codes)
    if item.provider_municipality is not None:
        return (_location(AddressRole.PROVIDER_SEAT, item.provider_municipality, guide),)
    return ()


def _location(role: AddressRole, code: str, guide: Guide) -> Location:
    known = guide.resolver.territory.municipalities.get(code)
    return Location(
        role=role,
        point=None if known is None else known.point,
        municipality=code,
        municipality_name="" if known is None else known.name,
    )


def _forms(
    entries: Iterable[FormEntry], guide: Guide, reading: Reading
) -> tuple[frozenset[Form] | None, tuple[ServiceCapacity, ...], tuple[Schedule, ...]]:
    forms: dict[Form, str] = {}
    capacities: dict[ServiceCapacity, None] = {}
    schedules: dict[Form, Schedule] = {}
    complete = True
    for entry in entries:
        letter = guide.codes.find(FORMS, entry.code)
        if letter is None:
            reading.note("formy.forma", entry.code, _UNKNOWN)
            complete = False
            continue
        form = Form(letter)
        forms[form] = entry.code
        for one in entry.capacities:
            unit = guide.codes.find(UNITS, one.unit)
            if unit is None:
                reading.note("kapacity.typ", one.unit, _UNKNOWN)
                continue
            capacity = ServiceCapacity(
                unit=CapacityUnit(unit),
                registered=one.count,
                as_of=guide.as_of,
                form=form,
                immediate="okamžit" in one.remark.casefold(),
            )
            capacities[capacity] = None
        text = _hours(entry, guide, reading)
        if entry.round_the_clock or text:
            schedules.setdefault(
                form, Schedule(form=form, round_the_clock=entry.round_the_clock, text=text)
            )
    known = frozenset(forms) if forms and complete else None
    return known, tuple(capacities), tuple(schedules.values())


def _hours(entry: FormEntry, guide: Guide, reading: Reading) -> str:
    """Write opening hours as ``Po, St 10:00 - 16:00; Pá 8:00 - 12:00``."""
    days: dict[str, list[str]] = {}
    for code, time in entry.hours:
        if not time:
            continue
        day = guide.codes.find(DAYS, code) if code else ""
        if day is None:
            reading.note("casoveRozsahy.denVTydnu", code, _UNKNOWN)
            continue
        days.setdefault(time, []).append(day)
    return "; ".join(
        f"{', '.join(dict.fromkeys(filter(None, named)))} {time}".strip()
        for time, named in days.items()
    )


def _groups(item: Registration, guide: Guide, reading: Reading) -> frozenset[str] | None:
    """Return the circle of persons; it is unknown as a whole when a code in it is.

    A circle without the unknown group would refuse people whom the service is registered for.
    """
    found: set[str] = set()
    complete = True
    for one in item.groups:
        code = guide.codes.find(GROUPS, one.code)
        if code is None or code not in guide.vocabulary.groups:
            reading.note("ciloveSkupiny", one.code, _UNKNOWN)
            complete = False
        else:
            found.add(code)
    return frozenset(found) if found and complete else None


def _ages(item: Registration, guide: Guide, reading: Reading) -> AgeRange | None:
    """Return the ages stated in words; what the codes of age groups mean we do not know."""
    for code in item.ages:
        reading.note("vekoveSkupiny", code, _UNKNOWN)
    if guide.read_ages is None:
        return None
    return next(filter(None, map(guide.read_ages, item.age_remarks)), None)


def _rules(remarks: list[str], guide: Guide) -> tuple[AcceptanceRule, ...]:
    if guide.read_acceptance is None:
        return ()
    return tuple(dict.fromkeys(rule for text in remarks for rule in guide.read_acceptance(text)))


def _coverage(
    item: Registration,
    facilities: list[FacilityEntry],
    remarks: list[str],
    guide: Guide,
    reading: Reading,
) -> Coverage:
    """Return where a service works: by its remarks, else by the further kraje it names.

    Neither says that it works in the whole of its own kraj; so that is possible only.
    """
    near = next((one.municipality for one in facilities if one.municipality), None)
    areas: list[ServiceArea] = []
    for code in item.further_regions:
        name = guide.codes.find(REGIONS, code)
        if name is None:
            reading.note("rozsirenePusobnostiVKraji", code, _UNKNOWN)
        else:
            areas.append(ServiceArea(kind=AreaKind.REGION, name=name, code=None))
    told = UNKNOWN_COVERAGE
    if guide.read_coverage is not None and remarks:
        told = guide.read_coverage("\n".join(remarks), near) or UNKNOWN_COVERAGE
    if not areas:
        return told
    further = guide.resolver.resolve(areas, near=near, status=CoverageStatus.DECLARED)
    if told.status is not CoverageStatus.UNKNOWN:
        return _joined(told, further)
    home = {guide.codes.find(REGIONS, one.region) for one in facilities if one.region}
    by_region = guide.resolver.territory.by_region
    possible = {code for name in home if name for code in by_region.get(name, ())}
    return replace(further, possible=further.possible | possible - further.certain)


def _joined(told: Coverage, further: Coverage) -> Coverage:
    certain = told.certain | further.certain
    return replace(
        told,
        areas=told.areas + further.areas,
        certain=certain,
        possible=(told.possible | further.possible) - certain,
        unresolved=tuple(sorted({*told.unresolved, *further.unresolved})),
    )


def _first(texts: tuple[str, ...]) -> str | None:
    return texts[0] if texts else None
