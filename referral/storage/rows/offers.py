"""Tables of sources, providers and services."""

from datetime import date
from itertools import combinations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.catalog.areas import AreaKind, CoverageStatus
from referral.catalog.model import AddressRole, CapacityUnit, Kind, Stance
from referral.catalog.ports import Origin
from referral.catalog.vocabulary import Form, RefusalBasis
from referral.storage.rows.base import POINT, Position, Row

LETTERS = "".join(sorted(Form))
"""The letters of the forms in alphabetical order; a set of forms is written in this order."""

_FORM_SETS = ", ".join(
    f"'{''.join(letters)}'"
    for size in range(len(LETTERS) + 1)
    for letters in combinations(LETTERS, size)
)


class MetaRow(Row):
    """A note about the catalogue itself."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SourceRow(Row):
    """A source of data."""

    __tablename__ = "sources"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    publisher: Mapped[str]
    as_of: Mapped[date]
    licence: Mapped[str]
    url: Mapped[str | None]
    origin: Mapped[Origin]


class OrganizationRow(Row):
    """A provider; the id is derived from its name and IČO, so the same provider is one row."""

    __tablename__ = "organizations"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    ico: Mapped[str | None] = mapped_column(index=True)


class ServiceRow(Row):
    """A service or other help."""

    __tablename__ = "services"
    __table_args__ = (
        CheckConstraint(f"forms IN ({_FORM_SETS})", name="forms"),
        CheckConstraint("ages_stated OR (age_min IS NULL AND age_max IS NULL)", name="ages_stated"),
        CheckConstraint("age_min <= age_max", name="ages"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[Kind]
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"), index=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), index=True)
    as_of: Mapped[date]
    verified_on: Mapped[date | None]
    type: Mapped[str | None] = mapped_column(ForeignKey("service_types.code"), index=True)
    register_id: Mapped[str | None] = mapped_column(index=True)
    forms: Mapped[str | None]
    groups_known: Mapped[bool]
    ages_stated: Mapped[bool]
    age_min: Mapped[int | None]
    age_max: Mapped[int | None]
    coverage_status: Mapped[CoverageStatus]
    everywhere: Mapped[bool]
    unresolved: Mapped[list[str]]
    places: Mapped[list[str]]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    web: Mapped[str | None]
    description: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    origin: Mapped[Origin]


class ServicePartRow(Row):
    """What belongs to one service and disappears with it."""

    __abstract__ = True

    service_id: Mapped[str] = mapped_column(
        ForeignKey("services.id", ondelete="CASCADE"), primary_key=True
    )


class LocationRow(ServicePartRow):
    """Where a service is; the table itself refuses a secret address that is located."""

    __tablename__ = "locations"
    __table_args__ = (
        CheckConstraint(POINT, name="point"),
        CheckConstraint(
            "role <> 'secret' OR (lat IS NULL AND lon IS NULL"
            " AND municipality_code IS NULL AND municipality_name = '')",
            name="secret",
        ),
    )

    position: Mapped[Position]
    role: Mapped[AddressRole]
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    municipality_code: Mapped[str | None] = mapped_column(index=True)
    municipality_name: Mapped[str]


class ServiceCapacityRow(ServicePartRow):
    """A capacity with its unit and date."""

    __tablename__ = "service_capacities"
    __table_args__ = (CheckConstraint("registered >= 0 AND available >= 0", name="numbers"),)

    position: Mapped[Position]
    unit: Mapped[CapacityUnit]
    registered: Mapped[int]
    as_of: Mapped[date]
    form: Mapped[Form | None]
    immediate: Mapped[bool]
    available: Mapped[int | None]
    doubt: Mapped[str]


class ServiceScheduleRow(ServicePartRow):
    """Opening time of one form."""

    __tablename__ = "service_schedules"

    position: Mapped[Position]
    form: Mapped[Form]
    round_the_clock: Mapped[bool]
    text: Mapped[str]


class ServiceTargetGroupRow(ServicePartRow):
    """A group of the circle of persons of a service."""

    __tablename__ = "service_target_groups"

    target_group: Mapped[str] = mapped_column(
        ForeignKey("target_groups.code"), primary_key=True, index=True
    )


class AcceptanceRuleRow(ServicePartRow):
    """A stated acceptance, condition or exclusion."""

    __tablename__ = "acceptance_rules"

    position: Mapped[Position]
    barrier: Mapped[str] = mapped_column(ForeignKey("barriers.code"), index=True)
    stance: Mapped[Stance]
    wording: Mapped[str]
    basis: Mapped[RefusalBasis | None]
    source: Mapped[str]
    verified_on: Mapped[date | None]


class ServiceAreaRow(ServicePartRow):
    """An area as the provider named it."""

    __tablename__ = "service_areas"
    __table_args__ = (CheckConstraint("km >= 0", name="km"),)

    position: Mapped[Position]
    kind: Mapped[AreaKind]
    name: Mapped[str]
    code: Mapped[str | None]
    km: Mapped[float | None]


class CoveredMunicipalityRow(ServicePartRow):
    """A municipality that the areas of a service include: certainly, or possibly."""

    __tablename__ = "covered_municipalities"

    certain: Mapped[bool] = mapped_column(primary_key=True)
    municipality_code: Mapped[str] = mapped_column(primary_key=True, index=True)


class ServiceNeedRow(ServicePartRow):
    """A need that help outside the Act answers itself."""

    __tablename__ = "service_needs"

    need: Mapped[str] = mapped_column(ForeignKey("needs.code"), primary_key=True, index=True)
