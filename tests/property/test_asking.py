"""A question that is asked again from its own answer is the same question."""

from datetime import date, timedelta

from hypothesis import given, reject
from hypothesis import strategies as st

from referral.catalog.sexes import Sex
from referral.catalog.vocabulary import Form
from referral.matching.request import AskedNeed, RefusalReason
from referral.web.asking import ask, draft_of
from referral.web.draft import AskError, Draft, RefusalRow
from support.build import TODAY, a_service
from support.matching import PLACES, VOCABULARY, a_world
from support.web import StandIn

PROGRAM = StandIn(a_world(*(a_service(f"s-{number}", f"Služba {number}") for number in range(4))))
DAYS = st.just("") | st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=90)).map(str)
PAST = st.just("") | st.dates(TODAY - timedelta(days=400), TODAY).map(str)
CODES = st.lists(st.sampled_from(sorted(VOCABULARY.barriers)), max_size=2, unique=True).map(tuple)
ROWS = st.builds(
    RefusalRow,
    service=st.sampled_from(["s-1", "Služba 2", "služba 3"]),
    reason=st.sampled_from([reason.value for reason in RefusalReason]),
    barrier=st.just("") | st.sampled_from(sorted(VOCABULARY.barriers)),
    on=PAST,
    wait=st.just("") | st.integers(0, 300).map(str),
)
DRAFTS = st.builds(
    Draft,
    place=st.sampled_from([place.code for place in PLACES]),
    says=st.sampled_from(["", "soused pije", "nemůže se umýt"]),
    needs=st.lists(
        st.sampled_from(sorted(VOCABULARY.needs)), min_size=1, max_size=3, unique=True
    ).map(tuple),
    groups=st.lists(st.sampled_from(sorted(VOCABULARY.groups)), max_size=2).map(tuple),
    age=st.just("") | st.integers(0, 110).map(str),
    born=st.just("") | st.dates(date(1930, 1, 1), date(2020, 1, 1)).map(str),
    care_level=st.sampled_from(["", "0", "3"]),
    barriers=CODES,
    without=CODES,
    forms=st.lists(st.sampled_from([form.value for form in Form]), max_size=2).map(tuple),
    sex=st.sampled_from(["", *(sex.value for sex in Sex)]),
    discharge=DAYS,
    eviction=DAYS,
    refusals=st.lists(ROWS, max_size=3).map(tuple),
)


@given(draft=DRAFTS)
def test_asking_again_from_an_answer_asks_the_same(draft: Draft):
    try:
        asked = ask(draft, PROGRAM, today=TODAY)
    except AskError:
        reject()
    again = draft_of(asked, draft)
    assert again.says == ""
    repeated = ask(again, PROGRAM, today=TODAY)
    sure = tuple(AskedNeed(code=code) for code in asked.need_codes)
    assert repeated.needs == sure
    for name in asked.__slots__:
        if name != "needs":
            assert getattr(repeated, name) == getattr(asked, name), name


@given(draft=DRAFTS)
def test_the_hidden_fields_of_a_form_hold_everything_but_the_words(draft: Draft):
    try:
        asked = ask(draft, PROGRAM, today=TODAY)
    except AskError:
        reject()
    pairs = list(draft_of(asked, draft).pairs())
    names = {name for name, _value in pairs}
    assert "says" not in names
    assert {value for name, value in pairs if name == "need"} == set(asked.need_codes)
    assert {value for name, value in pairs if name == "barrier"} == asked.barriers
    assert {value for name, value in pairs if name == "without"} == asked.absent
    assert len([name for name, _value in pairs if name == "refused"]) == len(asked.refusals)
