"""A link for the staff of a service, made from the command line."""

import json
import re

import pytest
from click.testing import CliRunner

from referral.bootstrap import build
from referral.catalog.edit_store import WantedEdits
from referral.catalog.editing import AuthorKind
from referral.catalog.links import Purpose
from referral.catalog.model import AgeRange, Contact, Schedule
from referral.catalog.own_fields import OwnField, OwnValue, Scope, VerifiedBy, Waiting
from referral.catalog.vocabulary import Form
from referral.cli.main import cli
from referral.settings import Settings
from referral.web.app import create_app
from referral.web.editing.tokens import read_token
from support.build import TODAY
from support.editors import a_filled_database
from support.web import page_of


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A database with a small world."""
    return a_filled_database(tmp_path_factory.mktemp("links") / "world.sqlite3")


def run(database, *arguments, **environment):
    env = {"REFERRAL_DATABASE_URL": f"sqlite:///{database}", **environment}
    return CliRunner(env=env).invoke(cli, arguments)


def test_a_link_is_printed_whole_and_opens_the_page_of_its_service(filled):
    result = run(filled, "link", "s-1", REFERRAL_PUBLIC_URL="https://pomoc.example.test")
    assert result.exit_code == 0, result.output
    address = result.stdout.strip()
    assert re.fullmatch(r"https://pomoc\.example\.test/potvrzeni/[\w.-]+", address)
    assert "volná místa, platí do" in result.stderr
    settings = Settings(database_url=f"sqlite:///{filled}")
    program = build(settings, today=lambda: TODAY)
    page = create_app(program, settings=settings, today=lambda: TODAY).test_client()
    path = address.removeprefix("https://pomoc.example.test")
    assert "Máte volno?" in page_of(page.get(path).text).findtext(".//h1")
    link = program.edits.link(read_token(path.removeprefix("/potvrzeni/"), program.signing_key))
    assert (link.service, link.purpose, link.made_by) == ("s-1", Purpose.VACANCY, "")
    program.close()


def test_a_link_to_the_whole_record_for_other_days_is_told_as_json(filled):
    result = run(filled, "link", "s-1", "--purpose", "record", "--days", "3", "--json")
    assert result.exit_code == 0, result.output
    assert '"purpose": "record"' in result.stdout
    plain = run(filled, "link", "s-1")
    assert plain.stdout.startswith("/potvrzeni/")
    assert "REFERRAL_PUBLIC_URL" in plain.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("s-1", "--days", "91"), "1 až 90 dní; 91 to není"),
        (("nikdo",), "Takovou službu v katalogu nemáme"),
    ],
)
def test_a_link_that_cannot_be_made_is_refused_with_a_sentence(filled, arguments, message):
    result = run(filled, "link", *arguments)
    assert result.exit_code == 1
    assert message in result.stderr


def test_what_a_command_changes_is_in_the_log_too_and_can_be_undone(filled):
    confirmed = run(filled, "coverage", "confirm", "s-1", "--as-read", "--by", "office")
    assert confirmed.exit_code == 0, confirmed.output
    assert run(filled, "own", "forget", "s-1", "coverage").exit_code == 0
    program = build(Settings(database_url=f"sqlite:///{filled}"), today=lambda: TODAY)
    edits = program.edits.edits(WantedEdits(services=frozenset({"s-1"})))
    program.close()
    assert [one.deed for one in edits] == ["forgotten", "added"]
    assert {one.signed.author.kind for one in edits} == {AuthorKind.COMMAND}
    assert {one.field for one in edits} == {OwnField.COVERAGE}
    assert edits[0].before == edits[1].after


def test_own_values_of_every_field_are_listed_in_words_and_as_json(filled):
    program = build(Settings(database_url=f"sqlite:///{filled}"), today=lambda: TODAY)
    about = {"service": "s-2", "verified_on": TODAY, "verified_by": VerifiedBy.PROVIDER}
    said = {
        OwnField.CONTACT: {"contact": Contact(phone="474 1")},
        OwnField.HOURS: {"hours": (Schedule(form=Form.FIELD, text="8–16"),)},
        OwnField.WAITING: {"waiting": Waiting(days=7)},
        OwnField.AGES: {"ages": AgeRange(min=60)},
        OwnField.SCOPE: {"scope": Scope(does="koupe", does_not="nevaří")},
    }
    program.store.save_own([OwnValue(field=field, **about, **one) for field, one in said.items()])
    program.close()
    told = run(filled, "own", "s-2").stdout
    for words in ("474 1", "8–16", "asi 7 dn", "od 60 let", "koupe", "nevaří"):
        assert words in told
    documents = json.loads(run(filled, "own", "s-2", "--json").stdout)["own"]
    assert {one["field"]: one.get(one["field"]) for one in documents} == {
        "contact": {"phone": "474 1", "email": None, "web": None},
        "hours": [{"form": "T", "round_the_clock": False, "text": "8–16"}],
        "waiting": {"days": 7, "note": ""},
        "ages": {"min": 60, "max": None},
        "scope": {"does": "koupe", "does_not": "nevaří"},
    }
    assert run(filled, "own", "forget", "s-2", "čekání").exit_code == 0
