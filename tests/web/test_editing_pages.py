"""Editors correct what is known of a service; nothing typed is lost, everything can be undone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from referral.accounts.model import Role
from referral.catalog.areas import AreaKind, CoverageStatus
from referral.catalog.editing import AuthorKind
from referral.catalog.model import AgeRange, CapacityUnit, Contact, Stance
from referral.catalog.own_fields import OwnField, OwnValue, VerifiedBy, Waiting
from referral.web.editing.fields import WORDS
from referral.web.editing.openings import TOGETHER
from support.accounts import signed_in
from support.build import TODAY
from support.editors import KNOWN, Workshop, a_filled_database, a_workshop, send
from support.edits import SIGNED
from support.web import page_of

SLUGS = [words.slug for words in WORDS.values()]
WHO_AND_WHY = {"overil": "provider", "duvod": "zavolali jsme do služby", "kam": "ulozit"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the small world, to be copied."""
    return a_filled_database(tmp_path_factory.mktemp("editors") / "world.sqlite3")


@pytest.fixture
def shop(filled: Path, tmp_path: Path) -> Iterator[Workshop]:
    """An application over a copy of it."""
    with a_workshop(filled, tmp_path / "copy.sqlite3") as made:
        yield made


@pytest.fixture
def editor(shop: Workshop) -> FlaskClient:
    """An editor's browser without scripts."""
    return signed_in(shop.app, Role.EDITOR, login="editor-lhota")


def own(shop, field, service="s-1"):
    return next((one for one in shop.program.edits.own_values(service) if one.field is field), None)


def told(page):
    return " ".join(page.text_content().split())


# --- Seeing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", ["s-1", "s-2", "s-3"])
def test_every_page_of_a_service_is_whole_whatever_is_known_of_it(editor, service):
    page_of(editor.get(f"/upravy/sluzba/{service}").text)
    page_of(editor.get(f"/upravy/sluzba/{service}/odkaz").text)
    for slug in SLUGS:
        page_of(editor.get(f"/upravy/sluzba/{service}/{slug}").text)


def test_other_pages_of_editors_are_whole_with_nothing_in_them(editor):
    for path in (
        "/upravy",
        "/upravy/historie",
        "/upravy/historie?sluzba=s-1",
        "/upravy/ke-schvaleni",
    ):
        page_of(editor.get(path).text)


@pytest.mark.parametrize(
    "path",
    [
        "/upravy/sluzba/nikdo",
        "/upravy/sluzba/s-1/nic",
        "/upravy/vratit/9",
        "/upravy/historie?sluzba=nikdo",
        "/vysledek/nikdo",
    ],
)
def test_what_is_not_there_is_not_found(editor, path):
    assert editor.get(path).status_code == 404


def test_the_overview_says_what_holds_on_what_it_rests_and_what_nobody_knows(editor):
    page = told(page_of(editor.get("/upravy/sluzba/s-1").text))
    assert "volno 3 klienti" in page
    assert "přečteno z věty v registru" in page
    assert "nepřijímá: užívá alkohol nebo drogy („ne opilé“)" in page
    assert "Nevíme." in page


# --- Correcting -----------------------------------------------------------------------------------

SAVED = {
    "volno": (
        {"volno-forma-0": "", "volno-jednotka-0": "klient", "volno-pocet-0": "2"},
        lambda it: [(one.form, one.unit, one.available) for one in it.vacancies]
        == [(None, CapacityUnit.CLIENTS, 2)],
    ),
    "kapacita": (
        {"kapacita-forma-0": "", "kapacita-jednotka-0": "klient", "kapacita-pocet-0": "2,5"},
        lambda it: it.capacities[0].amount == 2.5,
    ),
    "koho-prijima": (
        {
            "koho-prijima-prekazka-0": "ALKOHOL",
            "koho-prijima-postoj-0": "conditions",
            "koho-prijima-slova-0": "po domluvě",
        },
        lambda it: (it.rules[0].stance, it.rules[0].wording) == (Stance.CONDITIONS, "po domluvě"),
    ),
    "sit": (
        {"sit-nazev-0": "základní síť kraje", "sit-od-0": "2026-01-01"},
        lambda it: (it.networks[0].network, it.networks[0].since)
        == ("základní síť kraje", date(2026, 1, 1)),
    ),
    "kontakt": (
        {"kontakt-telefon": "474 999 888", "kontakt-email": "sluzba@example.test"},
        lambda it: it.contact == Contact(phone="474 999 888", email="sluzba@example.test"),
    ),
    "doba": (
        {"doba-text-T": "Po–Ne 7–19", "doba-stale-P": "1"},
        lambda it: [(one.form, one.text, one.round_the_clock) for one in it.hours]
        == [("T", "Po–Ne 7–19", False), ("P", "", True)],
    ),
    "cekani": (
        {"cekani-dny": "14", "cekani-poznamka": "v létě déle"},
        lambda it: it.waiting == Waiting(days=14, note="v létě déle"),
    ),
    "vek": ({"vek-od": "60", "vek-do": ""}, lambda it: it.ages == AgeRange(min=60)),
    "co-dela": (
        {"co-dela-dela": "koupe", "co-dela-nedela": "nepodává léky"},
        lambda it: (it.scope.does, it.scope.does_not) == ("koupe", "nepodává léky"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("slug", SAVED)
def test_a_correction_holds_at_once_and_is_logged_with_author_reason_before_and_after(
    shop, editor, slug
):
    written, holds = SAVED[slug]
    path = f"/upravy/sluzba/s-1/{slug}"
    answer = send(editor, path, **written, **WHO_AND_WHY)
    assert (answer.status_code, answer.location) == (303, "/upravy/sluzba/s-1")
    (edit,) = shop.program.edits.edits()
    assert holds(edit.after)
    assert edit.before is None
    assert (edit.after.verified_on, edit.after.verified_by) == (TODAY, VerifiedBy.PROVIDER)
    author = edit.signed.author
    account = shop.app.extensions["accounts"].store.account_named("editor-lhota")
    assert (author.kind, author.id, author.role) == (AuthorKind.ACCOUNT, account.id, "editor")
    assert edit.signed.reason == "zavolali jsme do služby"
    again = page_of(editor.get(path).text)
    for name, value in written.items():
        field = again.xpath(f"//*[@name='{name}']")[0]
        typed = field.value if field.tag != "textarea" else field.text.strip()
        assert (typed or "") == value or field.get("checked") is not None
    page_of(editor.get("/upravy/sluzba/s-1").text)
    assert "editor-lhota" in told(page_of(editor.get("/upravy/historie?sluzba=s-1").text))


def test_coverage_is_chosen_by_municipality_or_by_whole_orp_and_counts_as_declared(shop, editor):
    path = "/upravy/sluzba/s-1/pusobnost"
    page = page_of(editor.get(path).text)
    assert "Působíme v Horní Lhotě a okolí." in told(page)
    assert "Nezařadili jsme: Lhotka." in told(page)
    assert page.xpath("//input[@name='pusobnost-obec'][@checked]/@value") == ["500001"]
    orp = page.xpath("//input[starts-with(@name, 'pusobnost-orp-')]/@name")[0]
    send(
        editor, path,
        **{"pusobnost-kde": "obce", orp: "vyber", "pusobnost-obec": ["500001", "500002"]},
        **WHO_AND_WHY,
    )  # fmt: skip
    coverage = own(shop, OwnField.COVERAGE).coverage
    assert coverage.status is CoverageStatus.DECLARED
    assert coverage.certain == {"500001", "500002"}
    assert {one.kind for one in coverage.areas} == {AreaKind.MUNICIPALITY}
    send(editor, path, **{"pusobnost-kde": "obce", orp: "cele"}, **WHO_AND_WHY, videno="1")
    whole = own(shop, OwnField.COVERAGE).coverage
    assert [one.kind for one in whole.areas] == [AreaKind.ORP]
    assert whole.certain == set(shop.program.catalog().territory.by_orp[whole.areas[0].name])
    send(editor, path, **{"pusobnost-kde": "vse"}, **WHO_AND_WHY, videno="2")
    assert own(shop, OwnField.COVERAGE).coverage.everywhere
    page_of(editor.get(path).text)


def test_another_orp_is_added_to_the_list_without_saving_and_with_what_was_ticked(shop, editor):
    path = "/upravy/sluzba/s-1/pusobnost"
    answer = send(
        editor, path,
        **{"pusobnost-obec": ["500002"], "pridat": "Daleké Město", "kam": "pridat"},
        duvod="rozepsané",
    )  # fmt: skip
    page = page_of(answer.text)
    assert "500005" in page.xpath("//input[@name='pusobnost-obec']/@value")
    assert page.xpath("//input[@name='pusobnost-obec'][@value='500002']/@checked")
    assert page.xpath("//input[@name='duvod']/@value") == ["rozepsané"]
    assert shop.program.edits.edits() == ()


def rule(**inputs):
    return {f"koho-prijima-{name}-0": value for name, value in inputs.items()}


WRONG = [
    ("volno", {"volno-pocet-0": "-1", "volno-jednotka-0": "klient"}, "celé číslo od nuly"),
    ("volno", {"volno-pocet-0": "1,5", "volno-jednotka-0": "klient"}, "celé číslo od nuly"),
    ("volno", {"volno-pocet-0": "pár", "volno-jednotka-0": "klient"}, "napište číslem"),
    ("volno", {"volno-pocet-0": "2"}, "napište číslem"),
    (
        "volno",
        {
            "volno-pocet-0": "2", "volno-jednotka-0": "klient",
            "volno-pocet-1": "3", "volno-jednotka-1": "klient",
        },
        "stojí dvakrát",
    ),
    ("kapacita", {"kapacita-pocet-0": "-3", "kapacita-jednotka-0": "luzka"}, "číslo od nuly"),
    ("koho-prijima", rule(prekazka="NIC", postoj="accepts"), "ze seznamu"),
    ("koho-prijima", rule(prekazka="ALKOHOL", slova="ne"), "Vyberte, zda"),
    ("koho-prijima", rule(prekazka="ALKOHOL", postoj="možná"), "postoj ze seznamu"),
    (
        "koho-prijima",
        {
            "koho-prijima-prekazka-0": "ALKOHOL", "koho-prijima-postoj-0": "accepts",
            "koho-prijima-prekazka-1": "ALKOHOL", "koho-prijima-postoj-1": "excludes",
        },
        "stojí dvakrát",
    ),
    ("sit", {"sit-nazev-0": "", "sit-od-0": "2026-01-01"}, "Napište název sítě"),
    (
        "sit",
        {"sit-nazev-0": "a", "sit-od-0": "2026-02-01", "sit-do-0": "2026-01-01"},
        "před začátkem",
    ),
    ("sit", {"sit-nazev-0": "a", "sit-nazev-1": "A"}, "stojí dvakrát"),
    ("sit", {"sit-nazev-0": "a", "sit-od-0": "zítra"}, "Začátek napište jako"),
    ("kontakt", {"kontakt-telefon": "zavolejte"}, "jen číslicemi"),
    ("kontakt", {"kontakt-email": "a@b"}, "sluzba@priklad.cz"),
    ("kontakt", {"kontakt-web": "javascript:alert(1)"}, "https://www.priklad.cz"),
    ("cekani", {"cekani-dny": "9999"}, "nejvýš 3650"),
    ("cekani", {"cekani-dny": "týden"}, "nejvýš 3650"),
    ("cekani", {"cekani-poznamka": "x" * 201}, "delší než 200"),
    ("cekani", {"cekani-poznamka": "paní 805101/1234 čeká"}, "rodné číslo"),
    ("vek", {"vek-od": "70", "vek-do": "60"}, "je nad horní"),
    ("vek", {"vek-od": "300"}, "od 0 do 120"),
    ("vek", {"vek-od": "18", "vek-bez": "1"}, "Buď napište hranici"),
    ("co-dela", {"co-dela-dela": "y" * 601}, "delší než 600"),
    ("pusobnost", {"pusobnost-kde": "obce"}, "aspoň jednu obec"),
    ("doba", {}, "Nic jste nevyplnili"),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "written", "message"), WRONG)
def test_what_is_wrong_is_named_and_what_was_typed_stays(shop, editor, slug, written, message):
    path = f"/upravy/sluzba/s-1/{slug}"
    answer = send(editor, path, **written, **WHO_AND_WHY)
    assert answer.status_code == 422
    page = page_of(answer.text)
    assert message in told(page.xpath("//*[@role='alert']")[0])
    for name, value in written.items():
        typed = [
            field.value if field.tag != "textarea" else field.text.strip()
            for field in page.xpath(f"//*[@name='{name}']")
            if field.get("type") not in {"radio", "checkbox"}
        ]
        assert typed in ([], [value], [""]) or name.startswith("koho-prijima")
    assert shop.program.edits.edits() == ()


@pytest.mark.parametrize("left_out", ["overil", "duvod"])
def test_a_correction_without_who_verified_it_or_why_is_not_saved(shop, editor, left_out):
    sent = {**WHO_AND_WHY, left_out: ""}
    answer = send(editor, "/upravy/sluzba/s-1/vek", vek_od="60", **sent)
    assert answer.status_code == 422
    page = page_of(answer.text)
    assert page.xpath("//*[@role='alert']//a/@href") == [f"#{left_out}"]
    assert page.xpath("//input[@name='vek-od']/@value") == ["60"]
    private = {**WHO_AND_WHY, "duvod": "volala paní 805101/1234"}
    assert send(editor, "/upravy/sluzba/s-1/vek", vek_od="60", **private).status_code == 422
    assert shop.program.edits.edits() == ()


def test_ages_without_a_limit_are_said_as_such(shop, editor):
    send(editor, "/upravy/sluzba/s-1/vek", vek_bez="1", **WHO_AND_WHY)
    assert own(shop, OwnField.AGES).ages == AgeRange()
    page = page_of(editor.get("/upravy/sluzba/s-1/vek").text)
    assert page.xpath("//input[@name='vek-bez']/@checked")
    assert "bez věkového omezení" in told(page)


# --- Confirming and forgetting --------------------------------------------------------------------


@pytest.mark.parametrize("field", [one for one in OwnField if one in WORDS])
def test_what_is_known_is_confirmed_without_a_change_by_one_button(shop, editor, field):
    slug = WORDS[field].slug
    page = page_of(editor.get("/upravy/sluzba/s-1").text)
    button = page.xpath(f"//form[@action='/upravy/sluzba/s-1/{slug}']")
    answer = send(editor, f"/upravy/sluzba/s-1/{slug}", kam="potvrdit")
    if not button:
        assert answer.location == f"/upravy/sluzba/s-1/{slug}"
        assert shop.program.edits.edits() == ()
        return
    value = own(shop, field)
    assert value.verified_on == TODAY
    before = replace(KNOWN.coverage, status=CoverageStatus.DECLARED)
    assert field is not OwnField.COVERAGE or value.coverage == before
    service = shop.program.catalog().service("s-1")
    assert service.provenance.verified_on == TODAY
    assert (
        replace(
            service,
            provenance=KNOWN.provenance,
            coverage=KNOWN.coverage,
            capacities=KNOWN.capacities,
        )
        == KNOWN
    )


def test_our_own_value_is_taken_back_and_the_source_holds_again(shop, editor):
    path = "/upravy/sluzba/s-1/vek"
    send(editor, path, vek_od="60", **WHO_AND_WHY)
    assert shop.program.catalog().service("s-1").eligibility.ages == AgeRange(min=60)
    assert send(editor, path, kam="zpet", videno="1").status_code == 303
    assert shop.program.catalog().service("s-1").eligibility.ages == AgeRange(min=18)
    assert [one.deed for one in shop.program.edits.edits()] == ["forgotten", "added"]


# --- Meanwhile ------------------------------------------------------------------------------------


def test_who_saves_second_sees_what_changed_and_keeps_what_was_typed(shop, editor):
    path = "/upravy/sluzba/s-1/cekani"
    editor.get(path)
    other = OwnValue(
        service="s-1",
        field=OwnField.WAITING,
        verified_on=TODAY,
        verified_by=VerifiedBy.OFFICE,
        waiting=Waiting(days=90),
    )
    shop.program.store.save_own([other], signed=SIGNED)
    answer = send(editor, path, cekani_dny="7", videno="0", **WHO_AND_WHY)
    assert answer.status_code == 409
    page = page_of(answer.text)
    assert "asi 90 dnů" in told(page.xpath("//*[@aria-labelledby='mezitim']")[0])
    assert page.xpath("//input[@name='cekani-dny']/@value") == ["7"]
    assert page.xpath("//input[@name='duvod']/@value") == ["zavolali jsme do služby"]
    assert own(shop, OwnField.WAITING) == other
    seen = page.xpath("//form[contains(@action, 'cekani')]//input[@name='videno']/@value")[0]
    assert send(editor, path, cekani_dny="7", videno=seen, **WHO_AND_WHY).status_code == 303
    assert own(shop, OwnField.WAITING).waiting == Waiting(days=7)


# --- What the matcher would say -------------------------------------------------------------------


def test_the_preview_tells_for_whom_the_answer_would_change_and_saves_nothing(shop, editor):
    sent = {**WHO_AND_WHY, "kam": "nahled", "overil": "", "duvod": ""}
    page = page_of(send(editor, "/upravy/sluzba/s-1/vek", vek_od="60", **sent).text)
    preview = told(page.xpath("//*[@aria-labelledby='nahled']")[0])
    assert "59 let" in preview
    assert "nenabídneme: Služba je od 60 let" in preview
    page = page_of(send(editor, "/upravy/sluzba/s-1/koho-prijima", **{
        "koho-prijima-prekazka-0": "ALKOHOL", "koho-prijima-postoj-0": "accepts",
    }, **sent).text)  # fmt: skip
    assert "užívá alkohol" in told(page.xpath("//*[@aria-labelledby='nahled']")[0])
    for slug, written in (("kontakt", {"kontakt-telefon": "474 1"}), ("vek", {"vek-od": "18"})):
        page = page_of(send(editor, f"/upravy/sluzba/s-1/{slug}", **written, **sent).text)
        assert "nic nemění" in told(page.xpath("//*[@aria-labelledby='nahled']")[0])
    assert shop.program.edits.edits() == ()


# --- Undo -----------------------------------------------------------------------------------------


def test_an_edit_is_taken_back_exactly_and_that_too(shop, editor):
    path = "/upravy/sluzba/s-1/cekani"
    send(editor, path, cekani_dny="7", **WHO_AND_WHY)
    before = own(shop, OwnField.WAITING)
    send(editor, path, cekani_dny="30", videno="1", **WHO_AND_WHY)
    after = own(shop, OwnField.WAITING)
    page = page_of(editor.get("/upravy/vratit/2").text)
    assert "asi 7 dnů" in told(page)
    assert send(editor, "/upravy/vratit/2", videno="2").location == "/upravy/historie?sluzba=s-1"
    assert own(shop, OwnField.WAITING) == before
    send(editor, "/upravy/vratit/3", videno="3", duvod="přece jen")
    assert own(shop, OwnField.WAITING) == after
    assert [one.undoes for one in shop.program.edits.edits()] == [3, 2, None, None]
    page_of(editor.get("/upravy/historie").text)


def test_taking_back_what_was_since_overwritten_asks_first(shop, editor):
    path = "/upravy/sluzba/s-1/cekani"
    send(editor, path, cekani_dny="7", **WHO_AND_WHY)
    send(editor, path, cekani_dny="30", videno="1", **WHO_AND_WHY)
    question = page_of(editor.get("/upravy/vratit/1").text)
    assert "od té doby to někdo změnil" in told(question)
    refused = send(editor, "/upravy/vratit/1", videno="1", prepsat="1")
    assert refused.status_code == 409
    page_of(refused.text)
    assert own(shop, OwnField.WAITING).waiting == Waiting(days=30)
    send(editor, "/upravy/vratit/1", videno="2", prepsat="1")
    assert own(shop, OwnField.WAITING) is None
    done = editor.get("/upravy/vratit/1")
    assert "Není co vracet" in told(page_of(done.text))
    token = re.search(r'name="csrf_token" value="([^"]+)"', editor.get("/ucet").text)[1]
    again = editor.post("/upravy/vratit/1", data={"csrf_token": token, "videno": "3"})
    assert again.status_code == 303
    assert len(shop.program.edits.edits()) == 3


def test_the_history_goes_on_page_by_page(shop, editor):
    values = [
        OwnValue(
            service="s-1", field=OwnField.WAITING, verified_on=TODAY,
            verified_by=VerifiedBy.OFFICE, waiting=Waiting(days=days),
        )
        for days in range(45)
    ]  # fmt: skip
    with shop.program.edits.editing() as writer:
        for value in values:
            writer.save_own([value], signed=SIGNED)
    first = page_of(editor.get("/upravy/historie").text)
    assert len(first.xpath("//article")) == 40
    (onwards,) = first.xpath("//a[@rel='next']/@href")
    second = page_of(editor.get(onwards).text)
    assert [one.get("id") for one in second.xpath("//article")][-1] == "oprava-1"
    assert len(second.xpath("//article")) == 5


# --- What to verify first -------------------------------------------------------------------------


def test_the_work_list_is_narrowed_by_orp_type_and_what_is_missing(shop, editor):
    def names(query=""):
        page = page_of(editor.get(f"/upravy{query}").text)
        return page.xpath("//ol//h2/a/text()")

    assert set(names()) == {"Pečovatelská služba Lhota", "Tichá služba", "Utajený domov"}
    assert names("?druh=49") == ["Utajený domov"]
    assert set(names("?chybi=contact&druh=40")) == {"Tichá služba"}
    assert names("?chybi=coverage_unconfirmed") == ["Pečovatelská služba Lhota"]
    orp = shop.program.catalog().territory.municipality("500001").orp
    assert "Utajený domov" not in names(f"?orp={orp}")
    assert names("?orp=Nikde") == []


def test_openings_of_cards_are_counted_in_batches_and_move_the_list(shop, editor):
    anybody = shop.app.test_client()
    openings = shop.app.extensions["openings"]
    openings._run = lambda work: work()  # at once instead of in the background
    for _ in range(TOGETHER - 1):
        anybody.get("/karta/s-2")
    editor.get("/karta/s-2")
    anybody.get("/karta/nikdo")
    assert shop.program.edits.openings(since=TODAY) == {}
    anybody.get("/karta/s-2")
    assert shop.program.edits.openings(since=TODAY) == {"s-2": TOGETHER}
    page = page_of(editor.get("/upravy").text)
    assert page.xpath("//ol//h2/a/text()")[0] == "Tichá služba"
    assert f"{TOGETHER} otevření karty za rok" in told(page)


# --- Outcomes -------------------------------------------------------------------------------------


def test_a_social_worker_counts_an_outcome_and_is_told_what_is_stored(shop):
    worker = signed_in(shop.app, Role.WORKER)
    page = page_of(worker.get("/vysledek/s-1").text)
    assert "Neuloží se, kdo to byl" in told(page)
    assert send(worker, "/vysledek/s-1").status_code == 422
    assert send(worker, "/vysledek/s-1", vysledek="odmitla", prekazka="X").status_code == 422
    done = send(worker, "/vysledek/s-1", vysledek="odmitla", prekazka=["ALKOHOL"])
    assert "o jednoho odmítnutého víc" in told(page_of(done.text))
    (count,) = shop.program.outcomes.outcome_counts()
    assert (count.service, count.barrier, count.refused, count.last_month) == (
        "s-1", "ALKOHOL", 1, TODAY.replace(day=1),
    )  # fmt: skip
    send(worker, "/vysledek/s-1", vysledek="prijala")
    assert {one.barrier for one in shop.program.outcomes.outcome_counts()} == {"ALKOHOL", ""}


def test_only_those_who_may_write_an_outcome_see_the_way_to_it_on_the_results(shop):
    asked = {"need": "PEC-HYG", "place": "500001"}
    worker = signed_in(shop.app, Role.WORKER)
    assert "/vysledek/s-1" in worker.post("/pomoc", data=asked).text
    assert "/vysledek/" not in shop.app.test_client().post("/pomoc", data=asked).text


def test_editing_is_for_editors_alone(shop):
    worker, planner = (signed_in(shop.app, role) for role in (Role.WORKER, Role.PLANNER))
    for path in ("/upravy", "/upravy/sluzba/s-1", "/upravy/historie", "/upravy/ke-schvaleni"):
        assert shop.app.test_client().get(path).status_code == 302
        assert {one.get(path).status_code for one in (worker, planner)} == {403}
