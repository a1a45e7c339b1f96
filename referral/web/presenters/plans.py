"""The plan step by step: whom to ask in which order, by when, with what in hand, who instead."""

from dataclasses import dataclass
from datetime import date

from referral.catalog.model import Service
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Need
from referral.matching.advice import Advice, preparations_for
from referral.matching.ranking import Match, PlanStep, Recommendation
from referral.matching.request import ReferralRequest
from referral.web.czech import counted, day, listing, plural, points
from referral.web.presenters.labels import need_label
from referral.web.presenters.prospects import ANSWERS
from referral.web.presenters.sentences import criterion_label
from referral.web.translation import _

_DISCHARGE_AREAS = frozenset({"péče", "zdraví"})
_SHOWN_WOBBLES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A service that could stand in or help meanwhile."""

    service_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """One thing to have ready, with its reason and what it rests on."""

    what: str
    why: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One step; ``due`` is a sentence, empty when the client named no day."""

    service_id: str
    name: str
    rank: int
    turn: int
    covers: tuple[str, ...]
    answer: str
    due: str
    alternatives: tuple[Other, ...]
    bridge: tuple[Other, ...]
    ready: tuple[Ready, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNeed:
    """A need no service answers, and help beside the registered services that may."""

    name: str
    help: tuple[str, ...]

    @property
    def text(self) -> str:
        """The need and where help for it is usually found."""
        if not self.help:
            return self.name
        return _("{name} (zkuste: {help})").format(name=self.name, help=listing(self.help))


def plan_rows(
    recommendation: Recommendation, catalog: Catalog, *, advice: Advice, today: date
) -> tuple[PlanRow, ...]:
    """Tell the plan in the order in which it is to be done."""
    matches = {match.offer.id: match for match in recommendation.matches}
    rows = [
        _row(step, recommendation, catalog, advice, today, matches.get(step.service_id))
        for step in recommendation.plan
    ]
    return tuple(sorted(rows, key=lambda row: row.turn))


def _row(
    step: PlanStep,
    recommendation: Recommendation,
    catalog: Catalog,
    advice: Advice,
    today: date,
    match: Match | None,
) -> PlanRow:
    service = catalog.service(step.service_id)
    prospect = recommendation.prospects.get(step.service_id)
    needs = [catalog.vocabulary.need(code) for code in step.covers]
    return PlanRow(
        service_id=step.service_id,
        name=service.name,
        rank=match.rank if match is not None else 0,
        turn=step.turn,
        covers=tuple(map(need_label, needs)),
        answer=ANSWERS[prospect.answer] if prospect is not None else "",
        due=due_text(step.due, needs, recommendation.request, today=today),
        alternatives=tuple(_other(one, catalog) for one in step.alternatives),
        bridge=tuple(_other(one, catalog) for one in step.bridge),
        ready=_ready(service, match, catalog, advice),
    )


def _other(service_id: str, catalog: Catalog) -> Other:
    return Other(service_id=service_id, name=catalog.service(service_id).name)


def _ready(
    service: Service, match: Match | None, catalog: Catalog, advice: Advice
) -> tuple[Ready, ...]:
    form = match.reach.form if match is not None else None
    return tuple(
        Ready(what=one.what, why=one.why, source=one.source)
        for one in preparations_for(
            service, form=form, advice=advice, vocabulary=catalog.vocabulary
        )
    )


def due_text(due: date | None, needs: list[Need], request: ReferralRequest, *, today: date) -> str:
    """Say by when a step has to be done and why then; a day that has passed is said too."""
    if due is None:
        return ""
    leaves = due == request.discharge_on and any(need.area in _DISCHARGE_AREAS for need in needs)
    why = _("kdy odchází ze zařízení") if leaves else _("kdy přijde o bydlení")
    left = (due - today).days
    if left < 0:
        return _("termín byl {day} ({why}); spěchá to").format(day=day(due), why=why)
    if left == 0:
        return _("do dneška, {why}").format(why=why)
    return _("do {day}, {why} ({remains} {left})").format(
        day=day(due),
        why=why,
        remains=plural(left, "zbývá", "zbývají", "zbývá"),
        left=counted(left, "den", "dny", "dní"),
    )


def open_needs_told(recommendation: Recommendation, catalog: Catalog) -> tuple[OpenNeed, ...]:
    """Tell the needs that no service answers."""
    needs = [catalog.vocabulary.need(code) for code in recommendation.open_needs]
    return tuple(OpenNeed(name=need_label(need), help=need.other_help) for need in needs)


def help_beside(recommendation: Recommendation, catalog: Catalog) -> tuple[OpenNeed, ...]:
    """Tell help beside the registered services for needs that a service of the plan answers."""
    covered = {code for step in recommendation.plan for code in step.covers}
    needs = [catalog.vocabulary.need(code) for code in recommendation.request.need_codes]
    return tuple(
        OpenNeed(name=need_label(need), help=need.other_help)
        for need in needs
        if need.other_help and need.code in covered
    )


def steadiness_text(recommendation: Recommendation, catalog: Catalog) -> str:
    """Say whether the first place would survive another weight; empty when there is no contest."""
    if recommendation.counts.found < len(("first", "second")):
        return ""
    if not recommendation.steadiness:
        return _("První místo je stabilní: nezmění ho změna žádné váhy o 20\u00a0%.")
    parts = [
        _("kdyby hledisko „{name}“ vážilo {how}, byla by první služba {first}").format(
            name=criterion_label(one.criterion),
            how=_("o {percent}\u00a0% {way}").format(
                percent=points(abs(100 * one.swing)), way=_("víc") if one.swing > 0 else _("míň")
            ),
            first=catalog.service(one.first).name,
        )
        for one in recommendation.steadiness[:_SHOWN_WOBBLES]
    ]
    rest = len(recommendation.steadiness) - len(parts)
    more = _("; podobně {rest}").format(
        rest=counted(rest, "další změna", "další změny", "dalších změn")
    )
    return _("První místo je těsné: {parts}{more}.").format(
        parts="; ".join(parts), more=more if rest else ""
    )
