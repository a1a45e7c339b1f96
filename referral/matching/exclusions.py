"""Hard rules: why an offer cannot take this client or does not reach this place.

Every exclusion is typed and names the ground a refusal would rest on (§ 91 odst. 3 of Act 108/2006
Sb.) and whether it would be lawful. Unknown never excludes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from referral.catalog.model import AcceptanceRule, Service, ServiceAtLocation, Stance
from referral.catalog.sexes import Sex, sex_told
from referral.catalog.vocabulary import Form, RefusalBasis, Vocabulary
from referral.matching.changes import Change, ChangeKind
from referral.matching.circles import ages_of_circle, client_groups, codes_in_order, touched_circles
from referral.matching.exclusion import Exclusion, ExclusionCode
from referral.matching.outcome import Fact
from referral.matching.policy import Policy
from referral.matching.reach import Access, Barred, Reach, forms_of
from referral.matching.refusals import barrier_change, consequence_of, judge_barrier
from referral.matching.request import MAX_AGE, ReferralRequest
from referral.matching.welcome import stated

_SEVERITY = {kind: position for position, kind in enumerate(ExclusionCode)}


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
        *place_exclusions(
            offer.service, request=request, access=access, vocabulary=vocabulary, policy=policy
        ),
    ]
    if len(found) > 1:
        found.sort(key=lambda one: (_SEVERITY[one.kind], one.code))
    return tuple(found)


def client_exclusions(
    service: Service,
    *,
    request: ReferralRequest,
    vocabulary: Vocabulary,
    policy: Policy,
    today: date,
) -> Iterator[Exclusion]:
    """Yield the reasons that hold wherever the client lives, in the order of their severity."""
    rules = client_rules(request=request, vocabulary=vocabulary, policy=policy, today=today)
    return chain.from_iterable(rule.find(service) for rule in rules)


class ClientRule(NamedTuple):
    """One rule under one request; services alike in what it ``reads`` have the same reasons.

    ``reads`` is a field of ``sorts.Sorts``.
    """

    reads: str
    find: Callable[[Service], Iterator[Exclusion]]


def client_rules(
    *, request: ReferralRequest, vocabulary: Vocabulary, policy: Policy, today: date
) -> Iterator[ClientRule]:
    """Yield the rules that a request calls for; what is not told is not asked."""
    yield ClientRule("term", partial(_ended, today=today))
    if request.refusals:
        asked = partial(
            _refused, request=request, vocabulary=vocabulary, policy=policy, today=today
        )
        yield ClientRule("service", asked)
    if request.age is not None:
        aged = partial(_age, age=request.age, request=request, vocabulary=vocabulary)
        yield ClientRule("ages", aged)
    if request.sex is not None:
        yield ClientRule("sex", partial(_sex, sex=request.sex))
    if request.groups:
        sure, _ = client_groups(request, vocabulary, policy)
        touched = touched_circles(request, vocabulary, policy)
        yield ClientRule("circle", partial(_group, sure=sure, touched=touched))
    if request.barriers:
        barred = partial(_barriers, barriers=sorted(request.barriers), vocabulary=vocabulary)
        yield ClientRule("rules", barred)
    if request.forms:
        yield ClientRule("forms", partial(_form, request=request, vocabulary=vocabulary))


def _ended(service: Service, *, today: date) -> Iterator[Exclusion]:
    if not service.offered_on(today):
        ended = service.valid_to is not None and service.valid_to < today
        day = service.valid_to if ended else service.valid_from
        starts = None if ended or day is None else Change(kind=ChangeKind.START, on=day)
        yield Exclusion(
            code=ExclusionCode.ENDED,
            kind=ExclusionCode.ENDED,
            basis=None,
            lawful=None,
            facts=_facts(**{"on" if ended else "from": day.isoformat() if day else ""}),
            change=starts,
        )


def _refused(
    service: Service,
    *,
    request: ReferralRequest,
    vocabulary: Vocabulary,
    policy: Policy,
    today: date,
) -> Iterator[Exclusion]:
    for refusal in request.refusals:
        if refusal.service_id != service.id:
            continue
        told = consequence_of(
            refusal, service=service, vocabulary=vocabulary, limits=policy.limits, today=today
        )
        if not told.holds:
            continue
        facts: dict[str, Fact] = {"reason": refusal.reason.value}
        if refusal.barrier is not None:
            facts["barrier"] = refusal.barrier
        if refusal.on is not None:
            facts["on"] = refusal.on.isoformat()
        if told.until is not None:
            facts["until"] = told.until.isoformat()
        yield Exclusion(
            code=ExclusionCode.REFUSED,
            kind=ExclusionCode.REFUSED,
            basis=told.verdict.basis,
            lawful=told.verdict.lawful,
            facts=MappingProxyType(facts),
            change=told.change,
        )


def _age(
    service: Service, *, age: int, request: ReferralRequest, vocabulary: Vocabulary
) -> Iterator[Exclusion]:
    """Compare the age with what the service states and with what its circle as a whole allows."""
    lowest, highest = age_limits(service, vocabulary)
    if age < lowest:
        grows = Change(
            kind=ChangeKind.AGE,
            value=lowest,
            on=None if request.born is None else birthday(request.born, lowest),
        )
        yield _age_exclusion(
            ExclusionCode.AGE_BELOW, age, lowest, grows if lowest <= highest else None
        )
    elif age > highest:
        yield _age_exclusion(ExclusionCode.AGE_ABOVE, age, highest, None)


def age_limits(service: Service, vocabulary: Vocabulary) -> tuple[int, int]:
    """Return the lowest and the highest age that both the service and its circle allow."""
    lowest, highest = 0, MAX_AGE
    own = service.eligibility.ages
    of_circle = ages_of_circle(service.eligibility.target_groups, vocabulary)
    for ages in (own, of_circle):
        if ages is not None:
            lowest = lowest if ages.min is None else max(lowest, ages.min)
            highest = highest if ages.max is None else min(highest, ages.max)
    return lowest, highest


def birthday(born: date, age: int) -> date:
    """Return the day on which somebody reaches an age; on 1 March when born on 29 February."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def _age_exclusion(kind: ExclusionCode, age: int, limit: int, change: Change | None) -> Exclusion:
    facts: dict[str, Fact] = {"age": age, "limit": limit}
    if change is not None and change.on is not None:
        facts["on"] = change.on.isoformat()
    return Exclusion(
        code=kind,
        kind=kind,
        basis=RefusalBasis.CIRCLE,
        lawful=True,
        facts=MappingProxyType(facts),
        change=change,
    )


def _sex(service: Service, *, sex: Sex) -> Iterator[Exclusion]:
    meant = meant_for(service)
    if meant is not None and meant is not sex:
        yield Exclusion(
            code=ExclusionCode.SEX,
            kind=ExclusionCode.SEX,
            basis=RefusalBasis.CIRCLE,
            # The name tells whom the house is for; whether the registered circle does, it does not.
            lawful=None,
            facts=_facts(sex=meant.value),
        )


def meant_for(service: Service) -> Sex | None:
    """Return the sex that a service's names say it is for, None where they do not."""
    return sex_told(service.name, service.places)


def _group(
    service: Service, *, sure: frozenset[str], touched: frozenset[str]
) -> Iterator[Exclusion]:
    circle = service.eligibility.target_groups
    if circle and circle.isdisjoint(touched):
        yield Exclusion(
            code=ExclusionCode.GROUP,
            kind=ExclusionCode.GROUP,
            basis=RefusalBasis.CIRCLE,
            lawful=True,
            facts=_facts(circle=codes_in_order(circle), client=codes_in_order(sure)),
            change=_joining(codes_in_order(circle)[0]),
        )


@lru_cache
def _joining(group: str) -> Change:
    return Change(kind=ChangeKind.GROUP, of=group)


def outside_circle(
    service: Service, request: ReferralRequest, vocabulary: Vocabulary, policy: Policy
) -> bool:
    """Tell whether a client whose groups are told surely stands outside a declared circle."""
    circle = service.eligibility.target_groups
    if not circle or not request.groups:
        return False
    return circle.isdisjoint(touched_circles(request, vocabulary, policy))


def _barriers(
    service: Service, *, barriers: Sequence[str], vocabulary: Vocabulary
) -> Iterator[Exclusion]:
    if not service.eligibility.rules:
        return
    for code in barriers:
        rule = excluding(service, code)
        if rule is None:
            continue
        verdict = judge_barrier(vocabulary.barrier(code), service, vocabulary, claimed=rule.basis)
        facts: dict[str, Fact] = {"barrier": code}
        if rule.wording:
            facts["wording"] = rule.wording
        yield Exclusion(
            code=code,
            kind=ExclusionCode.BARRIER,
            basis=verdict.basis,
            lawful=verdict.lawful,
            facts=MappingProxyType(facts),
            change=barrier_change(code),
        )


def excluding(service: Service, barrier: str) -> AcceptanceRule | None:
    """Return the rule by which a service excludes people with a barrier, None without one."""
    rule = stated(service, barrier)
    return rule if rule is not None and rule.stance is Stance.EXCLUDES else None


def _form(
    service: Service, *, request: ReferralRequest, vocabulary: Vocabulary
) -> Iterator[Exclusion]:
    kind = vocabulary.service_type(service.type) if service.type is not None else None
    offered, _ = forms_of(service, kind)
    if offered and not offered & request.forms:
        yield Exclusion(
            code=ExclusionCode.FORM,
            kind=ExclusionCode.FORM,
            basis=None,
            lawful=None,
            facts=_facts(offered=tuple(sorted(offered)), wanted=tuple(sorted(request.forms))),
            change=Change(kind=ChangeKind.FORM, of=min(offered)),
        )


def place_exclusions(
    service: Service,
    *,
    request: ReferralRequest,
    access: Access,
    vocabulary: Vocabulary,
    policy: Policy,
) -> Iterator[Exclusion]:
    """Yield the reasons that lie in the place: an area not served, a way too long."""
    if wanted_ways(access, request):
        return
    if Barred.AREA in access.barred:
        yield area_exclusion(service)
    far = Barred.DISTANCE in access.barred or (
        Barred.AREA in access.barred and _beyond(service, request, access, vocabulary, policy)
    )
    if far and access.distance_km is not None:
        yield distance_exclusion(access.distance_km, policy)


def area_exclusion(service: Service) -> Exclusion:
    """Return the reason that a service does not serve the place."""
    names = tuple(dict.fromkeys(area.name for area in service.coverage.areas if area.name))
    return Exclusion(
        code=ExclusionCode.AREA,
        kind=ExclusionCode.AREA,
        basis=RefusalBasis.CIRCLE if service.type is not None else None,
        lawful=True if service.type is not None else None,
        facts=_facts(areas=names, covers=service.coverage.status.value),
        change=Change(kind=ChangeKind.AREA),
    )


def distance_exclusion(km: float, policy: Policy) -> Exclusion:
    """Return the reason that the way is so many kilometres long."""
    return Exclusion(
        code=ExclusionCode.DISTANCE,
        kind=ExclusionCode.DISTANCE,
        basis=None,
        lawful=None,
        facts=_facts(km=round(km, 1), limit_km=policy.limits.ambulatory_km),
        change=Change(kind=ChangeKind.DISTANCE, value=km),
    )


def _beyond(
    service: Service,
    request: ReferralRequest,
    access: Access,
    vocabulary: Vocabulary,
    policy: Policy,
) -> bool:
    """Tell whether the way would stay too long even if the service worked in the place."""
    km = access.distance_km
    if km is None or km <= policy.limits.ambulatory_km:
        return False
    kind = vocabulary.service_type(service.type) if service.type is not None else None
    offered, _ = forms_of(service, kind)
    wanted = offered & request.forms if request.forms else offered
    return (wanted or {min(offered, default=None)}) == {Form.AMBULATORY}


def wanted_ways(access: Access, request: ReferralRequest) -> tuple[Reach, ...]:
    """Return the ways in a form that is wanted; help by jurisdiction has no form to refuse."""
    return tuple(
        reach
        for reach in access.reaches
        if not request.forms or reach.form is None or reach.form in request.forms
    )


def _facts(**facts: Fact) -> Mapping[str, Fact]:
    return MappingProxyType(facts)
