"""What nobody knows yet and a conference has to find out."""

from collections.abc import Iterator
from dataclasses import dataclass

from referral.catalog.model import Kind
from referral.matching.prospect import DoubtKind
from referral.web.papers.expected import doubts_in_short
from referral.web.papers.matter import Matter
from referral.web.papers.telling import judged
from referral.web.presenters.plans import open_needs_told
from referral.web.translation import _

_CARE = "péče"
_ASKED = frozenset({DoubtKind.REACH, DoubtKind.CIRCLE, DoubtKind.BARRIER, DoubtKind.CLIENT_OUTSIDE})


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question and who is likely to know."""

    text: str
    who: str


def open_questions(matter: Matter) -> tuple[OpenQuestion, ...]:
    """Return what is open: about refusals, about needs, about services, about the client."""
    found = (
        *_of_refusals(matter),
        *_of_needs(matter),
        *_of_services(matter),
        *_of_the_client(matter),
    )
    return tuple(dict.fromkeys(found))


def _of_refusals(matter: Matter) -> Iterator[OpenQuestion]:
    for refusal in matter.request.refusals:
        service = matter.catalog.services.get(refusal.service_id)
        if service is None:
            continue
        verdict = judged(refusal, service, matter).verdict
        if verdict.lawful is False:
            text = _(
                "Důvod odmítnutí zákon nezná. Vydá ho služba písemně a za jakých podmínek "
                "člověka přijme?"
            )
        elif verdict.lawful is None:
            text = _("Čím služba odmítnutí odůvodní písemně a co by se muselo změnit?")
        else:
            text = _("Kdy se důvod odmítnutí změní a je člověk v pořadníku?")
        yield OpenQuestion(text=text, who=service.name)


def _of_needs(matter: Matter) -> Iterator[OpenQuestion]:
    for need in open_needs_told(matter.answer, matter.catalog):
        yield OpenQuestion(
            text=_("Kdo pomůže, když na to není služba: {need}?").format(need=need.text),
            who=_("ORP, obec, kraj"),
        )


def _of_services(matter: Matter) -> Iterator[OpenQuestion]:
    for step in sorted(matter.answer.plan, key=lambda one: one.turn):
        service = matter.catalog.service(step.service_id)
        if service.kind is Kind.AUTHORITY:
            continue
        prospect = matter.answer.prospects[step.service_id]
        asked = list(doubts_in_short(prospect, matter.catalog.vocabulary, kinds=_ASKED))
        if all(one.available is None for one in service.capacities):
            asked.insert(0, _("zda má volno, nebo jak dlouho se čeká"))
        if asked:
            yield OpenQuestion(
                text=_("Zjistit, {asked}.").format(asked="; ".join(asked)),
                who=service.name,
            )


def _of_the_client(matter: Matter) -> Iterator[OpenQuestion]:
    request = matter.request
    areas = {need.area for need in matter.needs()}
    if request.care_level is None and _CARE in areas:
        yield OpenQuestion(
            text=_("Má člověk příspěvek na péči, a když ne, je podána žádost?"),
            who=_("Úřad práce, rodina"),
        )
    if "BEZ-PRIJ" not in request.barriers | request.absent:
        yield OpenQuestion(text=_("Z čeho člověk žije a má dluhy?"), who=_("Člověk sám"))
    if request.age is None:
        yield OpenQuestion(text=_("Kolik je člověku let?"), who=_("Člověk sám"))
    yield OpenQuestion(
        text=_("Kdo je člověku nejblíž a kdo na něj dohlédne mezi schůzkami?"),
        who=_("Člověk sám, obec"),
    )
