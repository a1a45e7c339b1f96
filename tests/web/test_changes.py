"""What imports have changed: a page to browse, the same as JSON, and nothing of secret places."""

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from referral.catalog.changes import GONE, ChangedField
from referral.catalog.history import Wanted
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Territory
from referral.web.changes_asking import GROUPS, PAGE, ChangesDraft, asked_changes, services_in
from referral.web.czech import plain
from support.build import SECRET, TODAY, a_service, a_source, covering
from support.history import HeldHistory, a_change, a_run
from support.matching import NEIGHBOUR, PLACES, VOCABULARY, within
from support.web import an_app, page_of

FAR = next(one for one in PLACES if one.orp != PLACES[0].orp)
HERE = f"ORP {PLACES[0].orp}"
SERVICES = (
    a_service("s-1", "Pečovatelky", locations=[within(NEIGHBOUR, km=0)]),
    a_service("s-2", "Utajený dům", locations=[SECRET], coverage=covering(PLACES[0].code)),
    a_service("s-3", "Daleká", locations=(), coverage=covering(FAR.code)),
    a_service("s-4", "Linka", locations=(), coverage=covering(PLACES[0].code, everywhere=True)),
)
LATER = date(2026, 9, 30)


def a_world_of(*services) -> Catalog:
    return Catalog.of(
        vocabulary=VOCABULARY,
        territory=Territory.of(PLACES),
        services=services,
        sources=[a_source(), replace(a_source("kraj"), title="Seznam kraje")],
        aliases={"kv-1": "s-1"},
    )


@pytest.fixture
def catalog() -> Catalog:
    return a_world_of(*SERVICES)


@pytest.fixture
def history() -> HeldHistory:
    return HeldHistory(
        runs=[
            (a_run(in_file=4, added=4), [a_change(one.id) for one in SERVICES]),
            (
                a_run("kraj", as_of=LATER, in_file=3, changed=2, ended=1, unchanged=1, rejected=1),
                [
                    a_change(
                        "kv-1", ChangedField.CAPACITY, "32", "28",
                        on=LATER, source="kraj", detail="P:luzka",
                    ),
                    a_change(
                        "s-3", ChangedField.ENDED, None, "2026-09-29",
                        on=LATER, source="kraj", detail=GONE,
                    ),
                    a_change(
                        "s-2", ChangedField.LOCATIONS, "facility:500001:Tajnov:", None,
                        on=LATER, source="kraj",
                    ),
                ],
            ),
        ]
    )  # fmt: skip


@pytest.fixture
def browser(catalog: Catalog, history: HeldHistory) -> FlaskClient:
    return an_app(catalog, history=history).test_client()


def texts(browser: FlaskClient, address: str) -> list[str]:
    page = page_of(browser.get(address).text)
    return [plain(one.text_content()) for one in page.xpath("//*[@class='change__text']")]


def test_changes_stand_under_their_import_newest_first(browser: FlaskClient) -> None:
    page = page_of(browser.get("/zmeny").text)
    headings = [plain(one.text_content()) for one in page.xpath("//section[@class='changed']/h3")]
    assert headings == [
        "Seznam kraje, stav k 30. 9. 2026, nahráno 1. 9. 2026",
        "Zkušební seznam, stav k 31. 7. 2026, nahráno 1. 9. 2026",
    ]
    assert texts(browser, "/zmeny")[:2] == [
        "„Pečovatelky“ (Pomoc, z. s.): kapacita (pobytová) 32 → 28 lůžek.",
        "Skončila služba „Daleká“ (Pomoc, z. s.) ke dni 29. 9. 2026, ve zdroji už není.",
    ]
    assert page.xpath("//li[contains(@class, 'change')]//a/@href")[0] == "/karta/s-1"


def test_each_import_is_summed_up_with_its_source_and_day(browser: FlaskClient) -> None:
    page = page_of(browser.get("/zmeny").text)
    told = [plain(" ".join(one.text_content().split())) for one in page.xpath("//li[@class='row']")]
    assert told[0].startswith(
        "Seznam kraje, stav k 30. 9. 2026, nahráno 1. 9. 2026 3 položky v souboru: změněno 2, "
        "beze změny 1, skončilo 1, odmítnuto 1. První import tohoto zdroje."
    )
    assert page.xpath("//p[@class='run__more']/a/@href")[0] == "/zmeny?import=2"
    assert len(texts(browser, "/zmeny?import=1")) == len(SERVICES)


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/zmeny?zmena=kapacita", 1),
        ("/zmeny?zmena=skoncilo", 1),
        ("/zmeny?zdroj=kraj", 3),
        ("/zmeny?od=2026-09-01", 3),
        ("/zmeny?od=2026-10-01", 0),
        ("/zmeny?zdroj=kraj&zmena=pribylo", 0),
    ],
)
def test_each_condition_narrows_the_page(browser: FlaskClient, address: str, count: int) -> None:
    assert len(texts(browser, address)) == count


def test_an_area_holds_what_is_in_it_or_surely_works_there_by_every_id(browser, catalog) -> None:
    assert services_in(HERE, catalog) == {"s-1", "kv-1"}
    assert services_in(f"ORP {FAR.orp}", catalog) == {"s-3"}
    told = texts(browser, f"/zmeny?uzemi={HERE}")
    assert len(told) == 2
    assert all("Pečovatelky" in one for one in told)


def test_a_secret_service_stands_under_no_area_and_its_place_is_never_said(browser) -> None:
    for address in ("/zmeny", f"/zmeny?uzemi={HERE}", "/zmeny.json", "/karta/s-2"):
        assert "Tajnov" not in browser.get(address).text
    assert "Utajený dům" not in " ".join(texts(browser, f"/zmeny?uzemi={HERE}"))
    assert "utajenou adresou" in browser.get(f"/zmeny?uzemi={HERE}").text


def test_walking_the_pages_meets_every_change_once_and_keeps_the_conditions(catalog) -> None:
    count = 2 * PAGE + 5
    history = HeldHistory(runs=[(a_run(added=count), [a_change("s-1")] * count), (a_run(), [])])
    history.runs[0][1][:] = [
        a_change("s-1", ChangedField.PHONE, None, f"{number:03}") for number in range(count)
    ]
    browser = an_app(catalog, history=history).test_client()
    met, address = [], "/zmeny?zmena=kontakt"
    while address:
        page = page_of(browser.get(address).text)
        met += [one.text_content() for one in page.xpath("//*[@class='change__text']")]
        links = page.xpath("//a[@rel='next']/@href")
        address = links[0] if links else ""
        assert not address or "zmena=kontakt" in address
    assert len(met) == len(set(met)) == count


def test_the_json_holds_the_same_changes_and_leads_on(browser: FlaskClient, catalog) -> None:
    document = browser.get("/zmeny.json?zdroj=kraj").json
    assert [one["text"].partition(": ")[2] for one in document["changes"]][:1] == [
        "„Pečovatelky“ (Pomoc, z. s.): kapacita (pobytová) 32 → 28 lůžek."
    ]
    assert [one["import"] for one in document["changes"]] == [2, 2, 2]
    assert document["changes"][0]["shown_as"] == "s-1"
    assert document["next"] is None
    assert document["imports"][0] == {
        "number": 2, "source": "kraj", "as_of": "2026-09-30", "on": TODAY.isoformat(),
        "first": True, "in_file": 3, "added": 0, "changed": 2, "unchanged": 1, "ended": 1,
        "rejected": 1,
    }  # fmt: skip
    assert browser.get("/zmeny?format=json&zdroj=kraj").json == document
    many = HeldHistory(runs=[(a_run(), [a_change("s-1")] * (PAGE + 1))])
    first = an_app(catalog, history=many).test_client()
    following = first.get("/zmeny.json?zmena=pribylo").json["next"]
    assert following == f"/zmeny.json?po=1.{PAGE - 1}&zmena=pribylo"
    assert len(first.get(following).json["changes"]) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("uzemi=Nikde", "Území „Nikde“ mezi načtenými ORP, okresy a kraji není."),
        ("zmena=vsechno", "Takový druh změny neznáme"),
        ("zdroj=neznamy", "Takový zdroj tu není"),
        ("od=včera", "Den „včera“ nejde přečíst; napište ho jako 2026-11-22."),
        ("import=první", "Číslo importu je celé číslo od 1."),
        ("po=99", "Odkaz na další změny není celý"),
    ],
)
def test_a_wrong_condition_is_answered_with_one_sentence(browser, arguments, message) -> None:
    page = browser.get(f"/zmeny?{arguments}")
    assert page.status_code == 422
    (said,) = page_of(page.text).xpath("//*[@role='alert']")
    assert message in plain(said.text_content())
    answer = browser.get(f"/zmeny.json?{arguments}")
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json["errors"][0]["field"] == arguments.partition("=")[0]
    assert message in answer.json["detail"]


def test_what_was_chosen_stays_chosen_and_can_be_left(browser: FlaskClient) -> None:
    page = page_of(browser.get(f"/zmeny?uzemi={HERE}&zmena=kapacita&zdroj=kraj&od=2026-01-01").text)
    assert page.xpath("//option[@selected]/@value") == [HERE, "kapacita", "kraj"]
    assert page.xpath("//input[@id='od']/@value") == ["2026-01-01"]
    assert page.xpath("//a[contains(., 'Zrušit výběr')]/@href") == ["/zmeny"]


@pytest.mark.parametrize(
    ("runs", "address", "said"),
    [
        ([], "/zmeny", "Zatím se nic neimportovalo"),
        ([(a_run(), [])], "/zmeny", "Importy zatím nic nezměnily."),
        ([(a_run(), [])], "/zmeny?zmena=kapacita", "V tomto výběru se nic nezměnilo."),
    ],
)
def test_an_empty_page_says_why_it_is_empty(catalog, runs, address, said) -> None:
    page = page_of(an_app(catalog, history=HeldHistory(runs=runs)).test_client().get(address).text)
    assert said in page.text_content()


def test_older_imports_wait_behind_one_line(catalog) -> None:
    history = HeldHistory(runs=[(a_run(in_file=number), []) for number in range(7)])
    page = page_of(an_app(catalog, history=history).test_client().get("/zmeny").text)
    assert len(page.xpath("//details//li[@class='row']")) == 2
    assert len(page.xpath("//section[@class='runs']/ul/li")) == 5


def test_every_field_belongs_to_just_one_kind_of_change() -> None:
    fields = [field for _, group in GROUPS.values() for field in group]
    assert sorted(fields) == sorted(ChangedField)


def test_no_condition_asks_for_everything(catalog) -> None:
    assert asked_changes(ChangesDraft(), catalog) == (Wanted(), None)


def test_the_catalogue_and_every_footer_lead_to_the_changes(browser: FlaskClient) -> None:
    assert "/zmeny" in page_of(browser.get("/katalog").text).xpath("//main//a/@href")
    assert "/zmeny" in page_of(browser.get("/zdroje").text).xpath("//footer//a/@href")
