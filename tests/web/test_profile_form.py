"""What somebody knows about the client: filled in without scripts, kept, and asked back."""

import pytest
from flask.testing import FlaskClient

from support.web import page_of

ASK = {"place": "500001", "need": "PEC-HYG"}
FULL = {
    "place": "Kadaň",
    "need": "BYD-BEZ",
    "born": "1968-03-01",
    "sex": "muz",
    "mobility": "chodi",
    "language": ["uk"],
    "documents": "ne",
    "income": "ano",
    "partner": "ne",
    "dog": "ano",
    "children": "2",
    "discharge": "2026-10-01",
    "eviction": "2026-11-30",
    "refused_service": ["rpss-1368", ""],
    "refused_reason": ["kapacita", ""],
    "refused_barrier": ["", ""],
    "refused_on": ["2026-08-01", ""],
    "refused_wait": ["90", ""],
}


def form_of(client: FlaskClient, **fields):
    return page_of(client.post("/pomoc", data=fields).text)


def value(page, name: str) -> list[str]:
    """Return what a field of the visible form holds."""
    form = "//form[contains(@class, 'ask')]"
    return [
        *page.xpath(f"{form}//input[@name=$n and not(@type='radio')]/@value", n=name),
        *page.xpath(f"{form}//input[@name=$n and @type='radio' and @checked]/@value", n=name),
        *page.xpath(f"{form}//select[@name=$n]/option[@selected]/@value", n=name),
    ]


def errors(page) -> str:
    return " ".join(page.xpath("string(//*[@role='alert'])").split())


def test_the_first_page_asks_one_sentence_and_a_place_and_nothing_more(client: FlaskClient):
    page = page_of(client.get("/").text)
    outside = page.xpath(
        "//form[@data-ask]//*[self::input or self::textarea or self::select]"
        "[not(ancestor::details) and not(@type='hidden')]/@name"
    )
    assert outside == ["says", "place"]
    assert not page.xpath("//details[@open]")


def test_everything_that_was_told_is_kept_in_the_form(real: FlaskClient):
    answer = real.post("/pomoc", data=FULL)
    assert answer.status_code == 200
    page = page_of(answer.text)
    for name in ("born", "discharge", "eviction", "children"):
        assert value(page, name) == [FULL[name]]
    for name in ("sex", "mobility", "documents", "income", "partner", "dog"):
        assert value(page, name) == [FULL[name]], name
    assert value(page, "insurance") == [""]
    assert page.xpath("//input[@name='language' and @checked]/@value") == ["uk"]
    assert value(page, "refused_service")[0].endswith(" (rpss-1368)")
    assert value(page, "refused_reason") == ["kapacita"]
    assert value(page, "refused_on")[0] == "2026-08-01"
    assert value(page, "refused_wait")[0] == "90"
    assert page.xpath("//details[@id='profil' and @open]")


def test_what_was_told_is_repeated_in_words(real: FlaskClient):
    page = page_of(real.post("/pomoc", data=FULL).text)
    said = " ".join(page.xpath("string(//form[@class='heard'])").split())
    for words in ("muž", "věk 58 let", "odchází ze zařízení 1. 10. 2026", "odmítnuto: 1 služba"):
        assert words in said


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"born": "loni"}, "Datum narození"),
        ({"born": "2030-01-01"}, "Datum narození"),
        ({"born": "1968-03-01", "age": "20"}, "neodpovídá datu narození"),
        ({"sex": "jine"}, "Pohlaví"),
        ({"mobility": "leta"}, "Pohyblivost"),
        ({"language": "česky"}, "dvěma písmeny"),
        ({"documents": "možná"}, "nebo nic"),
        ({"income": "snad"}, "nebo nic"),
        ({"insurance": "snad"}, "nebo nic"),
        ({"partner": "snad"}, "nebo nic"),
        ({"dog": "malého"}, "nebo nic"),
        ({"care_level": "pět"}, "Stupeň závislosti"),
        ({"group": "NENI"}, "NENI"),
        ({"children": "moc"}, "Počet dětí"),
        ({"children": "-1"}, "záporný"),
        ({"discharge": "brzy"}, "Den propuštění"),
        ({"eviction": "31. 2. 2026"}, "Den ztráty bydlení"),
        ({"b-ALKOHOL": "ano", "without": "ALKOHOL"}, "odporuje"),
        ({"without": "NENI"}, "NENI"),
        ({"refused_service": "s-1", "refused_reason": ""}, "vyberte, jaký důvod"),
        ({"refused_service": "", "refused_reason": "kapacita"}, "která služba odmítla"),
        ({"refused_service": "Neznámá", "refused_reason": "kapacita"}, "v katalogu nemáme"),
        ({"refused_service": "číslo", "refused_reason": "kapacita"}, "mnoho služeb"),
        ({"refused_service": "s-1", "refused_reason": "spim"}, "Důvod odmítnutí"),
        (
            {"refused_service": "s-1", "refused_reason": "jine", "refused_on": "2027-01-01"},
            "v budoucnosti",
        ),
        (
            {"refused_service": "s-1", "refused_reason": "jine", "refused_wait": "dlouho"},
            "počtem dní",
        ),
        (
            {"refused_service": "s-1", "refused_reason": "jine", "refused_wait": "9999"},
            "není mezi 0 a 3650",
        ),
    ],
)
def test_what_cannot_be_is_named_and_the_form_is_opened_there(client: FlaskClient, fields, words):
    answer = client.post("/pomoc", data={**ASK, **fields})
    assert answer.status_code == 422
    page = page_of(answer.text)
    assert words in errors(page)
    assert page.xpath("//details[@id='profil' and @open]")


def test_a_name_that_several_services_bear_is_asked_back_without_scripts(client: FlaskClient):
    row = {
        "refused_reason": "kapacita",
        "refused_barrier": "",
        "refused_on": "",
        "refused_wait": "",
    }
    answer = client.post("/pomoc", data={**ASK, **row, "refused_service": "domov"})
    assert answer.status_code == 422
    page = page_of(answer.text)
    assert "Vyberte u" in errors(page)
    offered = page.xpath("//select[@name='refused_service']/option/@value")
    assert offered == ["domov", "Domov <b>U Lesa</b> (s-2)", "Utajený domov (s-3)"]
    chosen = client.post("/pomoc", data={**ASK, **row, "refused_service": offered[1]})
    assert chosen.status_code == 200
    near = page_of(chosen.text).xpath("//li[@class='miss']//h3/a/text()")
    assert "Domov <b>U Lesa</b>" in near


@pytest.mark.parametrize(
    "typed", ["s-1", "1234567", "pečovatelská služba horní lhota", "pecov horni"]
)
def test_a_service_is_found_by_its_id_its_number_its_name_or_words_of_it(client, typed):
    fields = {"refused_service": typed, "refused_reason": "kapacita"}
    page = page_of(client.post("/pomoc", data={**ASK, **fields}).text)
    assert not page.xpath("//li[@class='card']//h3/a[@href='/karta/s-1']")


def test_a_barrier_has_three_answers_and_the_third_is_silence(client: FlaskClient):
    def answered(**fields) -> dict:
        page = page_of(client.post("/pomoc", data={**ASK, **fields}).text)
        hidden = page.xpath("//form[@id='znovu']//input")
        return {one.get("name"): one.get("value") for one in hidden}

    assert answered(**{"b-ALKOHOL": "ano"})["barrier"] == "ALKOHOL"
    assert answered(**{"b-ALKOHOL": "ne"})["without"] == "ALKOHOL"
    silent = answered(**{"b-ALKOHOL": ""})
    assert "barrier" not in silent
    assert "without" not in silent


def test_what_was_chosen_outweighs_what_was_heard(client: FlaskClient):
    """The words say that he drinks; the person says that he surely does not."""
    question = {"place": "500001", "says": "soused pije", "b-ALKOHOL": "ne", "age": "40"}
    page = page_of(client.post("/pomoc", data=question).text)
    said = " ".join(page.xpath("string(//form[@class='heard'])").split())
    assert "netýká se: užívá alkohol nebo drogy" in said
    heard = {"place": "500001", "says": "nemůže se umýt", "born": "1990-01-01"}
    page = page_of(client.post("/pomoc", data=heard).text)
    assert "věk 36 let" in " ".join(page.xpath("string(//form[@class='heard'])").split())


def test_what_was_heard_fills_the_same_facts(client: FlaskClient):
    page = page_of(client.post("/pomoc", data={"place": "500001", "says": "soused pije"}).text)
    hidden = page.xpath("//form[@id='znovu']//input")
    kept = {(one.get("name"), one.get("value")) for one in hidden}
    assert {("barrier", "ALKOHOL"), ("care_level", "2"), ("need", "ZAV-ALK")} <= kept


def test_an_answer_that_decides_a_barrier_shows_at_its_own_question(real: FlaskClient):
    question = {"place": "Kadaň", "need": "BYD-BEZ", "barrier": ["BEZ-DOKL", "PES", "JAZYK"]}
    page = page_of(real.post("/pomoc", data=question).text)
    assert value(page, "documents") == ["ne"]
    assert value(page, "dog") == ["ano"]
    assert value(page, "b-JAZYK") == ["ano"]
    free = page_of(real.post("/pomoc", data={**ASK, "place": "Kadaň", "without": "BEZ-DOKL"}).text)
    assert value(free, "documents") == ["ano"]
    assert value(free, "b-JAZYK") == []
