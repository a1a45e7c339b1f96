"""What the form asks of somebody who knows more about the client, with what is answered already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from referral.catalog.sexes import Sex
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Vocabulary
from referral.matching.profile import Mobility
from referral.matching.request import RefusalReason
from referral.web.czech import capitalised
from referral.web.draft import NO, YES, Draft, RefusalRow
from referral.web.presenters.home import RESULTS_OF_A_REFUSAL, Choice
from referral.web.presenters.labels import LANGUAGES, MOBILITIES, REFUSAL_REASONS, SEXES
from referral.web.refusing import find_service, row_of, service_label
from referral.web.translation import _, translated

EMPTY_ROWS = 2
"""Rows for refusals left empty below those that are filled in."""

FACTS: Mapping[str, tuple[str, bool]] = {
    "documents": ("BEZ-DOKL", False),
    "income": ("BEZ-PRIJ", False),
    "insurance": ("BEZ-POJ", False),
    "partner": ("PAR", True),
    "dog": ("PES", True),
}
"""Questions of the form, the barrier each decides, and whether "ano" means that it is there."""

_ASKED_OTHERWISE = {"IMOBIL", "JAZYK"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ternary:
    """A question with three answers; ``answer`` is YES, NO or empty for "nevím"."""

    name: str
    label: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalFields:
    """One row about a refusal; ``candidates`` are there when the service is to be chosen."""

    row: RefusalRow
    candidates: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileForm:
    """The fieldsets behind "Vím o člověku víc"."""

    sexes: tuple[Choice, ...]
    mobilities: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    has: tuple[Ternary, ...]
    comes_with: tuple[Ternary, ...]
    barriers: tuple[Ternary, ...]
    refusals: tuple[RefusalFields, ...]
    reasons: tuple[Choice, ...]
    stated: tuple[Choice, ...]
    filled: bool


def profile_form(draft: Draft, catalog: Catalog) -> ProfileForm:
    """Return the questions about a client, with the answers that a draft holds."""
    vocabulary = catalog.vocabulary
    answers = {name: _fact(name, draft) for name in FACTS}
    labels = _QUESTIONS
    written = [row_of(text, catalog) for text in draft.refused]
    rows = [*written, *(row for row in draft.refusals if row.filled)]
    return ProfileForm(
        sexes=_choices({one.value: SEXES[one] for one in Sex}, [draft.sex], blank=True),
        mobilities=_choices(
            {one.value: MOBILITIES[one] for one in Mobility}, [draft.mobility], blank=True
        ),
        languages=_choices(_languages(draft.languages), draft.languages),
        has=tuple(
            Ternary(name=name, label=labels[name], answer=answers[name])
            for name in ("documents", "income", "insurance")
        ),
        comes_with=tuple(
            Ternary(name=name, label=labels[name], answer=answers[name])
            for name in ("partner", "dog")
        ),
        barriers=_barriers(draft, vocabulary),
        refusals=tuple(_row(row, catalog) for row in (*rows, *[RefusalRow()] * EMPTY_ROWS)),
        reasons=_choices({one.value: REFUSAL_REASONS[one] for one in RefusalReason}, []),
        stated=_choices(
            {
                code: translated(one.name)
                for code, one in sorted(vocabulary.barriers.items(), key=lambda it: it[1].name)
                if code not in RESULTS_OF_A_REFUSAL
            },
            [],
        ),
        filled=any(answers.values()) or bool(rows) or _told(draft),
    )


_QUESTIONS: Mapping[str, str] = {
    "documents": _("Má doklad totožnosti?"),
    "income": _("Má příjem (důchod, dávky, mzdu)?"),
    "insurance": _("Má zdravotní pojištění?"),
    "partner": _("Chce bydlet s partnerem?"),
    "dog": _("Má s sebou psa?"),
}


def _fact(name: str, draft: Draft) -> str:
    """Return the answer given to the question itself, or to the barrier that it decides."""
    given: str = getattr(draft, name)
    if given:
        return given
    barrier, when = FACTS[name]
    if barrier in draft.barriers:
        return YES if when else NO
    if barrier in draft.without:
        return NO if when else YES
    return ""


def _barriers(draft: Draft, vocabulary: Vocabulary) -> tuple[Ternary, ...]:
    """Return the barriers that no other question of the form decides."""
    told = {*draft.barriers, *draft.without}
    decided = {barrier for barrier, _when in FACTS.values()} | (_ASKED_OTHERWISE - told)
    return tuple(
        Ternary(
            name=f"b-{code}", label=capitalised(translated(one.name)), answer=_stance(code, draft)
        )
        for code, one in sorted(vocabulary.barriers.items(), key=lambda it: it[1].name.casefold())
        if code not in decided | RESULTS_OF_A_REFUSAL
    )


def _stance(code: str, draft: Draft) -> str:
    if code in draft.barriers:
        return YES
    return NO if code in draft.without else ""


def _told(draft: Draft) -> bool:
    return any(
        (
            draft.sex,
            draft.born,
            draft.mobility,
            draft.languages,
            draft.children,
            draft.discharge,
            draft.eviction,
            draft.without,
        )
    )


def _row(row: RefusalRow, catalog: Catalog) -> RefusalFields:
    """Return a row with the name of its service, or with those among which one has to choose."""
    named = find_service(row.service, catalog)
    if len(named.services) == 1:
        return RefusalFields(row=replace(row, service=service_label(named.services[0])))
    if named.more:
        return RefusalFields(row=row)
    return RefusalFields(
        row=row,
        candidates=tuple(
            Choice(
                value=service_label(one),
                label=f"{one.name}, {one.organization.name}",
                chosen=False,
            )
            for one in named.services
        ),
    )


def _languages(spoken: Sequence[str]) -> Mapping[str, str]:
    """Return the languages to tick; one that we do not name stands under its code."""
    return {**LANGUAGES, **{code: code for code in spoken if code not in LANGUAGES}}


def _choices(
    labels: Mapping[str, str], chosen: Sequence[str], *, blank: bool = False
) -> tuple[Choice, ...]:
    named = tuple(
        Choice(value=value, label=capitalised(label), chosen=value in chosen)
        for value, label in labels.items()
    )
    if not blank:
        return named
    return (Choice(value="", label=_("Nevím"), chosen=not any(it.chosen for it in named)), *named)
