"""Hard rules: why an offer cannot take this client or does not reach this place.

Every exclusion is typed and names the ground a refusal would rest on (§ 91 odst. 3 of Act 108/2006
Sb.) and whether it would be lawful. Unknown never excludes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from referral.catalog.vocabulary import RefusalBasis
from referral.matching.outcome import Fact


class ExclusionCode(StrEnum):
    """Why an offer is not for this client here; barrier codes come on top of these."""

    AGE_BELOW = "VEK-POD"
    AGE_ABOVE = "VEK-NAD"
    GROUP = "OKRUH"
    FORM = "FORMA"
    AREA = "UZEMI"
    DISTANCE = "DALEKO"
    BARRIER = "PREKAZKA"
    REFUSED = "ODMITNUTI"
    ENDED = "UKONCENA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """One reason with its legal basis.

    ``code`` is an ExclusionCode value or the code of a barrier; ``basis`` None for reasons that are
    no refusal at all (the place lies elsewhere); ``lawful`` None where it cannot be told.
    ``change`` names what would have to be different for the offer to be made (a presenter's key);
    empty when nothing the client could do would help.
    """

    code: str
    kind: ExclusionCode
    basis: RefusalBasis | None
    lawful: bool | None
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    change: str = ""
