"""Own values as the inputs of a form carry them; nothing typed is ever lost on the way back.

Every name of an input begins with the slug of its field, so that one page can hold several fields.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from werkzeug.datastructures import MultiDict

from referral.catalog.own_fields import OwnField, OwnValue
from referral.catalog.territory import Territory
from referral.text import fold
from referral.web.czech import number
from referral.web.editing.fields import WORDS

Written = MultiDict[str, str]
"""What a form sent, or would send."""

WHOLE, CHOSEN, NONE = "cele", "vyber", "nic"
EVERYWHERE, PLACES = "vse", "obce"


def slug_of(field: OwnField) -> str:
    """Return how the inputs of a field begin."""
    return WORDS[field].slug


def orp_key(orp: str) -> str:
    """Return the end of the name of the input of an ORP."""
    return "-".join(fold(orp).split())


def write(field: OwnField, value: OwnValue | None, *, territory: Territory) -> Written:
    """Return the inputs of a field as they say a value; of none they are empty."""
    written: Written = MultiDict()
    if value is not None:
        prefix = slug_of(field)
        for name, text in _WRITE[field](value, territory):
            written.add(f"{prefix}-{name}", text)
    return written


def rows_of(field: OwnField, written: Written, *names: str) -> list[dict[str, str]]:
    """Return the filled rows of a field that has several, in their order."""
    prefix = slug_of(field)
    found: dict[int, dict[str, str]] = {}
    pattern = re.compile(rf"{re.escape(prefix)}-({'|'.join(names)})-(\d{{1,3}})")
    for key in written:
        read = pattern.fullmatch(key)
        if read is not None:
            row = found.setdefault(int(read[2]), dict.fromkeys(names, ""))
            row[read[1]] = written[key].strip()
    return [found[place] for place in sorted(found) if any(found[place].values())]


def _coverage(value: OwnValue, territory: Territory) -> Iterator[tuple[str, str]]:
    coverage = value.coverage
    if coverage is None:
        return
    yield "kde", EVERYWHERE if coverage.everywhere else PLACES
    chosen = coverage.certain
    for orp, codes in territory.by_orp.items():
        inside = [code for code in codes if code in chosen]
        if inside:
            yield f"orp-{orp_key(orp)}", WHOLE if len(inside) == len(codes) else CHOSEN
        elif any(code in coverage.possible for code in codes):
            yield f"orp-{orp_key(orp)}", CHOSEN
    for code in sorted(chosen & territory.municipalities.keys()):
        yield "obec", code
    for code in sorted(coverage.possible):
        yield "mozna", code


def _vacancies(value: OwnValue, _territory: Territory) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(value.vacancies):
        yield f"forma-{place}", one.form or ""
        yield f"jednotka-{place}", one.unit
        yield f"pocet-{place}", str(one.available)


def _capacities(value: OwnValue, _territory: Territory) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(value.capacities):
        yield f"forma-{place}", one.form or ""
        yield f"jednotka-{place}", one.unit
        whole = one.amount == int(one.amount)
        text = number(one.amount, places=0 if whole else 3)
        yield f"pocet-{place}", text if whole else text.rstrip("0")


def _rules(value: OwnValue, _territory: Territory) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(value.rules):
        yield f"prekazka-{place}", one.barrier
        yield f"postoj-{place}", one.stance
        yield f"slova-{place}", one.wording
        yield f"duvod-{place}", one.basis or ""


def _networks(value: OwnValue, _territory: Territory) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(value.networks):
        yield f"nazev-{place}", one.network
        yield f"od-{place}", "" if one.since is None else one.since.isoformat()
        yield f"do-{place}", "" if one.until is None else one.until.isoformat()


def _contact(value: OwnValue, _territory: Territory) -> Iterator[tuple[str, str]]:
    if value.contact is not None:
        yield "telefon", value.contact.phone or ""
        yield "email", value.contact.email or ""
        yield "web", value.contact.web or ""


def _hours(value: OwnValue, _territory: Territory) -> Iterator[tuple[str, str]]:
    for one in value.hours:
        if one.round_the_clock:
            yield f"stale-{one.form}", "1"
        yield f"text-{one.form}", one.text


def _waiting(value: OwnValue, _territory: Territory) -> Iterator[tuple[str, str]]:
    if value.waiting is not None:
        yield "dny", "" if value.waiting.days is None else str(value.waiting.days)
        yield "poznamka", value.waiting.note


def _ages(value: OwnValue, _territory: Territory) -> Iterator[tuple[str, str]]:
    ages = value.ages
    if ages is not None:
        yield "od", "" if ages.min is None else str(ages.min)
        yield "do", "" if ages.max is None else str(ages.max)
        if ages.min is None and ages.max is None:
            yield "bez", "1"


def _scope(value: OwnValue, _territory: Territory) -> Iterator[tuple[str, str]]:
    if value.scope is not None:
        yield "dela", value.scope.does
        yield "nedela", value.scope.does_not


_WRITE: Final[Mapping[OwnField, Callable[[OwnValue, Territory], Iterator[tuple[str, str]]]]] = (
    MappingProxyType(
        {
            OwnField.COVERAGE: _coverage,
            OwnField.VACANCY: _vacancies,
            OwnField.ACCEPTANCE: _rules,
            OwnField.NETWORK: _networks,
            OwnField.CAPACITY: _capacities,
            OwnField.CONTACT: _contact,
            OwnField.HOURS: _hours,
            OwnField.WAITING: _waiting,
            OwnField.AGES: _ages,
            OwnField.SCOPE: _scope,
        }
    )
)
