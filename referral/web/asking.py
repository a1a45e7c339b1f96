"""From what a person filled in to a validated request, or to errors that name the field.

Forms, JSON bodies and commands become the same Draft first, so that all are read by the same rules;
what the rules of a client's profile are, only the profile knows. Nothing here is stored and nothing
is logged.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from referral.catalog.sexes import Sex
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form
from referral.matching.errors import RequestError
from referral.matching.intake.heard import Understanding
from referral.matching.profile import ClientProfile, Household, Mobility, Papers, request_of
from referral.matching.request import AskedNeed, ReferralRequest
from referral.web.answers import Reader
from referral.web.draft import AskError, Draft, FieldError
from referral.web.finding import AmbiguousPlaceError, UnknownPlaceError, the_place
from referral.web.refusing import refusal_text, refusals_of
from referral.web.translation import _

if TYPE_CHECKING:
    from referral.web.program import Program

DEFAULT_LIMIT = 20
LIMITS = range(1, 101)


def ask(draft: Draft, program: "Program", *, today: date) -> ReferralRequest:
    """Return the request that a draft makes.

    What the person chose outweighs what was read out of their words.

    Raises:
        AskError: some fields have to be mended; all of them are named at once.
    """
    reader = Reader()
    heard = _heard(draft, program, reader)
    place, candidates = _place(draft, program, reader)
    chosen = _profile(draft, program, reader, today=today)
    limit = _limit(draft.limit, reader)
    if place is None or reader.errors:
        raise AskError(reader.errors, candidates=candidates)
    try:
        told = request_of(chosen, place=place, today=today)
        profile = _with_heard(chosen, heard, denied=told.absent)
        request = request_of(profile, place=place, today=today, limit=limit)
        _refuse_contradiction(chosen, place=place, today=today)
        return request.checked(program.catalog().vocabulary)
    except RequestError as error:
        field = FIELD_NAMES.get(error.field, error.field)
        raise AskError([FieldError(field=field, message=str(error))]) from None


FIELD_NAMES = {"absent": "without"}
"""What the interface calls a field that the domain calls otherwise."""


def draft_of(request: ReferralRequest, draft: Draft) -> Draft:
    """Return the draft that asks the same again, without the person's words.

    What was heard in them has become facts by then; what was chosen stays as it was.
    """
    return replace(
        draft,
        place=request.place.name,
        place_code=request.place.code,
        orp="",
        says="",
        limit="",
        age="" if request.age is None else str(request.age),
        care_level="" if request.care_level is None else str(request.care_level),
        needs=request.need_codes,
        groups=tuple(sorted(request.groups)),
        barriers=tuple(sorted(request.barriers)),
        without=tuple(sorted(request.absent)),
        refused=tuple(map(refusal_text, request.refusals)),
        refusals=(),
    )


def _heard(draft: Draft, program: "Program", reader: Reader) -> Understanding:
    nothing = Understanding(text="")
    if not draft.says.strip():
        if not draft.needs:
            message = _("Napište, co se děje, nebo vyberte životní situaci.")
            reader.wrong("says", message, code="missing")
        return nothing
    try:
        heard = program.understand(draft.says)
    except RequestError as error:
        reader.wrong(error.field, str(error))
        return nothing
    if not heard.understood and not draft.needs:
        message = _(
            "Z textu jsme nepoznali, jakou pomoc hledáte. Vyberte níže životní situaci, "
            "nebo to zkuste jinými slovy."
        )
        reader.wrong("says", message, code="not_understood")
    return heard


def _place(
    draft: Draft, program: "Program", reader: Reader
) -> tuple[Municipality | None, Sequence[Municipality]]:
    try:
        return the_place(draft.place_code or draft.place, program.places(), orp=draft.orp), ()
    except AmbiguousPlaceError as error:
        reader.wrong("place", str(error), code="ambiguous_place")
        return None, error.candidates
    except UnknownPlaceError as error:
        reader.wrong("place", str(error), code="unknown_place")
        return None, error.nearest


def _profile(draft: Draft, program: "Program", reader: Reader, *, today: date) -> ClientProfile:
    """Return what the person has chosen, without what they said in words."""
    return ClientProfile(
        needs=tuple(AskedNeed(code=code) for code in dict.fromkeys(draft.needs)),
        groups=frozenset(draft.groups),
        age=reader.number(draft.age, "age", _("Věk napište číslem, například 78.")),
        born=reader.day(draft.born, "born", _("Datum narození")),
        sex=reader.one_of(Sex, draft.sex, "sex", _("Pohlaví")),
        care_level=reader.number(
            draft.care_level, "care_level", _("Stupeň závislosti je číslo od 0 do 4.")
        ),
        mobility=reader.one_of(Mobility, draft.mobility, "mobility", _("Pohyblivost")),
        forms=_forms(draft.forms, reader),
        barriers=frozenset(draft.barriers),
        absent=frozenset(draft.without),
        languages=reader.languages(draft.languages),
        papers=Papers(
            documents=reader.yes_or_no(draft.documents, "documents"),
            income=reader.yes_or_no(draft.income, "income"),
            insurance=reader.yes_or_no(draft.insurance, "insurance"),
        ),
        household=Household(
            partner=reader.yes_or_no(draft.partner, "partner"),
            children=reader.number(
                draft.children, "children", _("Počet dětí napište číslem, například 2.")
            ),
            dog=reader.yes_or_no(draft.dog, "dog"),
        ),
        discharge_on=reader.day(draft.discharge, "discharge", _("Den propuštění")),
        eviction_on=reader.day(draft.eviction, "eviction", _("Den ztráty bydlení")),
        refusals=refusals_of(
            draft.refused, draft.refusals, catalog=program.catalog(), today=today, reader=reader
        ),
    )


def _with_heard(
    chosen: ClientProfile, heard: Understanding, *, denied: frozenset[str]
) -> ClientProfile:
    """Add what was heard in the words wherever the person has not chosen otherwise."""
    codes = {need.code for need in chosen.needs}
    return replace(
        chosen,
        needs=(*chosen.needs, *(need for need in heard.asked if need.code not in codes)),
        groups=chosen.groups | heard.groups,
        age=heard.age if chosen.age is None and chosen.born is None else chosen.age,
        care_level=heard.care_level if chosen.care_level is None else chosen.care_level,
        barriers=chosen.barriers | (heard.barriers - denied),
    )


def _refuse_contradiction(chosen: ClientProfile, *, place: Municipality, today: date) -> None:
    """Refuse a barrier that another answer of the person's denies."""
    free = request_of(replace(chosen, barriers=frozenset()), place=place, today=today).absent
    if both := sorted(chosen.barriers & free):
        raise RequestError(
            "barrier",
            _("Překážka {code} odporuje jiné odpovědi o téže věci; jednu z nich opravte.").format(
                code=both[0]
            ),
        )


def _limit(text: str, reader: Reader) -> int:
    message = _("Počet výsledků je číslo od {low} do {high}.").format(
        low=LIMITS.start, high=LIMITS.stop - 1
    )
    known = len(reader.errors)
    limit = reader.number(text, "limit", message)
    if limit is None:
        return DEFAULT_LIMIT
    if limit not in LIMITS and len(reader.errors) == known:
        reader.wrong("limit", message)
    return limit


def _forms(codes: Sequence[str], reader: Reader) -> frozenset[Form]:
    try:
        return frozenset(Form(code) for code in codes)
    except ValueError:
        reader.wrong("form", _("Forma služby je T (terénní), A (ambulantní) nebo P (pobytová)."))
        return frozenset()
