"""Own values, authors and edits in sentences."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from referral.catalog.editing import Author, AuthorKind, Deed
from referral.catalog.oddness import Doubt
from referral.catalog.own_fields import OwnField, OwnValue
from referral.catalog.snapshot import Catalog
from referral.web.czech import age_span, counted, day, listing
from referral.web.editing.fields import ROLES, STANCES
from referral.web.presenters.labels import FORMS, area_name, unit_count
from referral.web.translation import _

_MOST_AREAS = 30


def said(value: OwnValue | None, catalog: Catalog) -> tuple[str, ...]:
    """Return what a value says, line by line; of none that nobody of us has said anything."""
    if value is None:
        return (_("nic vlastního, platí zdroj"),)
    return tuple(_TELL[value.field](value, catalog))


def verified_text(value: OwnValue | None) -> str:
    """Say when and in what role a value was verified, empty for none."""
    if value is None:
        return ""
    return _("ověřeno {day}, {role}").format(
        day=day(value.verified_on), role=ROLES[value.verified_by]
    )


def author_text(author: Author, logins: Mapping[str, str]) -> str:
    """Name an author without a name: the login of a work place, or the way the edit came."""
    if author.kind is AuthorKind.ACCOUNT:
        login = logins.get(author.id, _("účet, který už není"))
        return f"{login} ({_ACCOUNT_ROLES.get(author.role, author.role)})"
    return _KINDS[author.kind]


def moment(at: datetime) -> str:
    """Write a moment in local time: ``22. 11. 2026 v 9:05``."""
    local = at.astimezone()
    return _("{day} v\u00a0{hour}:{minute}").format(
        day=day(local.date()), hour=local.hour, minute=f"{local.minute:02}"
    )


DEEDS: Final[Mapping[Deed, str]] = MappingProxyType(
    {
        Deed.ADDED: _("zapsáno"),
        Deed.CHANGED: _("změněno"),
        Deed.CONFIRMED: _("potvrzeno beze změny"),
        Deed.FORGOTTEN: _("vlastní údaj vzat zpět, platí zdroj"),
    }
)
DOUBTS: Final[Mapping[Doubt, str]] = MappingProxyType(
    {
        Doubt.MORE_FREE_THAN_CAPACITY: _("volných míst je víc než zapsaná kapacita"),
        Doubt.MANY_FREE: _("volných míst je neobvykle mnoho"),
        Doubt.LEAVES_PLACES: _("služba by opustila větší část obcí"),
        Doubt.TAKES_PLACES: _("služba by přibrala mnoho obcí"),
        Doubt.WHOLE_COUNTRY: _("služba by nově působila v celé republice"),
        Doubt.NEW_BAN: _("služba by nově někoho nepřijímala"),
        Doubt.CAPACITY_DIFFERS: _("kapacita se liší o víc než třetinu"),
        Doubt.CONTACT_CHANGES: _("mění se spojení na službu"),
        Doubt.FEWER_AGES: _("služba by přijímala méně věkových skupin"),
        Doubt.NETWORK: _("o síti služeb rozhoduje kraj nebo obec"),
        Doubt.WORDS: _("mění se text, který uvidí veřejnost"),
    }
)
_KINDS: Final[Mapping[AuthorKind, str]] = MappingProxyType(
    {
        AuthorKind.LINK: _("poskytovatel přes odkaz"),
        AuthorKind.SHEET: _("nahraná tabulka"),
        AuthorKind.COMMAND: _("příkazová řádka"),
        AuthorKind.PROGRAM: _("program sám"),
    }
)
_ACCOUNT_ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {"editor": _("editor"), "admin": _("správce")}
)


def _coverage(value: OwnValue, _catalog: Catalog) -> Iterator[str]:
    coverage = value.coverage
    if coverage is None or coverage.everywhere:
        yield _("celá Česká republika")
        return
    names = [area_name(one) for one in coverage.areas] or [_("bez vypsaných území")]
    total = counted(len(coverage.certain), "obec", "obce", "obcí")
    yield _("{names} – celkem {total}").format(
        names=listing(names, at_most=_MOST_AREAS), total=total
    )
    if coverage.possible:
        maybe = counted(len(coverage.possible), "další obec", "další obce", "dalších obcí")
        yield _("možná i {maybe}").format(maybe=maybe)
    if coverage.unresolved:
        yield _("nezařazeno: {names}").format(names=listing(coverage.unresolved))


def _vacancies(value: OwnValue, _catalog: Catalog) -> Iterator[str]:
    for one in value.vacancies:
        form = "" if one.form is None else f"{FORMS[one.form]}: "
        free = unit_count(one.unit, one.available)
        yield form + (_("volno {free}").format(free=free) if one.available else _("plno"))


def _capacities(value: OwnValue, _catalog: Catalog) -> Iterator[str]:
    for one in value.capacities:
        form = "" if one.form is None else f"{FORMS[one.form]}: "
        yield form + unit_count(one.unit, one.amount)


def _rules(value: OwnValue, catalog: Catalog) -> Iterator[str]:
    for rule in value.rules:
        known = catalog.vocabulary.barriers.get(rule.barrier)
        words = f" („{rule.wording}“)" if rule.wording else ""
        yield f"{STANCES[rule.stance]}: {rule.barrier if known is None else known.name}{words}"


def _networks(value: OwnValue, _catalog: Catalog) -> Iterator[str]:
    for one in value.networks:
        since = "" if one.since is None else _(" od {day}").format(day=day(one.since))
        until = "" if one.until is None else _(" do {day}").format(day=day(one.until))
        yield f"{one.network}{since}{until}"


def _contact(value: OwnValue, _catalog: Catalog) -> Iterator[str]:
    told = value.contact
    if told is not None:
        yield from (one for one in (told.phone, told.email, told.web) if one)


def _hours(value: OwnValue, _catalog: Catalog) -> Iterator[str]:
    for one in value.hours:
        told = _("nepřetržitě") if one.round_the_clock else one.text
        yield f"{FORMS[one.form]}: {told}"


def _waiting(value: OwnValue, _catalog: Catalog) -> Iterator[str]:
    told = value.waiting
    if told is None:
        return
    if told.days is not None:
        days = counted(told.days, "den", "dny", "dnů")
        yield _("bez čekání") if told.days == 0 else _("asi {days}").format(days=days)
    if told.note:
        yield told.note


def _ages(value: OwnValue, _catalog: Catalog) -> Iterator[str]:
    if value.ages is not None:
        yield age_span(value.ages.min, value.ages.max)


def _scope(value: OwnValue, _catalog: Catalog) -> Iterator[str]:
    told = value.scope
    if told is not None and told.does:
        yield _("dělá: {what}").format(what=told.does)
    if told is not None and told.does_not:
        yield _("nedělá: {what}").format(what=told.does_not)


_TELL: Final[Mapping[OwnField, Callable[[OwnValue, Catalog], Iterator[str]]]] = MappingProxyType(
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
