"""The forms of editors: what they save, what they refuse, and what stays typed."""

from datetime import date

import pytest

from referral.catalog.areas import AreaKind, CoverageStatus
from referral.catalog.editing import AuthorKind
from referral.catalog.model import AgeRange, CapacityUnit, Contact, Stance
from referral.catalog.own_fields import OwnField, VerifiedBy, Waiting
from referral.web.editing.fields import WORDS
from support.build import TODAY
from support.editors import send
from support.web import page_of

SLUGS = [words.slug for words in WORDS.values()]
WHO_AND_WHY = {"overil": "provider", "duvod": "zavolali jsme do služby", "kam": "ulozit"}


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
