"""Words read at a glance are those of the store; what is not as it should be is left to it."""

import sqlite3

import pytest

from referral.bootstrap import build
from referral.settings import Settings
from referral.storage.errors import NewerError, NotReadyError
from referral.storage.glance import words_at_a_glance


@pytest.fixture
def file(tmp_path):
    """A database with the program's own words, in a folder whose name an address must escape."""
    folder = tmp_path / "50 % hotovo #1"
    folder.mkdir()
    program = build(Settings(database_url=f"sqlite:///{folder}/words.sqlite3"))
    program.migrate()
    program.ensure_words()
    program.close()
    return folder / "words.sqlite3"


def words(vocabulary):
    return (
        list(vocabulary.types.items()),
        list(vocabulary.groups.items()),
        list(vocabulary.needs.items()),
        list(vocabulary.barriers.items()),
        vocabulary.calls,
    )


@pytest.mark.parametrize("scheme", ["sqlite:///", "sqlite+pysqlite:///"])
def test_the_words_are_those_of_the_store_in_its_order(file, scheme):
    program = build(Settings(database_url=f"sqlite:///{file}"))
    glanced = words_at_a_glance(f"{scheme}{file}")
    assert words(glanced) == words(program.store.vocabulary())
    assert glanced.calls
    program.close()


def test_a_change_of_the_words_is_seen_at_once(file):
    program = build(Settings(database_url=f"sqlite:///{file}"))
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE needs SET name = 'jinak' WHERE code = 'PEC-HYG'")
    connection.close()
    assert program.vocabulary().need("PEC-HYG").name == "jinak"


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file:words?mode=memory&uri=true",
        "postgresql+psycopg://nikde/nic",
    ],
)
def test_what_is_no_ordinary_file_is_left_to_the_store(url):
    assert words_at_a_glance(url) is None


def test_options_of_an_address_are_left_to_the_store(file):
    assert words_at_a_glance(f"sqlite:///{file}?timeout=1") is None


def test_a_file_that_is_missing_is_not_made_and_the_store_says_what_to_do(tmp_path):
    url = f"sqlite:///{tmp_path}/none.sqlite3"
    assert words_at_a_glance(url) is None
    with pytest.raises(NotReadyError, match="referral init"):
        build(Settings(database_url=url)).vocabulary()
    assert not (tmp_path / "none.sqlite3").exists()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", NewerError),
        ("UPDATE alembic_version SET version_num = '0001'", NotReadyError),
        ("DELETE FROM alembic_version", NotReadyError),
        ("DROP TABLE alembic_version", NotReadyError),
        ("DROP TABLE calls", NotReadyError),
    ],
)
def test_tables_that_are_not_this_programs_are_left_to_the_store(file, change, error):
    with sqlite3.connect(file) as connection:
        connection.execute(change)
    connection.close()
    assert words_at_a_glance(f"sqlite:///{file}") is None
    with pytest.raises(error):
        build(Settings(database_url=f"sqlite:///{file}")).vocabulary()


def test_what_is_no_database_is_left_to_the_store(tmp_path):
    (tmp_path / "text.sqlite3").write_text("nothing of the kind" * 100, encoding="utf-8")
    assert words_at_a_glance(f"sqlite:///{tmp_path}/text.sqlite3") is None
