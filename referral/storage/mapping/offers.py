"""Sources and services as rows, and back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from referral.catalog.areas import Coverage, ServiceArea
from referral.catalog.errors import CatalogError
from referral.catalog.model import (
    AcceptanceRule,
    AgeRange,
    Contact,
    Eligibility,
    Location,
    Organization,
    Provenance,
    Schedule,
    Service,
    ServiceCapacity,
    Source,
)
from referral.catalog.ports import Origin
from referral.geo import Point
from referral.storage.mapping.forms import forms_of, letters_of
from referral.storage.rows import (
    AcceptanceRuleRow,
    LocationRow,
    OrganizationRow,
    ServiceAreaRow,
    ServiceCapacityRow,
    ServiceNeedRow,
    ServicePartRow,
    ServiceRow,
    ServiceScheduleRow,
    ServiceTargetGroupRow,
    SourceRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRows:
    """One service as rows: its own, its provider's and those of its child tables in their order.

    ``certain`` and ``possible`` are the codes in its rows of covered municipalities, gathered:
    there are too many to be read one by one.
    """

    service: ServiceRow
    organization: OrganizationRow
    locations: Sequence[LocationRow] = ()
    capacities: Sequence[ServiceCapacityRow] = ()
    schedules: Sequence[ServiceScheduleRow] = ()
    groups: Sequence[ServiceTargetGroupRow] = ()
    rules: Sequence[AcceptanceRuleRow] = ()
    areas: Sequence[ServiceAreaRow] = ()
    needs: Sequence[ServiceNeedRow] = ()
    certain: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()

    @property
    def parts(self) -> tuple[Sequence[ServicePartRow], ...]:
        """The rows of each child table but that of covered municipalities."""
        return (
            self.locations,
            self.capacities,
            self.schedules,
            self.groups,
            self.rules,
            self.areas,
            self.needs,
        )

    @property
    def covered(self) -> list[dict[str, object]]:
        """The values of the rows of covered municipalities: of too many to make a row of each."""
        return [
            {"service_id": self.service.id, "certain": certain, "municipality_code": code}
            for certain, codes in ((True, self.certain), (False, self.possible))
            for code in sorted(codes)
        ]


def source_row(source: Source, *, origin: Origin) -> SourceRow:
    """Return the row of a source."""
    return SourceRow(
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        as_of=source.as_of,
        licence=source.licence,
        url=source.url,
        origin=origin,
    )


def source_from(row: SourceRow) -> Source:
    """Return the source of a row."""
    return Source(
        id=row.id,
        title=row.title,
        publisher=row.publisher,
        as_of=row.as_of,
        licence=row.licence,
        url=row.url,
    )


def organization_row(organization: Organization) -> OrganizationRow:
    """Return the row of a provider, with an id that depends on nothing but its name and IČO."""
    identity = json.dumps([organization.ico, organization.name])
    return OrganizationRow(
        id=blake2b(identity.encode(), digest_size=12).hexdigest(),
        name=organization.name,
        ico=organization.ico,
    )


def service_rows(service: Service, *, origin: Origin) -> ServiceRows:
    """Return the rows of a service."""
    owner, eligibility, coverage = service.id, service.eligibility, service.coverage
    organization = organization_row(service.organization)
    ages = eligibility.ages
    return ServiceRows(
        service=ServiceRow(
            id=owner,
            name=service.name,
            kind=service.kind,
            organization_id=organization.id,
            source_id=service.provenance.source,
            as_of=service.provenance.as_of,
            verified_on=service.provenance.verified_on,
            type=service.type,
            register_id=service.register_id,
            forms=None if service.forms is None else letters_of(sorted(service.forms)),
            groups_known=eligibility.target_groups is not None,
            ages_stated=ages is not None,
            age_min=ages.min if ages else None,
            age_max=ages.max if ages else None,
            coverage_status=coverage.status,
            everywhere=coverage.everywhere,
            unresolved=list(coverage.unresolved),
            places=list(service.places),
            phone=service.contact.phone,
            email=service.contact.email,
            web=service.contact.web,
            description=service.description,
            valid_from=service.valid_from,
            valid_to=service.valid_to,
            origin=origin,
        ),
        organization=organization,
        locations=[
            LocationRow(
                service_id=owner,
                position=position,
                role=one.role,
                lat=one.point.lat if one.point else None,
                lon=one.point.lon if one.point else None,
                municipality_code=one.municipality,
                municipality_name=one.municipality_name,
            )
            for position, one in enumerate(service.locations)
        ],
        capacities=[
            ServiceCapacityRow(
                service_id=owner,
                position=position,
                unit=one.unit,
                registered=_as_registered(one),
                as_of=one.as_of,
                form=one.form,
                immediate=one.immediate,
                available=one.available,
                doubt=one.doubt,
            )
            for position, one in enumerate(service.capacities)
        ],
        schedules=[
            ServiceScheduleRow(
                service_id=owner,
                position=position,
                form=one.form,
                round_the_clock=one.round_the_clock,
                text=one.text,
            )
            for position, one in enumerate(service.schedules)
        ],
        groups=[
            ServiceTargetGroupRow(service_id=owner, target_group=code)
            for code in sorted(eligibility.target_groups or ())
        ],
        rules=[
            AcceptanceRuleRow(
                service_id=owner,
                position=position,
                barrier=one.barrier,
                stance=one.stance,
                wording=one.wording,
                basis=one.basis,
                source=one.source,
                verified_on=one.verified_on,
            )
            for position, one in enumerate(eligibility.rules)
        ],
        areas=[
            ServiceAreaRow(
                service_id=owner,
                position=position,
                kind=one.kind,
                name=one.name,
                code=one.code,
                km=one.km,
            )
            for position, one in enumerate(coverage.areas)
        ],
        needs=[ServiceNeedRow(service_id=owner, need=code) for code in sorted(service.needs)],
        certain=coverage.certain,
        possible=coverage.possible,
    )


def service_from(rows: ServiceRows) -> Service:
    """Return the service of its rows."""
    row = rows.service
    return Service(
        id=row.id,
        name=row.name,
        kind=row.kind,
        organization=Organization(name=rows.organization.name, ico=rows.organization.ico),
        provenance=Provenance(source=row.source_id, as_of=row.as_of, verified_on=row.verified_on),
        type=row.type,
        register_id=row.register_id,
        forms=None if row.forms is None else frozenset(forms_of(row.forms)),
        eligibility=Eligibility(
            target_groups=frozenset(one.target_group for one in rows.groups)
            if row.groups_known
            else None,
            ages=AgeRange(min=row.age_min, max=row.age_max) if row.ages_stated else None,
            rules=tuple(
                AcceptanceRule(
                    barrier=one.barrier,
                    stance=one.stance,
                    wording=one.wording,
                    basis=one.basis,
                    source=one.source,
                    verified_on=one.verified_on,
                )
                for one in rows.rules
            ),
        ),
        coverage=_coverage_from(rows),
        capacities=tuple(
            ServiceCapacity(
                unit=one.unit,
                registered=one.registered,
                as_of=one.as_of,
                form=one.form,
                immediate=one.immediate,
                available=one.available,
                doubt=one.doubt,
            )
            for one in rows.capacities
        ),
        schedules=tuple(
            Schedule(form=one.form, round_the_clock=one.round_the_clock, text=one.text)
            for one in rows.schedules
        ),
        locations=tuple(_location_from(one) for one in rows.locations),
        places=tuple(row.places),
        needs=frozenset(one.need for one in rows.needs),
        contact=Contact(phone=row.phone, email=row.email, web=row.web),
        description=row.description,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _location_from(row: LocationRow) -> Location:
    return Location(
        role=row.role,
        point=None if row.lat is None or row.lon is None else Point(lat=row.lat, lon=row.lon),
        municipality=row.municipality_code,
        municipality_name=row.municipality_name,
    )


def _coverage_from(rows: ServiceRows) -> Coverage:
    return Coverage(
        areas=tuple(
            ServiceArea(kind=one.kind, name=one.name, code=one.code, km=one.km)
            for one in rows.areas
        ),
        status=rows.service.coverage_status,
        certain=rows.certain,
        possible=rows.possible,
        everywhere=rows.service.everywhere,
        unresolved=tuple(rows.service.unresolved),
    )


def _as_registered(capacity: ServiceCapacity) -> int:
    """Return the number of a source; those we have verified ourselves are kept as own values."""
    if not isinstance(capacity.registered, int):
        message = f"the capacity {capacity.registered} {capacity.unit} is no number of a source"
        raise CatalogError(message)
    return capacity.registered
