"""Who does what by when after a conference, as far as the answer already tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from referral.catalog.model import Kind
from referral.matching.ranking import PlanStep
from referral.web.czech import capitalised, listing, sentence
from referral.web.papers.matter import Matter, reasons_for
from referral.web.papers.telling import judged, need_names
from referral.web.papers.workdays import next_workday, workday_from, workday_until
from referral.web.translation import _

REASON_DAYS = 7
"""In how many days a written reason is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One task: ``more`` is said below ``what``; ``until`` None is left for a pen."""

    what: str
    owner: str
    more: str = ""
    until: date | None = None


def duties(matter: Matter) -> tuple[Duty, ...]:
    """Return the tasks, the soonest first, those without a day last; no day has passed."""
    found = (*_of_the_client(matter), *_of_refusals(matter), *_of_the_plan(matter))
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.until or date.max))


def _of_the_client(matter: Matter) -> Iterator[Duty]:
    for task in matter.guide.tasks:
        if reasons_for(task.when, matter) is not None:
            yield Duty(
                what=sentence(task.what),
                owner=capitalised(task.owner),
                until=_in_time(task.days, matter),
            )


def _of_refusals(matter: Matter) -> Iterator[Duty]:
    for refusal in matter.request.refusals:
        service = matter.catalog.services.get(refusal.service_id)
        if service is not None and not judged(refusal, service, matter).verdict.lawful:
            yield Duty(
                what=_("Vyžádat si písemný důvod odmítnutí: {name}.").format(name=service.name),
                owner=_("Kdo o službu žádal"),
                until=_in_time(REASON_DAYS, matter),
            )


def _of_the_plan(matter: Matter) -> Iterator[Duty]:
    for step in sorted(matter.answer.plan, key=lambda one: one.turn):
        yield _of_a_step(step, matter)
    for code in matter.answer.open_needs:
        need = matter.catalog.vocabulary.need(code)
        yield Duty(
            what=_("Najít řešení, na které není služba: {need}.").format(need=need.name),
            more=_("Zkuste: {help}.").format(help=listing(need.other_help))
            if need.other_help
            else "",
            owner=_("Sociální pracovník ORP"),
        )


def _of_a_step(step: PlanStep, matter: Matter) -> Duty:
    service = matter.catalog.service(step.service_id)
    told = [_("Potřeby: {needs}.").format(needs=need_names(step.covers, matter))]
    if step.alternatives:
        told.append(_("Když odmítne: {names}.").format(names=_names(step.alternatives, matter)))
    if step.bridge:
        told.append(_("Než se uvolní místo: {names}.").format(names=_names(step.bridge, matter)))
    asked = _("Domluvit pomoc") if service.kind is Kind.AUTHORITY else _("Domluvit přijetí")
    return Duty(
        what=f"{asked}: {service.name}.",
        more=" ".join(told),
        owner=_("Sociální pracovník ORP a služba"),
        until=None if step.due is None else _before(step.due, matter),
    )


def _in_time(days: int, matter: Matter) -> date:
    """Return a working day so many days ahead, but before the client's own day where it can be."""
    until = workday_from(matter.today + timedelta(days=days))
    due = matter.due()
    if due is None or due <= matter.today:
        return until
    return min(until, _before(due, matter))


def _before(due: date, matter: Matter) -> date:
    """Return the last working day before a day, but none that has passed."""
    return max(workday_until(due - timedelta(days=1)), next_workday(matter.today))


def _names(ids: tuple[str, ...], matter: Matter) -> str:
    return listing([matter.catalog.service(one).name for one in ids])
