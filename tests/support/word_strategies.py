"""Hypothesis strategies that draw whole vocabularies."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from referral.catalog.vocabulary import (
    Barrier,
    Call,
    Form,
    Need,
    RefusalBasis,
    ServiceType,
    TargetGroup,
    Urgency,
    Vocabulary,
)
from support.strategies import codes, every_field, few, names, subset, words

_T = TypeVar("_T")


def _target_groups(known: Sequence[str]) -> SearchStrategy[TargetGroup]:
    return every_field(
        TargetGroup,
        code=codes(),
        name=names(),
        broader=st.none() | st.sampled_from(known) if known else st.none(),
        min_age=st.none() | st.integers(0, 110),
        max_age=st.none() | st.integers(0, 110),
        seniors=st.booleans(),
    )


def _service_types(groups: Sequence[str]) -> SearchStrategy[ServiceType]:
    return every_field(
        ServiceType,
        code=codes(),
        name=names(),
        category=words(),
        forms=st.lists(st.sampled_from(Form), max_size=3, unique=True).map(tuple),
        free_of_charge=st.booleans(),
        typical_groups=subset(groups),
        remote=st.booleans(),
        repealed=st.none() | words(),
        portal_id=st.none() | st.integers(0, 100_000),
        note=words(),
    )


def _needs(types: Sequence[str], groups: Sequence[str]) -> SearchStrategy[Need]:
    return every_field(
        Need,
        code=codes(),
        area=words(),
        name=names(),
        service_types=few(st.sampled_from(types)) if types else st.just(()),
        other_help=few(words()),
        typical_groups=subset(groups),
        implied_groups=subset(groups),
        urgency=st.none() | st.sampled_from(Urgency),
    )


def _barriers() -> SearchStrategy[Barrier]:
    return every_field(
        Barrier,
        code=codes(),
        name=names(),
        bases=few(st.sampled_from(RefusalBasis)),
        residential_only=st.booleans(),
        note=words(),
    )


def _calls(needs: Sequence[str]) -> SearchStrategy[Call]:
    return every_field(
        Call, number=codes(), name=names(), why=words(), needs=subset(needs), source=words()
    )


@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    """Vocabularies whose words refer to one another in their own order, not the alphabet's."""
    groups: dict[str, TargetGroup] = {}
    for _ in range(draw(st.integers(0, 3))):
        group = draw(_target_groups(tuple(groups)))
        groups.setdefault(group.code, group)
    types = draw(_distinct(_service_types(tuple(groups))))
    needs = draw(_distinct(_needs([one.code for one in types], tuple(groups))))
    return Vocabulary.of(
        groups=draw(st.permutations(list(groups.values()))),
        types=types,
        needs=needs,
        barriers=draw(_distinct(_barriers())),
        calls=draw(few(_calls([one.code for one in needs]))),
    )


def _distinct(one: SearchStrategy[_T]) -> SearchStrategy[list[_T]]:
    return st.lists(one, max_size=3, unique_by=lambda term: term.code)  # type: ignore[attr-defined]  # _T is a term here
