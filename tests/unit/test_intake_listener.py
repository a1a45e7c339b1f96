"""Hearing a text with a small lexicon: what is heard, what is not, and why."""

import pytest

from referral.catalog.vocabulary import Urgency
from referral.matching.errors import RequestError
from referral.matching.intake.errors import LexiconError
from referral.matching.intake.heard import HeardNeed, Understanding
from referral.matching.intake.lexicon import OFF_TOPIC, Cue, CueKind, Lexicon, Phrase
from referral.matching.intake.listener import MOST_NEEDS, Listener
from referral.matching.intake.pattern import Pattern
from referral.matching.request import AskedNeed
from referral.usecases.understand import LONGEST_TEXT, understand
from support.build import a_barrier, a_group, a_need, a_vocabulary

CODES = ("ZAV-ALK", "PRA-NEZ", "PEC-HYG", "NAS-DOM")
VOCABULARY = a_vocabulary(
    needs=[
        a_need(code, code, urgency=Urgency.NOW if code == "NAS-DOM" else None) for code in CODES
    ],
    barriers=[a_barrier("ALKOHOL"), a_barrier("PES")],
    groups=[a_group("SENIORI")],
)
PHRASES = [
    ("ZAV-ALK", "pije každý den"),
    ("ZAV-ALK", "je pořád opilý"),
    ("ZAV-ALK", "chlastá v hospodě"),
    ("PRA-NEZ", "přišel o práci"),
    ("PRA-NEZ", "nemůže najít práci"),
    ("PRA-NEZ", "hledá zaměstnání"),
    ("PEC-HYG", "nemůže se umýt"),
    ("PEC-HYG", "potřebuje vykoupat"),
    ("NAS-DOM", "bojí se manžela"),
    ("NAS-DOM", "manžel ji týrá"),
    (OFF_TOPIC, "kdy jede autobus"),
    (OFF_TOPIC, "kolik stojí pivo"),
]
CUES = [
    (CueKind.NEED, "ZAV-ALK", 3, "pije|chlasta"),
    (CueKind.NEED, "PRA-NEZ", 3, "praci"),
    (CueKind.NEED, "PEC-HYG", 3, "umyt|vykoupat"),
    (CueKind.NEED, "PEC-HYG", 2, "umyt"),
    (CueKind.NEED, "NAS-DOM", 4, "bije ji"),
    (CueKind.NEED, "NAS-DOM", 1, "bije"),
    (CueKind.GROUP, "SENIORI", 0, "babick*"),
    (CueKind.BARRIER, "ALKOHOL", 0, "pije"),
    (CueKind.BARRIER, "PES", 0, "psa"),
    (CueKind.MUTE, "-", 0, "nepije"),
    (CueKind.MUTE, "-", 0, "nema psa"),
    (CueKind.SILENT, "-", 0, "ji|se|o|a"),
]


def a_lexicon(*, phrases=PHRASES, cues=CUES):
    return Lexicon.of(
        phrases=[Phrase(code=code, text=text) for code, text in phrases],
        cues=[
            Cue(kind=kind, code=code, strength=strength, pattern=Pattern.parse(pattern))
            for kind, code, strength, pattern in cues
        ],
    )


@pytest.fixture(scope="module")
def listener():
    return Listener.of(a_lexicon(), VOCABULARY)


def codes(understanding):
    return [need.code for need in understanding.needs]


def test_a_phrase_of_the_lexicon_is_heard_with_the_words_that_led_there(listener):
    heard = listener.hear("Babička se nemůže UMÝT!")
    assert heard.understood
    assert heard.needs[0].code == "PEC-HYG"
    assert "UMÝT" in heard.needs[0].words
    assert heard.groups == {"SENIORI"}


def test_several_needs_named_are_all_heard_and_asked(listener):
    heard = listener.hear("soused pije, přišel o práci")
    assert set(codes(heard)[:2]) == {"ZAV-ALK", "PRA-NEZ"}
    assert {need.code for need in heard.asked} == {"ZAV-ALK", "PRA-NEZ"}


def test_small_talk_is_not_understood(listener):
    heard = listener.hear("kdy jede autobus")
    assert not heard.understood
    assert heard.needs == ()
    assert heard.asked == ()
    assert heard.urgent == ()


def test_words_nobody_knows_are_not_understood(listener):
    assert not listener.hear("xyz qwertz").understood


def test_a_text_without_words_is_not_understood(listener):
    assert not listener.hear("?!").understood


def test_what_is_taken_back_is_not_heard(listener):
    heard = listener.hear("nepije, nemá psa")
    assert not heard.understood
    assert heard.barriers == frozenset()


def test_what_is_stated_is_heard_as_a_barrier(listener):
    assert listener.hear("pije a má psa").barriers == {"ALKOHOL", "PES"}


def test_an_urgent_need_raises_the_alarm(listener):
    heard = listener.hear("manžel ji bije")
    assert heard.urgent == ("NAS-DOM",)
    assert heard.needs[0].code == "NAS-DOM"


def test_a_cue_for_an_urgent_need_raises_the_alarm_whatever_else_is_said(listener):
    heard = listener.hear("hledá zaměstnání, hledá práci, najít práci, a bije ji")
    assert "NAS-DOM" in heard.urgent


def test_a_hint_alone_raises_no_alarm(listener):
    assert listener.hear("hodiny bije").urgent == ()


def test_age_and_care_level_are_heard_beside_the_needs(listener):
    heard = listener.hear("82 let, třetí stupeň, potřebuje vykoupat")
    assert (heard.age, heard.care_level) == (82, 3)


def test_facts_are_kept_even_where_no_need_is_understood(listener):
    heard = listener.hear("babička, 82 let")
    assert not heard.understood
    assert (heard.age, heard.groups) == (82, {"SENIORI"})


def test_no_more_needs_are_heard_than_a_page_can_show():
    many = [f"N-{number}" for number in range(MOST_NEEDS + 2)]
    vocabulary = a_vocabulary(needs=[a_need(code, code) for code in many])
    phrases = [(code, f"pomoc {code}") for code in many]
    cues = [(CueKind.NEED, code, 2, "pomoc") for code in many]
    listener = Listener.of(a_lexicon(phrases=phrases, cues=cues), vocabulary)
    assert len(listener.hear("pomoc").needs) == MOST_NEEDS


def test_an_urgent_need_is_never_crowded_out():
    many = [f"A-{number}" for number in range(9)]
    vocabulary = a_vocabulary(
        needs=[
            *(a_need(code, code) for code in many),
            *(a_need(code, code, urgency=Urgency.NOW) for code in ("Y", "Z")),
        ]
    )
    phrases = [*((code, f"slovo{code[-1]} pomoc") for code in many), ("Y", "y"), ("Z", "z")]
    cues = [(CueKind.NEED, code, 3, f"slovo{code[-1]}") for code in many]
    cues += [(CueKind.NEED, code, 2, "pomoc") for code in ("Y", "Z")]
    listener = Listener.of(a_lexicon(phrases=phrases, cues=cues), vocabulary)
    heard = listener.hear(", ".join(f"slovo{number}" for number in range(9)) + ", pomoc")
    assert set(heard.urgent) == {"Y", "Z"}
    assert len(heard.needs) > MOST_NEEDS


def test_a_lexicon_without_needs_understands_nothing():
    listener = Listener.of(a_lexicon(phrases=[], cues=[]), VOCABULARY)
    assert not listener.hear("pije").understood


def test_a_cue_may_name_a_need_no_phrase_does():
    listener = Listener.of(
        a_lexicon(phrases=[("ZAV-ALK", "pije")], cues=[(CueKind.NEED, "PRA-NEZ", 3, "robota")]),
        VOCABULARY,
    )
    assert codes(listener.hear("robota"))[:1] == ["PRA-NEZ"]


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ({"phrases": [("XXX-YYY", "něco")]}, "unknown need 'XXX-YYY'"),
        ({"cues": [(CueKind.NEED, "XXX-YYY", 1, "neco")]}, "unknown need 'XXX-YYY'"),
        ({"cues": [(CueKind.GROUP, "KOSMONAUTI", 0, "neco")]}, "unknown group 'KOSMONAUTI'"),
        ({"cues": [(CueKind.BARRIER, "KOCKA", 0, "neco")]}, "unknown barrier 'KOCKA'"),
    ],
)
def test_a_lexicon_with_a_code_the_vocabulary_lacks_is_refused(part, says):
    with pytest.raises(LexiconError, match=says):
        Listener.of(a_lexicon(**part), VOCABULARY)


def test_asked_are_the_first_the_sure_and_the_urgent():
    heard = Understanding(
        text="",
        needs=(
            HeardNeed(code="A", confidence=0.29),
            HeardNeed(code="B", confidence=0.28),
            HeardNeed(code="C", confidence=0.25),
        ),
        urgent=("C",),
    )
    assert heard.asked == (
        AskedNeed(code="A", confidence=0.29),
        AskedNeed(code="C", confidence=0.25),
    )


@pytest.mark.parametrize("text", ["", "   \n"])
def test_an_empty_text_is_sent_back(listener, text):
    with pytest.raises(RequestError, match="Napište, co se děje") as refused:
        understand(text, listener=listener)
    assert refused.value.field == "says"


def test_a_text_of_the_longest_length_is_heard_and_a_longer_one_sent_back(listener):
    text = "pije " * (LONGEST_TEXT // 5)
    assert understand(text, listener=listener).needs[0].code == "ZAV-ALK"
    with pytest.raises(RequestError, match="Zkraťte ho na nejvýš 2000") as refused:
        understand(text + "a", listener=listener)
    assert refused.value.field == "says"


DANGER = [
    ("NAS-DOM", "schovává se před ním ve sklepě"),
    ("NAS-DOM", "bojí se vrátit ke svému muži"),
    ("NAS-DOM", "celou noc na ni hulákal a strkal do ní"),
    ("PRA-NEZ", "shání práci na zkrácený úvazek"),
    ("PRA-NEZ", "po výpovědi hledá nové místo"),
    ("ZAV-ALK", "po večerech vypije láhev vína"),
    ("-", "kdy vyvážejí popelnice"),
    ("-", "hledáme lístky na ples ve sklepě"),
]


def test_danger_is_told_by_its_words_where_no_cue_names_it():
    listener = Listener.of(a_lexicon(phrases=DANGER, cues=[]), VOCABULARY)
    heard = listener.hear("schovává se ve sklepě, bojí se ho, hulákal a strkal")
    assert heard.urgent == ("NAS-DOM",)
    assert "schovává" in heard.needs[0].words


@pytest.mark.parametrize(
    "text", ["hledá práci na zkrácený úvazek", "kdy jsou lístky na ples ve sklepě"]
)
def test_no_alarm_is_raised_by_calm_words_or_small_talk(text):
    listener = Listener.of(a_lexicon(phrases=DANGER, cues=[]), VOCABULARY)
    assert listener.hear(text).urgent == ()


def test_a_clause_of_danger_raises_the_alarm_though_another_need_is_likelier():
    cues = [(CueKind.NEED, "ZAV-ALK", 3, "lahev"), (CueKind.NEED, "ZAV-ALK", 3, "vypije")]
    listener = Listener.of(a_lexicon(phrases=DANGER, cues=cues), VOCABULARY)
    heard = listener.hear("po večerech vypije láhev vína, celou noc hulákal")
    assert codes(heard)[0] == "ZAV-ALK"
    assert heard.urgent == ("NAS-DOM",)
