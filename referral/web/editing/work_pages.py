"""The work list: which services to verify first, the most used and the longest unverified."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from referral.accounts.model import Role
from referral.catalog.attention import Attention, Missing, work_list
from referral.catalog.own_fields import OwnField
from referral.catalog.snapshot import Catalog
from referral.text import fold
from referral.web.access import requires
from referral.web.czech import counted, day
from referral.web.presenters.labels import type_label
from referral.web.presenters.offers import OfferView, offer_view
from referral.web.program import Site
from referral.web.translation import _

PAGE: Final = 25
_COUNTED_DAYS: Final = 365

MISSING: Final = {
    Missing.COVERAGE: _("nevíme, kde působí"),
    Missing.COVERAGE_UNCONFIRMED: _("kde působí, je jen přečtené z\u00a0věty"),
    Missing.VACANCY: _("nevíme, zda je volno"),
    Missing.CAPACITY: _("nevíme kapacitu"),
    Missing.ACCEPTANCE: _("nevíme, koho nepřijímá"),
    Missing.CONTACT: _("chybí telefon i e-mail"),
    Missing.HOURS: _("nevíme provozní dobu"),
    Missing.AGES: _("nevíme věkovou hranici"),
    Missing.WAITING: _("nevíme, jak dlouho se čeká"),
    Missing.SCOPE: _("nevíme, co dělá a nedělá"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """One service of the list, with what its place rests on."""

    offer: OfferView
    why: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filter:
    orp: str
    kind: str
    missing: str

    def lets(self, one: Attention, codes: frozenset[str]) -> bool:
        """Tell whether a service is in the filter; ``codes`` are those of the chosen ORP."""
        service = one.service
        if self.kind and service.type != self.kind:
            return False
        if self.missing and self.missing not in one.missing:
            return False
        if not self.orp:
            return True
        covered = service.coverage.certain | service.coverage.possible
        stands = {place.municipality for place in service.locations}
        return not codes.isdisjoint(covered) or not codes.isdisjoint(stands)

    def pairs(self) -> dict[str, str]:
        """Return the filter as the address carries it."""
        named = {"orp": self.orp, "druh": self.kind, "chybi": self.missing}
        return {name: value for name, value in named.items() if value}


def work_pages(pages: Blueprint, site: Site) -> None:
    """Add the work list."""

    @pages.get("")
    @requires(Role.EDITOR)
    def work() -> ResponseReturnValue:
        catalog, today = site.program.catalog(), site.today()
        chosen = _Filter(
            orp=request.args.get("orp", ""),
            kind=request.args.get("druh", ""),
            missing=request.args.get("chybi", ""),
        )
        opened = _opened(site, catalog, today)
        tasks = work_list(
            catalog.services.values(),
            territory=catalog.territory,
            opened=opened,
            own=_own_fields(site, catalog),
            today=today,
        )
        codes = frozenset(catalog.territory.by_orp.get(chosen.orp, ()))
        found = [one for one in tasks if chosen.lets(one, codes)]
        start = _start(found, request.args.get("po", ""))
        shown = found[start : start + PAGE]
        return render_template(
            "editing/work.html",
            tasks=[_task_view(one, catalog) for one in shown],
            total=len(found),
            start=start + 1,
            after=shown[-1].service.id if start + PAGE < len(found) else "",
            first=start == 0,
            chosen=chosen.pairs(),
            filters=_filters(catalog, chosen),
            counted=sum(opened.values()),
            waiting=len(site.program.edits.proposals()),
        )


def _opened(site: Site, catalog: Catalog, today: date) -> dict[str, int]:
    """Return how often each shown card was opened in the last year, under all its ids."""
    found: dict[str, int] = {}
    since = today - timedelta(days=_COUNTED_DAYS)
    for name, count in site.program.edits.openings(since=since).items():
        shown = catalog.shown_id(name)
        found[shown] = found.get(shown, 0) + count
    return found


def _own_fields(site: Site, catalog: Catalog) -> dict[str, frozenset[OwnField]]:
    found: dict[str, set[OwnField]] = {}
    for value in site.program.edits.own_values():
        found.setdefault(catalog.shown_id(value.service), set()).add(value.field)
    return {name: frozenset(fields) for name, fields in found.items()}


def _start(found: Sequence[Attention], after: str) -> int:
    """Return where the page begins: behind a service, or at the beginning when it has gone."""
    for place, one in enumerate(found):
        if one.service.id == after:
            return place + 1
    return 0


def _task_view(one: Attention, catalog: Catalog) -> TaskView:
    days = counted(one.days, "den", "dny", "dnů")
    if one.verified_on is None:
        age = _("nikdo neověřil; stav zdroje je starý {days}").format(days=days)
    else:
        age = _("ověřeno {day}, před {days}").format(day=day(one.verified_on), days=_ago(one.days))
    why = [age]
    if one.opened:
        times = counted(one.opened, "otevření", "otevření", "otevření")
        why.append(_("{times} karty za rok").format(times=times))
    if one.people:
        people = counted(one.people, "člověk", "lidé", "lidí")
        why.append(_("působí tam, kde žije {people}").format(people=people))
    return TaskView(
        offer=offer_view(one.service, catalog),
        why=tuple(why),
        missing=tuple(MISSING[lack] for lack in one.missing),
    )


def _ago(days: int) -> str:
    return counted(days, "dnem", "dny", "dny")


def _filters(
    catalog: Catalog, chosen: _Filter
) -> tuple[tuple[str, str, str, tuple[Option, ...]], ...]:
    """Return name, label, the choice of everything, and the choices of each filter."""
    types = {one.type for one in catalog.services.values() if one.type is not None}
    kinds = {code: type_label(catalog.vocabulary.service_type(code)) for code in types}
    orps = {name: name for name in catalog.territory.by_orp}
    missing = {lack.value: text for lack, text in MISSING.items()}

    def options(
        named: dict[str, str], picked: str, key: Callable[[tuple[str, str]], str] | None
    ) -> tuple[Option, ...]:
        items = sorted(named.items(), key=key) if key else named.items()
        return tuple(
            Option(value=value, label=label, chosen=value == picked) for value, label in items
        )

    def by_label(item: tuple[str, str]) -> str:
        return fold(item[1])

    return (
        ("orp", _("Kde (ORP)"), _("všude"), options(orps, chosen.orp, by_label)),
        ("druh", _("Druh služby"), _("všechny druhy"), options(kinds, chosen.kind, by_label)),
        ("chybi", _("Co chybí"), _("cokoli"), options(missing, chosen.missing, None)),
    )
