"""Translations: in step with the program, whole in their blanks and tags, and complete."""

import re
from gettext import GNUTranslations
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from referral.resources import translations_dir

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("uk", "en")


def catalogue(language: str) -> Catalog:
    file = translations_dir() / language / "LC_MESSAGES" / "site.po"
    with file.open("rb") as content:
        return read_po(content, locale=language)


def said(language: str) -> list:
    return [message for message in catalogue(language) if message.id]


@pytest.fixture(scope="module")
def gathering() -> ModuleType:
    """The script that gathers what is said."""
    spec = spec_from_file_location("messages", ROOT / ".ci" / "messages.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.checkout
def test_the_catalogues_hold_what_the_program_says_now(gathering: ModuleType):
    """``make messages`` brings them in step."""
    wanted = gathering.wanted_files()
    assert [file.name for file, content in wanted.items() if file.read_bytes() != content] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_blanks_and_tags_of_the_sentence(language: str):
    def marks(text: str) -> list[str]:
        return sorted(re.findall(r"\{\w*\}|%\(\w+\)s|</?\w+>", text))

    wrong = [one.id for one in said(language) if one.string and marks(one.id) != marks(one.string)]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_public_part_is_translated(language: str):
    assert [one.id for one in said(language) if not one.string] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_what_was_translated(language: str):
    with (translations_dir() / language / "LC_MESSAGES" / "site.mo").open("rb") as content:
        compiled = GNUTranslations(content)
    assert {one.id: compiled.gettext(one.id) for one in said(language)} == {
        one.id: one.string for one in said(language)
    }


def test_ukrainian_is_written_in_its_own_letters():
    """Czech left standing would show: only names of laws, codes and blanks may stay Latin."""
    letters = re.compile(r"[А-Яа-яЄєІіЇїҐґ]")
    latin = [
        one.id
        for one in said("uk")
        if re.search(r"[a-zá-ž]{4}", re.sub(r"\{\w*\}|<[^>]*>", "", one.id))
        and one.string
        and not letters.search(one.string)
    ]
    assert latin == []
