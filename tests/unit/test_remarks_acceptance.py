"""Whom a remark takes and whom it refuses, by the patterns that the program ships."""

import pytest

from referral.catalog.model import Stance
from referral.catalog.remarks import AcceptancePatterns, read_acceptance
from referral.ingest.remarks_file import read_acceptance_patterns
from referral.resources import data_dir

RULES = [
    ("Zařízení není bezbariérové.", "-IMOBIL"),
    ("Zařízení nejsou bezbariérová.", "-IMOBIL"),
    ("Bezbariérový přístup není zajištěn.", "-IMOBIL"),
    ("Objekt je bezbariérový.", "+IMOBIL"),
    ("Služba je určena pouze pro mobilní a částečně mobilní osoby.", "-IMOBIL"),
    ("vyjma osob s poruchou autistického spektra", "-PAS"),
    ("rodiny (vyjma osob s PAS) a jejich děti s duševním onemocněním", "-PAS +DUS-PSY"),
    ("mimo osob závislých na alkoholu", "-ALKOHOL"),
    ("Osoby se zdravotním postižením mimo osob hluchoslepých.", "-SMYSL"),
    ("Neposkytujeme osobám, které jsou agresivní nebo závislé na drogách.", "-AGRESE -ALKOHOL"),
    ("včetně osob s duální diagnózou", "+ALKOHOL +DUS-PSY"),
    ("Osobám s agresivním chováním nelze službu poskytnout.", "-AGRESE"),
    ("Určeno osobám s PAS, osobám se schizofrenií službu neposkytujeme.", "+PAS -DUS-PSY"),
    ("Není určena nevidomým, neslyšícím a osobám s mentálním postižením.", "-SMYSL -MENT-2"),
    ("Osoby s mentálním postižením.", "+MENT-2"),
    ("Přijímáme i klienty se psem.", "+PES"),
    ("Přijímáme klienty, kteří přišli se psem.", ""),
    ("jsou plně odkázány na pomoc jiné osoby", "+NESOBEST"),
    ("Zájemce musí mít platné doklady a pravidelný příjem.", "-BEZ-DOKL -BEZ-PRIJ"),
    ("Osoby, které nevyžadují celodenní lékařskou péči.", "-OSE-ZDR"),
    ("Osoby s PAS vyjma víkendů.", "+PAS"),
    ("Osoby s PAS přijímáme.", "+PAS"),
    ("Neposkytujeme; osoby s poruchou autistického spektra", "+PAS"),
]
NO_RULES = [
    "",
    "Osoby závislé na pomoci jiné osoby.",
    "Osoby blízké osobám ohroženým závislostí.",
    "Pečující o osoby s duševním onemocněním.",
    "Senioři se sníženou soběstačností.",
    "Prevence užívání drog.",
    "Klient má psa.",
]


def patterns(barriers) -> AcceptancePatterns:
    return read_acceptance_patterns(data_dir() / "remarks", barriers=barriers)


@pytest.fixture(scope="module")
def shipped(embedded) -> AcceptancePatterns:
    return patterns(embedded.vocabulary.barriers)


def told(text: str, shipped: AcceptancePatterns) -> list[str]:
    signs = {Stance.ACCEPTS: "+", Stance.EXCLUDES: "-"}
    rules = read_acceptance(text, patterns=shipped).rules
    return sorted(signs[rule.stance] + rule.barrier for rule in rules)


@pytest.mark.parametrize(("text", "rules"), RULES)
def test_a_stated_acceptance_or_refusal_is_read(text, rules, shipped):
    assert told(text, shipped) == sorted(rules.split())


@pytest.mark.parametrize("text", NO_RULES)
def test_what_states_neither_gives_no_rule(text, shipped):
    assert told(text, shipped) == []


def test_the_wording_is_that_of_the_provider(shipped):
    rules = read_acceptance("Služba je pro všechny,\n vyjma osob s PAS.", patterns=shipped).rules
    assert [rule.wording for rule in rules] == ["vyjma osob s PAS"]


def test_a_long_wording_is_cut(shipped):
    text = "Osobám s psychózou " + "velmi " * 50 + "službu neposkytujeme."
    assert len(read_acceptance(text, patterns=shipped).rules[0].wording) == 200


def test_saying_both_says_nothing_and_is_noted(shipped):
    reading = read_acceptance("Osoby s PAS. Vyjma osob s PAS.", patterns=shipped)
    assert reading.rules == ()
    assert reading.notes == ("Text o téže okolnosti (PAS) říká obojí; neuvádíme nic.",)


def test_rules_come_in_the_order_of_the_text(shipped):
    reading = read_acceptance(
        "Osoby s duševním onemocněním, vyjma osob s PAS. Není bezbariérové.", patterns=shipped
    )
    assert [rule.barrier for rule in reading.rules] == ["DUS-PSY", "PAS", "IMOBIL"]


def test_without_patterns_nothing_is_read():
    assert read_acceptance("vyjma osob s PAS", patterns=AcceptancePatterns.of()).rules == ()
