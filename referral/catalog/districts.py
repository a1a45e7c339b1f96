"""Administrative districts under their codes, and the borders of municipalities and districts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from referral.geo import Area


class Tier(StrEnum):
    """The levels of administration above a municipality, the widest first."""

    REGION = "kraj"
    DISTRICT = "okres"
    ORP = "orp"
    POU = "pou"


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A district of one tier with its RÚIAN code, which the ministry's register uses too.

    ``name`` is the one that municipalities carry; ``other_code`` the statistical office's (NUTS 3,
    LAU 1, CISORP), ``parent`` the code of the district one tier up; both empty when unknown.
    """

    tier: Tier
    code: str
    name: str
    other_code: str = ""
    parent: str = ""

    @property
    def key(self) -> str:
        """The tier and the code, unique among all districts."""
        return f"{self.tier}/{self.code}"


class Bounded(StrEnum):
    """What a border goes around."""

    MUNICIPALITY = "obec"
    ORP = "orp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """The border of a municipality or an ORP, simplified, as its source draws it.

    ``code`` is that of the municipality or of the ORP in RÚIAN, ``source`` the id of a source.
    """

    around: Bounded
    code: str
    area: "Area"
    source: str
    as_of: date

    @property
    def key(self) -> str:
        """What it goes around, unique among all borders."""
        return f"{self.around}/{self.code}"
