"""The matter of an area's printed matter: its places, what was found in each, and which services.

The same rules as the search's own answer; nothing here ranks or judges anything itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from referral.catalog.model import Kind, Service
from referral.catalog.own_fields import OwnValue
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, Territory
from referral.catalog.vocabulary import Need
from referral.matching.errors import RequestError
from referral.matching.policy import Policy
from referral.network.gaps import GapReport
from referral.text import fold
from referral.usecases.find_area import Area, AreaLevel, UnknownAreaError, find_area
from referral.usecases.survey_area import Found, Survey, survey_area
from referral.web.czech import listing
from referral.web.presenters.home import AREAS
from referral.web.printed.alphabet import alphabetical
from referral.web.printed.service_card import Desk
from referral.web.translation import _

_TITLES: Mapping[AreaLevel | None, str] = {
    AreaLevel.ORP: _("ORP {name}"),
    AreaLevel.DISTRICT: _("okres {name}"),
    AreaLevel.REGION: "{name}",
    None: "{name}",
}


@dataclass(frozen=True)
class AreaMatter:
    """Everything that a brochure or a leaflet of an area is made from.

    ``survey`` is what the search finds in each place; ``own`` are our own values of services, by
    the id under which a service is shown; ``gaps`` is None where nobody judged them.
    """

    area: Area
    desk: Desk
    policy: Policy
    survey: Survey
    own: Mapping[str, Sequence[OwnValue]] = field(default_factory=dict)
    gaps: GapReport | None = None

    @property
    def catalog(self) -> Catalog:
        """The catalogue that all of it is read from."""
        return self.desk.catalog

    @property
    def title(self) -> str:
        """The name of the area with its level: ``ORP Kadaň``."""
        return _TITLES[self.area.level].format(name=self.area.name)

    @cached_property
    def places(self) -> tuple[Municipality, ...]:
        """The municipalities in the order of the alphabet."""
        found = (self.catalog.territory.municipality(code) for code in self.area.municipalities)
        return tuple(sorted(found, key=lambda one: (alphabetical(one.name), one.code)))

    @cached_property
    def orps(self) -> tuple[str, ...]:
        """The ORPs that the places belong to, in the order of the alphabet."""
        return tuple(sorted({one.orp for one in self.places}, key=alphabetical))

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """The life situations in the order in which people look for help."""
        order = {area: position for position, area in enumerate(AREAS)}
        known = self.catalog.vocabulary.needs.values()
        return tuple(sorted(known, key=lambda one: (order.get(one.area, len(order)), one.area)))

    def found(self, place: Municipality, need: Need) -> Found:
        """Return what one question finds."""
        return self.survey[place.code, need.code]

    @cached_property
    def offices(self) -> tuple[Service, ...]:
        """Offices and lines of the catalogue that are competent for a part of the area at least."""
        return tuple(
            sorted(
                (one for one in self.catalog.services.values() if self._is_office(one)),
                key=lambda one: (one.coverage.everywhere, alphabetical(one.name)),
            )
        )

    def _is_office(self, service: Service) -> bool:
        codes = {place.code for place in self.places}
        covered = service.coverage
        return (
            service.kind is Kind.AUTHORITY
            and service.offered_on(self.desk.today)
            and not is_line(service)
            and (covered.everywhere or bool(covered.certain & codes))
        )

    @cached_property
    def shown(self) -> tuple[Service, ...]:
        """Services of the brochure: those found somewhere, and those that are in the area."""
        codes = {place.code for place in self.places}
        ids = {match.offer.id for one in self.survey.values() for match in one.matches}
        ids |= set(_in_places(self.catalog, codes))
        services = (self.catalog.services[one] for one in ids)
        return tuple(
            sorted(
                (
                    one
                    for one in services
                    if one.kind is not Kind.AUTHORITY
                    and not is_line(one)
                    and one.offered_on(self.desk.today)
                ),
                key=lambda one: (alphabetical(one.name), one.id),
            )
        )

    @cached_property
    def shown_ids(self) -> frozenset[str]:
        """The ids of those services."""
        return frozenset(one.id for one in self.shown)


def area_named(name: str, territory: Territory) -> Area:
    """Return the ORP, okres or kraj with this name, else the municipality (by its name or code).

    Raises:
        UnknownAreaError: there is none; the error holds the nearest names.
        RequestError: several municipalities have the name.
    """
    try:
        return find_area(name, territory=territory)
    except UnknownAreaError:
        wanted = fold(name)
        found = [
            one
            for one in territory.municipalities.values()
            if one.code == name.strip() or fold(one.name) == wanted
        ]
        if not found:
            raise
        if len(found) > 1:
            codes = listing([f"{one.code} (ORP {one.orp})" for one in found])
            raise RequestError(
                "area",
                _("Obcí jménem „{name}“ je víc. Napište kód té, kterou myslíte: {codes}.").format(
                    name=found[0].name, codes=codes
                ),
            ) from None
        return Area(name=found[0].name, level=None, municipalities=(found[0].code,))


def gaps_in(
    area: Area,
    territory: Territory,
    *,
    gaps: Callable[[str | None, str | None, str | None], GapReport],
    norm: str | None = None,
) -> GapReport:
    """Return the gaps of an area; of a municipality, which has no network, those of its ORP."""
    if area.level is not None:
        return gaps(area.name, area.level.value, norm)
    orp = territory.municipality(area.municipalities[0]).orp
    return gaps(orp, AreaLevel.ORP.value, norm)


def matter_of(
    area: Area,
    *,
    desk: Desk,
    policy: Policy,
    gaps: GapReport | None,
    own_values_of: Callable[[Iterable[str]], Iterable[OwnValue]],
) -> AreaMatter:
    """Gather the matter of an area; own values are asked for of the services that are shown."""
    places = [desk.catalog.territory.municipality(code) for code in area.municipalities]
    survey = survey_area(places, catalog=desk.catalog, policy=policy, today=desk.today)
    matter = AreaMatter(area=area, desk=desk, policy=policy, survey=survey, gaps=gaps)
    records = [one for shown in matter.shown_ids for one in desk.catalog.records_of(shown)]
    own: defaultdict[str, list[OwnValue]] = defaultdict(list)
    for value in own_values_of(records):
        own[desk.catalog.shown_id(value.service)].append(value)
    return replace(matter, own=own)


def _in_places(catalog: Catalog, codes: set[str]) -> Iterator[str]:
    for service in catalog.services.values():
        if not service.secret and any(one.municipality in codes for one in service.locations):
            yield service.id


_LONGEST_LINE = 9


def is_line(service: Service) -> bool:
    """Tell whether a record is a telephone line for the whole country, told by its number."""
    digits = [sign for sign in service.contact.phone or "" if sign.isdigit()]
    return service.type is None and service.coverage.everywhere and 0 < len(digits) < _LONGEST_LINE
