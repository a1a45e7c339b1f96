"""Verdicts, questions and steadiness in words: each kind has its sentence, none is overstated."""

from datetime import date

import pytest

from referral.catalog.experience import OutcomeCount
from referral.catalog.vocabulary import Form
from referral.matching.advice import NO_ADVICE
from referral.matching.estimate import Estimate
from referral.matching.prospect import (
    REFUSES,
    Answer,
    Condition,
    ConditionKind,
    Doubt,
    DoubtKind,
    Prospect,
)
from referral.matching.question import Question, Subject
from referral.matching.request import Refusal, RefusalReason
from referral.matching.sensitivity import Wobble
from referral.usecases.recommend import recommend
from referral.web.czech import plain
from referral.web.presenters.plans import due_text, steadiness_text
from referral.web.presenters.prospects import ANSWERS, NOTES, doubts_told, estimate_text, verdict
from referral.web.presenters.questions import question_view
from referral.web.presenters.refused import refusals_told
from referral.web.presenters.results import results_view
from support.build import TODAY, a_catalog, a_need, a_service, a_territory, covering
from support.matching import PLACES, POLICY, VOCABULARY, a_request, a_world


def told(prospect: Prospect) -> str:
    made = verdict(prospect, request=a_request(), catalog=a_world(), advice=NO_ADVICE)
    return plain(" ".join(made.reasons))


@pytest.mark.parametrize("answer", Answer)
def test_every_answer_has_a_word_and_a_note(answer):
    made = verdict(
        Prospect(answer=answer), request=a_request(), catalog=a_world(), advice=NO_ADVICE
    )
    assert made.label == ANSWERS[answer]
    assert made.note == NOTES[answer]
    assert made.reasons == ()
    assert REFUSES.answer.value == "neprijme"


def test_an_acceptance_rests_on_the_services_own_word_and_not_on_a_free_place():
    assert "sama uvádí" in NOTES[Answer.ACCEPTS]
    assert "volné místo ověřte" in NOTES[Answer.ACCEPTS]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (
            {"kind": ConditionKind.STATED, "barrier": "ALKOHOL", "wording": "nepije v domě."},
            "„užívá alkohol nebo drogy“: „nepije v domě“.",
        ),
        ({"kind": ConditionKind.STATED, "barrier": "ALKOHOL"}, "podmínkou, kterou upřesní"),
        ({"kind": ConditionKind.ASK_AGAIN}, "důvod pominul, zeptejte se znovu"),
        (
            {"kind": ConditionKind.ASK_AGAIN, "on": date(2026, 8, 1)},
            "důvod pominul 1. 8. 2026, zeptejte se znovu",
        ),
        ({"kind": ConditionKind.WRITTEN_REASON}, "mezi důvody § 91 odst. 3 není"),
        ({"kind": ConditionKind.WRITTEN_REASON, "barrier": "NIC"}, "uvedla (NIC)"),
        ({"kind": ConditionKind.PLACE}, "pořadník"),
    ],
)
def test_every_condition_has_its_sentence(condition, words):
    text = told(Prospect(answer=Answer.CONDITIONAL, conditions=(Condition(**condition),)))
    assert words in text


def test_every_doubt_has_its_sentence_and_those_of_one_kind_share_one():
    every = [Doubt(kind=kind, barrier="ALKOHOL") for kind in DoubtKind]
    sentences = [one.text for one in doubts_told(every, VOCABULARY)]
    assert len(sentences) == len(set(sentences)) == len(DoubtKind)
    assert all(text.endswith(".") and "{" not in text for text in sentences)
    two = [Doubt(kind=DoubtKind.BARRIER, barrier=code) for code in ("ALKOHOL", "NEVIM")]
    (one,) = doubts_told(two, VOCABULARY)
    assert one.barriers == ("ALKOHOL", "NEVIM")
    assert "užívá alkohol nebo drogy a" in plain(one.text)


def test_conditions_come_before_doubts_and_those_before_experience():
    made = verdict(
        Prospect(
            answer=Answer.UNKNOWN,
            conditions=(Condition(kind=ConditionKind.PLACE),),
            doubts=(Doubt(kind=DoubtKind.REACH),),
            estimates=(("ALKOHOL", AN_ESTIMATE),),
        ),
        request=a_request(),
        catalog=a_world(),
        advice=NO_ADVICE,
    )
    kinds = [one.kind for one in (*made.conditions, *made.doubts, *made.estimates)]
    assert kinds == ["place", "reach", "estimate"]


AN_ESTIMATE = Estimate(
    mean=0.614, low=0.34, high=0.855, accepted=2, refused=1, others=0, scarce=True
)


def test_an_estimate_says_how_many_stand_behind_it_and_how_wide_it_is():
    text = plain(estimate_text("ALKOHOL", AN_ESTIMATE, VOCABULARY))
    assert text == (
        "Zkušenost (užívá alkohol nebo drogy): přijali 2 z 3 podobných; málo dat "
        "(odhad 61 %, 90% interval 34–86 %)."
    )
    none = Estimate(mean=0.5, low=0.1, high=0.9, accepted=0, refused=0, others=12, scarce=False)
    text = plain(estimate_text("ALKOHOL", none, VOCABULARY))
    assert "od této služby žádná, od jiných téhož druhu 12 (odhad 50 %" in text
    assert "málo dat" not in text


def test_outcomes_that_are_counted_reach_the_card():
    service = a_service("s-1", coverage=covering("500001"))
    outcome = OutcomeCount(
        service="s-1", barrier="ALKOHOL", accepted=2, refused=1, last_month=date(2026, 8, 1)
    )
    catalog = type(a_catalog()).of(
        vocabulary=VOCABULARY,
        territory=a_territory(PLACES),
        services=(service,),
        sources=a_world().sources.values(),
        outcomes=(outcome,),
    )
    answer = recommend(a_request(barriers=["ALKOHOL"]), catalog=catalog, policy=POLICY, today=TODAY)
    (card,) = results_view(answer, catalog, today=TODAY).cards
    assert "přijali 2 z 3 podobných; málo dat" in card.verdict.reasons[-1]


def answered(*services, **asked):
    catalog = a_world(*services)
    return recommend(a_request(**asked), catalog=catalog, policy=POLICY, today=TODAY), catalog


def test_what_refusals_did_is_told_of_one_service_and_of_several():
    services = [
        a_service(f"s-{number}", f"Služba {number}", coverage=covering("500001"))
        for number in range(1, 6)
    ]
    refusals = [
        Refusal(service_id="s-1", reason=RefusalReason.CAPACITY),
        Refusal(service_id="s-2", reason=RefusalReason.CAPACITY),
        Refusal(service_id="s-3", reason=RefusalReason.OTHER),
        Refusal(service_id="x-1", reason=RefusalReason.OTHER),
        Refusal(service_id="x-2", reason=RefusalReason.OTHER),
    ]
    answer, catalog = answered(*services, refusals=refusals)
    assert list(refusals_told(answer, catalog)) == [
        (
            "Kvůli odmítnutí jsou vyřazeny služby: Služba 1 (plná kapacita) "
            "a\N{NO-BREAK SPACE}Služba 2 (plná kapacita)."
        ),
        (
            "S méně body zůstává v nabídce: Služba 3 (3. v pořadí, jiný důvod). "
            "Odmítnutí teď nebrání zeptat se znovu."
        ),
        (
            "V katalogu nejsou služby s čísly x-1 a\N{NO-BREAK SPACE}x-2, "
            "jejich odmítnutí jsme nezapočítali."
        ),
    ]
    answer, catalog = answered(*services, refusals=refusals[2:3], limit=2)
    assert refusals_told(answer, catalog) == ("Mezi zobrazenými není: Služba 3 (jiný důvod).",)
    assert refusals_told(*answered(*services)) == ()


def with_question(question: Question | None):
    answer, catalog = answered(a_service("s-1", coverage=covering("500001")))
    answer.__dict__["question"] = question
    return question_view(answer, catalog.vocabulary)


@pytest.mark.parametrize(
    ("subject", "of", "text", "typed", "answers"),
    [
        (Subject.AGE, "", "Kolik je člověku let?", "age", 0),
        (Subject.SEX, "", "Jde o ženu, nebo o muže?", "", 2),
        (Subject.BARRIER, "ALKOHOL", "užívá alkohol nebo drogy?", "", 2),
        (Subject.GROUP, "", "Do které skupiny člověk patří?", "", 0),
    ],
)
def test_every_question_is_asked_so_that_it_can_be_answered(subject, of, text, typed, answers):
    view = with_question(Question(subject=subject, of=of, bits=1.5, decides=3, among=20))
    assert text in view.text
    assert plain(view.why) == "Odpověď rozhodne o 3 službách z 20 zobrazených."
    assert (view.typed, len(view.answers)) == (typed, answers)
    assert view.listed is (subject is Subject.GROUP)


def test_nothing_is_asked_when_no_answer_would_change_anything():
    assert with_question(None) is None


HOME = a_need("BYD", "bydlení", area="bydlení")
CARE = a_need("PEC", "péče", area="péče")


@pytest.mark.parametrize(
    ("due", "needs", "asked", "text"),
    [
        (None, [CARE], {}, ""),
        (
            date(2026, 9, 3),
            [CARE],
            {"discharge_on": date(2026, 9, 3)},
            "do 3. 9. 2026, kdy odchází ze zařízení (zbývají 2 dny)",
        ),
        (
            date(2026, 9, 2),
            [HOME],
            {"eviction_on": date(2026, 9, 2), "discharge_on": date(2026, 9, 2)},
            "do 2. 9. 2026, kdy přijde o bydlení (zbývá 1 den)",
        ),
        (TODAY, [HOME], {"eviction_on": TODAY}, "do dneška, kdy přijde o bydlení"),
        (
            date(2026, 8, 30),
            [HOME],
            {"eviction_on": date(2026, 8, 30)},
            "termín byl 30. 8. 2026 (kdy přijde o bydlení); spěchá to",
        ),
    ],
)
def test_a_step_says_by_when_and_why_then(due, needs, asked, text):
    assert plain(due_text(due, needs, a_request(**asked), today=TODAY)) == text


def steadied(*wobbles: Wobble) -> str:
    answer, catalog = answered(
        a_service("s-1", coverage=covering("500001")),
        a_service("s-2", "Druhá", coverage=covering("500001"), forms=[Form.FIELD]),
    )
    answer.__dict__["steadiness"] = wobbles
    return plain(steadiness_text(answer, catalog))


def test_a_steady_first_place_is_said_to_be_so():
    assert steadied() == "První místo je stabilní: nezmění ho změna žádné váhy o 20 %."


def test_a_close_first_place_names_the_weights_and_who_would_come_first():
    reach = Wobble(criterion="reach", swing=0.2, first="s-2")
    assert steadied(reach) == (
        "První místo je těsné: kdyby hledisko „Dostupnost“ vážilo o 20 % víc, "
        "byla by první služba Druhá."
    )
    less = Wobble(criterion="need", swing=-0.2, first="s-2")
    text = steadied(reach, less, less, less)
    assert "„Odpovídá na potřebu“ vážilo o 20 % míň" in text
    assert text.endswith("; podobně 2 další změny.")


def test_an_only_offer_needs_no_word_about_its_place():
    answer, catalog = answered(a_service("s-1", coverage=covering("500001")))
    assert steadiness_text(answer, catalog) == ""
