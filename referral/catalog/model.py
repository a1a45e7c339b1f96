"""Services and who gives them, in the nouns of HSDS 3.1.

Everything here is frozen. None always means "the source does not say", never "no".
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from referral.catalog.areas import UNKNOWN_COVERAGE, Coverage
from referral.catalog.errors import CatalogError
from referral.catalog.vocabulary import Form, RefusalBasis
from referral.geo import Point


class Kind(StrEnum):
    """Where help comes from."""

    REGISTERED_SOCIAL = "registered_social"
    HEALTH = "health"
    MUNICIPAL = "municipal"
    NGO_FOLLOWUP = "ngo_followup"
    COMMUNITY = "community"
    AUTHORITY = "authority"


class AddressRole(StrEnum):
    """What the point of a location stands for.

    FACILITY: the place of service. LISTED: the place a public list gives without saying whose.
    PROVIDER_SEAT: only the provider's seat, never to pass for the place of service. SECRET: the
    address is withheld by law and the location carries nothing at all.
    """

    FACILITY = "facility"
    LISTED = "listed"
    PROVIDER_SEAT = "provider_seat"
    SECRET = "secret"  # noqa: S105 - a kind of address, not a password


class CapacityUnit(StrEnum):
    """The register's units; numbers in different units are never summed."""

    CLIENTS = "klient"
    BEDS = "luzka"
    CONTACTS = "kontakt"
    INTERVENTIONS = "interv"
    CALLS = "hovor"
    WORKLOADS = "uvazek"


class Stance(StrEnum):
    """What a service says about people with a barrier: of alcohol, tolerance, rules or a ban.

    CONDITIONS: it takes them under a condition that its wording names.
    """

    ACCEPTS = "accepts"
    CONDITIONS = "conditions"
    EXCLUDES = "excludes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a record comes from: the id of a source, its date, and the day somebody verified it."""

    source: str
    as_of: date
    verified_on: date | None = None

    @property
    def freshest(self) -> date:
        """The later of the source's date and the day of verification."""
        return max(self.as_of, self.verified_on) if self.verified_on else self.as_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source of data, as it must be named wherever its numbers are shown."""

    id: str
    title: str
    publisher: str
    as_of: date
    licence: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A provider; ``ico`` is text of eight digits, None when unknown."""

    name: str
    ico: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRange:
    """Ages in completed years, both ends included; None is an open end."""

    min: int | None = None
    max: int | None = None

    def __post_init__(self) -> None:
        """Refuse a range that holds nobody."""
        if self.min is not None and self.max is not None and self.min > self.max:
            message = f"age range {self.min}-{self.max} is empty: swap or correct its ends"
            raise CatalogError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceRule:
    """One stated acceptance, condition or exclusion of people with a barrier.

    ``wording`` are the provider's words. ``basis`` is the ground it names for itself, None when it
    names none: then the vocabulary says on what a refusal for this barrier could rest. ``source``
    is the id of the source that says so and ``verified_on`` the day somebody verified it; empty and
    None when both are those of the service's own record.
    """

    barrier: str
    stance: Stance
    wording: str = ""
    basis: RefusalBasis | None = None
    source: str = ""
    verified_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """Whom a service is for.

    ``target_groups`` is the circle of persons in the register (okruh osob); None when the source
    holds none. ``ages`` None means that no limit is stated, which is not the same as "any age".
    """

    target_groups: frozenset[str] | None = None
    ages: AgeRange | None = None
    rules: tuple[AcceptanceRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCapacity:
    """A number with a unit and a date (HSDS ServiceCapacity).

    ``registered`` is the register's maximum in ``unit``, None when only free places are known, and
    whole unless we have verified workloads ourselves; ``immediate`` when it is the capacity at
    one moment; ``available`` the free places, None when nobody has told; ``doubt`` explains why the
    raw number looks wrong.
    """

    unit: CapacityUnit
    registered: float | None
    as_of: date
    form: Form | None = None
    immediate: bool = False
    available: int | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Opening time of one form, as the source writes it."""

    form: Form
    round_the_clock: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a service is; a secret one carries neither point nor municipality."""

    role: AddressRole
    point: Point | None = None
    municipality: str | None = None
    municipality_name: str = ""

    def __post_init__(self) -> None:
        """Refuse a secret address that is located."""
        if self.role is AddressRole.SECRET and (
            self.point is not None or self.municipality is not None or self.municipality_name
        ):
            message = "a secret address must carry no point and no municipality"
            raise CatalogError(message)

    @property
    def service_point(self) -> Point | None:
        """The point where the service is given; None for a seat, a secret or an unknown place."""
        return self.point if self.role in {AddressRole.FACILITY, AddressRole.LISTED} else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach a service; every field None when the source does not say."""

    phone: str | None = None
    email: str | None = None
    web: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service or other help (HSDS Service).

    ``type`` is None for help outside the Act; such help names the ``needs`` it answers itself.
    ``forms`` None means that the source does not say; the forms its type allows then stand in,
    marked "podle druhu služby". ``places`` lists facility names as published.
    """

    id: str
    name: str
    kind: Kind
    organization: Organization
    provenance: Provenance
    type: str | None = None
    register_id: str | None = None
    forms: frozenset[Form] | None = None
    eligibility: Eligibility = field(default_factory=Eligibility)
    coverage: Coverage = UNKNOWN_COVERAGE
    capacities: tuple[ServiceCapacity, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    locations: tuple[Location, ...] = ()
    places: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    contact: Contact = field(default_factory=Contact)
    description: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        """Refuse a service that nothing could match."""
        if self.type is None and not self.needs:
            message = f"service {self.id} has neither a type nor needs, so nothing can find it"
            raise CatalogError(message)

    @property
    def secret(self) -> bool:
        """Whether its address is withheld."""
        return any(location.role is AddressRole.SECRET for location in self.locations)

    def offered_on(self, day: date) -> bool:
        """Tell whether the registration runs on this day (both ends included)."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAtLocation:
    """A service at one of its locations: what a person is actually referred to (HSDS)."""

    service: Service
    location: Location | None

    @property
    def id(self) -> str:
        """The id of the service; its locations share it, results keep the best of them."""
        return self.service.id
