"""What is said about a client stays in the body of one request and is kept nowhere."""

import hashlib
import logging
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from gunicorn.config import Config

from referral.bootstrap import Program, build
from referral.cli import run as run_room
from referral.cli.main import cli
from referral.settings import Settings
from referral.web.app import create_app
from support.build import TODAY
from support.web import page_of

WORDS = "vnuk Lojza nemůže se umýt"
ASK = {"place": "500001", "says": WORDS}


def test_the_words_are_in_no_header_and_no_address_of_the_answer(client: FlaskClient):
    answer = client.post("/pomoc", data=ASK)
    assert "Lojza" not in str(answer.headers)
    page = page_of(answer.text)
    addresses = page.xpath("//@href | //@src | //@action")
    assert all("Lojza" not in one and "says" not in one for one in addresses)


def test_the_document_does_not_repeat_the_words(client: FlaskClient):
    assert "Lojza" not in client.post("/api/match", json=ASK).text


def test_the_words_are_only_where_the_person_may_correct_them(client: FlaskClient):
    page = page_of(client.post("/pomoc", data=ASK).text)
    assert page.xpath("count(//textarea[contains(., 'Lojza')])") == 1
    for area in page.xpath("//textarea"):
        area.getparent().remove(area)
    assert "Lojza" not in page.text_content()


@pytest.mark.parametrize("path", ["/", "/katalog", "/karta/s-1", "/pomoc", "/zdroje", "/neni"])
def test_no_page_sets_a_cookie(client: FlaskClient, path: str):
    assert "Set-Cookie" not in client.get(path).headers


def test_an_answer_sets_no_cookie_and_must_not_be_kept(client: FlaskClient):
    for answer in (
        client.post("/pomoc", data=ASK),
        client.post("/pomoc", data={}),
        client.post("/api/match", json=ASK),
        client.post("/api/match", json={}),
        client.post("/api/mista", json={"q": "hor"}),
    ):
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_fault_shows_neither_the_words_nor_the_trace(client: FlaskClient, caplog):
    with caplog.at_level(logging.DEBUG):
        page = client.post("/pomoc", data={"place": "500001", "says": "řvi Lojza"})
        document = client.post("/api/match", json={"place": "500001", "says": "řvi Lojza"})
    assert page.status_code == 500
    assert document.status_code == 500
    assert document.mimetype == "application/problem+json"
    for text in (page.text, document.text, caplog.text):
        assert "Lojza" not in text
        assert "Traceback" not in text
    assert "RuntimeError at /pomoc" in caplog.text
    assert "support/web.py:" in caplog.text
    page_of(page.text)


def test_a_fault_before_any_route_is_logged_without_one(client: FlaskClient, caplog):
    with client.application.test_request_context("/kdekoli"):
        client.application.log_exception((None, None, None))
    assert "unknown error at ?" in caplog.text


PROFILE = {
    "place": "Kadaň",
    "says": "soused Vobořil pije a spí v autě",
    "born": "1968-03-17",
    "sex": "muz",
    "mobility": "s-oporou",
    "language": ["uk"],
    "documents": "ne",
    "income": "ne",
    "insurance": "ne",
    "partner": "ano",
    "children": "3",
    "dog": "ano",
    "discharge": "2026-10-13",
    "eviction": "2026-11-29",
    "without": ["AGRESE"],
    "group": ["KRIZE"],
    "care_level": "2",
}
REFUSAL = {
    "refused_service": "rpss-1368",
    "refused_reason": "jine",
    "refused_barrier": "ALKOHOL",
    "refused_on": "2026-08-19",
    "refused_wait": "77",
}
WRITTEN = "rpss-1368:jine:ALKOHOL@2026-08-19+77"
TELLING = (
    "Vobořil", "1968", "s-oporou", "2026-10-13", "2026-11-29", "13. 10. 2026", "29. 11. 2026",
    "AGRESE", "BEZ-DOKL", "KRIZE", "2026-08-19", "rpss-1368:", '"uk"',
)  # fmt: skip
"""What would give the client away if it stood where it must not."""
TRUTHS = ("documents", "income", "insurance", "partner", "dog")


def as_json() -> dict:
    body = {**PROFILE, "refused": [WRITTEN]}
    return body | {name: PROFILE[name] == "ano" for name in TRUTHS}


def as_options() -> list[str]:
    given = []
    for name, value in PROFILE.items():
        option = name.replace("_", "-")
        if name in TRUTHS:
            given.append(f"--{option}" if value == "ano" else f"--no-{option}")
            continue
        for one in [value] if isinstance(value, str) else value:
            given += [f"--{option}", one]
    return ["match", *given, "--refused", WRITTEN]


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """A folder with a real database of the shipped catalogue, and nothing else."""
    folder = tmp_path_factory.mktemp("kept")
    program = a_program(folder)
    program.migrate()
    program.load_embedded()
    program.close()
    return folder


def a_program(folder: Path) -> Program:
    settings = Settings(database_url=f"sqlite:///{folder / 'kept.sqlite3'}")
    return build(settings, today=lambda: TODAY)


def fingerprint(folder: Path) -> dict[str, str]:
    """Return the names and digests of all that stands in a folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


def test_the_web_stores_and_logs_nothing_of_a_profile_and_puts_nothing_in_an_address(
    kept: Path, caplog
):
    before = fingerprint(kept)
    program = a_program(kept)
    client = create_app(program, settings=program.settings, today=lambda: TODAY).test_client()
    with caplog.at_level(logging.DEBUG):
        answers = [
            client.post("/pomoc", data={**PROFILE, **REFUSAL}),
            client.post("/pomoc", data={**PROFILE, "place": "Nikde", "born": "1968"}),
            client.post("/api/match", json=as_json()),
            client.post("/api/match", json=as_json() | {"born": "1968"}),
        ]
    program.close()
    assert [answer.status_code for answer in answers] == [200, 422, 200, 422]
    assert fingerprint(kept) == before
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert not {"Set-Cookie", "Location", "ETag", "Refresh"} & set(answer.headers.keys())
        assert not any(word in str(answer.headers) for word in TELLING)
    assert not any(word in caplog.text for word in TELLING)
    for answer in answers[:2]:
        page = page_of(answer.text)
        assert page.xpath("//form[@method='post']")
        addresses = page.xpath("//@href | //@src | //@action | //@formaction")
        assert not any(word in one for one in addresses for word in TELLING)
        assert not any("?" in one for one in page.xpath("//form/@action"))


def test_the_words_do_not_travel_on_with_the_hidden_question(kept: Path):
    program = a_program(kept)
    client = create_app(program, settings=program.settings, today=lambda: TODAY).test_client()
    page = page_of(client.post("/pomoc", data={**PROFILE, **REFUSAL}).text)
    program.close()
    assert page.xpath("//form[@id='znovu']//input[@name='born']/@value") == ["1968-03-17"]
    assert not any("Vobořil" in value for value in page.xpath("//input/@value"))


def test_the_command_stores_and_logs_nothing_of_a_profile(
    kept: Path, caplog, tmp_path, monkeypatch
):
    before = fingerprint(kept)
    monkeypatch.chdir(tmp_path)
    runner = CliRunner(env={"REFERRAL_DATABASE_URL": f"sqlite:///{kept / 'kept.sqlite3'}"})
    with caplog.at_level(logging.DEBUG):
        for more in ([], ["--json"], ["--age", "moc"]):
            run = runner.invoke(cli, [*as_options(), *more])
            assert run.exit_code == (1 if "moc" in more else 0), run.output
            assert "Vobořil" not in run.output
            assert not any(word in run.stderr for word in TELLING)
    assert not any(word in caplog.text for word in TELLING)
    assert fingerprint(kept) == before
    assert list(tmp_path.iterdir()) == []


def test_the_server_writes_no_log_of_requests(kept: Path, monkeypatch):
    """Gunicorn logs requests only when it is told where to; nobody tells it."""
    handed = []
    monkeypatch.setattr(run_room, "_hand_over", handed.append)
    runner = CliRunner(env={"REFERRAL_DATABASE_URL": f"sqlite:///{kept / 'kept.sqlite3'}"})
    assert runner.invoke(cli, ["serve", "--port", "8124"]).exit_code == 0
    ((_python, _m, _gunicorn, _app, *options),) = handed
    configured = Config()
    parsed = configured.parser().parse_args(options)
    assert parsed.accesslog is None
    assert configured.accesslog is None
    assert parsed.loglevel == "warning"
