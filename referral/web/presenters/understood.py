"""What was understood of the question: the needs, and what is known about the client."""

from collections.abc import Iterator
from dataclasses import dataclass

from referral.catalog.vocabulary import Form, Vocabulary
from referral.matching.request import ReferralRequest
from referral.web.czech import counted, day, listing
from referral.web.presenters.labels import CARE_LEVELS, FORMS, SEXES, names_of, need_label
from referral.web.translation import _

SURE = 0.995


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderstoodNeed:
    """A need as it was understood; ``certainty`` is empty when the person chose it."""

    code: str
    name: str
    certainty: str


def needs_understood(
    request: ReferralRequest, vocabulary: Vocabulary
) -> tuple[UnderstoodNeed, ...]:
    """Tell the needs, best first."""
    return tuple(
        UnderstoodNeed(
            code=need.code,
            name=need_label(vocabulary.need(need.code)),
            certainty=_certainty(need.confidence),
        )
        for need in request.needs
    )


def _certainty(confidence: float) -> str:
    if confidence >= SURE:
        return ""
    return _("jistota {percent}\u00a0%").format(percent=round(confidence * 100))


def details(request: ReferralRequest, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Tell what is known about the client."""
    return tuple(_details(request, vocabulary))


def _details(request: ReferralRequest, vocabulary: Vocabulary) -> Iterator[str]:
    if request.sex is not None:
        yield SEXES[request.sex]
    if request.age is not None:
        yield _("věk {age}").format(age=counted(request.age, "rok", "roky", "let"))
    if request.care_level is not None:
        yield _("stupeň závislosti: {level}").format(level=CARE_LEVELS[request.care_level])
    yield from names_of(request.groups, vocabulary.groups)
    yield from names_of(request.barriers, vocabulary.barriers)
    for name in names_of(request.absent, vocabulary.barriers):
        yield _("netýká se: {name}").format(name=name)
    if request.forms:
        forms = listing([FORMS[form] for form in Form if form in request.forms])
        yield _("jen služba {forms}").format(forms=forms)
    if request.discharge_on is not None:
        yield _("odchází ze zařízení {day}").format(day=day(request.discharge_on))
    if request.eviction_on is not None:
        yield _("o bydlení přijde {day}").format(day=day(request.eviction_on))
    if request.refusals:
        yield _("odmítnuto: {count}").format(
            count=counted(len(request.refusals), "služba", "služby", "služeb")
        )
