"""Who to ring first: urgent numbers and the next step, which is never empty (§ 92)."""

from dataclasses import dataclass

from referral.catalog.areas import AreaKind
from referral.catalog.model import Kind, Service
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Call
from referral.matching.ranking import NextStepKind, Recommendation
from referral.matching.request import ReferralRequest
from referral.web.calling import UrgentCall, urgent_call
from referral.web.czech import phone_href, phone_text
from referral.web.presenters.labels import service_label
from referral.web.translation import _

__all__ = [
    "FirstStep",
    "UrgentCall",
    "find_office",
    "first_step",
    "office_name",
    "urgent_call",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """The first step as it is told; ``what`` names the kind of service.

    ``service_id``, ``phone`` and ``href`` (what follows ``tel:``) are empty when there is none.
    """

    who: str
    text: str
    what: str = ""
    phone: str = ""
    href: str = ""
    service_id: str = ""
    fallback: str = ""
    questions: tuple[str, ...] = ()


def office_name(orp: str) -> str:
    """Name the office where every road ends; its exact title differs from town to town."""
    return _("Sociální odbor úřadu ORP {orp}").format(orp=orp)


def first_step(recommendation: Recommendation, catalog: Catalog) -> FirstStep:
    """Tell the next step of a recommendation."""
    step = recommendation.next_step
    if step.kind is NextStepKind.CALL and step.call is not None:
        return _call_step(step.call, step.orp)
    service = catalog.services.get(step.service_id or "")
    if step.kind is NextStepKind.SERVICE and service is not None:
        return _service_step(service, recommendation.request, catalog)
    return _office_step(step.orp, service or find_office(step.orp, catalog))


def _call_step(call: Call, orp: str) -> FirstStep:
    told = urgent_call(call)
    return FirstStep(
        who=told.name if told.name == told.call else f"{told.call} – {told.name}",
        text=_("Nejdřív zavolejte sem: {why}").format(why=call.why),
        phone=told.call if told.href else "",
        href=told.href,
        fallback=_(
            "Až pomine bezprostřední nebezpečí, ozvěte se na {office}: "
            "má povinnost pomoc zprostředkovat (§ 92)."
        ).format(office=_lower_first(office_name(orp))),
    )


def _service_step(service: Service, request: ReferralRequest, catalog: Catalog) -> FirstStep:
    phone = service.contact.phone or ""
    text = _how_to_begin(service)
    if any(refusal.service_id == service.id for refusal in request.refusals):
        text = _(
            "Tato služba už klienta odmítla, její důvod ale teď nebrání zeptat se znovu. {text} "
            "Když odmítne zase, požádejte o důvod písemně."
        ).format(text=text)
    return FirstStep(
        who=service.name,
        what=service_label(service, catalog.vocabulary),
        text=text,
        phone=phone_text(phone),
        href=phone_href(phone),
        service_id=service.id,
        fallback=_("Když služba nepomůže nebo odmítne, obraťte se na {office} (§ 92).").format(
            office=_lower_first(office_name(request.place.orp))
        ),
        questions=_questions(service, request.place),
    )


def _questions(service: Service, place: Municipality) -> tuple[str, ...]:
    """Return what to ask on the telephone, what the data do not say first."""
    if service.kind is not Kind.REGISTERED_SOCIAL:
        return (
            _("Pomůžete člověku z obce {place}?").format(place=place.name),
            _("Co si máme připravit a kdo může přijít?"),
            _("Když to není k vám, kam se máme obrátit?"),
        )
    return (
        _("Berete člověka z obce {place}?").format(place=place.name),
        _("Máte volno, nebo jak dlouho se čeká?"),
        _("Kolik to stojí a co je třeba doložit?"),
        _("Když to nepůjde, dáte nám důvod písemně?"),
    )


def _how_to_begin(service: Service) -> str:
    registered = service.kind is Kind.REGISTERED_SOCIAL
    ask = (
        _("zeptejte se na volné místo, čekací dobu a jak začít.")
        if registered
        else _("zeptejte se, jak pomohou a co si připravit.")
    )
    if service.contact.phone:
        return _("Zavolejte a {ask}").format(ask=ask)
    if service.contact.email or service.contact.web:
        return _("Telefon zdroj neuvádí. Napište a {ask}").format(ask=ask)
    if service.register_id:
        return _(
            "Telefon náš zdroj neuvádí. Najdete ho ve veřejném registru poskytovatelů sociálních "
            "služeb pod číslem {register_id}. Až zavoláte, {ask}"
        ).format(register_id=service.register_id, ask=ask)
    if registered:
        return _(
            "Telefon náš zdroj neuvádí. Najdete ho ve veřejném registru poskytovatelů sociálních "
            "služeb pod jménem poskytovatele. Až zavoláte, {ask}"
        ).format(ask=ask)
    return _("Telefon náš zdroj neuvádí, spojení má organizace na svém webu. Potom {ask}").format(
        ask=ask
    )


def _office_step(orp: str, office: Service | None) -> FirstStep:
    phone = (office.contact.phone or "") if office is not None else ""
    return FirstStep(
        who=office.name if office is not None else office_name(orp),
        text=_(
            "U žádné služby nevíme jistě, že sem dosáhne. Úřad obce s rozšířenou působností "
            "koordinuje pomoc ve svém obvodu a pomůže ji najít (§ 92)."
        ),
        phone=phone_text(phone),
        href=phone_href(phone),
        service_id=office.id if office is not None else "",
        fallback="" if phone else _("Telefon náš zdroj neuvádí; spojení má na svém webu úřad."),
    )


def find_office(orp: str, catalog: Catalog) -> Service | None:
    """Return the authority whose area is this ORP, the first by id; None when none is loaded."""
    for service in catalog.services.values():
        if service.kind is Kind.AUTHORITY and any(
            area.kind is AreaKind.ORP and area.name == orp for area in service.coverage.areas
        ):
            return service
    return None


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
