"""Circles of persons: to which groups a client belongs, and which circles that touches."""

from dataclasses import dataclass
from functools import lru_cache

from referral.catalog.model import AgeRange, Kind, Service
from referral.catalog.vocabulary import Vocabulary
from referral.matching.kept import Kept
from referral.matching.policy import NO_WELCOME, Limits, Policy
from referral.matching.request import ReferralRequest

_REMEMBERED = 4096

ClientGroups = tuple[frozenset[str], frozenset[str]]


class Circles:
    """The groups of one vocabulary; every question about the same groups is thought over once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._wider = {code: vocabulary.with_broader([code]) for code in vocabulary.groups}
        self._touching = {
            code: wider | {other for other, above in self._wider.items() if code in above}
            for code, wider in self._wider.items()
        }
        self._seniors = {code for code in vocabulary.groups if vocabulary.group(code).seniors}
        self.of_client = lru_cache(_REMEMBERED)(self._of_client)
        self.touched = lru_cache(_REMEMBERED)(self._touched)
        self.ages = lru_cache(_REMEMBERED)(self._ages)

    def _of_client(
        self, groups: frozenset[str], needs: tuple[str, ...], *, senior: bool
    ) -> ClientGroups:
        asked = [self._vocabulary.need(code) for code in needs]
        wider = frozenset[str]().union(*[self._wider[code] for code in groups]) - groups
        implied = frozenset[str]().union(*[need.implied_groups for need in asked]) - wider
        sure = groups | implied | (self._seniors if senior else frozenset())
        return sure, frozenset[str]().union(*[need.typical_groups for need in asked])

    def _touched(self, groups: frozenset[str]) -> frozenset[str]:
        return frozenset[str]().union(*[self._touching[code] for code in groups])

    def _ages(self, circle: frozenset[str]) -> AgeRange | None:
        groups = [self._vocabulary.group(code) for code in circle]
        if not groups or any(group.max_age is None for group in groups):
            return None
        lowest = min(group.min_age or 0 for group in groups)
        highest = max(group.max_age for group in groups if group.max_age is not None)
        return AgeRange(min=lowest, max=highest)


circles_of: Kept[Circles] = Kept(Circles, keep=4)
"""Return the circles of a vocabulary; those of the last four are kept."""


def client_groups(request: ReferralRequest, vocabulary: Vocabulary, policy: Policy) -> ClientGroups:
    """Return (groups the client surely belongs to, groups the client likely belongs to).

    Sure are those stated, those that a need implies by its own meaning (who is addicted is at risk
    of addiction; unless a narrower group is stated), and seniors from the policy's age. Likely are
    those that the asked needs usually concern, and those that the policy welcomes a barrier by: who
    drinks is not outside a circle of people at risk of addiction.
    """
    senior = request.age is not None and request.age >= policy.limits.senior_from
    known = circles_of(vocabulary)
    sure, usual = known.of_client(request.groups, request.need_codes, senior=senior)
    for barrier in request.barriers:
        welcomed = policy.welcome.get(barrier, NO_WELCOME).groups
        usual |= {group for group in welcomed if group in vocabulary.groups}
    return sure, usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """Where a client belongs: groups, and the groups whose services may take somebody of them.

    ``sure`` and ``usual`` are those of ``client_groups``, ``touched_by_*`` is what ``overlapping``
    cuts out of a circle for each of them and for those that somebody has told.
    """

    sure: frozenset[str]
    usual: frozenset[str]
    touched_by_sure: frozenset[str]
    touched_by_usual: frozenset[str]
    touched_by_told: frozenset[str]


def belonging_of(request: ReferralRequest, vocabulary: Vocabulary, policy: Policy) -> Belonging:
    """Return where a client belongs, thought over once for all services under one request."""
    sure, usual = client_groups(request, vocabulary, policy)
    told = _told_groups(request, sure, vocabulary, policy)
    touched = circles_of(vocabulary).touched
    return Belonging(
        sure=sure,
        usual=usual,
        touched_by_sure=touched(sure),
        touched_by_usual=touched(usual),
        touched_by_told=touched(told),
    )


def touched_circles(
    request: ReferralRequest, vocabulary: Vocabulary, policy: Policy
) -> frozenset[str]:
    """Return the groups whose services may take the client, as ``overlapping`` tells it."""
    sure, _ = client_groups(request, vocabulary, policy)
    return circles_of(vocabulary).touched(sure)


def _told_groups(
    request: ReferralRequest, sure: frozenset[str], vocabulary: Vocabulary, policy: Policy
) -> frozenset[str]:
    """Return the groups that somebody has told; of who told none, those that are sure.

    A need says that a client is at risk of being homeless; that it is a mother with children says
    more, and a circle that holds her is nearer than one that holds the risk.
    """
    if not request.groups:
        return sure
    senior = request.age is not None and request.age >= policy.limits.senior_from
    return circles_of(vocabulary).of_client(request.groups, (), senior=senior)[0]


def overlapping(
    circle: frozenset[str], groups: frozenset[str], vocabulary: Vocabulary
) -> frozenset[str]:
    """Return the groups of the circle to which somebody of ``groups`` may belong.

    A service for people with any disability takes a deaf person; whether a service for the deaf
    takes "a person with a disability" cannot be told, and unknown never excludes.
    """
    return circle & circles_of(vocabulary).touched(groups)


def ages_of_circle(circle: frozenset[str] | None, vocabulary: Vocabulary) -> AgeRange | None:
    """Return the ages that all target groups together allow; None when one leaves them open."""
    return circles_of(vocabulary).ages(frozenset(circle)) if circle else None


@lru_cache(_REMEMBERED)
def codes_in_order(groups: frozenset[str]) -> tuple[str, ...]:
    """Return the codes of groups in the order in which they are told."""
    return tuple(sorted(groups))


def lacks_circle(service: Service) -> Kind | None:
    """Return the kind of help that has no circle of persons, None when it has one or might.

    Only registered services have one in the register (§ 91 odst. 3 písm. a).
    """
    has = service.type is not None or bool(service.eligibility.target_groups)
    return None if has else service.kind


def open_share(kind: Kind, limits: Limits) -> float:
    """Return what it is worth that help has no circle: health care may refuse nobody for one."""
    return 1.0 if kind is Kind.HEALTH else limits.type_default_share
