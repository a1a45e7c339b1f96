"""Each bar of an explanation has one honest Czech sentence."""

import pytest

from referral.matching.outcome import Outcome
from referral.matching.policy import CRITERIA
from referral.usecases.recommend import recommend
from referral.web.czech import plain
from referral.web.presenters.labels import CRITERIA as LABELS
from referral.web.presenters.sentences import (
    MISSING,
    SENTENCES,
    criterion_label,
    outcome_text,
)
from support.build import TODAY, a_service, covering
from support.matching import POLICY, VOCABULARY, a_request, a_world


def known(criterion: str, share: float = 1.0, **facts) -> str:
    outcome = Outcome.known(criterion, share=share, at_most=10, facts=facts)
    return plain(outcome_text(outcome, VOCABULARY))


def unknown(criterion: str, missing: str) -> str:
    return plain(outcome_text(Outcome.unknown(criterion, at_most=10, missing=missing), VOCABULARY))


@pytest.mark.parametrize("criterion", CRITERIA)
def test_every_criterion_of_the_matcher_has_a_sentence_and_a_name_of_its_own(criterion):
    assert criterion in SENTENCES
    assert criterion in LABELS


def test_everything_the_matcher_leaves_unknown_is_said_in_words_of_its_own():
    catalog = a_world(
        a_service("s-1", locations=()),
        a_service("s-2", type="49", forms=None),
        a_service("s-3", type="37", coverage=covering("500001")),
    )
    answer = recommend(
        a_request("PEC-HYG", "ZAV-ALK", barriers=["ALKOHOL"]),
        catalog=catalog,
        policy=POLICY,
        today=TODAY,
    )
    outcomes = [one for match in answer.matches for one in match.explanation.outcomes]
    assert {one.missing for one in outcomes if one.missing} <= set(MISSING)
    assert all(outcome_text(one, VOCABULARY).endswith((".", "?")) for one in outcomes)


def test_a_criterion_without_a_sentence_is_said_generically_and_does_not_crash():
    assert known("new_thing", some=1) == "New thing: posouzeno podle údajů katalogu."
    assert unknown("new_thing", "whatever") == "New thing: zdroj to neuvádí."
    assert criterion_label("reach") == "Dostupnost"


@pytest.mark.parametrize("criterion", CRITERIA)
def test_a_sentence_survives_facts_it_does_not_know(criterion):
    assert known(criterion, unheard_of=("x",))


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            {"needs": ("PEC-HYG",), "asked": 1, "type": "40", "rank": 1},
            (
                "Odpovídá na potřebu „péče o vlastní osobu a hygiena“. "
                "Druh služby (pečovatelská služba) bývá první volbou."
            ),
        ),
        (
            {"needs": ("PEC-HYG",), "asked": 1, "type": "39", "rank": 2},
            (
                "Odpovídá na potřebu „péče o vlastní osobu a hygiena“. "
                "Druh služby (osobní asistence) bývá až 2. volbou."
            ),
        ),
        (
            {"needs": ("PEC-HYG",), "asked": 2, "type": "", "rank": 0},
            (
                "Z vašich 2 potřeb řeší tyto: „péče o vlastní osobu a hygiena“. "
                "Jde o pomoc mimo registrované sociální služby."
            ),
        ),
        (
            {"needs": ("PEC-HYG", "ZAV-ALK"), "asked": 2, "type": "40", "rank": 0},
            "Řeší všechny zadané potřeby: „alkohol“ a „péče o vlastní osobu a hygiena“.",
        ),
    ],
)
def test_the_need_is_named_with_how_directly_it_is_met(facts, text):
    assert known("need", **facts) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            {"form": "T", "covers": "declared", "areas": ("Kadaň", "Vejprty"), "remote": 0},
            "Pracovník přijede. Území uvádí poskytovatel: Kadaň a Vejprty.",
        ),
        (
            {"form": "T", "covers": "parsed", "areas": (), "remote": 0},
            "Pracovník přijede. Území jsme vyčetli z poznámky poskytovatele.",
        ),
        (
            {"form": "T", "covers": "assumed", "areas": (), "remote": 0},
            "Pracovník nejspíš přijede: služba sídlí přímo v obci, území ale neuvádí.",
        ),
        (
            {"form": "T", "covers": "declared", "areas": (), "remote": 1},
            "Pomáhá na dálku, na vzdálenosti nezáleží.",
        ),
        (
            {"form": "T", "covers": "assumed", "areas": (), "remote": 1},
            "Pomáhá na dálku. Území působnosti neuvádí, žádné místo tedy nevylučuje.",
        ),
        (
            {"form": "", "covers": "declared", "areas": ("Kadaň",), "remote": 0},
            "Je příslušná pro tuto obec (Kadaň).",
        ),
        (
            {"form": "", "covers": "declared", "areas": (), "remote": 0},
            "Je příslušná pro tuto obec.",
        ),
        (
            {"form": "A", "km": 12.3, "place": "facility"},
            "Člověk dochází do místa služby, asi 12 km vzdušnou čarou.",
        ),
        (
            {"form": "P", "km": 3.2, "place": "listed"},
            (
                "Pobyt v místě služby, asi 3,2 km vzdušnou čarou. Polohu uvádí veřejný seznam; "
                "neříká, zda jde přímo o místo poskytování."
            ),
        ),
    ],
)
def test_the_way_to_a_service_is_said_with_what_it_rests_on(facts, text):
    assert known("reach", **facts) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            {"groups": ("SENIORI",), "basis": "declared", "client": "stated"},
            "Klient patří do okruhu osob služby: senioři.",
        ),
        (
            {"groups": ("SENIORI",), "basis": "declared", "client": "need"},
            "Okruh osob zahrnuje skupinu, do které člověk nejspíš patří: senioři.",
        ),
        (
            {"groups": ("SENIORI",), "basis": "type"},
            "Podle druhu služby je určena i pro skupinu: senioři. Okruh osob zdroj neuvádí.",
        ),
        (
            {"groups": (), "basis": "declared", "circle": ("MLADEZ",)},
            "V registru má služba jiný okruh osob: děti a mládež od 6 do 26 let.",
        ),
        ({"groups": (), "basis": "type"}, "Podle druhu služby je určena jiným skupinám osob."),
        (
            {"basis": "none", "kind": "health"},
            "Zdravotní péče nemá okruh osob, který by někoho vylučoval.",
        ),
        (
            {"basis": "none", "kind": "community"},
            "Je to pomoc mimo registr; okruh osob u ní nikdo nestanoví.",
        ),
    ],
)
def test_a_default_of_the_type_is_never_told_as_the_services_own_circle(facts, text):
    assert known("group", **facts) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"age": 78, "min": 60, "max": ""}, "Věk 78 let odpovídá hranici služby (od 60 let)."),
        ({"min": 18, "max": 64}, "Služba je od 18 do 64 let."),
    ],
)
def test_the_age_is_compared_with_the_limits(facts, text):
    assert known("age", **facts) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            {"accepted": ("ALKOHOL",), "unknown": ("PAS",)},
            (
                "Služba uvádí, že přijímá i lidi s touto překážkou: užívá alkohol nebo drogy. "
                "K této překážce nic neuvádí: PAS."
            ),
        ),
        ({"accepted": (), "unknown": ()}, "Služba k zadaným překážkám nic nenamítá."),
    ],
)
def test_barriers_are_told_apart_into_accepted_and_unknown(facts, text):
    assert known("barriers", **facts) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            {"available": 2, "unit": "luzka", "as_of": "2026-08-01"},
            "Volná kapacita (k 1. 8. 2026): 2 lůžka.",
        ),
        (
            {"available": 0, "unit": "klient", "as_of": "2026-08-01"},
            "Volné místo služba nemá (k 1. 8. 2026). Zeptejte se na pořadník.",
        ),
        ({"available": 7, "unit": "divná jednotka"}, "Volná kapacita: 7 divná jednotka."),
    ],
)
def test_a_free_place_is_told_with_its_unit_and_date(facts, text):
    assert known("vacancy", **facts) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            {"same": "municipality", "name": "Kadaň", "role": "facility"},
            "Místo služby (Kadaň) je přímo v této obci.",
        ),
        (
            {"same": "orp", "name": "Kadaň", "role": "provider_seat"},
            "Sídlo poskytovatele (Kadaň) je ve stejném správním obvodu (ORP).",
        ),
        ({"same": "district", "role": "listed"}, "Místo služby je ve stejném okrese."),
        ({"same": "none", "role": "listed"}, "Místo služby leží mimo váš okres."),
    ],
)
def test_the_seat_of_a_provider_never_passes_for_the_place_of_service(facts, text):
    assert known("vicinity", **facts) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"days": 1, "verified": 1}, "Údaje byly ověřeny u služby, stáří 1 den."),
        (
            {"days": 52, "verified": 0},
            "Údaje ze zdroje jsou staré 52 dní, u služby je zatím nikdo neověřil.",
        ),
    ],
)
def test_the_age_of_a_record_says_whether_anybody_verified_it(facts, text):
    assert known("freshness", **facts) == text


def test_an_unlawful_past_refusal_is_named_and_a_clean_past_too():
    assert "zákon nezná" in known("refusal", share=0.0, refused=1, reasons=("jine",))
    assert "zatím neodmítla" in known("refusal", refused=0, reasons=())


@pytest.mark.parametrize("missing", MISSING)
def test_what_nobody_told_is_a_whole_sentence(missing):
    text = unknown("reach", missing)
    assert text[0].isupper()
    assert text.endswith(".")
