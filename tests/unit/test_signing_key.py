"""The key that signs what the application hands out."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from referral.bootstrap import build
from referral.settings import Settings
from referral.storage import signing_key as module
from referral.storage.signing_key import KeyFileError, signing_key

KEY = "k" * 32
TOO_SHORT = "tajny-klic"


def settings_of(database: Path, *, secret_key: str = "") -> Settings:
    return Settings(database_url=f"sqlite:///{database}", secret_key=secret_key)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "x.sqlite3"
    file.touch()
    return file


def test_the_key_of_the_settings_comes_first_and_no_file_is_made(database: Path):
    assert signing_key(settings_of(database, secret_key=KEY)) == KEY
    assert [one.name for one in database.parent.iterdir()] == ["x.sqlite3"]


def test_a_short_key_is_refused_without_repeating_it(database: Path):
    with pytest.raises(KeyFileError, match="alespoň 32 znaků") as refused:
        signing_key(settings_of(database, secret_key=TOO_SHORT))
    assert TOO_SHORT not in str(refused.value)


def test_beside_an_sqlite_file_a_key_is_made_once_for_its_owner_alone(database: Path):
    made = signing_key(settings_of(database))
    file = database.with_name("x.sqlite3.key")
    assert len(made) == 64
    assert signing_key(settings_of(database)) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(one.name for one in database.parent.iterdir()) == ["x.sqlite3", "x.sqlite3.key"]


def test_processes_that_start_at_once_agree_on_one_key(database: Path):
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: signing_key(settings_of(database)), range(16)))
    assert len(made) == 1


@pytest.mark.parametrize(
    "url",
    ["postgresql://kraj@db/pomoc", "sqlite://", "sqlite:///:memory:", "sqlite:///file:x", "co"],
)
def test_where_no_file_is_ours_there_is_no_key(url: str):
    assert signing_key(Settings(database_url=url)) == ""


def test_a_database_that_does_not_exist_yet_gets_its_key_with_its_tables(tmp_path: Path):
    settings = settings_of(tmp_path / "own.sqlite3")
    assert signing_key(settings) == ""
    assert list(tmp_path.iterdir()) == []
    program = build(settings)
    program.migrate()
    program.close()
    assert (tmp_path / "own.sqlite3.key").is_file()
    assert len(build(settings).signing_key) == 64


def test_an_empty_file_is_no_key(database: Path):
    database.with_name("x.sqlite3.key").write_text("\n")
    with pytest.raises(KeyFileError, match="není klíč"):
        signing_key(settings_of(database))


def test_a_key_that_cannot_be_kept_says_what_to_do(database: Path, monkeypatch):
    def full(*_: object) -> int:
        raise OSError("no space left")

    monkeypatch.setattr(module.os, "open", full)
    assert module.os is os
    with pytest.raises(KeyFileError, match="REFERRAL_SECRET_KEY"):
        signing_key(settings_of(database))
