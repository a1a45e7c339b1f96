"""How an expected answer is told to an office."""

from datetime import date

import pytest

from referral.catalog.vocabulary import Form
from referral.matching.prospect import Condition, ConditionKind, DoubtKind
from referral.web.czech import plain
from referral.web.papers.expected import condition_text, doubts_in_short, reach_in_short
from support.build import a_service, covering
from support.matching import VOCABULARY
from support.papers import a_matter, coming


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (Condition(kind=ConditionKind.PLACE), "Volné místo teď nehlásí; nutný je pořadník."),
        (
            Condition(kind=ConditionKind.ASK_AGAIN, on=date(2026, 8, 1)),
            "Už odmítla, důvod pominul 1. 8. 2026; lze se ptát znovu.",
        ),
        (
            Condition(kind=ConditionKind.ASK_AGAIN),
            "Už odmítla, důvod pominul; lze se ptát znovu.",
        ),
        (
            Condition(kind=ConditionKind.WRITTEN_REASON),
            "Už odmítla z důvodu, který zákon nezná; má vydat písemný důvod.",
        ),
        (
            Condition(kind=ConditionKind.STATED, barrier="PAS", wording="jen po domluvě."),
            "Podmínka (PAS): „jen po domluvě“.",
        ),
        (
            Condition(kind=ConditionKind.STATED, barrier="PAS"),
            "Má podmínku, kterou je třeba zjistit (PAS).",
        ),
    ],
)
def test_every_condition_has_its_sentence(condition, text):
    assert plain(condition_text(condition, VOCABULARY)) == text


def test_help_at_a_distance_is_said_to_be_that():
    matter = a_matter(
        a_service("s-1", type="41", forms=[Form.FIELD], coverage=covering(everywhere=True)),
        needs=("PEC-NOC",),
    )
    (match,) = matter.answer.matches
    assert reach_in_short(match) == "Pomáhá na dálku."


def test_doubts_may_be_narrowed_to_some_kinds():
    matter = a_matter(coming("s-1"), barriers=["PAS"])
    prospect = matter.answer.prospects["s-1"]
    assert doubts_in_short(prospect, VOCABULARY, kinds=frozenset({DoubtKind.BARRIER})) == (
        "zda přijímá, když jde o: PAS",
    )
    assert len(doubts_in_short(prospect, VOCABULARY)) > 1
