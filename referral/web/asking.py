"""From what a person filled in to a validated request, or to errors that name the field.

Forms and JSON bodies become the same Draft first, so that both are read by the same rules. Nothing
here is stored and nothing is logged.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form
from referral.matching.errors import RequestError
from referral.matching.intake.heard import Understanding
from referral.matching.request import AskedNeed, ReferralRequest, Refusal, RefusalReason
from referral.web.finding import AmbiguousPlaceError, UnknownPlaceError, the_place
from referral.web.program import Program
from referral.web.translation import _

DEFAULT_LIMIT = 20
LIMITS = range(1, 101)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was filled in, as it was filled in; a form is shown again from it."""

    place: str = ""
    place_code: str = ""
    orp: str = ""
    says: str = ""
    age: str = ""
    care_level: str = ""
    limit: str = ""
    needs: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """What is wrong with one field and how to mend it; ``code`` is for programs."""

    field: str
    message: str
    code: str = "invalid"


class AskError(ValueError):
    """A draft that is not a question yet; ``candidates`` are the places it could mean."""

    def __init__(
        self, errors: Sequence[FieldError], *, candidates: Sequence[Municipality] = ()
    ) -> None:
        """Keep the errors in the order of the form."""
        super().__init__("; ".join(error.field for error in errors))
        self.errors = tuple(errors)
        self.candidates = tuple(candidates)

    @property
    def code(self) -> str:
        """The first error's code."""
        return self.errors[0].code


def ask(draft: Draft, program: Program) -> ReferralRequest:
    """Return the request that a draft makes.

    What the person chose outweighs what was read out of their words.

    Raises:
        AskError: some fields have to be mended; all of them are named at once.
    """
    errors: list[FieldError] = []
    candidates: tuple[Municipality, ...] = ()
    place: Municipality | None = None
    heard = _heard(draft, program, errors)
    try:
        place = the_place(draft.place_code or draft.place, program.places(), orp=draft.orp)
    except AmbiguousPlaceError as error:
        candidates = error.candidates
        errors.append(FieldError(field="place", message=str(error), code="ambiguous_place"))
    except UnknownPlaceError as error:
        candidates = error.nearest
        errors.append(FieldError(field="place", message=str(error), code="unknown_place"))
    age = _integer(draft.age, "age", _("Věk napište číslem, například 78."), errors)
    care_level = _integer(
        draft.care_level, "care_level", _("Stupeň závislosti je číslo od 0 do 4."), errors
    )
    limit = _limit(draft.limit, errors)
    forms = _forms(draft.forms, errors)
    refusals = _refusals(draft.refused, errors)
    if place is None or errors:
        raise AskError(errors, candidates=candidates)
    request = ReferralRequest(
        place=place,
        needs=_needs(draft, heard),
        groups=frozenset(draft.groups) | heard.groups,
        age=age if age is not None else heard.age,
        care_level=care_level if care_level is not None else heard.care_level,
        barriers=frozenset(draft.barriers) | heard.barriers,
        refusals=refusals,
        forms=forms,
        limit=limit,
    )
    try:
        return request.checked(program.catalog().vocabulary)
    except RequestError as error:
        raise AskError([FieldError(field=error.field, message=str(error))]) from None


def draft_of(request: ReferralRequest) -> Draft:
    """Return the draft that asks the same again, without the person's words."""
    return Draft(
        place=request.place.name,
        place_code=request.place.code,
        age="" if request.age is None else str(request.age),
        care_level="" if request.care_level is None else str(request.care_level),
        needs=request.need_codes,
        groups=tuple(sorted(request.groups)),
        barriers=tuple(sorted(request.barriers)),
        forms=tuple(sorted(form.value for form in request.forms)),
        refused=tuple(refusal_text(refusal) for refusal in request.refusals),
    )


def refusal_text(refusal: Refusal) -> str:
    """Write a refusal as the contract does: ``4711:jine:ALKOHOL``."""
    return ":".join(filter(None, (refusal.service_id, refusal.reason.value, refusal.barrier)))


def _heard(draft: Draft, program: Program, errors: list[FieldError]) -> Understanding:
    nothing = Understanding(text="")
    if not draft.says.strip():
        if not draft.needs:
            message = _("Napište, co se děje, nebo vyberte životní situaci.")
            errors.append(FieldError(field="says", message=message, code="missing"))
        return nothing
    try:
        heard = program.understand(draft.says)
    except RequestError as error:
        errors.append(FieldError(field=error.field, message=str(error)))
        return nothing
    if not heard.understood and not draft.needs:
        message = _(
            "Z textu jsme nepoznali, jakou pomoc hledáte. Vyberte níže životní situaci, "
            "nebo to zkuste jinými slovy."
        )
        errors.append(FieldError(field="says", message=message, code="not_understood"))
    return heard


def _needs(draft: Draft, heard: Understanding) -> tuple[AskedNeed, ...]:
    chosen = {code: AskedNeed(code=code) for code in draft.needs}
    return (*chosen.values(), *(need for need in heard.asked if need.code not in chosen))


def _integer(text: str, field: str, message: str, errors: list[FieldError]) -> int | None:
    if not text.strip():
        return None
    try:
        return int(text.strip())
    except ValueError:
        errors.append(FieldError(field=field, message=message))
        return None


def _limit(text: str, errors: list[FieldError]) -> int:
    message = _("Počet výsledků je číslo od {low} do {high}.").format(
        low=LIMITS.start, high=LIMITS.stop - 1
    )
    known = len(errors)
    limit = _integer(text, "limit", message, errors)
    if limit is None:
        return DEFAULT_LIMIT
    if limit not in LIMITS and len(errors) == known:
        errors.append(FieldError(field="limit", message=message))
    return limit


def _forms(codes: Sequence[str], errors: list[FieldError]) -> frozenset[Form]:
    try:
        return frozenset(Form(code) for code in codes)
    except ValueError:
        message = _("Forma služby je T (terénní), A (ambulantní) nebo P (pobytová).")
        errors.append(FieldError(field="form", message=message))
        return frozenset()


def _refusals(texts: Sequence[str], errors: list[FieldError]) -> tuple[Refusal, ...]:
    try:
        return tuple(_refusal(text) for text in texts)
    except ValueError:
        reasons = ", ".join(RefusalReason)
        message = _(
            "Odmítnutí zapište jako ID_SLUŽBY:DŮVOD, kde důvod je jeden z: {reasons}."
        ).format(reasons=reasons)
        errors.append(FieldError(field="refused", message=message))
        return ()


def _refusal(text: str) -> Refusal:
    """Read ``4711:jine:ALKOHOL``: the service, the reason and the barrier when one is known."""
    service, reason, *rest = text.split(":")
    if not service or len(rest) > 1:
        raise ValueError(text)
    barrier = rest[0] if rest and rest[0] else None
    return Refusal(service_id=service, reason=RefusalReason(reason), barrier=barrier)
