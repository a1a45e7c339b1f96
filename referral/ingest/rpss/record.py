"""One registration as the register publishes it, without the people in it.

Managers, statutory bodies and the notes beside telephone numbers have no place here at all, so what
is read into these values can be stored, reported and logged.
"""

from dataclasses import dataclass
from datetime import date

from referral.geo import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEntry:
    """A target group: the code in the register and the provider's remark on it."""

    code: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityEntry:
    """A registered capacity: the code of its unit and the provider's remark on it."""

    count: int
    unit: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormEntry:
    """A form with its capacities; ``hours`` pairs the code of a day (or nothing) with a time."""

    code: str
    round_the_clock: bool = False
    hours: tuple[tuple[str, str], ...] = ()
    capacities: tuple[CapacityEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityEntry:
    """A facility; of a secret one nothing is read but that it is secret, and when it runs.

    ``municipality`` and ``region`` are numbers of the register's code lists. ``coded`` tells
    whether its address has a code of RÚIAN.
    """

    name: str = ""
    starts: date | None = None
    ends: date | None = None
    secret: bool = False
    municipality: str | None = None
    region: str | None = None
    coded: bool = False

    def runs_on(self, day: date) -> bool:
        """Tell whether the service is given there on this day (both ends included)."""
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A municipality known by its name only; ``region`` is empty and ``point`` None if unknown."""

    name: str
    region: str = ""
    point: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One item of the register.

    ``type_name`` is what the source calls the type; only an excerpt does so. ``addresses_known`` is
    false for the portal's search answer, which holds no addresses and no contacts: there it says
    nothing, rather than that there are none.
    """

    number: str
    register_id: str | None
    type: str
    provider: str
    type_name: str = ""
    ico: str | None = None
    starts: date | None = None
    ends: date | None = None
    groups: tuple[GroupEntry, ...] = ()
    ages: tuple[str, ...] = ()
    age_remarks: tuple[str, ...] = ()
    forms: tuple[FormEntry, ...] = ()
    facilities: tuple[FacilityEntry, ...] = ()
    further_regions: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    webs: tuple[str, ...] = ()
    provider_municipality: str | None = None
    provider_town: Town | None = None
    addresses_known: bool = True
