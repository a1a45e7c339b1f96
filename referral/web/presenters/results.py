"""The answer as the results page shows it: plain views, every sentence already made."""

from dataclasses import dataclass
from datetime import date

from referral.catalog.snapshot import Catalog
from referral.matching.advice import NO_ADVICE, Advice
from referral.matching.outcome import Outcome
from referral.matching.ranking import Counts, Match, NearMiss, Recommendation
from referral.web.czech import capitalised, counted, distance, points
from referral.web.presenters.calling import CallSheet, call_sheet
from referral.web.presenters.labels import LEVELS, need_label
from referral.web.presenters.offers import OfferView, offer_view, where_text
from referral.web.presenters.plans import (
    OpenNeed,
    PlanRow,
    help_beside,
    open_needs_told,
    plan_rows,
    steadiness_text,
)
from referral.web.presenters.prospects import TurnTo, Verdict, turn_to, verdict
from referral.web.presenters.questions import QuestionView, question_view
from referral.web.presenters.reaching import reach_icon, reach_text
from referral.web.presenters.reasons import Reason, changes_told, reason_of
from referral.web.presenters.refused import refusals_told
from referral.web.presenters.sentences import criterion_label, outcome_text
from referral.web.presenters.steps import FirstStep, UrgentCall, first_step, urgent_call
from referral.web.presenters.understood import UnderstoodNeed, details, needs_understood
from referral.web.presenters.unknowns import unknown_sentences
from referral.web.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class BarView:
    """One bar: ``share`` is 0–100 for the drawing, everything else is read."""

    label: str
    level: str
    level_text: str
    points: str
    at_most: str
    share: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """One match; ``icon`` names the way it reaches the client (T, A, P, remote or office)."""

    rank: int
    offer: OfferView
    icon: str
    reach: str
    more_reaches: tuple[str, ...]
    where: str
    needs: tuple[str, ...]
    score: str
    out_of: str
    share: int
    bars: tuple[BarView, ...]
    unknown: str
    tied: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissView:
    """A service that is near but not for this client here.

    ``changes`` are all that would have to be different, the nearest first; empty: nothing helps.
    """

    offer: OfferView
    where: str
    reasons: tuple[Reason, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsView:
    """Everything the results page shows."""

    place: str
    place_code: str
    place_detail: str
    understood: tuple[UnderstoodNeed, ...]
    details: tuple[str, ...]
    urgent: tuple[UrgentCall, ...]
    first: FirstStep
    call: CallSheet
    cards: tuple[CardView, ...]
    found_text: str
    near: tuple[NearMissView, ...]
    plan: tuple[PlanRow, ...]
    open_needs: tuple[OpenNeed, ...]
    beside: tuple[OpenNeed, ...]
    unknowns: tuple[str, ...]
    refusals: tuple[str, ...]
    question: QuestionView | None
    steadiness: str
    turn_to: tuple[TurnTo, ...]


def results_view(
    recommendation: Recommendation,
    catalog: Catalog,
    *,
    advice: Advice = NO_ADVICE,
    today: date,
) -> ResultsView:
    """Tell the whole answer; services stand in the order of the JSON document."""
    request = recommendation.request
    vocabulary = catalog.vocabulary
    first = first_step(recommendation, catalog)
    return ResultsView(
        place=request.place.name,
        place_code=request.place.code,
        place_detail=_("ORP {orp}, okres {district}").format(
            orp=request.place.orp, district=request.place.district
        ),
        understood=needs_understood(request, vocabulary),
        details=details(request, vocabulary),
        urgent=tuple(map(urgent_call, recommendation.urgent)),
        first=first,
        call=call_sheet(recommendation, catalog, first=first, advice=advice),
        cards=tuple(
            card_view(
                match,
                catalog,
                verdict(
                    recommendation.prospects[match.offer.id],
                    request=request,
                    catalog=catalog,
                    advice=advice,
                ),
            )
            for match in recommendation.matches
        ),
        found_text=found_text(recommendation.counts, shown=len(recommendation.matches)),
        near=tuple(
            _near_view(miss, catalog, request.place.name) for miss in recommendation.not_for_you
        ),
        plan=plan_rows(recommendation, catalog, advice=advice, today=today),
        open_needs=open_needs_told(recommendation, catalog),
        beside=help_beside(recommendation, catalog),
        unknowns=unknown_sentences(recommendation),
        refusals=refusals_told(recommendation, catalog),
        question=question_view(recommendation, vocabulary),
        steadiness=steadiness_text(recommendation, catalog),
        turn_to=turn_to(request, advice) if _any_unlawful(recommendation) else (),
    )


def _any_unlawful(recommendation: Recommendation) -> bool:
    return any(
        one.lawful is False for miss in recommendation.not_for_you for one in miss.exclusions
    )


def found_text(counts: Counts, *, shown: int) -> str:
    """Say how many services were found and how many of them are shown."""
    found = counted(counts.found, "možnost", "možnosti", "možností")
    if counts.found > shown:
        return _("Našli jsme {found}, ukazujeme {shown} nejlepších.").format(
            found=found, shown=shown
        )
    return _("Našli jsme {found}. Nejlepší je nahoře.").format(found=found)


def card_view(match: Match, catalog: Catalog, told: Verdict) -> CardView:
    """Tell one match."""
    outcomes = match.explanation.outcomes
    out_of = sum(outcome.at_most for outcome in outcomes)
    best, *others = [reach_text(reach, match) for reach in match.reaches]
    return CardView(
        rank=match.rank,
        offer=offer_view(match.offer.service, catalog),
        icon=reach_icon(match.reach),
        reach=capitalised(best),
        more_reaches=tuple(others),
        where=where_text(match.offer.service, catalog),
        needs=tuple(need_label(catalog.vocabulary.need(code)) for code in match.needs),
        score=points(match.score),
        out_of=points(out_of),
        share=round(100 * match.score / out_of) if out_of else 0,
        bars=tuple(_bar(outcome, catalog) for outcome in outcomes),
        unknown=_unknown_text(match.explanation.unknowns),
        tied=match.tied,
        verdict=told,
    )


def _unknown_text(count: int) -> str:
    if not count:
        return ""
    return _("{count} bez údaje, bez bodů").format(
        count=counted(count, "hledisko", "hlediska", "hledisek")
    )


def _bar(outcome: Outcome, catalog: Catalog) -> BarView:
    share = outcome.points / outcome.at_most if outcome.at_most else 0.0
    return BarView(
        label=criterion_label(outcome.criterion),
        level=outcome.level.value.lower(),
        level_text=LEVELS[outcome.level],
        points=points(outcome.points),
        at_most=points(outcome.at_most),
        share=round(100 * share),
        text=outcome_text(outcome, catalog.vocabulary),
    )


def _near_view(miss: NearMiss, catalog: Catalog, place: str) -> NearMissView:
    service = miss.offer.service
    where = where_text(service, catalog)
    if miss.distance_km is not None and not service.secret:
        where = f"{where}, {distance(miss.distance_km)}"
    return NearMissView(
        offer=offer_view(service, catalog),
        where=where,
        reasons=tuple(
            reason_of(one, vocabulary=catalog.vocabulary, place=place) for one in miss.exclusions
        ),
        changes=tuple(
            text for _change, text in changes_told(miss, vocabulary=catalog.vocabulary, place=place)
        ),
    )
