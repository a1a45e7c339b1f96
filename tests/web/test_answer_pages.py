"""The staff of a service answer by a link: once, without an account, and nobody can forge it."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from referral.catalog.editing import AuthorKind
from referral.catalog.links import Purpose, RecordLink
from referral.catalog.own_fields import OwnField, OwnValue, VerifiedBy, Waiting
from referral.web.editing.personal import looks_personal
from referral.web.editing.tokens import read_token, write_token
from support.accounts import KEY
from support.build import TODAY
from support.editors import Workshop, send
from support.edits import SIGNED
from support.web import page_of


@pytest.fixture
def staff(shop: Workshop) -> FlaskClient:
    """The phone of somebody who works for the service."""
    return shop.app.test_client()


def made_by(editor, purpose, service="s-1", days="7"):
    path = f"/upravy/sluzba/{service}/odkaz"
    page = page_of(send(editor, path, ucel=purpose, dni=days).text)
    (address,) = page.xpath("//input[@id='adresa']/@value")
    return address.removeprefix("http://localhost")


def told(page):
    return " ".join(page.text_content().split())


def hidden(page):
    return {
        one.get("name"): one.get("value") for one in page.xpath("//main//input[@type='hidden']")
    }


def choose(staff, path, choice, **more):
    """Tap a choice, and send the page that comes as it is."""
    page = page_of(staff.get(f"{path}?odpoved={choice}").text)
    numbers = {one.get("name"): one.value for one in page.xpath("//main//input[@type='number']")}
    return staff.post(path, data=hidden(page) | numbers | more)


def own(shop, field, service="s-1"):
    return next((one for one in shop.program.edits.own_values(service) if one.field is field), None)


# --- Free places ----------------------------------------------------------------------------------


def test_two_taps_say_that_there_is_room_and_how_much(shop, editor, staff):
    path = made_by(editor, "vacancy")
    first = page_of(staff.get(path).text)
    taps = first.xpath("//a[contains(@class, 'tap')]")
    assert [told(one) for one in taps] == ["Máme volno", "Plno", "Beze změny"]
    page = page_of(staff.get(taps[0].get("href")).text)
    (number,) = page.xpath("//input[@type='number']")
    assert number.value == "3"
    done = choose(staff, path, "volno", **{number.get("name"): "2"})
    assert "Zapsáno k" in told(page_of(done.text))
    (edit,) = shop.program.edits.edits()
    assert [one.available for one in edit.after.vacancies] == [2]
    assert (edit.after.verified_on, edit.after.verified_by) == (TODAY, VerifiedBy.PROVIDER)
    assert edit.signed.author.kind is AuthorKind.LINK
    history = told(page_of(editor.get("/upravy/historie").text))
    assert "poskytovatel přes odkaz" in history
    send(editor, "/upravy/vratit/1", videno="1")
    assert own(shop, OwnField.VACANCY) is None


def test_full_and_unchanged_take_two_taps_too(shop, editor, staff):
    assert choose(staff, made_by(editor, "vacancy"), "plno").status_code == 200
    assert [one.available for one in own(shop, OwnField.VACANCY).vacancies] == [0]
    choose(staff, made_by(editor, "vacancy"), "stejne")
    assert [one.available for one in own(shop, OwnField.VACANCY).vacancies] == [0]
    assert shop.program.edits.edits()[0].deed == "added"


def test_a_service_of_which_nothing_is_known_can_say_it_is_full(shop, editor, staff):
    path = made_by(editor, "vacancy", "s-2")
    page = page_of(staff.get(path).text)
    assert [told(one) for one in page.xpath("//a[contains(@class, 'tap')]")] == [
        "Máme volno",
        "Plno",
    ]
    assert page_of(staff.get(f"{path}?odpoved=volno").text).xpath(
        "//input[@type='number']/@value"
    ) == ["1"]
    choose(staff, path, "plno")
    assert [one.available for one in own(shop, OwnField.VACANCY, "s-2").vacancies] == [0]


def test_more_free_places_than_the_service_has_wait_for_an_editor(shop, editor, staff):
    path = made_by(editor, "vacancy")
    done = choose(staff, path, "volno", **{"volno-pocet-0": "13", "vzkaz": "rozšířili jsme"})
    assert "Na schválení editora čeká" in told(page_of(done.text))
    assert own(shop, OwnField.VACANCY) is None
    waiting = page_of(editor.get("/upravy/ke-schvaleni").text)
    assert "volných míst je víc než zapsaná kapacita" in told(waiting)
    assert "rozšířili jsme" in told(waiting)
    send(
        editor, "/upravy/ke-schvaleni/1", seen_at="/upravy/ke-schvaleni", kam="schvalit", videno="0"
    )
    assert [one.available for one in own(shop, OwnField.VACANCY).vacancies] == [13]
    assert "schválil editor-lhota" in told(page_of(editor.get("/upravy/historie").text))


def test_a_number_that_is_none_is_mended_before_anything_is_spent(shop, editor, staff):
    path = made_by(editor, "vacancy")
    for wrong in ({"volno-pocet-0": "pár"}, {"volno-pocet-0": ""}, {"vzkaz": "pan 800101/1234"}):
        answer = choose(staff, path, "volno", **wrong)
        assert answer.status_code == 422
        page_of(answer.text)
    assert shop.program.edits.edits() == ()
    assert choose(staff, path, "volno").status_code == 200


# --- The whole record -----------------------------------------------------------------------------


def test_who_finds_the_record_right_confirms_all_that_is_known(shop, editor, staff):
    path = made_by(editor, "record")
    page = page_of(staff.get(path).text)
    assert "Provozní doba" in told(page)
    assert "Síť služeb" not in told(page)
    choose(staff, path, "souhlasi")
    fields = {one.field for one in shop.program.edits.own_values("s-1")}
    assert fields == {
        OwnField.VACANCY, OwnField.COVERAGE, OwnField.ACCEPTANCE, OwnField.CONTACT,
        OwnField.HOURS, OwnField.AGES, OwnField.CAPACITY,
    }  # fmt: skip
    assert shop.program.edits.proposals() == ()


def filled_form(page):
    """Return what a browser would send of a page's form as it stands."""
    (form,) = page.xpath("//main//form")
    return [(name, value) for name, value in form.form_values() if name]


def test_what_is_corrected_holds_or_waits_and_the_rest_is_confirmed(shop, editor, staff):
    path = made_by(editor, "record")
    page = page_of(staff.get(f"{path}?odpoved=opravit").text)
    sent = dict(filled_form(page))
    ticked = [value for name, value in filled_form(page) if name == "pusobnost-obec"]
    sent |= {
        "pusobnost-obec": ticked,
        "doba-text-T": "Po–Ne 6–22",
        "kontakt-telefon": "474 1",
        "cekani-dny": "5",
    }
    done = page_of(staff.post(path, data=sent).text)
    assert "Telefon, e-mail a web" in told(done.xpath("//*[contains(@class, 'notice--warn')]")[0])
    assert [one.text for one in own(shop, OwnField.HOURS).hours] == ["Po–Ne 6–22"]
    assert own(shop, OwnField.WAITING).waiting == Waiting(days=5)
    assert own(shop, OwnField.CONTACT) is None
    assert own(shop, OwnField.COVERAGE).coverage.unresolved == ("Lhotka",)
    assert own(shop, OwnField.AGES) is not None
    assert own(shop, OwnField.SCOPE) is None
    (proposal,) = shop.program.edits.proposals()
    send(editor, "/upravy/ke-schvaleni/1", seen_at="/upravy/ke-schvaleni", kam="odmitnout")
    assert shop.program.edits.proposals() == ()
    assert own(shop, proposal.value.field) is None


def test_a_mistake_in_one_field_opens_it_and_keeps_the_rest(shop, editor, staff):
    path = made_by(editor, "record")
    page = page_of(staff.get(f"{path}?odpoved=opravit").text)
    sent = dict(filled_form(page)) | {"vek-od": "90", "vek-do": "80", "cekani-dny": "5"}
    answer = staff.post(path, data=sent)
    assert answer.status_code == 422
    page = page_of(answer.text)
    opened = page.xpath("//details[contains(@class, 'answer__field')][@open]/summary")
    assert [told(one) for one in opened] == ["Věk"]
    assert page.xpath("//input[@name='cekani-dny']/@value") == ["5"]
    assert shop.program.edits.edits() == ()


def test_who_answers_after_an_editor_sees_what_changed_and_may_send_again(shop, editor, staff):
    path = made_by(editor, "record")
    page = page_of(staff.get(f"{path}?odpoved=opravit").text)
    sent = dict(filled_form(page)) | {"cekani-dny": "5"}
    other = OwnValue(
        service="s-1", field=OwnField.WAITING, verified_on=TODAY,
        verified_by=VerifiedBy.OFFICE, waiting=Waiting(days=90),
    )  # fmt: skip
    shop.program.store.save_own([other], signed=SIGNED)
    answer = staff.post(path, data=sent)
    assert answer.status_code == 409
    page = page_of(answer.text)
    assert "asi 90 dnů" in told(page)
    assert page.xpath("//input[@name='cekani-dny']/@value") == ["5"]
    assert own(shop, OwnField.WAITING) == other
    assert staff.post(path, data=dict(filled_form(page))).status_code == 200
    assert own(shop, OwnField.WAITING).waiting == Waiting(days=5)


# --- The link itself ------------------------------------------------------------------------------


def test_a_link_takes_one_answer_and_looking_spends_nothing(shop, editor, staff):
    path = made_by(editor, "vacancy")
    for query in ("", "?odpoved=volno", "?odpoved=plno", "", "?odpoved=nic", "?odpoved=opravit"):
        assert staff.get(path + query).status_code == 200
    assert choose(staff, path, "plno").status_code == 200
    again = staff.post(path, data={"odpoved": "volno", "volno-pocet-0": "5"})
    assert again.status_code == 410
    assert "už odpověď přišla" in told(page_of(again.text))
    assert staff.get(path).status_code == 410
    assert len(shop.program.edits.edits()) == 1


def test_a_link_for_places_never_changes_the_record(shop, editor, staff):
    path = made_by(editor, "vacancy")
    for choice in ("opravit", "souhlasi"):
        answer = staff.post(path, data={"odpoved": choice, "kontakt-telefon": "474 1"})
        assert answer.status_code == 200
    assert (shop.program.edits.edits(), shop.program.edits.proposals()) == ((), ())
    record = made_by(editor, "record")
    staff.post(record, data={"odpoved": "plno"})
    assert shop.program.edits.edits() == ()


def test_a_link_that_is_over_or_taken_back_says_so(shop, editor, staff):
    now = datetime.now(UTC)
    old = RecordLink(
        id="stary", service="s-1", purpose=Purpose.VACANCY,
        made_at=now - timedelta(days=2), expires_at=now - timedelta(days=1),
    )  # fmt: skip
    with shop.program.edits.editing() as writer:
        writer.add_link(old)
    path = f"/potvrzeni/{write_token('stary', KEY)}"
    answer = staff.get(path)
    assert answer.status_code == 410
    assert "Platnost tohoto odkazu skončila." in told(page_of(answer.text))
    assert staff.post(path, data={"odpoved": "plno"}).status_code == 410
    path = made_by(editor, "vacancy")
    listed = page_of(editor.get("/upravy/sluzba/s-1/odkaz").text)
    (back,) = listed.xpath("//form[contains(@action, 'vzit-zpet')]/@action")
    for _ in range(2):
        assert send(editor, back, seen_at="/upravy/sluzba/s-1/odkaz").status_code == 303
    assert "vzal zpět" in told(page_of(staff.get(path).text))
    assert send(editor, "/upravy/odkaz/nic/vzit-zpet", seen_at="/ucet").status_code == 404
    assert shop.program.edits.edits() == ()


def test_a_link_cannot_be_forged_or_changed(shop, editor, staff):
    path = made_by(editor, "vacancy")
    token = path.removeprefix("/potvrzeni/")
    link_id = read_token(token, KEY)
    forged = [
        link_id,
        write_token(link_id, "jiný klíč" * 5),
        write_token("neznámý", KEY),
        *(token[:-1] + sign for sign in "ABCDwxyz019-_" if sign != token[-1]),
        token.replace(".", "", 1),
        "x" * 500,
    ]
    for one in forged:
        assert staff.get(f"/potvrzeni/{one}").status_code == 404
        assert staff.post(f"/potvrzeni/{one}", data={"odpoved": "plno"}).status_code == 404
    assert shop.program.edits.edits() == ()
    assert read_token(token, KEY) == link_id


def test_the_page_of_a_link_is_kept_by_nobody_and_leaks_nowhere(editor, staff, caplog):
    caplog.set_level(logging.DEBUG)
    path = made_by(editor, "vacancy")
    answers = [
        staff.get(path),
        choose(staff, path, "plno"),
        staff.get(path),
        staff.get("/potvrzeni/x"),
    ]
    for answer in answers:
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "Set-Cookie" not in answer.headers
    assert path.removeprefix("/potvrzeni/") not in caplog.text
    page = page_of(answers[1].text)
    assert [href for href in page.xpath("//main//a/@href") if "potvrzeni" in href] == []


@pytest.mark.parametrize(
    ("purpose", "days"), [("vacancy", "0"), ("vacancy", "91"), ("vacancy", "týden"), ("nic", "7")]
)
def test_a_link_that_cannot_be_is_not_made(shop, editor, purpose, days):
    answer = send(editor, "/upravy/sluzba/s-1/odkaz", ucel=purpose, dni=days)
    assert answer.status_code == 422
    page_of(answer.text)
    assert shop.program.edits.links("s-1") == ()


def test_a_proposal_is_decided_once_and_over_a_later_edit_only_when_it_was_seen(
    shop, editor, staff
):
    choose(staff, made_by(editor, "vacancy"), "volno", **{"volno-pocet-0": "13"})
    send(editor, "/upravy/sluzba/s-1/volno", kam="potvrdit")
    assert "údaj změnil" in told(page_of(editor.get("/upravy/ke-schvaleni").text))
    decide = {"seen_at": "/upravy/ke-schvaleni", "kam": "schvalit"}
    send(editor, "/upravy/ke-schvaleni/1", videno="0", **decide)
    assert len(shop.program.edits.proposals()) == 1
    send(editor, "/upravy/ke-schvaleni/1", videno="1", **decide)
    assert shop.program.edits.proposals() == ()
    assert (
        send(editor, "/upravy/ke-schvaleni/1", seen_at="/ucet", kam="odmitnout").status_code == 303
    )
    assert send(editor, "/upravy/ke-schvaleni/9", seen_at="/ucet").status_code == 404


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("805101/1234", True),
        ("rč 805101 / 123", True),
        ("8051010005", 8051010005 % 11 == 0),
        ("474123456", False),
        ("+420 474 123 456", False),
        ("0000000000", False),
        ("IČO 12345678", False),
    ],
)
def test_what_is_written_like_a_birth_number_is_noticed(text, personal):
    assert looks_personal(text) is personal


def test_ten_digits_pass_for_a_birth_number_only_as_a_day_divisible_by_eleven():
    whole = next(f"800101{end:04}" for end in range(9999) if int(f"800101{end:04}") % 11 == 0)
    assert looks_personal(whole)
    assert not looks_personal(str(int(whole) + 1))
    assert re.fullmatch(r"\d{10}", whole)
