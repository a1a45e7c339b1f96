"""What every answer carries: safety headers, caching, compression."""

import gzip

import pytest
from flask.testing import FlaskClient
from werkzeug.exceptions import ImATeapot

from support.accounts import list_as_public
from support.web import an_app, page_of


@pytest.mark.parametrize("path", ["/", "/katalog", "/neni", "/healthz", "/static/site.css"])
def test_every_answer_carries_the_safety_headers(client: FlaskClient, path: str):
    headers = client.get(path, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_view_may_set_a_policy_of_its_own(world):
    app = an_app(world)

    @app.get("/vlastni")
    def own() -> tuple[str, dict[str, str]]:
        return "x", {"Content-Security-Policy": "sandbox"}

    list_as_public(app)
    assert app.test_client().get("/vlastni").headers["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    ("path", "caching"),
    [("/", "no-cache"), ("/katalog", "no-cache"), ("/neni", "no-store"), ("/healthz", "no-store")],
)
def test_pages_are_asked_for_anew(client: FlaskClient, path: str, caching: str):
    assert client.get(path).headers["Cache-Control"] == caching


@pytest.mark.parametrize(
    "path", ["/static/site.css", "/assets/leaflet/leaflet.js", "/assets/leaflet/leaflet.css"]
)
def test_files_are_kept_for_a_year(client: FlaskClient, path: str):
    answer = client.get(path, buffered=True)
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/assets/leaflet/../apps.py", "/assets/leaflet/neni.js", "/static/../app.py"]
)
def test_no_other_file_can_be_reached(client: FlaskClient, path: str):
    assert client.get(path).status_code == 404


def test_our_own_files_change_their_address_with_their_content(client: FlaskClient):
    page = page_of(client.get("/").text)
    (style,) = page.xpath("//link[@rel='stylesheet']/@href")
    assert style.startswith("/static/site.css?v=")
    assert len(style.partition("=")[2]) == 12


def test_text_is_compressed_for_who_accepts_it(client: FlaskClient):
    plain = client.get("/")
    packed = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.data)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/healthz", {"Accept-Encoding": "gzip"}),
        ("/", {"Accept-Encoding": "gzip;q=0"}),
        ("/neni", {"Accept-Encoding": "gzip"}),
        ("/assets/leaflet/images/layers.png", {"Accept-Encoding": "gzip"}),
    ],
)
def test_what_is_short_wrong_or_a_picture_goes_out_as_it_is(client, path, headers):
    answer = client.get(path, headers=headers, buffered=True)
    assert "Content-Encoding" not in answer.headers


def test_asking_for_headers_only_yields_no_body(client: FlaskClient):
    answer = client.head("/", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.data == b""


def test_health_follows_the_database(client: FlaskClient, world):
    assert client.get("/healthz").json == {"status": "ok"}
    down = an_app(world, down=True).test_client().get("/healthz")
    assert down.status_code == 503
    assert down.json == {"status": "unavailable"}


def test_a_wrong_method_gets_a_page_with_a_way_on(client: FlaskClient):
    answer = client.post("/katalog")
    assert answer.status_code == 405
    page_of(answer.text)


def test_a_question_that_is_too_long_is_refused_before_it_is_read(client: FlaskClient):
    answer = client.post("/pomoc", data={"says": "x" * 70_000})
    assert answer.status_code == 413
    page_of(answer.text)


def test_an_error_without_a_title_of_its_own_still_has_a_page(world):
    app = an_app(world)

    @app.get("/caj")
    def tea() -> None:
        raise ImATeapot

    list_as_public(app)
    answer = app.test_client().get("/caj")
    assert answer.status_code == 418
    assert "Něco se nepovedlo" in page_of(answer.text).text_content()


def test_a_redirect_of_the_router_stays_a_redirect(world):
    app = an_app(world)
    app.add_url_rule("/slozka/", view_func=lambda: "x", endpoint="slozka")
    answer = app.test_client().get("/slozka")
    assert answer.status_code == 308
    assert answer.location.endswith("/slozka/")
