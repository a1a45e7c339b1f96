"""Who comes to a case conference: roles by the client's needs and place, named where we can."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from referral.catalog.areas import AreaKind
from referral.catalog.model import Kind, Service
from referral.web.czech import capitalised, listing, phone_text
from referral.web.papers.guide import Authority, Role
from referral.web.papers.matter import Matter, reasons_for
from referral.web.papers.telling import named_once
from referral.web.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """One seat at the table: who in which role, why here, what they bring.

    ``name`` is that of the service or the office, empty when the catalogue knows none; ``service``
    when it is a service of the answer.
    """

    role: str
    who: str
    name: str
    service: bool
    why: str
    brings: str


def invited(matter: Matter) -> tuple[Invited, ...]:
    """Return all who should be asked, in the order of the roles; no service stands there twice."""
    refused = named_once(matter)
    planned = {step.service_id for step in matter.answer.plan}
    seats: list[Invited] = []
    for role in matter.guide.roles:
        reasons = reasons_for(role.when, matter)
        if reasons is None:
            continue
        if role.of == "plan":
            seats.extend(_planned(role, {one.id for one in refused}, matter))
        elif role.of == "refused":
            rest = (one for one in refused if one.id not in planned)
            seats.extend(_seat(role, matter, name=_name(one), why=role.why) for one in rest)
        else:
            authority = _authority(role.authority, matter)
            facts = f" ({listing(reasons, at_most=2)})" if reasons else ""
            name = _name(authority) if authority is not None else ""
            seats.append(_seat(role, matter, name=name, why=f"{role.why}{facts}"))
    return tuple(seats)


def _planned(role: Role, refused: Collection[str], matter: Matter) -> Iterator[Invited]:
    for step in sorted(matter.answer.plan, key=lambda one: one.turn):
        service = matter.catalog.service(step.service_id)
        # An authority that stands in the plan has a role of its own.
        if service.kind is Kind.AUTHORITY:
            continue
        why = _("{why}: {needs}").format(
            why=_("už odmítla, přijmout ale může") if service.id in refused else role.why,
            needs=listing([matter.catalog.vocabulary.need(code).name for code in step.covers]),
        )
        yield _seat(role, matter, name=_name(service), why=why)


def _seat(role: Role, matter: Matter, *, name: str, why: str) -> Invited:
    place = matter.request.place
    return Invited(
        role=role.id,
        who=capitalised(role.who.format(orp=place.orp, place=place.name, region=place.region)),
        name=name,
        service=bool(role.of),
        why=capitalised(why),
        brings=capitalised(role.brings),
    )


def _name(service: Service) -> str:
    phone = service.contact.phone
    return (
        _("{name}, tel. {phone}").format(name=service.name, phone=phone_text(phone))
        if phone
        else service.name
    )


def _authority(wanted: Authority | None, matter: Matter) -> Service | None:
    """Return the authority that answers the need and is competent for the client's place."""
    if wanted is None:
        return None
    place, kind = matter.request.place, AreaKind(wanted.area)
    for service in sorted(matter.catalog.services.values(), key=lambda one: one.id):
        competent = {
            AreaKind.ORP: place.orp,
            AreaKind.DISTRICT: place.district,
            AreaKind.REGION: place.region,
        }
        if service.kind is Kind.AUTHORITY and wanted.need in service.needs:
            for area in service.coverage.areas:
                if area.kind is kind and (
                    kind is AreaKind.COUNTRY or area.name == competent.get(kind)
                ):
                    return service
    return None
