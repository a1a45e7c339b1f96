"""Why an offer is not for this client: every reason has a sentence, a ground and a way out."""

from enum import StrEnum
from types import MappingProxyType

import pytest

from referral.catalog.vocabulary import RefusalBasis
from referral.matching.changes import Change, ChangeKind
from referral.matching.exclusion import Exclusion, ExclusionCode
from referral.matching.request import RefusalReason
from referral.web.czech import plain
from referral.web.presenters.reasons import (
    CHANGES,
    CITATIONS,
    REFUSAL_REASONS,
    SENTENCES,
    Reason,
    reason_of,
)
from support.matching import VOCABULARY


def told(
    kind: ExclusionCode,
    *,
    basis: RefusalBasis | None = None,
    lawful: bool | None = None,
    change: ChangeKind | None = None,
    **facts,
) -> Reason:
    exclusion = Exclusion(
        code=kind.value,
        kind=kind,
        basis=basis,
        lawful=lawful,
        facts=MappingProxyType(facts),
        change=None if change is None else Change(kind=change),
    )
    return reason_of(exclusion, vocabulary=VOCABULARY, place="Horní Lhota")


@pytest.mark.parametrize(
    ("kind", "facts", "text"),
    [
        (ExclusionCode.AGE_BELOW, {"age": 45, "limit": 60}, "Služba je od 60 let, klientovi je 45"),
        (ExclusionCode.AGE_ABOVE, {"age": 70, "limit": 64}, "Služba je do 64 let, klientovi je 70"),
        (
            ExclusionCode.GROUP,
            {"circle": ("SENIORI",), "client": ("ZAVISLI",)},
            "V okruhu osob služby jsou jen: senioři. Klient patří mezi: osoby závislé",
        ),
        (
            ExclusionCode.FORM,
            {"offered": ("P", "A"), "wanted": ("T",)},
            "Služba je jen ambulantní a pobytová, hledáte terénní.",
        ),
        (
            ExclusionCode.AREA,
            {"areas": ("Kadaň",)},
            "Obec Horní Lhota není v území, kde služba působí: Kadaň.",
        ),
        (
            ExclusionCode.AREA,
            {"areas": ()},
            "Území působnosti služby obec Horní Lhota nezahrnuje.",
        ),
        (
            ExclusionCode.DISTANCE,
            {"km": 40.4, "limit_km": 40.0},
            "Na pravidelné docházení je to daleko: asi 40,4 km vzdušnou čarou, mez je 40 km.",
        ),
        (
            ExclusionCode.BARRIER,
            {"barrier": "ALKOHOL", "wording": "osoby závislé"},
            "nepřijímá lidi s touto překážkou: užívá alkohol nebo drogy („osoby závislé“).",
        ),
        (ExclusionCode.BARRIER, {"barrier": "ALKOHOL"}, "užívá alkohol nebo drogy."),
        (
            ExclusionCode.REFUSED,
            {"reason": "kapacita"},
            "Služba už klienta odmítla (uvedený důvod: plná kapacita).",
        ),
        (
            ExclusionCode.REFUSED,
            {"reason": "jine", "barrier": "ALKOHOL"},
            "(uvedený důvod: užívá alkohol nebo drogy).",
        ),
        (ExclusionCode.ENDED, {"on": "2025-12-31"}, "Registrace služby skončila 31. 12. 2025."),
        (ExclusionCode.ENDED, {"from": "2027-01-01"}, "Služba začíná až 1. 1. 2027."),
        (ExclusionCode.ENDED, {"on": ""}, "Registrace služby skončila."),
    ],
)
def test_a_reason_says_what_stands_in_the_way(kind, facts, text):
    assert text in plain(told(kind, **facts).what)


@pytest.mark.parametrize("kind", ExclusionCode)
def test_every_kind_of_exclusion_has_a_sentence_of_its_own(kind):
    assert kind in SENTENCES
    assert plain(told(kind, unheard_of=1).what).endswith(".")


class Later(StrEnum):
    """A kind of exclusion that the presenters have not met."""

    NEW = "NOVE"


def test_a_kind_without_a_sentence_is_said_generically_and_does_not_crash():
    assert "Službu nelze doporučit" in told(Later.NEW).what


@pytest.mark.parametrize("basis", RefusalBasis)
def test_every_ground_can_be_cited(basis):
    assert CITATIONS[basis]


@pytest.mark.parametrize("reason", RefusalReason)
def test_every_reason_of_a_refusal_has_a_name(reason):
    assert REFUSAL_REASONS[reason]


@pytest.mark.parametrize(
    ("basis", "lawful", "text"),
    [
        (None, None, "Nejde o odmítnutí klienta."),
        (RefusalBasis.CIRCLE, True, "zákon dovoluje: § 91 odst. 3 písm. a)."),
        (RefusalBasis.CAPACITY, True, "zákon dovoluje: § 91 odst. 3 písm. b)."),
        (RefusalBasis.HEALTH, None, "z údajů nepoznáme: § 91 odst. 3 písm. c)."),
        (RefusalBasis.HEALTH, False, "jen u pobytové služby, viz § 91 odst. 3 písm. c)."),
        (RefusalBasis.BREACH, True, "zákon dovoluje: § 91 odst. 3 písm. d)."),
        (RefusalBasis.OUTSIDE_LAW, False, "dovoluje odmítnout, není (§ 91 odst. 3)"),
        (RefusalBasis.ELIGIBLE_PERSON, None, "z údajů nepoznáme: § 4."),
        (RefusalBasis.UNKNOWN, None, "O jaký právní důvod se služba opírá, nevíme."),
    ],
)
def test_the_law_is_told_as_far_as_it_is_known(basis, lawful, text):
    reason = told(ExclusionCode.BARRIER, basis=basis, lawful=lawful, barrier="PAS")
    assert text in plain(reason.law)
    assert plain(reason.text).endswith(plain(reason.law))
    assert bool(reason.citation) is (basis is not None)


def test_an_unlawful_refusal_calls_for_a_written_reason():
    reason = told(
        ExclusionCode.BARRIER, basis=RefusalBasis.OUTSIDE_LAW, lawful=False, barrier="ALKOHOL"
    )
    assert "písemné odůvodnění" in reason.law


@pytest.mark.parametrize(
    ("change", "facts", "text"),
    [
        (ChangeKind.AGE, {"age": 58, "limit": 60}, "Až klientovi bude 60 let (chybí 2 roky)."),
        (ChangeKind.AGE, {"limit": 60}, "Až klientovi bude 60 let."),
        (ChangeKind.AGE, {}, "Až klient dosáhne věkové hranice."),
        (ChangeKind.GROUP, {"circle": ("SENIORI",)}, "Kdyby klient patřil i mezi: senioři."),
        (ChangeKind.FORM, {"offered": ("A",)}, "Kdyby klientovi vyhovovala i služba ambulantní."),
        (ChangeKind.AREA, {}, "Kdyby poskytovatel rozšířil působnost na obec Horní Lhota."),
        (ChangeKind.DISTANCE, {}, "zajištěnou dopravu"),
        (
            ChangeKind.BARRIER,
            {"barrier": "ALKOHOL"},
            "Kdyby překážka pominula (užívá alkohol nebo drogy)",
        ),
        (ChangeKind.BARRIER, {}, "Kdyby překážka, kterou služba uvedla, pominula."),
        (ChangeKind.CAPACITY, {}, "Až se uvolní místo."),
        (ChangeKind.HEALTH, {}, "Kdyby lékař potvrdil"),
        (ChangeKind.WAIT, {}, "Až uplyne šest měsíců"),
        (
            ChangeKind.AGE,
            {"age": 58, "limit": 60, "on": "2028-03-14"},
            "Až klientovi bude 60 let, tedy od 14. 3. 2028.",
        ),
        (ChangeKind.CAPACITY, {"until": "2026-12-01"}, "zeptejte se znovu od 1. 12. 2026."),
        (ChangeKind.WAIT, {"until": "2026-12-01"}, "předchozí smlouvy, tedy od 1. 12. 2026."),
        (ChangeKind.START, {"from": "2027-01-01"}, "Až služba začne, tedy od 1. 1. 2027."),
        (ChangeKind.PAPER, {"barrier": "BEZ-PRIJ"}, "Když klient doloží příjem"),
        (ChangeKind.PAPER, {"barrier": "BEZ-DOKL"}, "Když klient předloží doklad totožnosti"),
        (ChangeKind.PAPER, {"barrier": "BEZ-POJ"}, "Když klient doloží zdravotní pojištění"),
        (ChangeKind.PAPER, {"barrier": "ALKOHOL"}, "Kdyby překážka pominula"),
        (None, {}, ""),
    ],
)
def test_what_would_help_is_said_where_anything_would(change, facts, text):
    reason = told(ExclusionCode.BARRIER, change=change, **facts)
    assert text in plain(reason.would_accept_if)
    assert bool(reason.would_accept_if) is bool(text)


def test_the_matchers_own_changes_all_have_a_sentence():
    assert set(ChangeKind) == set(CHANGES)
