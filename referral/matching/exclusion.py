"""One reason why an offer cannot take a client or does not reach a place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from referral.catalog.vocabulary import RefusalBasis
from referral.matching.changes import Change
from referral.matching.outcome import Fact


class ExclusionCode(StrEnum):
    """Kinds of reason, the one that can least be changed first."""

    ENDED = "UKONCENA"
    REFUSED = "ODMITNUTI"
    AGE_BELOW = "VEK-POD"
    AGE_ABOVE = "VEK-NAD"
    SEX = "POHLAVI"
    GROUP = "OKRUH"
    BARRIER = "PREKAZKA"
    FORM = "FORMA"
    AREA = "UZEMI"
    DISTANCE = "DALEKO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """One reason with its legal basis.

    ``code`` is an ExclusionCode value or the code of a barrier; ``basis`` None for reasons that are
    no refusal at all (the place lies elsewhere); ``lawful`` None where it cannot be told.
    ``change`` is what would have to be different for the offer to be made, None when nothing that
    somebody could do, and no time that passes, would help.
    """

    code: str
    kind: ExclusionCode
    basis: RefusalBasis | None
    lawful: bool | None
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    change: Change | None = None
