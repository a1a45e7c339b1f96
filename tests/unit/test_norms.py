"""Norms: data with a provenance, and a sentence for every mistake in them."""

import csv
from datetime import UTC, date, datetime

import pytest

from referral.catalog.vocabulary import Form, Need, ServiceType, Vocabulary
from referral.ingest.norm_file import DEFAULT_NORM, find_norm, norm_names, read_norm
from referral.network.norm_parser import parse_norm
from referral.network.norms import (
    UNITS,
    Level,
    Metric,
    Neighbourhood,
    NormError,
    NormStatus,
)
from referral.resources import data_dir
from support.build import a_need, a_type, a_vocabulary

SHIPPED = data_dir() / "norms"


def a_rule(**changes):
    rule = {
        "code": "40",
        "type": "40",
        "need": "PEC-HYG",
        "metric": "reach",
        "threshold": 15,
        "partial": 25,
        "unit": "km",
    }
    return {key: value for key, value in (rule | changes).items() if value is not None}


def a_document(*rules, **changes):
    document = {
        "id": "zkouska-1",
        "name": "Zkouška",
        "status": "orientační",
        "source": "vymyšleno",
        "territory": "Lhota",
        "authority": "Zkušebna",
        "valid_from": date(2026, 1, 1),
        "rules": list(rules) or [a_rule()],
    }
    return {key: value for key, value in (document | changes).items() if value is not None}


def embedded_words():
    """Read types and needs of the embedded vocabulary, as far as a norm needs them."""
    with (data_dir() / "vocabulary" / "service_types.csv").open(encoding="utf-8") as file:
        types = [
            ServiceType(
                code=row["code"],
                name=row["name"],
                category=row["category"],
                forms=tuple(Form(form) for form in row["forms"].split(";")),
                free_of_charge=row["fee"] == "free",
                repealed=row["repealed"] or None,
            )
            for row in csv.DictReader(file)
        ]
    with (data_dir() / "vocabulary" / "needs.csv").open(encoding="utf-8") as file:
        needs = [
            Need(
                code=row["code"],
                area=row["area"],
                name=row["name"],
                service_types=tuple(row["service_types"].split(";"))
                if row["service_types"]
                else (),
            )
            for row in csv.DictReader(file)
        ]
    return Vocabulary.of(types=types, needs=needs)


def test_a_full_document_becomes_a_norm_with_every_value_in_its_place():
    norm = parse_norm(
        a_document(
            a_rule(form="T", source="vyhláška kraje", why="  Proto.  "),
            a_rule(code="50-druhy", type="50", metric="nearest_km", partial=None),
            a_rule(code="39", metric="coverage", threshold=2, partial=1, unit="služba"),
            detour=1.4,
            undecided_within="orp",
            undecided_elsewhere=True,
            note="Jen pro zkoušku.",
            status="schváleno",
        )
    )
    assert (norm.id, norm.name, norm.status) == ("zkouska-1", "Zkouška", NormStatus.APPROVED)
    assert (norm.source, norm.territory, norm.authority) == ("vymyšleno", "Lhota", "Zkušebna")
    assert (norm.valid_from, norm.detour, norm.note) == (date(2026, 1, 1), 1.4, "Jen pro zkoušku.")
    assert (norm.undecided_within, norm.undecided_elsewhere) == (Neighbourhood.ORP, True)
    first, second, third = norm.rules
    assert (first.code, first.type, first.need, first.form) == ("40", "40", "PEC-HYG", Form.FIELD)
    assert (first.metric, first.threshold, first.partial, first.unit) == (
        Metric.REACH,
        15.0,
        25.0,
        "km",
    )
    assert (first.source, first.why) == ("vyhláška kraje", "Proto.")
    assert (second.code, second.type, second.metric) == ("50-druhy", "50", Metric.NEAREST_KM)
    assert second.partial is None
    assert (third.metric, third.threshold, third.partial) == (Metric.COVERAGE, 2.0, 1.0)


def test_what_a_norm_leaves_out_has_a_stated_default():
    norm = parse_norm(a_document())
    assert (norm.detour, norm.note) == (1.35, "")
    assert (norm.undecided_within, norm.undecided_elsewhere) == (Neighbourhood.DISTRICT, False)
    (rule,) = norm.rules
    assert (rule.form, rule.why) == (None, "")
    assert rule.source == norm.source


def test_a_rule_may_ask_for_a_group_an_age_a_choice_a_level_and_the_people_who_share():
    norm = parse_norm(
        a_document(
            a_rule(metric="reach_min", unit="min", group="SENIORI", age=82, count=2),
            a_rule(code="b", metric="presence", unit="služba", level="orp", partial=1),
            a_rule(code="c", metric="capacity", unit="luzka", per="80+", level="region", partial=9),
            a_rule(code="d", metric="hours", unit="h/týden", within_km=20, partial=None),
        )
    )
    choice, presence, capacity, hours = norm.rules
    assert (choice.group, choice.age, choice.count) == ("SENIORI", 82, 2)
    assert (presence.level, capacity.level, capacity.per) == (Level.ORP, Level.REGION, "80+")
    assert hours.within_km == 20.0


def test_a_date_may_be_written_as_text():
    assert parse_norm(a_document(valid_from="2026-07-01")).valid_from == date(2026, 7, 1)


@pytest.mark.parametrize("key", ["id", "name", "status", "source", "territory", "valid_from"])
def test_a_missing_key_of_the_norm_is_named(key):
    with pytest.raises(NormError, match=f"^norma: chybí klíč „{key}“; doplňte jej"):
        parse_norm(a_document(**{key: None}))


@pytest.mark.parametrize("key", ["type", "need", "metric", "threshold", "unit"])
def test_a_missing_key_of_a_rule_is_named_with_the_rule(key):
    with pytest.raises(NormError, match=rf"^pravidlo 2\. \(„b“\): chybí klíč „{key}“"):
        parse_norm(a_document(a_rule(), a_rule(code="b", **{key: None})))


def test_a_rule_without_a_code_is_found_by_its_position():
    with pytest.raises(NormError, match=r"^pravidlo 1\.: chybí klíč „code“"):
        parse_norm(a_document(a_rule(code=None)))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"statsu": "x"}, "norma: neznámý klíč „statsu“ (neměli jste na mysli „status“?)"),
        ({"qqq": "x"}, "norma: neznámý klíč „qqq“; známé klíče: id, name, status"),
        ({"id": "Moje norma"}, "„id“ je „Moje norma“, smí však mít jen malá písmena"),
        ({"name": " "}, "„name“ musí být neprázdný text"),
        ({"name": 7}, "„name“ musí být neprázdný text"),
        ({"note": 7}, "„note“ musí být neprázdný text"),
        ({"status": "závazná"}, "„status“ je „závazná“, možnosti jsou: „orientační“, „metodika“"),
        ({"valid_from": "1. 1. 2026"}, "„valid_from“ musí být datum ve tvaru 2026-01-31"),
        ({"valid_from": 2026}, "„valid_from“ musí být datum"),
        ({"valid_from": datetime(2026, 1, 1, tzinfo=UTC)}, "„valid_from“ musí být datum"),
        ({"detour": 0.9}, "„detour“ je 0.9, musí však být mezi 1 a 3"),
        ({"detour": "1.3"}, "„detour“ musí být číslo"),
        ({"undecided_within": "kraj"}, "„undecided_within“ je „kraj“, možnosti jsou: „orp“"),
        ({"undecided_elsewhere": "ano"}, "„undecided_elsewhere“ musí být true nebo false"),
        ({"rules": None}, "chybí klíč „rules“"),
        ({"rules": []}, "„rules“ musí být aspoň jedno pravidlo, psané jako [[rules]]"),
        ({"rules": {"code": "40"}}, "„rules“ musí být aspoň jedno pravidlo"),
        ({"rules": ["40"]}, "každé pravidlo v „rules“ musí být tabulka [[rules]]"),
    ],
)
def test_a_mistake_in_the_norm_gets_a_sentence_that_says_where_and_how_to_mend_it(changes, message):
    document = a_document() | changes
    with pytest.raises(NormError) as caught:
        parse_norm({key: value for key, value in document.items() if value is not None})
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"treshold": 15}, "neznámý klíč „treshold“ (neměli jste na mysli „threshold“?)"),
        ({"code": "40 a"}, "„code“ je „40 a“, smí však mít jen písmena"),
        (
            {"metric": "distance"},
            "možnosti jsou: „coverage“, „presence“, „nearest_km“, „nearest_min“",
        ),
        (
            {"metric": ["reach"]},
            "možnosti jsou: „coverage“, „presence“, „nearest_km“, „nearest_min“",
        ),
        ({"threshold": 0}, "„threshold“ je 0, musí však být větší než nula"),
        ({"threshold": -5}, "„threshold“ je -5, musí však být větší než nula"),
        ({"threshold": "15"}, "„threshold“ musí být číslo"),
        ({"threshold": True}, "„threshold“ musí být číslo"),
        ({"threshold": float("nan")}, "„threshold“ musí být číslo"),
        ({"partial": 0}, "„partial“ je 0, musí však být větší než nula"),
        ({"partial": 10}, "„partial“ (10) musí být větší než „threshold“ (15)"),
        ({"partial": 15}, "„partial“ (15) musí být větší než „threshold“ (15)"),
        ({"unit": "minuta"}, "metrika „reach“ se měří v jednotce „km“, ne „minuta“"),
        ({"form": "X"}, "„form“ je „X“, možnosti jsou: „T“, „A“, „P“"),
        ({"metric": "capacity", "unit": "luzka", "partial": 9, "also": "50"}, "seznam textů"),
        ({"count": 0}, "„count“ musí být celé číslo od 1 do 10, ne 0"),
        ({"age": 7.5}, "„age“ musí být celé číslo od 0 do 120, ne 7.5"),
        ({"level": "orp"}, "klíč „level“ u metriky „reach“ nic neznamená, patří k „capacity“"),
        ({"metric": "hours", "unit": "h/týden", "partial": None}, "potřebuje klíč „within_km“"),
        (
            {"metric": "presence", "partial": None, "unit": "služba", "level": "region"},
            "přítomnost se posuzuje v obci",
        ),
        (
            {"metric": "capacity", "partial": 20, "unit": "luzka"},
            "„partial“ (20) musí být menší než „threshold“ (15)",
        ),
        (
            {"metric": "capacity", "partial": None, "unit": "postel"},
            "kapacita se měří v jednotkách registru (klient, luzka, kontakt",
        ),
        (
            {"metric": "coverage", "threshold": 1.5, "partial": None, "unit": "služba"},
            "„threshold“ je počet služeb, musí tedy být celé číslo",
        ),
        (
            {"metric": "coverage", "threshold": 2, "partial": 1.5, "unit": "služba"},
            "„partial“ je počet služeb, musí tedy být celé číslo",
        ),
        (
            {"metric": "coverage", "threshold": 2, "partial": 3, "unit": "služba"},
            "„partial“ (3) musí být menší než „threshold“ (2)",
        ),
    ],
)
def test_a_mistake_in_a_rule_gets_a_sentence_that_names_the_rule(changes, message):
    with pytest.raises(NormError) as caught:
        parse_norm(a_document(a_rule(**changes)))
    assert str(caught.value).startswith("pravidlo 1.")
    assert message in str(caught.value)


def test_two_rules_with_one_code_are_refused():
    with pytest.raises(NormError, match=r"pravidlo 2\.: kód „40“ už v normě je"):
        parse_norm(a_document(a_rule(), a_rule()))


WORDS = a_vocabulary(
    types=[
        a_type(),
        a_type("39", "osobní asistence", forms=(Form.FIELD,)),
        a_type("49", "domovy pro seniory", forms=(Form.RESIDENTIAL,)),
        a_type("52", "služby v nemocnicích", repealed="38/2025 Sb."),
        a_type("99", "služba, po níž se nikdo neptá"),
    ],
    needs=[a_need(service_types=["40", "39", "49", "52"]), a_need("PEC-DOM", service_types=["40"])],
)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"metric": "capacity", "unit": "luzka", "partial": 9, "also": ["5x"]}, "„5x“"),
        ({"group": "SENIOR"}, "neznámá cílová skupina „SENIOR“ (neměli jste na mysli „SENIORI“?)"),
        ({"type": "410"}, "neznámý druh služby „410“ (neměli jste na mysli „40“?)"),
        ({"type": "zzz"}, "neznámý druh služby „zzz“; druh je číslo paragrafu"),
        ({"need": "PEC-HYH"}, "neznámá potřeba „PEC-HYH“ (neměli jste na mysli „PEC-HYG“?)"),
        ({"type": "52"}, "druh služby „52“ (služby v nemocnicích) byl zrušen (38/2025 Sb.)"),
        ({"type": "39", "need": "PEC-DOM"}, "neodpovídá; použijte jinou (PEC-HYG)"),
        ({"type": "99"}, "neodpovídá; použijte jinou (žádná k tomuto druhu není)"),
        ({"type": "49", "form": "T"}, "druh služby „49“ nemá formu „T“; má formy: P"),
        (
            {"type": "49", "metric": "coverage", "threshold": 1, "partial": None, "unit": "služba"},
            "poskytuje jen na místě; použijte „nearest_km“",
        ),
        ({"type": "39", "metric": "nearest_km"}, "poskytuje jen v terénu; použijte „coverage“"),
        ({"form": "T", "metric": "nearest_km"}, "poskytuje jen v terénu; použijte „coverage“"),
    ],
)
def test_words_the_vocabulary_does_not_hold_are_refused_with_a_hint(changes, message):
    with pytest.raises(NormError) as caught:
        parse_norm(a_document(a_rule(**changes)), vocabulary=WORDS)
    assert str(caught.value).startswith("pravidlo „40“: ")
    assert message in str(caught.value)


def test_a_norm_whose_words_the_vocabulary_holds_passes():
    rule = a_rule(form="A", metric="nearest_km", group="SENIORI")
    (passed,) = parse_norm(a_document(rule), vocabulary=WORDS).rules
    assert (passed.form, passed.group) == (Form.AMBULATORY, "SENIORI")


def test_the_shipped_norm_has_one_rule_for_every_type_in_force():
    words = embedded_words()
    norm = read_norm(find_norm(DEFAULT_NORM, folder=SHIPPED), vocabulary=words)
    in_force = [kind.code for kind in words.types.values() if kind.repealed is None]
    assert sorted(rule.type for rule in norm.rules) == sorted(in_force)
    assert len(norm.rules) == 33


def test_the_shipped_norm_says_that_it_is_no_official_standard():
    norm = read_norm(SHIPPED / f"{DEFAULT_NORM}.toml")
    assert norm.id == DEFAULT_NORM
    assert norm.status is NormStatus.GUIDE
    assert "nejsou úředním standardem" in norm.source
    assert "orientační" in norm.note


def test_every_shipped_rule_gives_its_reason_and_a_looser_limit_where_one_makes_sense():
    for name in norm_names(SHIPPED):
        for rule in read_norm(SHIPPED / f"{name}.toml").rules:
            assert rule.why.endswith("."), rule.code
            assert rule.unit == UNITS.get(rule.metric, rule.unit)
            assert (rule.partial is None) == (rule.metric is Metric.COVERAGE)


def test_a_norm_is_found_by_its_name_or_by_its_path(tmp_path):
    own = tmp_path / "nase.toml"
    own.write_text((SHIPPED / f"{DEFAULT_NORM}.toml").read_text("utf-8"), "utf-8")
    assert find_norm(DEFAULT_NORM, folder=SHIPPED) == SHIPPED / f"{DEFAULT_NORM}.toml"
    assert find_norm(str(own), folder=SHIPPED) == own
    assert read_norm(own) == read_norm(SHIPPED / f"{DEFAULT_NORM}.toml")


def test_an_unknown_norm_is_refused_with_the_names_that_may_be_used(tmp_path):
    with pytest.raises(NormError, match=r"„krajská“ není .*; přiložené normy: .*orientacni-venk"):
        find_norm("krajská", folder=SHIPPED)
    with pytest.raises(NormError, match="přiložené normy: žádná"):
        find_norm("krajská", folder=tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\nid = !\n", "není platný TOML: .*line 2"),
        (b'name = "\xe8esk\xe1"', "není v kódování UTF-8"),
        (b'id = "a"', "a.toml: norma: chybí klíč „source“"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(tmp_path, content, message):
    path = tmp_path / "a.toml"
    path.write_bytes(content)
    with pytest.raises(NormError, match=message) as caught:
        read_norm(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_missing_or_a_folder_is_named(tmp_path):
    with pytest.raises(NormError, match=r"a\.toml neexistuje; zkontrolujte cestu"):
        read_norm(tmp_path / "a.toml")
    with pytest.raises(NormError, match="nejde přečíst"):
        read_norm(tmp_path)
