"""Hard rules: why an offer cannot take this client or does not reach this place.

Every exclusion is typed and names the ground a refusal would rest on (§ 91 odst. 3 of Act 108/2006
Sb.) and whether it would be lawful. Unknown never excludes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from referral.catalog.model import AcceptanceRule, AgeRange, Service, ServiceAtLocation, Stance
from referral.catalog.vocabulary import Barrier, Form, RefusalBasis, Vocabulary
from referral.matching.outcome import Fact
from referral.matching.policy import Policy
from referral.matching.reach import Access, Barred, Reach, forms_of
from referral.matching.request import ReferralRequest, Refusal, RefusalReason


class ExclusionCode(StrEnum):
    """Kinds of reason, the one that can least be changed first."""

    ENDED = "UKONCENA"
    REFUSED = "ODMITNUTI"
    AGE_BELOW = "VEK-POD"
    AGE_ABOVE = "VEK-NAD"
    GROUP = "OKRUH"
    BARRIER = "PREKAZKA"
    FORM = "FORMA"
    AREA = "UZEMI"
    DISTANCE = "DALEKO"


_SEVERITY = {kind: position for position, kind in enumerate(ExclusionCode)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """One reason with its legal basis.

    ``code`` is an ExclusionCode value or the code of a barrier; ``basis`` None for reasons that are
    no refusal at all (the place lies elsewhere); ``lawful`` None where it cannot be told.
    ``change`` names what would have to be different for the offer to be made (a presenter's key);
    empty when nothing the client could do would help.
    """

    code: str
    kind: ExclusionCode
    basis: RefusalBasis | None
    lawful: bool | None
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a refusal on some ground would be lawful, and the ground."""

    basis: RefusalBasis
    lawful: bool | None


def find_exclusions(
    offer: ServiceAtLocation,
    *,
    request: ReferralRequest,
    access: Access,
    vocabulary: Vocabulary,
    policy: Policy,
    today: date,
) -> tuple[Exclusion, ...]:
    """Return every reason against an offer, the one that can least be changed first."""
    found = [
        *client_exclusions(
            offer.service, request=request, vocabulary=vocabulary, policy=policy, today=today
        ),
        *place_exclusions(offer.service, request=request, access=access, policy=policy),
    ]
    return tuple(sorted(found, key=lambda one: (_SEVERITY[one.kind], one.code)))


def client_exclusions(
    service: Service,
    *,
    request: ReferralRequest,
    vocabulary: Vocabulary,
    policy: Policy,
    today: date,
) -> Iterator[Exclusion]:
    """Yield the reasons that hold wherever the client lives."""
    yield from _ended(service, today)
    yield from _refused(service, request, vocabulary)
    yield from _age(service, request, vocabulary)
    yield from _group(service, request, vocabulary, policy)
    yield from _barriers(service, request, vocabulary)
    yield from _form(service, request, vocabulary)


def _ended(service: Service, today: date) -> Iterator[Exclusion]:
    if not service.offered_on(today):
        ended = service.valid_to is not None and service.valid_to < today
        day = service.valid_to if ended else service.valid_from
        yield Exclusion(
            code=ExclusionCode.ENDED,
            kind=ExclusionCode.ENDED,
            basis=None,
            lawful=None,
            facts=_facts(**{"on" if ended else "from": day.isoformat() if day else ""}),
        )


def _refused(
    service: Service, request: ReferralRequest, vocabulary: Vocabulary
) -> Iterator[Exclusion]:
    for refusal in request.refusals:
        if refusal.service_id == service.id:
            verdict = judge_refusal(refusal, service=service, vocabulary=vocabulary)
            if verdict.lawful is not False:
                facts: dict[str, Fact] = {"reason": refusal.reason.value}
                if refusal.barrier is not None:
                    facts["barrier"] = refusal.barrier
                yield Exclusion(
                    code=ExclusionCode.REFUSED,
                    kind=ExclusionCode.REFUSED,
                    basis=verdict.basis,
                    lawful=verdict.lawful,
                    facts=MappingProxyType(facts),
                    change=_AFTER_REFUSAL[refusal.reason],
                )


_AFTER_REFUSAL = {
    RefusalReason.CAPACITY: "capacity",
    RefusalReason.CIRCLE: "",
    RefusalReason.HEALTH: "health",
    RefusalReason.BREACH: "wait_6_months",
    RefusalReason.OTHER: "barrier",
}


def judge_refusal(refusal: Refusal, *, service: Service, vocabulary: Vocabulary) -> Verdict:
    """Judge a refusal that has happened, by the reason that was given.

    § 91 odst. 3 of Act 108/2006 Sb. knows four reasons only: a) the service asked for is not given,
    also with regard to the circle of persons, b) no capacity, c) a health state that excludes a
    residential service, d) the contract was terminated less than six months ago. Whether the stated
    facts are true is not judged: c) stays open (None) for a residential service, since the decree's
    conditions (505/2006 Sb., § 36) need a doctor's opinion, and a) stays open unless the circle is
    known not to hold the client.
    """
    if refusal.barrier is not None:
        return judge_barrier(vocabulary.barrier(refusal.barrier), service, vocabulary)
    if refusal.reason is RefusalReason.CAPACITY:
        return Verdict(basis=RefusalBasis.CAPACITY, lawful=True)
    if refusal.reason is RefusalReason.BREACH:
        return Verdict(basis=RefusalBasis.BREACH, lawful=True)
    if refusal.reason is RefusalReason.CIRCLE:
        return Verdict(basis=RefusalBasis.CIRCLE, lawful=None)
    if refusal.reason is RefusalReason.HEALTH:
        open_question = None if _may_be_residential(service, vocabulary) else False
        return Verdict(basis=RefusalBasis.HEALTH, lawful=open_question)
    return Verdict(basis=RefusalBasis.OUTSIDE_LAW, lawful=False)


def judge_barrier(barrier: Barrier, service: Service, vocabulary: Vocabulary) -> Verdict:
    """Judge a refusal for a barrier by the grounds it could rest on (``Barrier.bases``).

    A ground in the circle of persons is lawful when the register states it, which is where our
    exclusions come from; equipment and § 4 depend on facts we do not hold; § 91 odst. 3 písm. c)
    belongs to residential services only.
    """
    for basis in _PRECEDENCE:
        if basis in barrier.bases:
            if basis is RefusalBasis.HEALTH and not _may_be_residential(service, vocabulary):
                return Verdict(basis=basis, lawful=False)
            return Verdict(basis=basis, lawful=_LAWFUL.get(basis))
    return Verdict(basis=RefusalBasis.UNKNOWN, lawful=None)


_PRECEDENCE = (
    RefusalBasis.CAPACITY,
    RefusalBasis.BREACH,
    RefusalBasis.CIRCLE,
    RefusalBasis.HEALTH,
    RefusalBasis.ELIGIBLE_PERSON,
    RefusalBasis.EQUIPMENT,
    RefusalBasis.OUTSIDE_LAW,
)
_LAWFUL = {
    RefusalBasis.CAPACITY: True,
    RefusalBasis.BREACH: True,
    RefusalBasis.CIRCLE: True,
    RefusalBasis.OUTSIDE_LAW: False,
}


def _may_be_residential(service: Service, vocabulary: Vocabulary) -> bool:
    kind = vocabulary.service_type(service.type) if service.type is not None else None
    forms, _ = forms_of(service, kind)
    return Form.RESIDENTIAL in forms


def _age(service: Service, request: ReferralRequest, vocabulary: Vocabulary) -> Iterator[Exclusion]:
    if request.age is None:
        return
    for ages in (service.eligibility.ages, _ages_of_circle(service, vocabulary)):
        if ages is None:
            continue
        if ages.min is not None and request.age < ages.min:
            yield _age_exclusion(ExclusionCode.AGE_BELOW, request.age, ages.min, "age_min")
            return
        if ages.max is not None and request.age > ages.max:
            yield _age_exclusion(ExclusionCode.AGE_ABOVE, request.age, ages.max, "")
            return


def _age_exclusion(kind: ExclusionCode, age: int, limit: int, change: str) -> Exclusion:
    return Exclusion(
        code=kind,
        kind=kind,
        basis=RefusalBasis.CIRCLE,
        lawful=True,
        facts=_facts(age=age, limit=limit),
        change=change,
    )


def _ages_of_circle(service: Service, vocabulary: Vocabulary) -> AgeRange | None:
    """Return the ages that all target groups together allow; None when one leaves them open."""
    groups = [vocabulary.group(code) for code in service.eligibility.target_groups or ()]
    if not groups or any(group.max_age is None for group in groups):
        return None
    lowest = min(group.min_age or 0 for group in groups)
    highest = max(group.max_age for group in groups if group.max_age is not None)
    return AgeRange(min=lowest, max=highest)


def client_groups(
    request: ReferralRequest, vocabulary: Vocabulary, policy: Policy
) -> tuple[frozenset[str], frozenset[str]]:
    """Return (groups the client surely belongs to, groups the asked needs usually concern).

    Sure are those stated, those that a need implies by its own meaning (who is addicted is at risk
    of addiction; unless a narrower group is stated), and seniors from the policy's age.
    """
    wider = vocabulary.with_broader(request.groups) - request.groups
    implied = {
        code
        for need in request.needs
        for code in vocabulary.need(need.code).implied_groups
        if code not in wider
    }
    usual = {code for need in request.needs for code in vocabulary.need(need.code).typical_groups}
    sure = set(request.groups) | implied
    if request.age is not None and request.age >= policy.limits.senior_from:
        sure |= {code for code in vocabulary.groups if vocabulary.group(code).seniors}
    return frozenset(sure), frozenset(usual)


def overlapping(
    circle: frozenset[str], groups: frozenset[str], vocabulary: Vocabulary
) -> frozenset[str]:
    """Return the groups of the circle to which somebody of ``groups`` may belong.

    A service for people with any disability takes a deaf person; whether a service for the deaf
    takes "a person with a disability" cannot be told, and unknown never excludes.
    """
    upward = vocabulary.with_broader(groups)
    return frozenset(
        code for code in circle if code in upward or vocabulary.with_broader([code]) & groups
    )


def _group(
    service: Service, request: ReferralRequest, vocabulary: Vocabulary, policy: Policy
) -> Iterator[Exclusion]:
    circle = service.eligibility.target_groups
    if not circle or not request.groups:
        return
    sure, _ = client_groups(request, vocabulary, policy)
    if not overlapping(circle, sure, vocabulary):
        yield Exclusion(
            code=ExclusionCode.GROUP,
            kind=ExclusionCode.GROUP,
            basis=RefusalBasis.CIRCLE,
            lawful=True,
            facts=_facts(circle=tuple(sorted(circle)), client=tuple(sorted(sure))),
            change="group",
        )


def stated(service: Service, barrier: str) -> AcceptanceRule | None:
    """Return what a service states about a barrier; an exclusion outweighs an acceptance."""
    rules = [rule for rule in service.eligibility.rules if rule.barrier == barrier]
    return min(rules, key=lambda rule: rule.stance is not Stance.EXCLUDES, default=None)


def _barriers(
    service: Service, request: ReferralRequest, vocabulary: Vocabulary
) -> Iterator[Exclusion]:
    for code in sorted(request.barriers):
        rule = stated(service, code)
        if rule is None or rule.stance is not Stance.EXCLUDES:
            continue
        verdict = judge_barrier(vocabulary.barrier(code), service, vocabulary)
        facts: dict[str, Fact] = {"barrier": code}
        if rule.wording:
            facts["wording"] = rule.wording
        yield Exclusion(
            code=code,
            kind=ExclusionCode.BARRIER,
            basis=verdict.basis,
            lawful=verdict.lawful,
            facts=MappingProxyType(facts),
            change="barrier",
        )


def _form(
    service: Service, request: ReferralRequest, vocabulary: Vocabulary
) -> Iterator[Exclusion]:
    kind = vocabulary.service_type(service.type) if service.type is not None else None
    offered, _ = forms_of(service, kind)
    if request.forms and offered and not offered & request.forms:
        yield Exclusion(
            code=ExclusionCode.FORM,
            kind=ExclusionCode.FORM,
            basis=None,
            lawful=None,
            facts=_facts(offered=tuple(sorted(offered)), wanted=tuple(sorted(request.forms))),
            change="form",
        )


def place_exclusions(
    service: Service, *, request: ReferralRequest, access: Access, policy: Policy
) -> Iterator[Exclusion]:
    """Yield the reasons that lie in the place: an area not served, a way too long."""
    if wanted_ways(access, request):
        return
    if Barred.AREA in access.barred:
        names = tuple(dict.fromkeys(area.name for area in service.coverage.areas if area.name))
        yield Exclusion(
            code=ExclusionCode.AREA,
            kind=ExclusionCode.AREA,
            basis=RefusalBasis.CIRCLE if service.type is not None else None,
            lawful=True if service.type is not None else None,
            facts=_facts(areas=names, covers=service.coverage.status.value),
            change="area",
        )
    if Barred.DISTANCE in access.barred and access.distance_km is not None:
        yield Exclusion(
            code=ExclusionCode.DISTANCE,
            kind=ExclusionCode.DISTANCE,
            basis=None,
            lawful=None,
            facts=_facts(km=round(access.distance_km, 1), limit_km=policy.limits.ambulatory_km),
            change="distance",
        )


def wanted_ways(access: Access, request: ReferralRequest) -> tuple[Reach, ...]:
    """Return the ways in a form that is wanted; help by jurisdiction has no form to refuse."""
    return tuple(
        reach
        for reach in access.reaches
        if not request.forms or reach.form is None or reach.form in request.forms
    )


def _facts(**facts: Fact) -> Mapping[str, Fact]:
    return MappingProxyType(facts)
