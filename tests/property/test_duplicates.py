"""Laws of proposing and merging that hold whatever the records are."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from referral.catalog.comparing import compare, record_of
from referral.catalog.duplicates import DuplicateLevel, propose
from referral.catalog.merging import MergeDecision, fold
from referral.catalog.model import Location, Service
from support.build import SECRET, TODAY, a_location
from support.records import HERE, NEARBY, TOWNS, a_record, different, same

NAMES = ("Kopretina", "Kopretyna", "Sedmikráska", "Kopretina 2", "Domov")
PROVIDERS = ("Modrá řeka, z. s.", "Modrá řeka o.p.s.", "Farní charita Lhota", "Oblastní charita")


def places() -> SearchStrategy[tuple[Location, ...]]:
    here = st.sampled_from([HERE, NEARBY, TOWNS.municipality("500001").point, None])
    town = st.sampled_from(["500001", "500002", "500003", "999", None])
    known = st.builds(lambda code, point: a_location(code, point=point), town, here)
    return st.lists(known | st.just(SECRET), max_size=2).map(tuple)


@st.composite
def records(draw: st.DrawFn) -> list[Service]:
    """A few records of three sources that easily resemble each other."""
    found = []
    for number in range(draw(st.integers(0, 7))):
        record = a_record(
            f"{draw(st.sampled_from('abc'))}-{number}",
            source=draw(st.sampled_from(("x", "y", "z"))),
            provider=draw(st.sampled_from(PROVIDERS)),
            name=draw(st.sampled_from(NAMES)),
            ico=draw(st.sampled_from((None, "00000001", "00000002"))),
            type=draw(st.sampled_from((None, "40", "49"))),
            register_id=draw(st.sampled_from((None, None, "1234567", "7654321"))),
            needs=frozenset({"PEC"}),
            locations=draw(places()),
        )
        found.append(record)
    return found


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Service], list[MergeDecision]]:
    """Records and consistent decisions about some of them, in any order."""
    services = draw(records())
    names = [one.id for one in services] + ["gone"]
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(
        lambda pair: pair[0] != pair[1]
    )
    drawn = draw(st.lists(pairs, max_size=4, unique_by=frozenset)) if len(names) > 1 else []
    decide = [draw(st.sampled_from((same, different))) for _ in drawn]
    return services, [make(*pair) for make, pair in zip(decide, drawn, strict=True)]


def found(services: list[Service], decisions: list[MergeDecision]):
    return propose(services, decided=decisions, territory=TOWNS, today=TODAY)


@given(worlds(), st.randoms())
def test_proposals_do_not_depend_on_the_order_of_records_or_decisions(world, chance) -> None:
    services, decisions = world
    expected = found(services, decisions)
    chance.shuffle(services)
    chance.shuffle(decisions)
    assert found(services, decisions) == expected


@given(records())
def test_evidence_is_the_same_whichever_record_comes_first(services) -> None:
    prepared = [record_of(one, TOWNS) for one in services]
    for one in prepared:
        for other in prepared:
            assert compare(one, other) == compare(other, one)


@given(worlds())
def test_proposals_join_two_records_that_could_be_one(world) -> None:
    services, decisions = world
    by_id = {one.id: one for one in services}
    for proposal in found(services, decisions):
        one, other = by_id[proposal.kept], by_id[proposal.other]
        assert one.id != other.id
        assert one.type is None or other.type is None or one.type == other.type
        assert None in {one.register_id, other.register_id} or (
            one.register_id == other.register_id
        )
        icos = {one.organization.ico, other.organization.ico} - {None}
        assert proposal.foreign is (len(icos) > 1)
        if proposal.foreign:
            assert proposal.level is DuplicateLevel.POSSIBLE
            assert not proposal.automatic
        if one.provenance.source == other.provenance.source:
            assert one.register_id == other.register_id is not None
        if one.secret or other.secret:
            assert not {"place", "km", "orp"} & {k for it in proposal.evidence for k in it.facts}


@given(worlds())
def test_no_two_records_are_proposed_twice(world) -> None:
    pairs = [frozenset((one.kept, one.other)) for one in found(*world)]
    assert len(pairs) == len(set(pairs))


@given(worlds(), st.randoms())
def test_merging_does_not_depend_on_the_order_of_records_or_decisions(world, chance) -> None:
    services, decisions = world
    expected = fold(services, decisions, territory=TOWNS)
    chance.shuffle(services)
    chance.shuffle(decisions)
    assert fold(services, decisions, territory=TOWNS) == expected


@given(worlds())
def test_merging_by_decisions_twice_changes_nothing_more(world) -> None:
    services, decisions = world
    services = [replace(one, register_id=None) for one in services]
    once = fold(services, decisions, territory=TOWNS)
    assert fold(once.services, decisions, territory=TOWNS).services == once.services


@given(worlds())
def test_every_record_is_shown_or_stands_behind_one_that_is(world) -> None:
    services, decisions = world
    result = fold(services, decisions, territory=TOWNS)
    shown = {one.id for one in result.services}
    ids = {one.id for one in services}
    assert all(result.aliases.get(name, name) in shown for name in ids)
    behind = [name for one in result.merged.values() for name in one.records]
    assert len(behind) == len(set(behind))
    assert len(shown) + len(behind) == len(ids)


@given(worlds())
def test_a_service_with_one_withheld_record_has_no_place(world) -> None:
    services, decisions = world
    result = fold(services, decisions, territory=TOWNS)
    secret = {result.aliases.get(one.id, one.id) for one in services if one.secret}
    for service in result.services:
        if service.id in result.merged and service.id in secret:
            assert service.locations == (SECRET,)


@given(records())
def test_without_decisions_only_equal_numbers_of_two_sources_stand_as_one(services) -> None:
    result = fold(services, (), territory=TOWNS)
    by_id = {one.id: one for one in services}
    for name, root in result.aliases.items():
        assert by_id[name].register_id == by_id[root].register_id is not None
    alone = [replace(one, register_id=None) for one in services]
    assert not fold(alone, (), territory=TOWNS).aliases
