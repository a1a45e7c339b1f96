"""The call that the answer comes to: who else to ring, what to say, what to have at hand.

Everything is told from what was understood, never from the person's own words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from referral.catalog.model import Service
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Vocabulary
from referral.matching.advice import Advice, preparations_for
from referral.matching.ranking import Match, Recommendation
from referral.matching.request import ReferralRequest
from referral.web.czech import capitalised, counted, day, listing, phone_href, phone_text
from referral.web.presenters.labels import CARE_LEVELS, service_label
from referral.web.presenters.reaching import reach_text
from referral.web.presenters.steps import FirstStep
from referral.web.translation import Language, _, language, spoken, translated

_INSTEAD = 2
_READY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Somebody else to ring; ``phone`` and ``href`` (what follows ``tel:``) may be empty."""

    service_id: str
    name: str
    what: str
    reach: str
    phone: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSheet:
    """One call on one screen.

    ``instead`` are two other matches, one of them another kind of service than the first where
    there is such: when one is full, its like often is too. ``with_phone`` is the best match
    whose number is known, when none of those told before has one. ``say`` are sentences to read
    out, in Czech because that is who answers, ``say_means`` the same in another language that is
    spoken, ``ready`` what such a service usually asks for.
    """

    instead: tuple[Alternative, ...]
    with_phone: Alternative | None
    say: tuple[str, ...]
    say_means: tuple[str, ...]
    ready: tuple[str, ...]


def call_sheet(
    recommendation: Recommendation, catalog: Catalog, *, first: FirstStep, advice: Advice
) -> CallSheet:
    """Return what belongs to the call to ``first``."""
    others = [one for one in recommendation.matches if one.offer.id != first.service_id]
    called = next(
        (one for one in recommendation.matches if one.offer.id == first.service_id),
        None,
    )
    instead = _instead(others, called)
    known = next((one for one in others if one.offer.service.contact.phone), None)
    told = first.href or any(one.offer.service.contact.phone for one in instead)
    request, vocabulary = recommendation.request, catalog.vocabulary
    with spoken(Language.CZECH):
        say = tuple(map(str, _said(request, vocabulary)))
    own = () if language() is Language.CZECH else tuple(_said(request, vocabulary))
    return CallSheet(
        instead=tuple(_alternative(one, catalog) for one in instead),
        with_phone=None if told or known is None else _alternative(known, catalog),
        say=say,
        say_means=own,
        ready=tuple(_ready(called, catalog, advice)),
    )


def _instead(others: Sequence[Match], called: Match | None) -> Sequence[Match]:
    """Return two of the others by rank, one of another kind than the called one where there is."""
    chosen = others[:_INSTEAD]
    if called is None or any(_kind(one) != _kind(called) for one in chosen):
        return chosen
    another = next((one for one in others if _kind(one) != _kind(called)), None)
    return chosen if another is None else (*chosen[:1], another)


def _kind(match: Match) -> str | None:
    return match.offer.service.type


def _alternative(match: Match, catalog: Catalog) -> Alternative:
    service: Service = match.offer.service
    phone = service.contact.phone or ""
    return Alternative(
        service_id=service.id,
        name=service.name,
        what=service_label(service, catalog.vocabulary),
        reach=reach_text(match.reach, match),
        phone=phone_text(phone),
        href=phone_href(phone),
    )


def _said(request: ReferralRequest, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield what to say, in short sentences that hold for a woman and a man alike."""
    yield _("Dobrý den, volám kvůli člověku z obce {place}.").format(place=request.place.name)
    needs = [translated(vocabulary.need(code).name) for code in request.need_codes]
    yield _("Potřebujeme pomoc: {needs}.").format(needs=listing(needs))
    facts = list(_facts(request))
    if facts:
        yield f"{capitalised(listing(facts))}."
    yield _("Můžete pomoci vy, a od kdy? Když ne, kdo v okolí ano?")


def _facts(request: ReferralRequest) -> Iterator[str]:
    if request.age is not None:
        yield _("věk {age}").format(age=counted(request.age, "rok", "roky", "let"))
    if request.care_level is not None:
        level = CARE_LEVELS[request.care_level]
        yield _("stupeň závislosti {level}").format(level=level) if request.care_level else level
    if request.discharge_on is not None:
        yield _("ze zařízení odchází {day}").format(day=day(request.discharge_on))
    if request.eviction_on is not None:
        yield _("o bydlení přijde {day}").format(day=day(request.eviction_on))


def _ready(called: Match | None, catalog: Catalog, advice: Advice) -> Iterator[str]:
    if called is None:
        return
    usual = preparations_for(
        called.offer.service,
        form=called.reach.form,
        advice=advice,
        vocabulary=catalog.vocabulary,
    )
    for one in usual[:_READY]:
        yield capitalised(one.what)
