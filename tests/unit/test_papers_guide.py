"""The files behind the papers: what the shipped ones hold and how a faulty one is refused."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from referral.catalog.vocabulary import Vocabulary
from referral.matching.errors import PolicyError
from referral.resources import data_dir
from referral.web.papers.guide import When, read_guide
from referral.web.papers.workdays import (
    easter_sunday,
    is_workday,
    next_workday,
    workday_from,
    workday_until,
    workdays,
)
from support.papers import GUIDE

CONDITIONS = [
    *((f"§ 92 {one.letter}", one.when) for one in GUIDE.grounds),
    *((one.id, one.when) for one in GUIDE.roles),
    *((one.what, one.when) for one in GUIDE.tasks),
    *((one.text, one.when) for one in GUIDE.cautions),
]


@pytest.mark.parametrize(("name", "when"), CONDITIONS)
def test_every_code_of_a_condition_is_a_word_of_the_vocabulary(embedded, name: str, when: When):
    words: Vocabulary = embedded.vocabulary
    assert when.needs <= set(words.needs), name
    assert when.areas <= {one.area for one in words.needs.values()}, name
    assert when.groups <= set(words.groups), name
    assert when.barriers <= set(words.barriers), name


@pytest.mark.parametrize(("name", "when"), CONDITIONS)
def test_every_condition_can_hold(name: str, when: When):
    empty = When(unanswered=when.unanswered, care_level_unknown=when.care_level_unknown)
    assert when != empty, name


def test_every_authority_that_a_role_names_is_found_in_the_shipped_catalogue(embedded):
    needs = {need for one in embedded.services.values() for need in one.needs}
    assert {one.authority.need for one in GUIDE.roles if one.authority} <= needs


def test_the_paragraph_is_told_letter_by_letter_and_d_always_holds():
    letters = [one.letter for one in GUIDE.grounds]
    assert letters == sorted(letters)
    assert set(letters) == {"a", "b", "c", "d"}
    assert GUIDE.grounds[-1].when == When(always=True)
    assert [one.letter for one in GUIDE.grounds if one.firm] == ["a", "b", "c", "d"]


def test_roles_have_their_own_ids_and_fill_only_known_blanks():
    ids = [one.id for one in GUIDE.roles]
    assert len(ids) == len(set(ids))
    for role in GUIDE.roles:
        assert role.who.format(orp="Kadaň", place="Vejprty", region="Ústecký kraj")


def test_what_hurries_more_is_asked_for_sooner():
    rule = GUIDE.deadline
    assert 0 < rule.now_days < rule.soon_days < rule.else_days


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files, at another place for each test so that none is remembered."""
    copied = tmp_path / "papers"
    shutil.copytree(data_dir() / "papers", copied)
    return copied


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("roles.toml", 'id = "klient"', 'id = ""', "role.id"),
        ("roles.toml", 'id = "klient"', "", "lacks id"),
        ("roles.toml", "always = true", "vzdy = true", "when.vzdy is unknown"),
        ("roles.toml", "always = true", 'always = "ano"', "true or false"),
        ("roles.toml", 'needs = ["FIN-DLU"]', 'needs = "FIN-DLU"', "list of codes"),
        ("conference.toml", "agenda]]", "body]]", "no [[agenda]]"),
        ("roles.toml", "[role.when]\nalways = true", "when = 1", "when must be a table"),
        ("conference.toml", "minutes = 120", 'minutes = "dvě hodiny"', "a whole number"),
        ("conference.toml", "[timing]", "[cas]", "timing must be a table"),
        ("section92.toml", "now_days = 1", "now_days = true", "a whole number"),
        ("section92.toml", "[[ground]]", "[[ground", "not valid TOML"),
    ],
)
def test_a_faulty_file_is_named_with_what_to_mend(folder, file, old, new, words):
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        read_guide(folder)
    assert str(path) in str(caught.value)
    assert words in str(caught.value)


def test_a_missing_file_is_named(folder):
    (folder / "roles.toml").unlink()
    with pytest.raises(PolicyError, match=r"roles\.toml: cannot be read"):
        read_guide(folder)


def test_easter_moves_as_the_calendar_says():
    assert [easter_sunday(year) for year in (2024, 2025, 2026, 2027, 2038)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ]


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 11, 17),
        date(2026, 12, 24),
        date(2026, 9, 5),
        date(2026, 9, 6),
    ],
)
def test_offices_do_not_work_on_holidays_and_weekends(day):
    assert not is_workday(day)
    assert workday_from(day) > day > workday_until(day)


def test_a_working_day_is_its_own_nearest_one():
    day = date(2026, 9, 7)
    assert workday_from(day) == workday_until(day) == day
    assert next_workday(day) == day + timedelta(days=1)
    assert list(workdays(date(2026, 9, 4), day)) == [date(2026, 9, 4), day]
    assert list(workdays(day, date(2026, 9, 4))) == []
