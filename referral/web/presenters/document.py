"""The answer as one JSON document, in the shape other programs rely on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import Service, ServiceCapacity
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form
from referral.matching.advice import NO_ADVICE, Advice
from referral.matching.exclusion import Exclusion
from referral.matching.ranking import Match, NearMiss, PlanStep, Recommendation
from referral.matching.reach import Reach
from referral.matching.request import ReferralRequest
from referral.web.czech import plain
from referral.web.presenters.labels import KINDS
from referral.web.presenters.prospects import verdict
from referral.web.presenters.questions import question_view
from referral.web.presenters.reasons import changes_told, reason_of
from referral.web.presenters.sentences import outcome_text
from referral.web.presenters.steps import first_step, urgent_call
from referral.web.refusing import refusal_text

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None


def match_document(
    recommendation: Recommendation, catalog: Catalog, *, advice: Advice = NO_ADVICE
) -> dict[str, Json]:
    """Return the answer to one request as plain JSON values, services in the order of the page."""
    request = recommendation.request
    vocabulary = catalog.vocabulary
    step = first_step(recommendation, catalog)
    return {
        "request": request_document(request),
        "place": place_document(request.place),
        "needs": [
            {
                "code": need.code,
                "name": vocabulary.need(need.code).name,
                "confidence": round(need.confidence, 2),
            }
            for need in request.needs
        ],
        "urgent": [
            {"call": told.call, "name": told.name, "why": told.why}
            for told in map(urgent_call, recommendation.urgent)
        ],
        "matches": [
            {**_match(match, catalog), "verdict": _verdict(match, recommendation, catalog, advice)}
            for match in recommendation.matches
        ],
        "not_for_you": [
            _near_miss(miss, catalog, request.place) for miss in recommendation.not_for_you
        ],
        "plan": [_step(one) for one in recommendation.plan],
        "open_needs": list(recommendation.open_needs),
        "next_step": {
            "who": step.who,
            "text": plain(" ".join(filter(None, (step.text, step.fallback)))),
            "phone": plain(step.phone) or None,
            "service_id": step.service_id or None,
        },
        "counts": {
            "found": recommendation.counts.found,
            "excluded": recommendation.counts.excluded,
            "coverage_unknown": recommendation.counts.coverage_unknown,
            "place_unknown": recommendation.counts.place_unknown,
        },
        "question": _question(recommendation, catalog),
        "steadiness": [
            {"criterion": one.criterion, "swing": one.swing, "first": one.first}
            for one in recommendation.steadiness
        ],
    }


def request_document(request: ReferralRequest) -> dict[str, Json]:
    """Return the request as it was understood; the person's own words are not repeated."""
    return {
        "place": request.place.code,
        "need": list(request.need_codes),
        "group": sorted(request.groups),
        "age": request.age,
        "care_level": request.care_level,
        "barrier": sorted(request.barriers),
        "refused": [refusal_text(one) for one in request.refusals],
        "form": sorted(form.value for form in request.forms),
        "limit": request.limit,
        "without": sorted(request.absent),
        "sex": request.sex.value if request.sex is not None else None,
        "born": _day(request.born),
        "discharge": _day(request.discharge_on),
        "eviction": _day(request.eviction_on),
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None


def place_document(place: Municipality) -> dict[str, Json]:
    """Return a municipality with its point in degrees."""
    return {
        "code": place.code,
        "name": place.name,
        "orp": place.orp,
        "district": place.district,
        "region": place.region,
        "lat": place.point.lat,
        "lon": place.point.lon,
    }


def distance_km(match: Match) -> float | None:
    """Return the straight line to the place of service in km.

    None when the service comes to the client, when its address is withheld, and when only its
    provider's seat is known.
    """
    if match.offer.service.secret or match.reach.distance_km is None:
        return None
    return round(match.reach.distance_km, 1)


def field_reach(match: Match) -> Reach | None:
    """Return the way in which the service comes to the client or is competent for the place."""
    for reach in match.reaches:
        if reach.form in {Form.FIELD, None}:
            return reach
    return None


def _match(match: Match, catalog: Catalog) -> dict[str, Json]:
    service = match.offer.service
    source = catalog.source(service.provenance.source)
    coming = field_reach(match)
    return {
        "rank": match.rank,
        **_names(service, catalog),
        "forms": [form.value for form in match.forms],
        "forms_by_type": match.forms_by_type,
        "needs": list(match.needs),
        "distance_km": distance_km(match),
        "covers_place": (coming.covers if coming is not None else CoverageStatus.UNKNOWN).value,
        "capacity": [_capacity(one) for one in service.capacities],
        "phone": service.contact.phone,
        "email": service.contact.email,
        "web": service.contact.web,
        "source": source.title,
        "source_as_of": service.provenance.as_of.isoformat(),
        "verified_on": _day(service.provenance.verified_on),
        "score": match.score,
        "tied": match.tied,
        "explanation": [
            {
                "criterion": outcome.criterion,
                "level": outcome.level.value,
                "points": outcome.points,
                "at_most": outcome.at_most,
                "text": plain(outcome_text(outcome, catalog.vocabulary)),
            }
            for outcome in match.explanation.outcomes
        ],
    }


def _verdict(
    match: Match, recommendation: Recommendation, catalog: Catalog, advice: Advice
) -> dict[str, Json]:
    prospect = recommendation.prospects[match.offer.id]
    told = verdict(prospect, request=recommendation.request, catalog=catalog, advice=advice)
    return {
        "answer": told.answer,
        "label": told.label,
        "conditions": [
            {
                "kind": one.kind.value,
                "barrier": one.barrier or None,
                "wording": one.wording or None,
                "on": _day(one.on),
                "text": plain(text.text),
            }
            for one, text in zip(prospect.conditions, told.conditions, strict=True)
        ],
        "doubts": [
            {"kind": one.kind, "barriers": list(one.barriers), "text": plain(one.text)}
            for one in told.doubts
        ],
        "estimates": [
            {
                "barrier": barrier,
                "mean": round(one.mean, 3),
                "low": round(one.low, 3),
                "high": round(one.high, 3),
                "accepted": one.accepted,
                "refused": one.refused,
                "others": one.others,
                "scarce": one.scarce,
                "text": plain(text.text),
            }
            for (barrier, one), text in zip(prospect.estimates, told.estimates, strict=True)
        ],
        "turn_to": [{"who": plain(one.who), "why": plain(one.why)} for one in told.turn_to],
    }


def _step(step: PlanStep) -> dict[str, Json]:
    return {
        "service_id": step.service_id,
        "covers": list(step.covers),
        "turn": step.turn,
        "due": _day(step.due),
        "alternatives": list(step.alternatives),
        "bridge": list(step.bridge),
    }


def _question(recommendation: Recommendation, catalog: Catalog) -> dict[str, Json] | None:
    asked = recommendation.question
    told = question_view(recommendation, catalog.vocabulary)
    if asked is None or told is None:
        return None
    return {
        "subject": asked.subject.value,
        "of": asked.of or None,
        "bits": round(asked.bits, 3),
        "decides": asked.decides,
        "among": asked.among,
        "text": plain(told.text),
    }


def _names(service: Service, catalog: Catalog) -> dict[str, Json]:
    return {
        "service_id": service.id,
        "register_id": service.register_id,
        "name": service.name,
        "provider": service.organization.name,
        "kind": service.kind.value,
        "type": service.type,
        "type_name": (
            catalog.vocabulary.service_type(service.type).name
            if service.type is not None
            else KINDS[service.kind]
        ),
    }


def _capacity(capacity: ServiceCapacity) -> dict[str, Json]:
    return {
        "unit": capacity.unit.value,
        "registered": capacity.registered,
        "available": capacity.available,
        "as_of": capacity.as_of.isoformat(),
        "form": capacity.form.value if capacity.form is not None else None,
        "immediate": capacity.immediate,
        "doubt": capacity.doubt or None,
    }


def _near_miss(miss: NearMiss, catalog: Catalog, place: Municipality) -> dict[str, Json]:
    return {
        **_names(miss.offer.service, catalog),
        "reasons": [_reason(one, catalog, place) for one in miss.exclusions],
        "changes": [
            {
                "kind": change.kind.value,
                "of": change.of or None,
                "on": _day(change.on),
                "text": plain(text),
            }
            for change, text in changes_told(miss, vocabulary=catalog.vocabulary, place=place.name)
        ],
    }


def _reason(exclusion: Exclusion, catalog: Catalog, place: Municipality) -> dict[str, Json]:
    told = reason_of(exclusion, vocabulary=catalog.vocabulary, place=place.name)
    return {
        "code": told.code,
        "kind": told.kind,
        "basis": told.ground or None,
        "citation": told.citation or None,
        "lawful": told.lawful,
        "text": plain(told.text),
        "would_accept_if": plain(told.would_accept_if) or None,
    }
