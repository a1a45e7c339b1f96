"""Editors correct what is known of a service; nothing typed is lost, everything can be undone."""

import re
from dataclasses import replace

import pytest

from referral.accounts.model import Role
from referral.catalog.areas import CoverageStatus
from referral.catalog.model import AgeRange
from referral.catalog.own_fields import OwnField, OwnValue, VerifiedBy, Waiting
from referral.web.editing.fields import WORDS
from referral.web.editing.openings import TOGETHER
from support.accounts import signed_in
from support.build import TODAY
from support.editors import KNOWN, send
from support.edits import SIGNED
from support.web import page_of

SLUGS = [words.slug for words in WORDS.values()]
WHO_AND_WHY = {"overil": "provider", "duvod": "zavolali jsme do služby", "kam": "ulozit"}


def own(shop, field, service="s-1"):
    return next((one for one in shop.program.edits.own_values(service) if one.field is field), None)


def told(page):
    return " ".join(page.text_content().split())


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
    private = send(editor, "/upravy/vratit/4", videno="4", duvod="pán 800101/1234")
    assert private.status_code == 422
    assert "rodné číslo" in told(page_of(private.text))
    assert len(shop.program.edits.edits()) == 4
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
