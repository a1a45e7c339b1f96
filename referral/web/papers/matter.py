"""The matter of a paper: an answer, what it rests on, and which conditions it meets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Need, Urgency
from referral.matching.policy import Policy
from referral.matching.prospect import Answer
from referral.matching.ranking import Recommendation
from referral.matching.request import ReferralRequest
from referral.web.czech import day
from referral.web.papers.guide import Deadline, Guide, When
from referral.web.papers.workdays import next_workday, workday_from, workday_until
from referral.web.presenters.labels import names_of
from referral.web.translation import _

_HOUSING = "bydlení"
_TAKEN = frozenset({Answer.ACCEPTS, Answer.LIKELY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Everything a paper is made from; what the person wrote in words is not in it."""

    answer: Recommendation
    catalog: Catalog
    policy: Policy
    guide: Guide
    today: date

    @property
    def request(self) -> ReferralRequest:
        """The question that was answered."""
        return self.answer.request

    def needs(self) -> tuple[Need, ...]:
        """Return the asked needs, best first."""
        return tuple(map(self.catalog.vocabulary.need, self.request.need_codes))

    def taken(self) -> frozenset[str]:
        """Return the needs that some found service accepts, surely or likely, to answer."""
        return frozenset(
            need
            for match in self.answer.matches
            if self.answer.prospects[match.offer.id].answer in _TAKEN
            for need in match.needs
        )

    def due(self) -> date | None:
        """Return the nearest day that the client named, None when there is none."""
        named = [self.request.discharge_on, self.request.eviction_on]
        return min((one for one in named if one is not None), default=None)


def reasons_for(when: When, matter: Matter) -> tuple[str, ...] | None:
    """Return the facts for which conditions hold, in words; None when none of them does.

    Empty where they hold without a fact of their own.
    """
    if when.care_level_unknown and matter.request.care_level is not None:
        return None
    found = tuple(dict.fromkeys(_reasons(when, matter)))
    if found or when.always or _by_the_answer(when, matter):
        return found
    return None


def _reasons(when: When, matter: Matter) -> Iterator[str]:
    request, vocabulary = matter.request, matter.catalog.vocabulary
    taken = matter.taken() if when.unanswered else frozenset()
    evicted = request.eviction_on is not None and _evicted(when, request.eviction_on, matter.today)
    for need in matter.needs():
        meant = need.code in when.needs or need.area in when.areas
        # The day of the loss of a home says more than the need itself.
        if meant and need.code not in taken and not (evicted and need.area == _HOUSING):
            yield need.name
    yield from names_of(request.groups & when.groups, vocabulary.groups)
    yield from names_of(request.barriers & when.barriers, vocabulary.barriers)
    if when.discharge and request.discharge_on is not None:
        yield _("odchod ze zařízení {day}").format(day=day(request.discharge_on))
    if request.eviction_on is not None and evicted:
        yield _("ztráta bydlení {day}").format(day=day(request.eviction_on))
    if request.age is not None and request.age < when.age_below:
        yield _("věk {age}").format(age=request.age)


def _evicted(when: When, on: date, today: date) -> bool:
    within = on <= today + timedelta(days=when.eviction_within_days)
    return when.eviction or (when.eviction_within_days > 0 and within)


def _by_the_answer(when: When, matter: Matter) -> bool:
    refused = len({one.service_id for one in matter.request.refusals})
    return (
        (when.planned and bool(matter.answer.plan))
        or (when.refused and refused > 0)
        or (0 < when.refused_at_least <= refused)
        or (when.open_needs and bool(matter.answer.open_needs))
    )


def answer_by(matter: Matter) -> date:
    """Return the working day by which the office is asked to answer."""
    rule: Deadline = matter.guide.deadline
    levels = {need.urgency for need in matter.needs()}
    if Urgency.NOW in levels:
        days = rule.now_days
    else:
        days = rule.soon_days if Urgency.SOON in levels else rule.else_days
    asked = workday_from(matter.today + timedelta(days=days))
    due = matter.due()
    if due is not None:
        asked = min(asked, workday_until(due - timedelta(days=rule.before_due_days)))
    return max(asked, next_workday(matter.today))
