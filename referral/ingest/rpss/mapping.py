"""Turn one registration into a service of the catalogue."""

from collections.abc import Iterable

from referral.catalog.model import (
    AcceptanceRule,
    AgeRange,
    CapacityUnit,
    Contact,
    Eligibility,
    Kind,
    Organization,
    Provenance,
    Schedule,
    Service,
    ServiceCapacity,
)
from referral.catalog.vocabulary import Form, Vocabulary
from referral.ingest.code_lists import (
    AGES,
    DAYS,
    FORMS,
    GROUPS,
    TYPES,
    UNITS,
    joined_ages,
    our_code,
)
from referral.ingest.row_values import Reading
from referral.ingest.rpss.guide import Guide
from referral.ingest.rpss.record import FormEntry, Registration
from referral.ingest.rpss.whereabouts import coverage_of, locations_of


def service_id(number: str) -> str:
    """Return the id of the service with this number of the register's portal."""
    return f"rpss-{number}"


def service_of(item: Registration, guide: Guide, reading: Reading) -> Service | None:
    """Return the service of a registration, None when it has to be rejected.

    The end of the registration and those of its facilities are judged apart: a facility that has
    ended is left out, a registration that has ended keeps its end. A capacity belongs to the
    registration and a form, however many facilities there are.
    """
    kind = _type(item, guide, reading)
    if kind is None:
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
    locations = locations_of(item, facilities, guide, reading, secret=secret)
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
        coverage=coverage_of(item, [] if secret else facilities, remarks, guide, reading),
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


def _type(item: Registration, guide: Guide, reading: Reading) -> str | None:
    """Return the type of the Act; a type's own name in the row says more than its code."""
    named = our_code(TYPES, item.type_name, guide.vocabulary) if item.type_name else None
    kind = named or guide.codes.find(TYPES, item.type)
    if kind is not None and kind in guide.vocabulary.types:
        if named is None:
            guide.ours(TYPES, item.type, field="druhSocialniSluzby", reading=reading)
        return kind
    if item.type or item.type_name:
        listed = guide.codes.wording(TYPES, item.type)
        if item.type_name:
            told = f"zdroj ho nazývá „{item.type_name}“."
        elif listed is not None:
            told = f"číselník ho nazývá „{listed}“."
        else:
            told = "nahrajte číselník druhů služeb přes „referral import territory“."
        reading.reject(
            "druhSocialniSluzby",
            item.type or item.type_name,
            f"Tento druh služby neznáme, nic by ji nenašlo; {told}",
        )
    return None


def _name(places: tuple[str, ...], kind: str, item: Registration, vocabulary: Vocabulary) -> str:
    """Call a service by its only facility, else by its type and provider."""
    if len(places) == 1:
        return places[0]
    label = vocabulary.service_type(kind).name
    return f"{label[:1].upper()}{label[1:]} – {item.provider}"


def _forms(
    entries: Iterable[FormEntry], guide: Guide, reading: Reading
) -> tuple[frozenset[Form] | None, tuple[ServiceCapacity, ...], tuple[Schedule, ...]]:
    forms: dict[Form, str] = {}
    capacities: dict[ServiceCapacity, None] = {}
    schedules: dict[Form, Schedule] = {}
    complete = True
    for entry in entries:
        letter = guide.ours(FORMS, entry.code, field="formy.forma", reading=reading)
        if letter is None:
            complete = False
            continue
        form = Form(letter)
        forms[form] = entry.code
        for one in entry.capacities:
            unit = guide.ours(UNITS, one.unit, field="kapacity.typ", reading=reading)
            if unit is None:
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
        field = "casoveRozsahy.denVTydnu"
        day = guide.ours(DAYS, code, field=field, reading=reading) if code else ""
        if day is None:
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
            reading.note("ciloveSkupiny", one.code, guide.unknown(GROUPS, one.code))
            complete = False
        else:
            found.add(code)
    return frozenset(found) if found and complete else None


def _ages(item: Registration, guide: Guide, reading: Reading) -> AgeRange | None:
    """Return the ages that the provider states in words, else those of all the age groups.

    Groups with a gap between them are no one range; the ages stay unknown then, as they do when a
    list does not tell the ages of a group.
    """
    groups = {code: guide.codes.ages.get(code) for code in item.ages}
    for code, ages in groups.items():
        if ages is None:
            reading.note("vekoveSkupiny", code, guide.unknown(AGES, code))
    if guide.read_ages is not None:
        stated = next(filter(None, map(guide.read_ages, item.age_remarks)), None)
        if stated is not None:
            return stated
    known = [ages for ages in groups.values() if ages is not None]
    if len(known) < len(groups):
        return None
    joined = joined_ages(known)
    if known and joined is None:
        told = "Věkové skupiny na sebe nenavazují; rozpětí zůstává neznámé."
        reading.note("vekoveSkupiny", ", ".join(groups), told)
    return joined


def _rules(remarks: list[str], guide: Guide) -> tuple[AcceptanceRule, ...]:
    if guide.read_acceptance is None:
        return ()
    return tuple(dict.fromkeys(rule for text in remarks for rule in guide.read_acceptance(text)))


def _first(texts: tuple[str, ...]) -> str | None:
    return texts[0] if texts else None
