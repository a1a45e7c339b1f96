"""Who may call what: every route is listed, demands what the list says, and keeps to it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from referral.accounts.model import Role
from referral.web.access import ENTRANCE, PUBLIC, declared, only, requires, safe_next
from referral.web.routes import DESK, ROUTES
from support.accounts import post, signed_in
from support.web import an_app, page_of

ANYBODY, NOBODY = frozenset(Role), frozenset()
WHAT_CHANGES = {
    ("accounts.sign_in", "/ucet/prihlaseni"),
    ("accounts.sign_out", "/ucet/odhlaseni"),
    ("accounts.change_password", "/ucet/heslo"),
    ("accounts.end_others", "/ucet/ostatni-prihlaseni"),
    ("users.add", "/sprava/uzivatele"),
    ("users.set_roles", "/sprava/uzivatele/x/role"),
    ("users.reset_password", "/sprava/uzivatele/x/heslo"),
    ("users.deactivate", "/sprava/uzivatele/x/zavrit"),
    ("users.activate", "/sprava/uzivatele/x/otevrit"),
}


def test_every_route_is_listed_and_every_listed_one_exists(app: Flask):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(ROUTES)


def test_every_view_demands_what_the_list_says(app: Flask):
    """PUBLIC and ENTRANCE are the absence of a demand; nothing else may be."""
    found = {
        endpoint: declared(app.view_functions[endpoint]) or ROUTES[endpoint] for endpoint in ROUTES
    }
    assert found == dict(ROUTES)
    undeclared = {one for one in ROUTES if declared(app.view_functions[one]) is None}
    assert {ROUTES[one] for one in undeclared} == {PUBLIC, ENTRANCE}
    assert [one for one in undeclared if ROUTES[one] == ENTRANCE] == ["accounts.sign_in"]


def test_whoever_manages_something_has_the_role_for_it(app: Flask):
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/sprava/uzivatele"):
            assert ROUTES[rule.endpoint] == only(Role.ADMIN)
        if rule.rule.startswith(("/sprava", "/ucet")):
            assert ROUTES[rule.endpoint] != PUBLIC


def test_the_menu_of_those_who_are_signed_in_leads_to_rooms_that_exist():
    assert [one for one, _ in DESK if not ROUTES[one].roles] == []


def test_a_route_that_is_not_listed_is_refused(world, caplog):
    app = an_app(world)
    app.add_url_rule("/nova", view_func=lambda: "x", endpoint="nova")
    assert app.test_client().get("/nova").status_code == 403
    assert "nova is not listed" in caplog.text


def test_a_view_that_demands_a_role_is_safe_even_when_the_list_forgets_it(world):
    app = an_app(world)

    @app.get("/nova")
    @requires(Role.EDITOR)
    def new() -> str:
        return "x"

    app.extensions["routes"]["new"] = PUBLIC
    assert app.test_client().get("/nova").status_code == 302
    assert signed_in(app, Role.WORKER).get("/nova").status_code == 403
    assert signed_in(app, Role.EDITOR).get("/nova").status_code == 200


def test_who_is_not_signed_in_is_led_to_the_door_with_the_way_back(client: FlaskClient):
    answer = client.get("/sprava/uzivatele?a=b")
    assert answer.status_code == 302
    assert answer.location == "/ucet/prihlaseni?next=/sprava/uzivatele?a%3Db"


def test_what_is_sent_by_nobody_is_refused_by_a_page_that_leads_to_the_door(client: FlaskClient):
    answer = client.post("/ucet/heslo", data={"current": "moje tajné heslo"})
    assert answer.status_code == 403
    page = page_of(answer.text)
    assert page.xpath("//main//a[@href='/ucet/prihlaseni']")
    assert "moje tajné heslo" not in answer.text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PLANNER, Role.WORKER])
def test_only_admins_manage_accounts(world, role: Role):
    client = signed_in(an_app(world), role)
    answer = client.get("/sprava/uzivatele")
    assert answer.status_code == 403
    assert "nemá přístup" in page_of(answer.text).text_content()
    for _, path in sorted(WHAT_CHANGES):
        if path.startswith("/sprava"):
            assert post(client, path, roles="admin").status_code == 403
    assert not page_of(client.get("/").text).xpath("//a[@href='/sprava/uzivatele']")


@pytest.mark.parametrize("path", sorted(path for _, path in WHAT_CHANGES))
def test_nothing_is_changed_without_the_token_of_the_page(world, path: str):
    app = an_app(world)
    client = signed_in(app, Role.ADMIN)
    before = len(app.extensions["accounts"].store.lines)
    for data in (
        {},
        {"csrf_token": ""},
        {"csrf_token": "x"},
        {"csrf_token": "ž"},
        {"csrf_token": "YWJj"},
    ):
        answer = client.post(path, data=data)
        assert answer.status_code == 400
        page_of(answer.text)
    assert len(app.extensions["accounts"].store.lines) == before


def test_every_route_that_is_guarded_and_sends_is_tried_without_a_token(app: Flask):
    sending = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods and ROUTES[rule.endpoint].guarded
    }
    tried = {endpoint for endpoint, _ in WHAT_CHANGES}
    assert {one for one in sending if one.split(".")[0] in {"accounts", "users"}} == tried


def test_the_token_of_another_session_is_refused(world):
    app = an_app(world)
    one, other = signed_in(app, Role.ADMIN), signed_in(app, Role.EDITOR)
    page = page_of(other.get("/ucet").text)
    stolen = page.xpath("//input[@name='csrf_token']/@value")[0]
    answer = one.post("/sprava/uzivatele", data={"csrf_token": stolen, "login": "zlocin"})
    assert answer.status_code == 400
    assert app.extensions["accounts"].store.account_named("zlocin") is None


def test_tokens_differ_on_every_page_so_that_a_compressed_page_tells_nothing(world):
    client = signed_in(an_app(world), Role.ADMIN)
    tokens = page_of(client.get("/sprava/uzivatele").text).xpath(
        "//input[@name='csrf_token']/@value"
    )
    assert len(tokens) > 3
    assert len(set(tokens)) == len(tokens)
    for token in (tokens[0], tokens[-1]):
        data = {"csrf_token": token, "login": "novy-ucet", "roles": "worker"}
        assert client.post("/sprava/uzivatele", data=data).status_code in {200, 422}


def test_what_was_typed_is_offered_again_when_our_own_page_has_sent_it(world):
    client = signed_in(an_app(world), Role.ADMIN)
    typed = {
        "login": "kadan<b>",
        "roles": ["editor", "worker"],
        "password": "tajne",
        "new": "tajne",
    }
    answer = client.post("/sprava/uzivatele", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    page = page_of(answer.text)
    kept = page.xpath("//main//form[@action='/sprava/uzivatele']//textarea")
    assert [(one.get("name"), one.text.strip()) for one in kept] == [
        ("login", "kadan<b>"),
        ("roles", "editor"),
        ("roles", "worker"),
    ]
    assert page.xpath("//main//form//input[@name='csrf_token']")
    assert "tajne" not in answer.text


@pytest.mark.parametrize("site", [{}, {"Sec-Fetch-Site": "cross-site"}])
def test_what_another_site_has_sent_is_never_offered_for_sending(world, site: dict[str, str]):
    client = signed_in(an_app(world), Role.ADMIN)
    answer = client.post("/sprava/uzivatele", data={"login": "zlocin"}, headers=site)
    assert answer.status_code == 400
    assert not page_of(answer.text).xpath("//main//form")


def test_public_questions_need_no_token_and_make_no_session(client: FlaskClient):
    answer = client.post("/pomoc", data={"place": "500001", "need": "PEC-HYG"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_a_program_is_told_that_it_has_to_sign_in(world):
    app = an_app(world)

    @app.get("/api/tajne")
    @requires(Role.ADMIN)
    def secret() -> str:
        return "x"

    answer = app.test_client().get("/api/tajne")
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "target", ["/", "/katalog", "/katalog?druh=40", "/karta/s-1", "/sprava/uzivatele", "/ucet"]
)
def test_after_signing_in_one_goes_on_to_where_one_was_going(app: Flask, target: str):
    with app.test_request_context("/"):
        assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        "katalog",
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%0d%0aSet-Cookie:x",
        "/katalog\nX: y",
        "/ katalog",
        "\t//evil.example",
        "javascript:alert(1)",
        "/neni",
        "/dopis/../..//evil.example",
        "/ucet/prihlaseni",
        "/ucet/odhlaseni",
        "/ucet/heslo",
    ],
)
def test_no_link_can_lead_elsewhere_through_the_door(app: Flask, target: str):
    with app.test_request_context("/"):
        assert safe_next(target) == "/ucet"


def test_only_the_door_sets_a_cookie_for_who_is_not_signed_in(app: Flask):
    """As the foot of every page says."""
    setting = set()
    for rule in app.url_map.iter_rules():
        for method in (rule.methods & {"GET", "POST"}) if not rule.arguments else ():
            answer = app.test_client().open(rule.rule, method=method, buffered=True)
            if "Set-Cookie" in answer.headers:
                setting.add((rule.endpoint, method))
    assert setting == {("accounts.sign_in", "GET")}
    text = page_of(app.test_client().get("/").text).xpath("string(//footer)")
    assert "Cookie dostane jen ten, kdo se přihlašuje." in text
