"""The answer as one JSON document, in the shape other programs rely on."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import Service, ServiceCapacity
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form
from referral.matching.exclusions import Exclusion
from referral.matching.ranking import Match, NearMiss, Recommendation
from referral.matching.reach import Reach
from referral.matching.request import ReferralRequest
from referral.web.czech import plain
from referral.web.presenters.labels import KINDS
from referral.web.presenters.reasons import reason_of
from referral.web.presenters.sentences import outcome_text
from referral.web.presenters.steps import first_step, urgent_call

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None


def match_document(recommendation: Recommendation, catalog: Catalog) -> dict[str, Json]:
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
        "matches": [_match(match, catalog) for match in recommendation.matches],
        "not_for_you": [
            _near_miss(miss, catalog, request.place) for miss in recommendation.not_for_you
        ],
        "plan": [
            {"service_id": one.service_id, "covers": list(one.covers)}
            for one in recommendation.plan
        ],
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
        "refused": [
            ":".join(filter(None, (one.service_id, one.reason.value, one.barrier)))
            for one in request.refusals
        ],
        "form": sorted(form.value for form in request.forms),
        "limit": request.limit,
    }


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
        "verified_on": (
            service.provenance.verified_on.isoformat() if service.provenance.verified_on else None
        ),
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
