"""What is asked: a place, needs and whatever is known about the client. Nothing in it is stored."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referral.catalog.sexes import Sex
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form, Vocabulary
from referral.matching.errors import RequestError

MAX_AGE = 120
CARE_LEVELS = range(5)
MAX_WAIT_DAYS = 3650


class RefusalReason(StrEnum):
    """Why a service refused this client, in the words of the contract (§ 91 odst. 3)."""

    CAPACITY = "kapacita"
    CIRCLE = "okruh"
    HEALTH = "zdravi"
    BREACH = "vypoved"
    OTHER = "jine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A refusal the client has met; ``barrier`` when the reason given is a known barrier.

    ``on`` is the day of the refusal, for a terminated contract (§ 91 odst. 3 písm. d) the day of
    its end. ``wait_days`` is how long the service said the client would wait. None: nobody told.
    """

    service_id: str
    reason: RefusalReason
    barrier: str | None = None
    on: date | None = None
    wait_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedNeed:
    """A need and how sure we are that it is meant (0-1; 1 when the person chose it)."""

    code: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRequest:
    """A validated question.

    ``age`` is in completed years, ``care_level`` the granted degree of příspěvek na péči (0 none
    granted, 1-4), ``forms`` the forms wanted (empty: any), ``groups`` and ``barriers`` vocabulary
    codes. ``absent`` are barriers the client surely does not have; of all others nothing is known.
    ``discharge_on`` is the day on which the client leaves an institution, ``eviction_on`` the one
    on which they lose their home.
    """

    place: Municipality
    needs: tuple[AskedNeed, ...]
    groups: frozenset[str] = frozenset()
    age: int | None = None
    care_level: int | None = None
    barriers: frozenset[str] = frozenset()
    refusals: tuple[Refusal, ...] = ()
    forms: frozenset[Form] = frozenset()
    absent: frozenset[str] = frozenset()
    sex: Sex | None = None
    born: date | None = None
    discharge_on: date | None = None
    eviction_on: date | None = None
    limit: int = 20

    @property
    def need_codes(self) -> tuple[str, ...]:
        """The codes of the needs, best first."""
        return tuple([need.code for need in self.needs])

    def checked(self, vocabulary: Vocabulary) -> "ReferralRequest":
        """Return the request itself when it can be answered.

        Raises:
            RequestError: a field is out of range or names a word the vocabulary does not hold.
        """
        if not self.needs:
            raise RequestError("need", "Není zadána žádná potřeba. Vyberte aspoň jednu.")
        _check_codes("need", "potřebu", self.need_codes, vocabulary.needs)
        _check_codes("group", "cílovou skupinu", self.groups, vocabulary.groups)
        _check_codes("barrier", "překážku", self.barriers, vocabulary.barriers)
        _check_codes("absent", "překážku", self.absent, vocabulary.barriers)
        if both := sorted(self.barriers & self.absent):
            raise RequestError(
                "absent",
                f"Překážka {both[0]} je uvedena jako přítomná i nepřítomná; jednu odeberte.",
            )
        stated = [refusal.barrier for refusal in self.refusals if refusal.barrier is not None]
        _check_codes("refused", "překážku", stated, vocabulary.barriers)
        if self.age is not None and not 0 <= self.age <= MAX_AGE:
            raise RequestError("age", f"Věk {self.age} není mezi 0 a {MAX_AGE} lety.")
        if self.care_level is not None and self.care_level not in CARE_LEVELS:
            raise RequestError(
                "care_level",
                f"Stupeň závislosti {self.care_level} není mezi 0 (bez příspěvku) a 4.",
            )
        for refusal in self.refusals:
            if refusal.wait_days is not None and not 0 <= refusal.wait_days <= MAX_WAIT_DAYS:
                raise RequestError(
                    "refused", f"Čekání {refusal.wait_days} dní není mezi 0 a {MAX_WAIT_DAYS}."
                )
        if self.limit < 1:
            raise RequestError("limit", f"Počet výsledků {self.limit} musí být aspoň 1.")
        return self


def _check_codes(field: str, what: str, codes: Iterable[str], known: Collection[str]) -> None:
    unknown = [code for code in codes if code not in known]
    if unknown:
        some = ", ".join(sorted(known)[:6])
        raise RequestError(
            field, f"Neznáme {what} „{min(unknown)}“. Použijte kód ze slovníku, například {some}."
        )
