"""What has changed on a service from one state of its source to the next.

A change keeps both values as short machine-readable texts; sentences are made where they are shown.
What could tell a secret address is never kept, not even as the value before it became secret.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from referral.catalog.areas import Coverage
from referral.catalog.model import AddressRole, Eligibility, Service
from referral.geo import Point


class ChangedField(StrEnum):
    """What of a service has changed; the first three are about the service as a whole."""

    REGISTERED = "registered"
    ENDED = "ended"
    RENEWED = "renewed"
    NAME = "name"
    PROVIDER = "provider"
    KIND = "kind"
    TYPE = "type"
    REGISTER_ID = "register_id"
    FORMS = "forms"
    TARGET_GROUPS = "target_groups"
    AGES = "ages"
    RULES = "rules"
    COVERAGE = "coverage"
    CAPACITY = "capacity"
    SCHEDULE = "schedule"
    LOCATIONS = "locations"
    PLACES = "places"
    NEEDS = "needs"
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    DESCRIPTION = "description"
    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"


WHEREABOUTS: Final = frozenset(
    {ChangedField.LOCATIONS, ChangedField.PLACES, ChangedField.NAME, ChangedField.DESCRIPTION}
)
"""Fields whose earlier values may tell where a service is; forgotten once its address is secret."""

GONE: Final = "gone"
"""The detail of an end that follows from the absence of a service in its source."""

SECRET: Final = "secret"  # noqa: S105 - a kind of address, not a password


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one service, as its source told on a day.

    ``detail`` tells changes of one field apart: the form and unit of a capacity (``P:luzka``), the
    form of a schedule, or why a service ended. None is what is not there or not known.
    """

    service: str
    field: ChangedField
    before: str | None
    after: str | None
    on: date
    source: str
    detail: str = ""


_Texts = Mapping[tuple[ChangedField, str], str]


def changes_between(
    before: Service | None, after: Service, *, on: date, detail: str = ""
) -> tuple[Change, ...]:
    """Return what differs in two states of a service, in the order of the fields.

    Dates of the source itself are no change: a newer edition that says the same changes nothing.
    ``detail`` says why a service ended, when it did.
    """

    def change(field: ChangedField, old: str | None, new: str | None, about: str = "") -> Change:
        return Change(
            service=after.id,
            field=field,
            before=old,
            after=new,
            on=on,
            source=after.provenance.source,
            detail=about,
        )

    if before is None:
        return (change(ChangedField.REGISTERED, None, None),)
    found: list[Change] = []
    ran, runs = _runs(before, on), _runs(after, on)
    if ran and not runs:
        found.append(
            change(ChangedField.ENDED, _day(before.valid_to), _day(after.valid_to), detail)
        )
    elif runs and not ran:
        found.append(change(ChangedField.RENEWED, _day(before.valid_to), _day(after.valid_to)))
    elif before.valid_to != after.valid_to:
        found.append(change(ChangedField.VALID_TO, _day(before.valid_to), _day(after.valid_to)))
    old, new = _texts(before), _texts(after)
    hidden = before.secret or after.secret
    for key in sorted({*old, *new}, key=lambda one: (list(ChangedField).index(one[0]), one[1])):
        if old.get(key) != new.get(key):
            field, about = key
            values = (old.get(key), new.get(key))
            if hidden and field in WHEREABOUTS:
                values = (SECRET if before.secret else None, SECRET if after.secret else None)
            found.append(change(field, *values, about))
    return tuple(found)


def keep_silent(new: Service, stored: Service, silent: Iterable[str]) -> Service:
    """Return the new state with what its source does not speak of taken from the stored one.

    ``silent`` may name ``locations``, ``contact``, ``coverage``, ``groups``, ``ages``, ``rules``,
    ``forms``, ``capacities``, ``schedules``, ``places`` (with the name, which comes from them) and
    ``remarks``: a source that holds a part of them only adds to a service that has none. A secret
    address is never left out: when the new state has one, the stored places are not taken.
    """
    told = stored.eligibility
    keepers: Mapping[str, Callable[[Service], Service]] = {
        "locations": lambda now: now if now.secret else replace(now, locations=stored.locations),
        "contact": lambda now: replace(now, contact=stored.contact),
        "coverage": lambda now: replace(now, coverage=_fuller(now.coverage, stored.coverage)),
        "groups": lambda now: _eligible(
            now, replace(now.eligibility, target_groups=told.target_groups)
        ),
        "ages": lambda now: _eligible(now, replace(now.eligibility, ages=told.ages)),
        "rules": lambda now: _eligible(now, replace(now.eligibility, rules=told.rules)),
        "forms": lambda now: replace(now, forms=stored.forms),
        "capacities": lambda now: replace(now, capacities=stored.capacities),
        "schedules": lambda now: replace(now, schedules=stored.schedules),
        "places": lambda now: replace(now, name=stored.name, places=stored.places),
        "remarks": lambda now: _eligible(
            replace(
                now,
                description=stored.description or now.description,
                coverage=_fuller(stored.coverage, now.coverage),
            ),
            replace(now.eligibility, rules=told.rules or now.eligibility.rules),
        ),
    }
    for name in sorted(silent):
        new = keepers[name](new)
    return new


def keep_points(new: Service, stored: Service) -> Service:
    """Return the new state with the exact points of places that stayed in their municipality.

    A source without coordinates gives the municipality's own point; when the stored state knows
    exactly one place there, and in the same role, its point is the better one.
    """
    known: defaultdict[tuple[AddressRole, str | None], list[Point]] = defaultdict(list)
    for place in stored.locations:
        if place.point is not None and place.municipality is not None:
            known[place.role, place.municipality].append(place.point)
    kept = tuple(
        replace(place, point=known[place.role, place.municipality][0])
        if len(known.get((place.role, place.municipality), ())) == 1
        else place
        for place in new.locations
    )
    return new if kept == new.locations else replace(new, locations=kept)


def _fuller(new: Coverage, stored: Coverage) -> Coverage:
    return new if new.areas else stored


def _eligible(service: Service, eligibility: Eligibility) -> Service:
    return replace(service, eligibility=eligibility)


def _runs(service: Service, on: date) -> bool:
    """Tell whether a service has not ended yet; one that only begins later has not."""
    return service.valid_to is None or service.valid_to >= on


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _texts(service: Service) -> _Texts:
    """Write every field as text; fields of which nothing is known are left out."""
    eligibility, coverage = service.eligibility, service.coverage
    plain: dict[ChangedField, str | None] = {
        ChangedField.NAME: service.name,
        ChangedField.PROVIDER: _provider(service),
        ChangedField.KIND: service.kind.value,
        ChangedField.TYPE: service.type,
        ChangedField.REGISTER_ID: service.register_id,
        ChangedField.FORMS: _joined(service.forms, stated=service.forms is not None),
        ChangedField.TARGET_GROUPS: _joined(
            eligibility.target_groups, stated=eligibility.target_groups is not None
        ),
        ChangedField.AGES: None
        if eligibility.ages is None
        else f"{_number(eligibility.ages.min)}-{_number(eligibility.ages.max)}",
        ChangedField.RULES: "; ".join(
            f"{one.stance}:{one.barrier}:{one.wording}" for one in eligibility.rules
        ),
        ChangedField.COVERAGE: _coverage(coverage),
        ChangedField.LOCATIONS: "; ".join(
            f"{one.role}:{one.municipality or ''}:{one.municipality_name}:"
            f"{'' if one.point is None else f'{one.point.lat},{one.point.lon}'}"
            for one in service.locations
        ),
        ChangedField.PLACES: "; ".join(service.places),
        ChangedField.NEEDS: _joined(service.needs, stated=bool(service.needs)),
        ChangedField.PHONE: service.contact.phone,
        ChangedField.EMAIL: service.contact.email,
        ChangedField.WEB: service.contact.web,
        ChangedField.DESCRIPTION: service.description,
        ChangedField.VALID_FROM: _day(service.valid_from),
    }
    texts: dict[tuple[ChangedField, str], str] = {
        (field, ""): text for field, text in plain.items() if text is not None and text != ""
    }
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for one in service.capacities:
        shown = f"{one.registered}{'' if one.available is None else f'/{one.available}'}"
        marks = f"{' okamžitá' if one.immediate else ''}{f' ({one.doubt})' if one.doubt else ''}"
        numbers[f"{one.form or ''}:{one.unit}"].append(shown + marks)
    for about, counts in numbers.items():
        texts[ChangedField.CAPACITY, about] = "; ".join(counts)
    times: defaultdict[str, list[str]] = defaultdict(list)
    for schedule in service.schedules:
        times[schedule.form].append(f"{'24/7 ' if schedule.round_the_clock else ''}{schedule.text}")
    for form, written in times.items():
        texts[ChangedField.SCHEDULE, form] = "; ".join(written)
    return MappingProxyType(texts)


def _provider(service: Service) -> str:
    ico = service.organization.ico
    return f"{service.organization.name}{f' (IČO {ico})' if ico else ''}"


def _coverage(coverage: Coverage) -> str | None:
    if coverage == Coverage():
        return None
    named = "; ".join(
        f"{one.kind}:{one.name or one.code or ''}{'' if one.km is None else f':{one.km:g}'}"
        for one in coverage.areas
    )
    reach = "všude" if coverage.everywhere else f"{len(coverage.certain)}+{len(coverage.possible)}"
    return f"{named} [{coverage.status} {reach}]"


def _joined(words: Iterable[str] | None, *, stated: bool) -> str | None:
    return ";".join(sorted(words or ())) if stated else None


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
