"""Somebody whom four services refused, and seven others, in an ORP whose every rule is known.

The expected answers were written by hand from the rules in ``support/orp.toml``.
"""

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from itertools import combinations

import pytest

from referral.catalog.vocabulary import RefusalBasis
from referral.matching.assess import assess
from referral.matching.changes import Change, ChangeKind, Situation, after
from referral.matching.exclusions import client_exclusions
from referral.matching.profile import Papers
from referral.matching.prospect import Answer, ConditionKind
from referral.matching.question import Subject
from referral.matching.ranking import NearMiss, NextStepKind
from referral.matching.request import ReferralRequest, Refusal, RefusalReason
from referral.web.presenters import match_document
from support import orp

MAN = orp.asks(orp.MAN)

ACCEPTORS = {
    "tp-cesty": "jezdí po celém obvodu, alkohol i chybějící příjem přijímá a řeší dvě z potřeb",
    "dzr-brana": "závislost má v okruhu, od 40 let, příjem vyřídí s ním, místo je volné",
    "ndc-prah": "přijme i pod vlivem, bez peněz a bez dokladů",
    "kc-lipnice": "závislost má v okruhu a podle druhu je zdarma",
    "poradna-zavislost": "závislost má v okruhu, podle druhu je zdarma a pomůže i s dávkami",
}

STAYS, ENDS = "§ 91/3 b", "§ 91/3 d"
NEAR_MISSES = [
    ("azyl-pristav", "ODMITNUTI", STAYS, True, ChangeKind.CAPACITY, date(2026, 10, 19)),
    ("dzr-zahrada", "ODMITNUTI", "okruh osob", None, None, None),
    ("nocleharna", "ODMITNUTI", ENDS, True, ChangeKind.WAIT, date(2026, 12, 15)),
    ("odl-dum", "VEK-POD", "okruh osob", True, ChangeKind.AGE, date(2028, 3, 14)),
    ("tk-sever", "VEK-NAD", "okruh osob", True, None, None),
    ("dzr-vysina", "ALKOHOL", "mimo zákon", False, ChangeKind.BARRIER, None),
    ("azyl-hnizdo", "POHLAVI", "okruh osob", None, None, None),
    ("azyl-ukryt", "POHLAVI", "okruh osob", None, None, None),
    ("ps-mesto", "UZEMI", "okruh osob", True, ChangeKind.AREA, None),
    ("ps-hradiste", "UZEMI", "okruh osob", True, ChangeKind.AREA, None),
    ("ps-stara", "UKONCENA", None, None, None, None),
    ("poradna-cizinci", "DALEKO", None, None, ChangeKind.DISTANCE, None),
]
"""Service, code, ground, whether it is lawful, what would have to change, and from which day."""


def places(result):
    return {match.offer.id: match.rank for match in result.matches}


def missed(result) -> dict[str, NearMiss]:
    return {miss.offer.id: miss for miss in result.not_for_you}


def refused(service, reason=RefusalReason.CAPACITY, **more) -> ReferralRequest:
    told = Refusal(service_id=service, reason=reason, **more)
    return replace(MAN, refusals=(told,))


# --- The man --------------------------------------------------------------------------------------


def test_the_orp_is_as_large_as_it_says():
    assert len(orp.services()) >= 60
    assert sum(one.orp == "Lipnice" for one in orp.territory().municipalities.values()) == 16


def test_what_is_known_of_the_man_is_asked_and_no_more():
    assert (MAN.age, MAN.eviction_on) == (58, date(2026, 9, 30))
    assert MAN.barriers == {"ALKOHOL", "BEZ-PRIJ"}
    assert MAN.absent == {"BEZ-DOKL", "BEZ-POJ", "PAR", "PES", "JAZYK"}


def test_those_who_take_him_come_first():
    found = orp.answer(MAN)
    first = found.matches[: len(ACCEPTORS)]
    assert {match.offer.id for match in first} == set(ACCEPTORS)
    answers = [found.prospects[match.offer.id].answer for match in first]
    assert set(answers) <= {Answer.ACCEPTS, Answer.LIKELY}
    assert {
        match.offer.id
        for match in found.matches
        if found.prospects[match.offer.id].answer is Answer.ACCEPTS
    } == {"tp-cesty", "dzr-brana", "ndc-prah"}


def test_every_near_miss_has_its_ground_its_lawfulness_and_what_would_change_it():
    table = [
        (
            miss.offer.id,
            str(reason.code),
            reason.basis.value if reason.basis is not None else None,
            reason.lawful,
            reason.change.kind if reason.change is not None else None,
            reason.change.on if reason.change is not None else None,
        )
        for miss in orp.answer(MAN).not_for_you
        for reason in miss.exclusions
    ]
    assert sorted(table, key=lambda row: row[0]) == sorted(NEAR_MISSES, key=lambda row: row[0])


def test_those_who_refused_him_are_named_before_the_others():
    order = list(missed(orp.answer(MAN)))
    assert set(order[:3]) == {"azyl-pristav", "dzr-zahrada", "nocleharna"}


@pytest.mark.parametrize("service", [row[0] for row in NEAR_MISSES if row[4] is not None])
def test_what_would_have_to_change_is_true_when_it_has_changed(service):
    miss = missed(orp.answer(MAN))[service]
    start = Situation(offer=miss.offer, request=MAN, policy=orp.policy(), today=orp.TODAY)
    assert reasons(start)
    assert miss.changes
    assert not reasons(reduce(lambda world, change: after(change, world), miss.changes, start))


@pytest.mark.parametrize("service", [row[0] for row in NEAR_MISSES if row[4] is None])
def test_where_nothing_would_help_no_change_of_his_own_helps(service):
    miss = missed(orp.answer(MAN))[service]
    start = Situation(offer=miss.offer, request=MAN, policy=orp.policy(), today=orp.TODAY)
    assert miss.changes == ()
    for barrier in MAN.barriers:
        assert reasons(after(Change(kind=ChangeKind.BARRIER, of=barrier), start))
    assert reasons(after(Change(kind=ChangeKind.AREA), start))


def reasons(situation):
    return assess(
        situation.offer,
        needs=situation.request.need_codes,
        request=situation.request,
        catalog=orp.catalog(),
        policy=situation.policy,
        today=situation.today,
    ).exclusions


def test_the_plan_is_the_smallest_set_that_answers_all_he_asks():
    found = orp.answer(MAN)
    asked = set(MAN.need_codes)
    sets = [
        chosen
        for size in range(1, len(found.plan) + 1)
        for chosen in combinations(found.matches, size)
        if asked <= {need for match in chosen for need in match.needs}
    ]
    assert min(len(chosen) for chosen in sets) == len(found.plan)
    best = max(sets, key=lambda chosen: sum(match.score for match in chosen))
    assert {step.service_id for step in found.plan} == {match.offer.id for match in best}
    assert found.open_needs == ()
    assert {step.due for step in found.plan} == {date(2026, 9, 30)}


def test_refusals_change_the_order():
    before = places(orp.answer(replace(MAN, refusals=())))
    now = places(orp.answer(MAN))
    assert {"azyl-pristav", "dzr-zahrada", "nocleharna"} == set(before) - set(now)
    overtaken = [one for one in now if before[one] > before["azyl-cesta"]]
    assert any(now[one] < now["azyl-cesta"] for one in overtaken)


def test_a_refusal_for_alcohol_is_unlawful_and_says_to_ask_for_it_in_writing():
    """Alcohol is not among the grounds of § 91 odst. 3, so the shelter stays on the list."""
    found = orp.answer(MAN)
    conditions = found.prospects["azyl-cesta"].conditions
    assert [(one.kind, one.barrier) for one in conditions] == [
        (ConditionKind.WRITTEN_REASON, "ALKOHOL")
    ]


@pytest.mark.parametrize(
    ("service", "day"), [("azyl-pristav", date(2026, 10, 19)), ("nocleharna", date(2026, 12, 15))]
)
def test_a_refusal_holds_until_its_day_and_not_on_it(service, day):
    eve = orp.answer(MAN, today=day - timedelta(days=1))
    assert service in missed(eve)
    found = orp.answer(MAN, today=day)
    assert service in places(found)
    again = [
        one for one in found.prospects[service].conditions if one.kind is ConditionKind.ASK_AGAIN
    ]
    assert [one.on for one in again] == [day]


@pytest.mark.parametrize(
    ("reason", "more", "day"),
    [
        (RefusalReason.CAPACITY, {}, date(2026, 9, 19)),
        (RefusalReason.CAPACITY, {"wait_days": 7}, date(2026, 8, 27)),
        (RefusalReason.BREACH, {}, date(2027, 2, 20)),
    ],
)
def test_the_day_from_which_to_ask_again_is_counted_from_the_day_of_the_refusal(reason, more, day):
    asked = refused("ndc-prah", reason, on=date(2026, 8, 20), **more)
    assert "ndc-prah" in missed(orp.answer(asked, today=day - timedelta(days=1)))
    assert "ndc-prah" in places(orp.answer(asked, today=day))


def test_the_question_is_about_something_he_has_not_told_and_divides_the_offers():
    found = orp.answer(MAN)
    question = found.question
    assert question is not None
    assert question.subject in {Subject.GROUP, Subject.BARRIER}
    assert question.of not in MAN.barriers | MAN.absent
    groups = ["DUS-ONEM", "SENIORI", "BEZ-PRISTRESI"]
    left = [
        {
            match.offer.id
            for match in found.matches
            if not any(
                client_exclusions(
                    match.offer.service,
                    request=replace(MAN, groups=frozenset({group})),
                    vocabulary=orp.vocabulary(),
                    policy=orp.policy(),
                    today=orp.TODAY,
                )
            )
        }
        for group in groups
    ]
    assert len(set(map(frozenset, left))) > 1


def test_where_nobody_takes_him_the_orp_is_the_last_road():
    refusing = ("dzr-vysina", "tk-sever", "ps-mesto", "ps-hradiste")
    alone = orp.catalog(without=[one for one in orp.services() if one not in refusing])
    found = orp.answer(MAN, of=alone)
    assert found.matches == ()
    assert set(missed(found)) == set(refusing)
    assert (found.next_step.kind, found.next_step.orp) == (NextStepKind.AUTHORITY, "Lipnice")
    assert found.open_needs == MAN.need_codes


def test_a_paper_is_the_nearest_change():
    """Without income nobody here is excluded; with a rule against it, a paper would help."""
    asked = orp.asks(orp.FOREIGNER, papers=Papers(insurance=False))
    assert "BEZ-POJ" in asked.barriers
    assert orp.answer(asked).matches[0].offer.id == "tp-cizinci"


# --- Seven others ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "first", "among_five", "out"),
    [
        pytest.param(
            orp.MOTHER,
            "azyl-domek",
            {"azyl-domek", "sas-rodiny"},
            {"azyl-hnizdo": ("PES", False), "azyl-pristav": ("POHLAVI", None)},
            id="matka se dvěma dětmi a psem: Domek psa bere, Hnízdo ne a zákon mu to nedovoluje",
        ),
        pytest.param(
            orp.FOREIGNER,
            "tp-cizinci",
            {"tp-cizinci"},
            {"poradna-cizinci": ("DALEKO", None)},
            id="cizinec bez pojištění: terén mluví ukrajinsky, poradna je 60 km daleko",
        ),
        pytest.param(
            orp.SEVENTEEN,
            "nzdm",
            {"nzdm", "orp-lipnice"},
            {"nzdm-male": ("VEK-NAD", True), "pul-cesty": ("VEK-POD", True)},
            id="sedmnáctiletý: klub ano, dům na půl cesty až za rok",
        ),
        pytest.param(
            orp.COUPLE_ON_WHEELS,
            "chb-dvojice",
            {"chb-dvojice", "oa-spolu"},
            {"chb-most": ("IMOBIL", None), "dozp-luka": ("OKRUH", True)},
            id="na vozíku s partnerkou: byt pro dvojici; dům bez výtahu záleží na vybavení",
        ),
        pytest.param(
            orp.FROM_HOSPITAL,
            "cdz",
            {"cdz", "rehab-dusevni", "psb-domov"},
            {"psychiatr-deti": ("VEK-NAD", True), "dzr-zahrada": ("VEK-POD", True)},
            id="psychóza, v pátek z nemocnice: centrum duševního zdraví",
        ),
        pytest.param(
            orp.COUPLE,
            "ds-lipnice",
            {"ds-lipnice", "odl-teren"},
            {"ds-hradiste": ("PAR", False)},
            id="manželé: domov s dvoulůžkovými pokoji, i když je plný",
        ),
        pytest.param(
            orp.FLEEING,
            "ic-zastaveni",
            {"krizova-pomoc", "ic-zastaveni", "azyl-ukryt", "linka-obetem"},
            {"azyl-pristav": ("POHLAVI", None)},
            id="žena na útěku: intervenční centrum, krizová pomoc, utajený dům, linka",
        ),
    ],
)
def test_each_of_the_others_finds_who_takes_them(who, first, among_five, out):
    found = orp.answer(orp.asks(who))
    order = [match.offer.id for match in found.matches]
    assert order[0] == first
    assert among_five <= set(order[:5])
    for service, (code, lawful) in out.items():
        told = {reason.code: reason.lawful for reason in missed(found)[service].exclusions}
        assert told[code] is lawful


def test_who_is_discharged_on_friday_has_the_day_in_the_plan():
    (step,) = orp.answer(orp.asks(orp.FROM_HOSPITAL)).plan
    assert (step.service_id, step.due) == ("cdz", date(2026, 9, 4))


def test_while_the_couple_waits_for_the_home_help_comes_to_them():
    (step,) = orp.answer(orp.asks(orp.COUPLE)).plan
    assert step.service_id == "ds-lipnice"
    assert "odl-teren" in step.bridge


def test_for_a_woman_who_flees_the_police_come_before_any_service():
    found = orp.answer(orp.asks(orp.FLEEING))
    assert found.next_step.kind is NextStepKind.CALL
    assert found.next_step.call.number == "158"


def test_at_eighteen_the_half_way_house_opens():
    younger = missed(orp.answer(orp.asks(orp.SEVENTEEN)))["pul-cesty"]
    assert younger.exclusions[0].basis is RefusalBasis.CIRCLE
    assert "pul-cesty" in places(orp.answer(orp.asks(orp.SEVENTEEN, age=18)))


@pytest.mark.parametrize("who", [orp.FLEEING, orp.MAN, orp.MOTHER])
def test_a_secret_address_is_located_in_no_document(who):
    """The shelter's office stands in Skalka; the document must tell neither it nor a distance."""
    secret = {"azyl-ukryt", "ic-zastaveni"}
    for village in ("Javorná", "Skalka"):
        found = orp.answer(orp.asks(who, at=village))
        document = match_document(found, orp.catalog())
        told = [one for one in document["matches"] if one["service_id"] in secret]
        assert {one["distance_km"] for one in told} <= {None}
        entries = told + [one for one in document["not_for_you"] if one["service_id"] in secret]
        assert entries or who is orp.MOTHER
        if village != "Skalka":
            assert "Skalka" not in json.dumps(entries, ensure_ascii=False)
