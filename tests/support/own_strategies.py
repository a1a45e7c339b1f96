"""Hypothesis strategies of what people verify, decide and count, and of published code lists."""

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from referral.catalog.code_lists import CodeListEntry
from referral.catalog.experience import OutcomeCount
from referral.catalog.merging import MergeDecision, MergeVerdict
from referral.catalog.model import CapacityUnit, Contact
from referral.catalog.own_fields import (
    NetworkMembership,
    OwnCapacity,
    OwnField,
    OwnValue,
    Scope,
    Vacancy,
    VerifiedBy,
    Waiting,
)
from referral.catalog.vocabulary import Form
from support.invented import WORDS
from support.strategies import (
    acceptance_rules,
    age_ranges,
    coverages,
    days,
    every_field,
    names,
    schedules,
    words,
)


def vacancies() -> SearchStrategy[Vacancy]:
    """Free places of one form in one unit."""
    return every_field(
        Vacancy,
        unit=st.sampled_from(CapacityUnit),
        available=st.integers(0, 100),
        form=st.none() | st.sampled_from(Form),
    )


def own_capacities() -> SearchStrategy[OwnCapacity]:
    """Verified capacities, whole or not."""
    return every_field(
        OwnCapacity,
        unit=st.sampled_from(CapacityUnit),
        amount=st.integers(0, 1000) | st.floats(0, 1000, allow_nan=False),
        form=st.none() | st.sampled_from(Form),
    )


def memberships() -> SearchStrategy[NetworkMembership]:
    """Networks with either end known or open."""
    return every_field(
        NetworkMembership, network=names(), since=st.none() | days(), until=st.none() | days()
    )


def contacts() -> SearchStrategy[Contact]:
    """Ways to reach a service, one at least."""
    some = st.none() | names()
    drawn = every_field(Contact, phone=some, email=some, web=some)
    return drawn.filter(lambda one: one != Contact())


def waitings() -> SearchStrategy[Waiting]:
    """Waiting in days, in words or in both."""
    drawn = every_field(Waiting, days=st.none() | st.integers(0, 3650), note=words())
    return drawn.filter(lambda one: one != Waiting())


def scopes() -> SearchStrategy[Scope]:
    """What a service does, does not, or both."""
    return every_field(Scope, does=words(), does_not=words()).filter(lambda one: one != Scope())


def own_values(services: Sequence[str]) -> SearchStrategy[OwnValue]:
    """Verified values of any field of one of the services."""
    return st.sampled_from(OwnField).flatmap(lambda named: _own_value(named, services))


def _own_value(named: OwnField, services: Sequence[str]) -> SearchStrategy[OwnValue]:
    def some(field: OwnField, one: SearchStrategy[object]) -> SearchStrategy[object]:
        drawn = st.lists(one, min_size=1, max_size=3).map(tuple)
        return drawn if field is named else st.just(())

    return every_field(
        OwnValue,
        service=st.sampled_from(services),
        field=st.just(named),
        verified_on=days(),
        verified_by=st.sampled_from(VerifiedBy),
        coverage=coverages() if named is OwnField.COVERAGE else st.none(),
        vacancies=some(OwnField.VACANCY, vacancies()),
        rules=some(OwnField.ACCEPTANCE, acceptance_rules(tuple(WORDS.barriers))),
        networks=some(OwnField.NETWORK, memberships()),
        capacities=some(OwnField.CAPACITY, own_capacities()),
        contact=contacts() if named is OwnField.CONTACT else st.none(),
        hours=some(OwnField.HOURS, schedules()),
        waiting=waitings() if named is OwnField.WAITING else st.none(),
        ages=age_ranges() if named is OwnField.AGES else st.none(),
        scope=scopes() if named is OwnField.SCOPE else st.none(),
    )


def decisions(services: Sequence[str]) -> SearchStrategy[MergeDecision]:
    """Decisions about two of the services."""
    return st.permutations(services).flatmap(
        lambda order: every_field(
            MergeDecision,
            kept=st.just(order[0]),
            other=st.just(order[1]),
            verdict=st.sampled_from(MergeVerdict),
            decided_on=days(),
            decided_by=st.sampled_from(VerifiedBy),
        )
    )


def outcome_counts(services: Sequence[str]) -> SearchStrategy[OutcomeCount]:
    """Counts of outcomes, of a barrier or of none."""
    return every_field(
        OutcomeCount,
        service=st.sampled_from(services),
        barrier=st.just("") | st.sampled_from(tuple(WORDS.barriers)),
        accepted=st.integers(0, 10_000),
        refused=st.integers(0, 10_000),
        last_month=days().map(lambda day: day.replace(day=1)),
    )


def code_list_entries() -> SearchStrategy[CodeListEntry]:
    """Codes of published lists."""
    return every_field(CodeListEntry, code_list=names(), code=words(), name=words(), as_of=days())
