"""Small rules of the editors' pages: openings of cards, sentences about values, previews."""

from collections import Counter
from dataclasses import replace
from datetime import date
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from referral.catalog.areas import CoverageStatus
from referral.catalog.editing import Author, AuthorKind, same_content
from referral.catalog.known import declared
from referral.catalog.model import AcceptanceRule, AgeRange, Contact, Eligibility, Stance
from referral.catalog.own_fields import OwnField, OwnValue, VerifiedBy, Waiting
from referral.catalog.vocabulary import Form
from referral.storage.errors import BusyError
from referral.usecases.preview_edit import MOST_CASES, preview
from referral.web.answers import Reader
from referral.web.editing.fields import WORDS
from referral.web.editing.openings import TOGETHER, Openings
from referral.web.editing.reading import Reading, read
from referral.web.editing.telling import author_text, said
from referral.web.editing.written import write
from support.build import TODAY, a_service, covering
from support.invented import WORDS as INVENTED
from support.matching import FAR, POLICY, VOCABULARY, a_world
from support.own_strategies import own_values

WORLD = a_world(a_service("s"))


def own(field, **given_):
    return OwnValue(
        service="s", field=field, verified_on=TODAY, verified_by=VerifiedBy.OFFICE, **given_
    )


# --- Openings of cards ----------------------------------------------------------------------------


def test_openings_are_written_together_and_those_a_busy_database_refused_come_later():
    written, busy = [], [True]

    def write_down(counts):
        if busy:
            busy.clear()
            raise BusyError("somebody imports")
        written.append(dict(counts))

    openings = Openings(write_down, run=lambda work: work())
    for number in range(2 * TOGETHER - 1):
        openings.add(f"s-{number % 2}")
    assert [Counter(one).total() for one in written] == [TOGETHER + 1]
    for _ in range(2):
        openings.add("s-1")
    assert [Counter(one).total() for one in written] == [TOGETHER + 1, TOGETHER]


def test_openings_are_written_in_the_background_unless_told_otherwise():
    done, over = [], Event()

    def write_down(counts):
        done.append(dict(counts))
        over.set()

    openings = Openings(write_down)
    for _ in range(TOGETHER):
        openings.add("s")
    assert over.wait(timeout=60)
    assert done == [{"s": TOGETHER}]


# --- Forms ----------------------------------------------------------------------------------------

FIELDS = [one for one in OwnField if one is not OwnField.COVERAGE]


@given(value=own_values(("s",)).filter(lambda one: one.field in FIELDS))
def test_what_a_form_would_send_reads_back_as_the_value_or_names_what_is_wrong(value):
    catalog = replace(WORLD, vocabulary=INVENTED)
    written = write(value.field, value, territory=catalog.territory)
    reader = Reader()
    reading = Reading(
        service=catalog.service("s"), catalog=catalog, on=value.verified_on, by=value.verified_by
    )
    back = read(value.field, written, reading, reader)
    if reader.errors:
        assert all(one.field.startswith(WORDS[value.field].slug) for one in reader.errors)
        assert back is None
    elif value.field is OwnField.AGES:
        assert back == value
    else:
        assert back is None or back.field is value.field
    assert said(value, catalog)


@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from([
                "volno-pocet-0", "volno-jednotka-0", "volno-forma-0", "kapacita-pocet-0",
                "koho-prijima-prekazka-0", "koho-prijima-postoj-0", "koho-prijima-duvod-0",
                "vek-od", "vek-do", "vek-bez", "cekani-dny", "kontakt-telefon", "kontakt-email",
                "kontakt-web", "sit-nazev-0", "sit-od-0", "pusobnost-kde", "pusobnost-obec",
                "doba-text-T", "co-dela-dela",
            ]),
            st.text(max_size=12) | st.sampled_from(["1", "klient", "ALKOHOL", "excludes", "vse"]),
        ),
        max_size=6,
    ),
    field=st.sampled_from(OwnField),
)  # fmt: skip
def test_whatever_is_sent_becomes_a_value_nothing_or_a_named_mistake(pairs, field):
    reader = Reader()
    reading = Reading(service=WORLD.service("s"), catalog=WORLD, on=TODAY, by=VerifiedBy.PROVIDER)
    value = read(field, MultiDict(pairs), reading, reader)
    assert value is None or (value.field is field and not reader.errors)


# --- Sentences ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "told"),
    [
        (Author(kind=AuthorKind.ACCOUNT, id="7", role="editor"), "lhota (editor)"),
        (Author(kind=AuthorKind.ACCOUNT, id="8", role="editor"), "účet, který už není (editor)"),
        (Author(kind=AuthorKind.LINK, id="x", role="provider"), "poskytovatel přes odkaz"),
        (Author(kind=AuthorKind.SHEET), "nahraná tabulka"),
        (Author(kind=AuthorKind.COMMAND), "příkazová řádka"),
        (Author(kind=AuthorKind.PROGRAM), "program sám"),
    ],
)
def test_an_author_is_told_without_a_name(author, told):
    assert author_text(author, {"7": "lhota"}) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, ("nic vlastního, platí zdroj",)),
        (own(OwnField.WAITING, waiting=Waiting(days=0)), ("bez čekání",)),
        (own(OwnField.WAITING, waiting=Waiting(note="rok")), ("rok",)),
        (own(OwnField.AGES, ages=AgeRange()), ("bez věkového omezení",)),
        (own(OwnField.CONTACT, contact=Contact(web="example.test")), ("example.test",)),
        (
            own(OwnField.COVERAGE, coverage=replace(covering("500001"), everywhere=True)),
            ("celá Česká republika",),
        ),
    ],
)
def test_a_value_is_told_line_by_line(value, told):
    assert said(value, WORLD) == told


def test_a_confirmed_coverage_says_the_same_as_a_declared_one():
    parsed = covering("500001", status=CoverageStatus.PARSED)
    value = own(OwnField.COVERAGE, coverage=declared(parsed))
    assert value.coverage.status is CoverageStatus.DECLARED
    assert same_content(value, replace(value, verified_on=date(2026, 1, 1)))


# --- What the matcher would say -------------------------------------------------------------------


def cases(before, after):
    catalog = a_world(before, a_service("other", coverage=covering("500001")))
    return preview(before, after, catalog=catalog, policy=POLICY, today=TODAY)


def test_nothing_is_asked_when_nothing_changes_or_when_no_need_leads_to_the_service():
    service = a_service("s", coverage=covering("500001"))
    assert cases(service, service) == ()
    lost = replace(service, type="41", needs=frozenset())
    vocabulary = replace(VOCABULARY, needs={})
    catalog = replace(a_world(lost), vocabulary=vocabulary)
    after = replace(lost, name="jiná")
    assert preview(lost, after, catalog=catalog, policy=POLICY, today=TODAY) == ()


def test_a_municipality_that_comes_is_asked_about_and_is_answered_otherwise():
    before = a_service("s", coverage=covering("500001"), locations=())
    found = cases(before, replace(before, coverage=covering("500001", FAR.code)))
    differing = [one for one in found if one.differs]
    assert [one.request.place.code for one in differing] == [FAR.code]
    assert differing[0].before.rank is None
    assert differing[0].before.exclusions != ()
    assert differing[0].after.rank is not None
    gone = cases(replace(before, coverage=covering("500001", FAR.code)), before)
    assert [one.request.place.code for one in gone if one.differs] == [FAR.code]


def test_barriers_and_ages_that_change_are_asked_about_up_to_a_few():
    before = a_service("s", coverage=covering("500001"), forms=[Form.FIELD])
    rules = tuple(
        AcceptanceRule(barrier=code, stance=Stance.EXCLUDES) for code in VOCABULARY.barriers
    )
    after = replace(before, eligibility=Eligibility(rules=rules[:2], ages=AgeRange(min=60, max=70)))
    asked = [one.request for one in cases(before, after)]
    assert len(asked) <= MOST_CASES
    assert {code for one in asked for code in one.barriers} == {one.barrier for one in rules[:2]}
    assert {one.age for one in asked} == {None, 59, 71}


def test_help_that_names_its_needs_itself_is_asked_about_too():
    before = a_service(
        "s", type=None, needs=["ZAV-ALK"], forms=None, locations=(), coverage=covering("500001")
    )
    after = replace(before, eligibility=Eligibility(ages=AgeRange(min=60)))
    found = cases(before, after)
    assert {one.request.need_codes for one in found} == {("ZAV-ALK",)}
    assert any(one.differs for one in found)
