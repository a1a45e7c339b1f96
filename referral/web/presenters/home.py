"""What the form offers to choose from."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from referral.catalog.vocabulary import Form, Vocabulary
from referral.web.czech import capitalised
from referral.web.presenters.labels import CARE_LEVELS, FORM_MEANINGS, FORMS
from referral.web.translation import _, translated

AREAS = (
    "péče",
    "zdraví",
    "bydlení",
    "finance",
    "rodina",
    "násilí",
    "závislosti",
    "vztahy",
    "práce",
    "vzdělávání",
    "komunikace",
    "cizinci",
    "návrat",
    "práva",
    "obec",
    "koordinace",
)
"""The order in which people look for help; an area not named here comes last."""

RESULTS_OF_A_REFUSAL = frozenset({"VEK-POD", "VEK-NAD", "KAPACITA", "VYPOVED"})
"""Barriers that are a service's answer, not a circumstance of the client."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to tick or pick."""

    value: str
    label: str
    chosen: bool
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceGroup:
    """Choices under one heading."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """All choices of the form, with what is chosen already."""

    situations: tuple[ChoiceGroup, ...]
    groups: tuple[Choice, ...]
    forms: tuple[Choice, ...]
    care_levels: tuple[Choice, ...]

    @property
    def any_situation(self) -> bool:
        """Whether a life situation is chosen."""
        return any(choice.chosen for group in self.situations for choice in group.choices)

    @property
    def any_detail(self) -> bool:
        """Whether a group, a form or a degree of dependency is chosen."""
        lists = (self.groups, self.forms)
        return any(choice.chosen for one in lists for choice in one) or any(
            choice.chosen and choice.value for choice in self.care_levels
        )


def choices(
    vocabulary: Vocabulary,
    *,
    needs: Collection[str] = (),
    groups: Collection[str] = (),
    forms: Collection[str] = (),
    care_level: str = "",
) -> Choices:
    """Return what the form offers, marking what was chosen."""
    return Choices(
        situations=_situations(vocabulary, needs),
        groups=_terms(
            ((one.code, translated(one.name)) for one in vocabulary.groups.values()), groups
        ),
        forms=tuple(
            Choice(
                value=form.value,
                label=capitalised(FORMS[form]),
                chosen=form.value in forms,
                hint=FORM_MEANINGS[form],
            )
            for form in (Form.FIELD, Form.AMBULATORY, Form.RESIDENTIAL)
        ),
        care_levels=(
            Choice(value="", label=_("nevím nebo nechci uvést"), chosen=not care_level),
            *(
                Choice(value=str(level), label=label, chosen=str(level) == care_level)
                for level, label in CARE_LEVELS.items()
            ),
        ),
    )


def _situations(vocabulary: Vocabulary, chosen: Collection[str]) -> tuple[ChoiceGroup, ...]:
    areas: defaultdict[str, list[Choice]] = defaultdict(list)
    for need in vocabulary.needs.values():
        areas[need.area].append(
            Choice(
                value=need.code,
                label=capitalised(translated(need.name)),
                chosen=need.code in chosen,
            )
        )
    return tuple(
        ChoiceGroup(title=capitalised(translated(area)), choices=tuple(areas[area]))
        for area in sorted(areas, key=lambda area: (_position(area, AREAS), area))
    )


def _position(area: str, order: Sequence[str]) -> int:
    return order.index(area) if area in order else len(order)


def _terms(terms: Iterable[tuple[str, str]], chosen: Collection[str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(value=code, label=capitalised(translated(name)), chosen=code in chosen)
        for code, name in sorted(terms, key=lambda pair: pair[1].casefold())
    )
