"""The own account, the accounts of others, and what stays behind."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from referral.accounts.model import AccountEvent, Role
from referral.bootstrap import build
from referral.settings import Settings
from referral.usecases.accounts import Accounts
from referral.web.app import create_app
from support.accounts import (
    CHEAP,
    DOOR,
    LIST,
    OTHER,
    PASSWORD,
    WRONG,
    client_like,
    enter,
    errors_of,
    post,
    signed_in,
    token_in,
)
from support.build import TODAY
from support.web import page_of

# --- The own account ------------------------------------------------------------------------------


def test_the_own_account_shows_roles_sessions_and_what_was_done(client: FlaskClient):
    enter(client, password=WRONG)
    enter(client_like(client))
    enter(client)
    page = page_of(client.get("/ucet").text)
    text = page.text_content()
    assert "úpravy katalogu" in text
    assert "chybné heslo nebo jméno" in text
    assert len(page.xpath("//section[@aria-labelledby='prihlaseni']//li")) == 2
    assert page.xpath("//input[@name='new']/@autocomplete") == ["new-password"]
    answer = post(client, "/ucet/ostatni-prihlaseni")
    assert answer.status_code == 303
    page = page_of(client.get("/ucet").text)
    assert len(page.xpath("//section[@aria-labelledby='prihlaseni']//li")) == 1
    assert "skončila" in page.xpath("string(//p[@role='status'])")


def test_a_change_of_password_ends_the_other_sessions_and_keeps_this_one(client: FlaskClient):
    other = client_like(client)
    enter(other)
    enter(client)
    before = client.get_cookie("prihlaseni").value
    changed = post(client, "/ucet/heslo", current=PASSWORD, new=OTHER, again=OTHER)
    assert changed.status_code == 303
    assert "Heslo je změněné" in client.get("/ucet").text
    assert client.get_cookie("prihlaseni").value != before
    assert other.get("/ucet").status_code == 302
    assert enter(other).status_code == 422
    assert enter(other, password=OTHER).status_code == 303


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "#current"),
        ({"current": PASSWORD}, "#new"),
        ({"current": PASSWORD, "new": OTHER}, "#again"),
        ({"current": WRONG, "new": OTHER, "again": OTHER}, "#current"),
        ({"current": PASSWORD, "new": "x", "again": "x"}, "#new"),
    ],
)
def test_a_change_that_cannot_be_made_names_the_field(
    client: FlaskClient, typed: dict[str, str], field: str
):
    enter(client)
    answer = post(client, "/ucet/heslo", **typed)
    assert answer.status_code == 422
    assert field in errors_of(answer)
    assert not page_of(answer.text).xpath("//input[@type='password']/@value")
    assert enter(client_like(client)).status_code == 303


def test_guessing_the_present_password_is_stopped(client: FlaskClient):
    enter(client)
    for _ in range(5):
        post(client, "/ucet/heslo", current=WRONG, new=OTHER, again=OTHER)
    answer = post(client, "/ucet/heslo", current=PASSWORD, new=OTHER, again=OTHER)
    assert answer.status_code == 429
    assert "za 15 minut" in errors_of(answer)["#current"]


def test_a_password_that_was_given_has_to_be_replaced_before_anything_else(
    client: FlaskClient, accounts: Accounts
):
    _, given = accounts.add("spravce-dva", roles=[Role.ADMIN], by="test")
    assert enter(client, login="spravce-dva", password=given, next=LIST).location == "/ucet"
    assert client.get(LIST).location == "/ucet"
    assert "zvolte si vlastní" in client.get("/ucet").text
    assert client.get("/").status_code == 200
    assert post(client, "/ucet/heslo", current=given, new=OTHER, again=OTHER).status_code == 303
    assert client.get(LIST).status_code == 200


# --- Accounts of others ---------------------------------------------------------------------------


def test_an_admin_makes_an_account_and_sees_its_password_once(
    admin: FlaskClient, client: FlaskClient, accounts: Accounts
):
    answer = post(admin, LIST, login="Planovac-ORP", roles=["planner", "worker", "neni"])
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    login, password = page_of(answer.text).xpath("//dd/code/text()")
    assert login == "planovac-orp"
    assert accounts.named(login).roles == {Role.PLANNER, Role.WORKER}
    listed = admin.get(LIST).text
    assert "planovac-orp" in listed
    assert password not in listed
    assert enter(client, login=login, password=password).status_code == 303


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"login": "spravce-uctu", "roles": "worker"}, "#login"),
        ({"login": "jan@example.test", "roles": "worker"}, "#login"),
        ({"login": "novy-ucet"}, "#roles"),
        ({"login": "novy-ucet", "roles": "neni"}, "#roles"),
    ],
)
def test_an_account_that_cannot_be_made_keeps_what_was_typed(
    admin: FlaskClient, typed: dict[str, str], field: str
):
    answer = post(admin, LIST, **typed)
    assert answer.status_code == 422
    assert list(errors_of(answer)) == [field]
    page = page_of(answer.text)
    assert page.xpath("//input[@id='login']/@value") == [typed["login"]]
    ticked = page.xpath("//fieldset[@id='roles']//input[@checked]/@value")
    assert ticked == [one for one in [typed.get("roles")] if one == "worker"]


def test_roles_are_changed_and_the_change_is_written_down(
    admin: FlaskClient, client: FlaskClient, accounts: Accounts
):
    editor = accounts.named("kadan-editor")
    assert post(admin, f"{LIST}/{editor.id}/role", roles=["planner"]).status_code == 303
    assert accounts.named("kadan-editor").roles == {Role.PLANNER}
    page = page_of(admin.get(LIST).text).text_content()
    assert "Účet kadan-editor má nové role." in page
    assert "role změněny: plánování sítě (spravce-uctu)" in page
    answer = post(admin, f"{LIST}/{editor.id}/role")
    assert answer.status_code == 422
    assert list(errors_of(answer)) == [f"#roles-{editor.id}"]
    assert client.get(LIST).status_code == 302


def test_the_last_admin_stays(admin: FlaskClient, accounts: Accounts):
    own = accounts.named("spravce-uctu")
    for act, field in (("role", f"#roles-{own.id}"), ("zavrit", f"#ucet-{own.id}")):
        answer = post(admin, f"{LIST}/{own.id}/{act}", roles="editor")
        assert answer.status_code == 422
        assert "poslední" in errors_of(answer)[field]
    assert not page_of(admin.get(LIST).text).xpath(f"//form[@action='{LIST}/{own.id}/zavrit']")


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(
    admin: FlaskClient, client: FlaskClient, accounts: Accounts
):
    enter(client)
    editor = accounts.named("kadan-editor")
    assert post(admin, f"{LIST}/{editor.id}/zavrit").status_code == 303
    assert client.get("/ucet").status_code == 302
    assert "Zavřený" in admin.get(LIST).text
    assert enter(client).status_code == 422
    assert post(admin, f"{LIST}/{editor.id}/otevrit").status_code == 303
    assert enter(client).status_code == 303


def test_a_new_password_is_shown_once_and_ends_the_sessions(
    admin: FlaskClient, client: FlaskClient, accounts: Accounts
):
    enter(client)
    editor = accounts.named("kadan-editor")
    answer = post(admin, f"{LIST}/{editor.id}/heslo")
    _, password = page_of(answer.text).xpath("//dd/code/text()")
    assert client.get("/ucet").status_code == 302
    assert enter(client, password=password).location == "/ucet"


@pytest.mark.parametrize("act", ["role", "heslo", "zavrit", "otevrit"])
def test_an_account_that_is_not_there_is_not_found(admin: FlaskClient, act: str):
    assert post(admin, f"{LIST}/neni/{act}", roles="editor").status_code == 404


def test_each_role_sees_the_rooms_it_may_enter(app: Flask, admin: FlaskClient):
    def rooms(client: FlaskClient) -> list[str]:
        return page_of(client.get("/").text).xpath("//nav[@aria-label='Pro přihlášené']//a/@href")

    assert LIST in rooms(admin)
    assert LIST not in rooms(signed_in(app, Role.EDITOR))
    assert rooms(app.test_client()) == []


# --- What stays behind ----------------------------------------------------------------------------


def test_neither_a_password_nor_an_address_reaches_a_log(
    client: FlaskClient, accounts: Accounts, caplog
):
    client.environ_base["REMOTE_ADDR"] = "192.0.2.77"
    with caplog.at_level(logging.DEBUG):
        enter(client, password=WRONG)
        client.post(DOOR, data={"login": "kadan-editor", "password": WRONG})
        enter(client)
        post(client, "/ucet/heslo", current=PASSWORD, new=OTHER, again=OTHER)
    told = caplog.text + str(accounts.store.lines)
    assert not any(secret in told for secret in (WRONG, PASSWORD, OTHER, "192.0.2.77"))
    assert [one.event for one in accounts.store.lines][-3:] == [
        AccountEvent.SIGN_IN_FAILED,
        AccountEvent.SIGNED_IN,
        AccountEvent.PASSWORD_CHANGED,
    ]


def test_two_processes_over_one_database_know_each_others_sessions(tmp_path):
    """As the workers of the server do: one key beside the file, one table of sessions."""
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'own.sqlite3'}", hashing=CHEAP)
    programs = [build(settings, today=lambda: TODAY) for _ in "ab"]
    programs[0].migrate()
    apps = [create_app(one, settings=settings, today=lambda: TODAY) for one in programs]
    first = signed_in(apps[0], Role.WORKER)
    token = token_in(first.get("/ucet").text)
    second = apps[1].test_client()
    second.set_cookie("prihlaseni", first.get_cookie("prihlaseni").value)
    assert second.get("/ucet").status_code == 200
    answer = second.post("/ucet/odhlaseni", data={"csrf_token": token})
    assert answer.status_code == 303
    assert first.get("/ucet").status_code == 302
    for one in programs:
        one.close()
