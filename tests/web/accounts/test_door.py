"""Signing in, staying signed in and signing out, in a browser without scripts."""

from http.cookies import SimpleCookie

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from referral.accounts.model import Role
from referral.settings import Settings
from referral.storage.errors import UnreachableError
from referral.usecases.accounts import Accounts
from referral.web.app import create_app
from support.accounts import (
    DOOR,
    PASSWORD,
    WRONG,
    Clock,
    client_like,
    enter,
    errors_of,
    post,
    signed_in,
    token_in,
    with_account,
)
from support.build import TODAY
from support.gaps import a_gap_report
from support.web import StandIn, page_of


def cookies(answer: TestResponse) -> SimpleCookie:
    found = SimpleCookie()
    for line in answer.headers.getlist("Set-Cookie"):
        found.load(line)
    return found


# --- The door -------------------------------------------------------------------------------------


def test_the_door_tells_browsers_what_its_fields_are(client: FlaskClient):
    answer = client.get(DOOR)
    page = page_of(answer.text)
    assert page.xpath("//input[@name='login']/@autocomplete") == ["username"]
    assert page.xpath("//input[@name='password']/@autocomplete") == ["current-password"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert page.xpath("//form[@method='post']/@action") == [DOOR]


def test_a_public_page_leads_to_the_door_and_sets_no_cookie(client: FlaskClient):
    answer = client.get("/")
    assert page_of(answer.text).xpath(f"//footer//a[@href='{DOOR}']")
    assert "Set-Cookie" not in answer.headers


def test_signing_in_leads_to_where_one_was_going(client: FlaskClient):
    answer = client.get(f"{DOOR}?next=/zmeny?oblast%3DKada%C5%88")
    hidden = page_of(answer.text).xpath("//input[@name='next']/@value")
    entered = enter(client, next=hidden[0])
    assert entered.status_code == 303
    assert entered.location == "/zmeny?oblast=Kada%C5%88"
    assert enter(client_like(client), next="https://evil.example/").location == "/ucet"


def test_who_is_signed_in_is_not_asked_again(client: FlaskClient):
    enter(client)
    assert client.get(f"{DOOR}?next=/zmeny").location == "/zmeny"
    assert client.get(f"{DOOR}?next=//evil.example").location == "/ucet"


def test_the_cookie_is_for_this_site_and_no_script(client: FlaskClient):
    (cookie,) = cookies(enter(client)).values()
    assert cookie.key == "prihlaseni"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["secure"]
    assert not cookie["expires"]
    assert not cookie["max-age"]


def test_behind_https_the_cookie_is_bound_to_it_and_to_the_host(program: StandIn):
    with_account(program.accounts, "kadan-editor", [Role.EDITOR])
    app = create_app(program, settings=Settings(https=True), today=lambda: TODAY)
    client = app.test_client()
    told = {"base_url": "https://pomoc.example", "headers": {"X-Forwarded-Proto": "https"}}
    page = client.get(DOOR, **told)
    data = {"login": "kadan-editor", "password": PASSWORD, "csrf_token": token_in(page.text)}
    answer = client.post(DOOR, data=data, **told)
    assert answer.status_code == 303
    (cookie,) = cookies(answer).values()
    assert cookie.key == "__Host-prihlaseni"
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]


@pytest.mark.parametrize("typed", [{"password": WRONG}, {"login": "nikdo-takovy"}, {"login": "?"}])
def test_a_refusal_keeps_the_login_and_never_the_password(client: FlaskClient, typed: dict):
    answer = enter(client, **typed)
    assert answer.status_code == 422
    page = page_of(answer.text)
    assert errors_of(answer)["#login"].startswith("Přihlašovací jméno a heslo k sobě nepatří")
    assert page.xpath("//input[@name='login']/@value") == [typed.get("login", "kadan-editor")]
    assert not page.xpath("//input[@name='password']/@value")
    assert typed.get("password", PASSWORD) not in answer.text
    assert page.findtext(".//title").startswith("Chyba")


def test_fields_left_empty_are_named_and_count_for_no_attempt(
    client: FlaskClient, accounts: Accounts
):
    answer = enter(client, login=" ", password="")
    assert answer.status_code == 422
    assert set(errors_of(answer)) == {"#login", "#password"}
    assert accounts.store.tries == {}


def test_after_too_many_failures_the_door_stays_shut_for_a_while(client: FlaskClient, clock: Clock):
    for _ in range(5):
        assert enter(client, password=WRONG).status_code == 422
    answer = enter(client)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "za 15 minut" in errors_of(answer)["#login"]
    clock.pass_by(minutes=15)
    assert enter(client).status_code == 303


@pytest.mark.parametrize(
    ("addresses", "together"),
    [
        (("192.0.2.1", "192.0.2.2"), False),
        (("2001:db8::1", "2001:db8::ffff:2"), True),
        (("2001:db8::1", "2001:db8:0:1::1"), False),
        (("nic", "nic"), True),
    ],
)
def test_attempts_are_counted_by_network(
    client: FlaskClient, accounts: Accounts, addresses: tuple[str, str], *, together: bool
):
    for address in addresses:
        client.environ_base["REMOTE_ADDR"] = address
        enter(client, password=WRONG)
    assert (len({one[1] for one in accounts.store.tries.values()}) == 1) is together


def test_without_a_key_nobody_signs_in_and_is_told_what_is_missing(program: StandIn):
    program.signing_key = ""
    app = create_app(program, settings=Settings(), today=lambda: TODAY)
    answer = app.test_client().get(DOOR)
    assert answer.status_code == 503
    assert "REFERRAL_SECRET_KEY" in page_of(answer.text).text_content()
    assert app.config["SECRET_KEY"] != ""
    assert "Set-Cookie" not in answer.headers


# --- Sessions -------------------------------------------------------------------------------------


def test_signing_in_throws_away_the_session_that_came_before(client: FlaskClient):
    """A session planted in the browser is worth nothing once its owner has signed in."""
    client.get(DOOR)
    with client.session_transaction() as before:
        before["planted"] = "x"
        token = before["csrf_token"]
    planted = client.get_cookie("prihlaseni").value
    enter(client)
    with client.session_transaction() as after:
        assert "planted" not in after
        assert "_id" not in after
        assert after.get("csrf_token") != token
    thief = client_like(client)
    thief.set_cookie("prihlaseni", planted)
    assert thief.get("/ucet").status_code == 302


def test_a_session_made_up_or_signed_by_another_key_opens_nothing(client: FlaskClient):
    enter(client)
    value = client.get_cookie("prihlaseni").value
    for forged in (value[:-2] + "xx", "eyJfdXNlcl9pZCI6IjEifQ.x.y", ""):
        thief = client_like(client)
        thief.set_cookie("prihlaseni", forged)
        assert thief.get("/ucet").status_code == 302


def test_signing_out_takes_the_cookie_back_and_ends_it_on_our_side_too(client: FlaskClient):
    enter(client)
    kept = client.get_cookie("prihlaseni").value
    answer = post(client, "/ucet/odhlaseni")
    assert answer.status_code == 303
    assert client.get_cookie("prihlaseni") is None
    client.set_cookie("prihlaseni", kept)
    assert client.get("/ucet").status_code == 302


def test_a_session_that_nobody_uses_ends_and_leads_to_the_door(client: FlaskClient, clock: Clock):
    enter(client)
    clock.pass_by(minutes=59)
    assert client.get("/ucet").status_code == 200
    clock.pass_by(hours=1)
    assert client.get("/ucet").location == f"{DOOR}?next=/ucet"
    assert "Odhlásit" not in client.get("/").text


@pytest.mark.parametrize("path", ["/", "/katalog", "/ucet", "/mezery", "/neni"])
def test_pages_of_who_is_signed_in_are_kept_by_no_browser(real_signed_in: FlaskClient, path: str):
    answer = real_signed_in.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]
    assert page_of(answer.text).xpath("//form[@action='/ucet/odhlaseni']")


@pytest.fixture(scope="module")
def real_signed_in(embedded) -> FlaskClient:
    """Somebody signed in, in front of the shipped catalogue in a stand-in program."""

    class Planning(StandIn):
        def gaps(self, *_: object, **__: object):
            return a_gap_report()

    app = create_app(Planning(embedded), settings=Settings(), today=lambda: TODAY)
    return signed_in(app, Role.EDITOR)


def test_files_are_kept_as_before_and_ask_for_no_session(client: FlaskClient):
    enter(client)
    answer = client.get("/static/site.css", buffered=True)
    assert "no-store" not in answer.headers["Cache-Control"]


def test_a_public_page_opens_even_when_sessions_cannot_be_read(
    client: FlaskClient, accounts: Accounts, monkeypatch
):
    enter(client)

    def down(*_: object) -> None:
        raise UnreachableError("nobody is at home")

    monkeypatch.setattr(accounts, "signed_in", down)
    assert client.get("/").status_code == 200
    assert client.get("/ucet").status_code == 302
