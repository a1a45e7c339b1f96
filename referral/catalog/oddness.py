"""Which changes that come by a link wait for an editor, and why.

A link may be forwarded or forged into the wrong hands, and a slip of a finger on a phone is easily
made. What could send people to a stranger, make help vanish from a whole area or publish somebody's
words does not take effect by itself. The limits are ours; a wrong one costs an editor one look.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from referral.catalog.areas import Coverage
from referral.catalog.model import AgeRange, Service, Stance
from referral.catalog.own_fields import OwnField, OwnValue

MANY_FREE: Final = 30
"""Free places of a service whose capacity nobody knows; more of them at once is rare."""
LOST_SHARE: Final = 0.25
WON_SHARE: Final = 0.5
FEW_MUNICIPALITIES: Final = 5
"""So many municipalities may come or go whatever their share is."""
CAPACITY_SHARE: Final = 0.3


class Doubt(StrEnum):
    """Why a change waits."""

    MORE_FREE_THAN_CAPACITY = "more_free_than_capacity"
    MANY_FREE = "many_free"
    LEAVES_PLACES = "leaves_places"
    TAKES_PLACES = "takes_places"
    WHOLE_COUNTRY = "whole_country"
    NEW_BAN = "new_ban"
    CAPACITY_DIFFERS = "capacity_differs"
    CONTACT_CHANGES = "contact_changes"
    FEWER_AGES = "fewer_ages"
    NETWORK = "network"
    WORDS = "words"


def doubts_of(value: OwnValue, *, before: OwnValue | None, service: Service) -> tuple[Doubt, ...]:
    """Return why a value that came by a link should wait; nothing when it may hold at once.

    ``before`` is what holds now (``known_value``) and ``service`` as it is shown now.
    """
    return tuple(dict.fromkeys(_DOUBTS[value.field](value, before, service)))


def _vacancy(value: OwnValue, _before: OwnValue | None, service: Service) -> Iterator[Doubt]:
    for free in value.vacancies:
        most = [
            one.registered
            for one in service.capacities
            if one.unit is free.unit
            and one.registered is not None
            and (free.form is None or one.form in {None, free.form})
        ]
        if most and free.available > sum(most):
            yield Doubt.MORE_FREE_THAN_CAPACITY
        elif not most and free.available > MANY_FREE:
            yield Doubt.MANY_FREE


def _coverage(value: OwnValue, before: OwnValue | None, _service: Service) -> Iterator[Doubt]:
    new = value.coverage or Coverage()
    old = (before.coverage if before is not None else None) or Coverage()
    if new.everywhere and not old.everywhere:
        yield Doubt.WHOLE_COUNTRY
    elif old.everywhere and not new.everywhere:
        yield Doubt.LEAVES_PLACES
    elif before is not None:
        size = len(old.certain | old.possible)
        lost = len((old.certain | old.possible) - new.certain - new.possible)
        if lost > max(FEW_MUNICIPALITIES, LOST_SHARE * size):
            yield Doubt.LEAVES_PLACES
        if len(new.certain - old.certain - old.possible) > max(
            FEW_MUNICIPALITIES, WON_SHARE * size
        ):
            yield Doubt.TAKES_PLACES


def _acceptance(value: OwnValue, before: OwnValue | None, _service: Service) -> Iterator[Doubt]:
    old = {one.barrier: one for one in before.rules} if before is not None else {}
    for rule in value.rules:
        known = old.get(rule.barrier)
        if rule.stance is Stance.EXCLUDES and (known is None or known.stance is not rule.stance):
            yield Doubt.NEW_BAN
        if rule.wording != ("" if known is None else known.wording):
            yield Doubt.WORDS


def _capacity(value: OwnValue, before: OwnValue | None, _service: Service) -> Iterator[Doubt]:
    old = {(one.form, one.unit): one.amount for one in before.capacities} if before else {}
    for one in value.capacities:
        known = old.get((one.form, one.unit))
        if known is not None and abs(one.amount - known) > CAPACITY_SHARE * known:
            yield Doubt.CAPACITY_DIFFERS


def _contact(value: OwnValue, before: OwnValue | None, _service: Service) -> Iterator[Doubt]:
    if before is None or before.contact != value.contact:
        yield Doubt.CONTACT_CHANGES


def _ages(value: OwnValue, before: OwnValue | None, _service: Service) -> Iterator[Doubt]:
    new = value.ages or AgeRange()
    old = (before.ages if before is not None else None) or AgeRange()
    later = (new.min or 0) > (old.min or 0)
    sooner = new.max is not None and (old.max is None or new.max < old.max)
    if later or sooner:
        yield Doubt.FEWER_AGES


def _network(_value: OwnValue, _before: OwnValue | None, _service: Service) -> Iterator[Doubt]:
    yield Doubt.NETWORK


def _waiting(value: OwnValue, before: OwnValue | None, _service: Service) -> Iterator[Doubt]:
    new = value.waiting.note if value.waiting is not None else ""
    old = before.waiting.note if before is not None and before.waiting is not None else ""
    if new not in {"", old}:
        yield Doubt.WORDS


def _scope(value: OwnValue, before: OwnValue | None, _service: Service) -> Iterator[Doubt]:
    if before is None or before.scope != value.scope:
        yield Doubt.WORDS


def _hours(_value: OwnValue, _before: OwnValue | None, _service: Service) -> Iterator[Doubt]:
    yield from ()


_DOUBTS: Final[
    Mapping[OwnField, Callable[[OwnValue, OwnValue | None, Service], Iterator[Doubt]]]
] = MappingProxyType(
    {
        OwnField.COVERAGE: _coverage,
        OwnField.VACANCY: _vacancy,
        OwnField.ACCEPTANCE: _acceptance,
        OwnField.NETWORK: _network,
        OwnField.CAPACITY: _capacity,
        OwnField.CONTACT: _contact,
        OwnField.HOURS: _hours,
        OwnField.WAITING: _waiting,
        OwnField.AGES: _ages,
        OwnField.SCOPE: _scope,
    }
)
