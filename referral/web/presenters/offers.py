"""What is said about one service wherever it stands: who, where to ring, capacity, source."""

from dataclasses import dataclass
from datetime import date

from referral.catalog.model import AddressRole, Service, ServiceCapacity
from referral.catalog.snapshot import Catalog
from referral.web.czech import day, listing, phone_href, phone_text
from referral.web.presenters.labels import FORMS, KINDS, service_label, unit_count
from referral.web.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """How to reach a service; empty texts where the source says nothing."""

    phone: str
    phone_href: str
    email: str
    web: str
    web_label: str

    @property
    def known(self) -> bool:
        """Whether there is any way at all."""
        return bool(self.phone or self.email or self.web)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Where a record comes from and how old it is; every number on a page stands beside one."""

    title: str
    publisher: str
    licence: str
    url: str
    as_of: str
    verified: str

    @property
    def text(self) -> str:
        """The whole of it in one sentence."""
        verified = self.verified or _("u služby nikdo neověřil")
        return _("{title}, stav k {as_of}; {verified}").format(
            title=self.title, as_of=self.as_of, verified=verified
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """A service as any list shows it."""

    id: str
    name: str
    provider: str
    what: str
    kind: str
    register_id: str
    contact: ContactView
    capacities: tuple[str, ...]
    vacancy: str
    source: SourceView


def offer_view(service: Service, catalog: Catalog) -> OfferView:
    """Tell a service for a list."""
    return OfferView(
        id=service.id,
        name=service.name,
        provider=service.organization.name,
        what=service_label(service, catalog.vocabulary),
        kind=KINDS[service.kind],
        register_id=service.register_id or "",
        contact=contact_view(service),
        capacities=tuple(
            capacity_text(one) for one in service.capacities if one.registered is not None
        ),
        vacancy=vacancy_text(service),
        source=source_view(service, catalog),
    )


def contact_view(service: Service) -> ContactView:
    """Tell how to reach a service; only http addresses become links."""
    phone, web = service.contact.phone or "", service.contact.web or ""
    linked = web if web.startswith(("https://", "http://")) else ""
    return ContactView(
        phone=phone_text(phone),
        phone_href=phone_href(phone),
        email=service.contact.email or "",
        web=linked,
        web_label=web.removeprefix("https://").removeprefix("http://").rstrip("/"),
    )


def capacity_text(capacity: ServiceCapacity, *, on: date | None = None) -> str:
    """Say one registered capacity with its form, its unit and its date; units are never summed.

    ``on`` is the day of the number when it is not that of the free places.
    """
    count = unit_count(capacity.unit, capacity.registered or 0)
    form = f" ({FORMS[capacity.form]})" if capacity.form is not None else ""
    moment = _(" v jednu chvíli") if capacity.immediate else ""
    text = _("{count}{moment}{form}, stav k {day}").format(
        count=count, moment=moment, form=form, day=day(on or capacity.as_of)
    )
    return f"{text} – {capacity.doubt}" if capacity.doubt else text


def vacancy_text(service: Service) -> str:
    """Say what is known of free places; mostly nobody has told."""
    told = [one for one in service.capacities if one.available is not None]
    if not told:
        return _("volná místa nikdo nesdělil")
    return listing(
        [
            _("{count} volno k {day}").format(
                count=unit_count(one.unit, one.available or 0), day=day(one.as_of)
            )
            for one in told
        ]
    )


def source_view(service: Service, catalog: Catalog) -> SourceView:
    """Tell where a record comes from."""
    provenance = service.provenance
    source = catalog.source(provenance.source)
    verified = provenance.verified_on
    return SourceView(
        title=source.title,
        publisher=source.publisher,
        licence=source.licence,
        url=source.url or "",
        as_of=day(provenance.as_of),
        verified=_("ověřeno u služby {day}").format(day=day(verified)) if verified else "",
    )


def where_text(service: Service, catalog: Catalog) -> str:
    """Say where a service is without ever locating one whose address is withheld."""
    if service.secret:
        return _("adresa je ze zákona utajená")
    own = _place_names(service, catalog, {AddressRole.FACILITY, AddressRole.LISTED})
    if own:
        return listing(own, at_most=4)
    if any(location.service_point is not None for location in service.locations):
        return _("obec se z údajů nedala určit, známe jen bod na mapě")
    seats = _place_names(service, catalog, {AddressRole.PROVIDER_SEAT})
    if seats:
        return _("{names} (sídlo poskytovatele)").format(names=listing(seats, at_most=2))
    return _("místo zdroj neuvádí")


def _place_names(service: Service, catalog: Catalog, roles: set[AddressRole]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for location in service.locations:
        if location.role not in roles:
            continue
        known = catalog.territory.municipalities.get(location.municipality or "")
        name = known.name if known is not None else location.municipality_name
        if name:
            names[name] = None
    return tuple(names)
