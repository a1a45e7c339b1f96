"""``referral match`` with all that is known about a client, over the shipped catalogue."""

import pytest

ASK = ("match", "--place", "Kadaň", "--need", "BYD-BEZ", "--limit", "3")


def asked(referral, *arguments: str) -> dict:
    return referral(*ASK, *arguments, "--json").json["request"]


@pytest.mark.parametrize(
    ("arguments", "field", "value"),
    [
        (["--sex", "muz"], "sex", "muz"),
        (["--born", "1968-03-01"], "born", "1968-03-01"),
        (["--born", "1. 3. 1968"], "born", "1968-03-01"),
        (["--mobility", "lezi"], "barrier", ["IMOBIL"]),
        (["--mobility", "chodi"], "without", ["IMOBIL"]),
        (["--language", "uk"], "barrier", ["JAZYK"]),
        (["--language", "uk", "--language", "cs"], "without", ["JAZYK"]),
        (["--documents"], "without", ["BEZ-DOKL"]),
        (["--no-documents"], "barrier", ["BEZ-DOKL"]),
        (["--income"], "without", ["BEZ-PRIJ"]),
        (["--no-insurance"], "barrier", ["BEZ-POJ"]),
        (["--partner"], "barrier", ["PAR"]),
        (["--no-partner"], "without", ["PAR"]),
        (["--children", "2"], "group", ["RODINY"]),
        (["--dog"], "barrier", ["PES"]),
        (["--no-dog"], "without", ["PES"]),
        (["--without", "ALKOHOL"], "without", ["ALKOHOL"]),
        (["--discharge", "2026-12-24"], "discharge", "2026-12-24"),
        (["--eviction", "30. 11. 2026"], "eviction", "2026-11-30"),
    ],
)
def test_what_is_known_is_understood(referral, arguments, field, value):
    assert asked(referral, *arguments)[field] == value


@pytest.mark.parametrize(
    "written",
    [
        "rpss-1368:kapacita",
        "rpss-1368:jine:ALKOHOL",
        "rpss-1368:kapacita@2025-10-01",
        "rpss-1368:jine:ALKOHOL@2025-10-01+90",
        "rpss-1368:kapacita+30",
    ],
)
def test_a_refusal_is_read_and_written_the_same_way(referral, written):
    assert asked(referral, "--refused", written)["refused"] == [written]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--refused", "rpss-1368:kapacita@vcera"], "ID_SLUŽBY:DŮVOD"),
        (["--refused", "rpss-1368:kapacita+moc"], "ID_SLUŽBY:DŮVOD"),
        (["--refused", "rpss-1368:kapacita@2199-01-01"], "v budoucnosti"),
        (["--born", "kdysi"], "Datum narození"),
        (["--sex", "ono"], "zena, muz"),
        (["--mobility", "skace"], "s-oporou"),
        (["--children", "-2"], "záporný"),
        (["--no-documents", "--without", "BEZ-DOKL"], "BEZ-DOKL"),
        (["--documents", "--barrier", "BEZ-DOKL"], "odporuje"),
    ],
)
def test_what_cannot_be_ends_with_one_sentence(referral, arguments, words):
    run = referral(*ASK, *arguments)
    assert (run.code, run.out) == (1, "")
    (line,) = run.said.splitlines()
    assert line.startswith("Chyba: ")
    assert words in line


def test_a_lapsed_refusal_keeps_the_service_and_says_that_one_may_ask_again(referral):
    told = ("--refused", "rpss-1368:kapacita@2025-10-01", "--limit", "100")
    run = referral("match", "--place", "Kadaň", "--need", "BYD-BEZ", *told, "--json")
    (match,) = [one for one in run.json["matches"] if one["service_id"] == "rpss-1368"]
    kinds = {one["kind"]: one for one in match["verdict"]["conditions"]}
    assert kinds["ask_again"]["on"] == "2025-10-31"
    held = referral(*ASK, "--refused", "rpss-1368:okruh", "--json").json
    (miss,) = [one for one in held["not_for_you"] if one["service_id"] == "rpss-1368"]
    assert miss["changes"] == []


def test_the_text_tells_verdicts_changes_the_plan_and_the_refusals(referral):
    run = referral(
        "match", "--place", "Kadaň", "--says", "58 let, pije, nemá občanku a spí v autě",
        "--limit", "30", "--eviction", "2099-11-30", "--refused", "rpss-1368:kapacita",
        "--refused", "rpss-1367:jine:ALKOHOL",
    )  # fmt: skip
    assert run.code == 0
    for words in (
        "NEVÍ SE",
        "Kvůli odmítnutí je vyřazena služba: Terénní programy - Kadaňsko (plná kapacita).",
        "S méně body zůstává v nabídce: K-Centrum Kadaň",
        "mezi důvody § 91 odst. 3 není",
        "krajský úřad, který službu registroval",
        "→ Až se uvolní místo",
        "do 30. 11. 2099, kdy přijde o bydlení",
        "Obvykle chtějí:",
        "Vedle služeb pomohou:",
        "První místo je",
    ):
        assert words in " ".join(run.out.split()), words


def test_the_text_asks_the_question_that_decides_the_most(referral):
    run = referral("match", "--place", "Kadaň", "--need", "BYD-BEZ")
    assert "CO BY ROZHODLO NEJVÍC" in run.out


def test_the_help_names_every_option_in_czech(referral):
    said = " ".join(referral("match", "--help").out.split())
    for words in ("Překážka, kterou člověk určitě nemá", "--no-documents", "[@DATUM][+DNÍ]"):
        assert words in said
