"""The one hook through which every sentence of the site passes on its way to a translation.

The sentences stand in Czech in code and templates; a catalogue of another language
(``translations/<language>/LC_MESSAGES/site.mo``) has theirs. What it lacks stays in Czech. The
language is that of the request at hand, Czech outside of requests.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations, NullTranslations
from typing import Any, SupportsIndex

from referral.resources import translations_dir


class Language(StrEnum):
    """A language of the public part, by its code in an address (ISO 639-1)."""

    CZECH = "cs"
    UKRAINIAN = "uk"
    ENGLISH = "en"


_NBSP = "\u00a0"
_NONE = NullTranslations()
_now: ContextVar[Language | None] = ContextVar("language", default=None)


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Say everything within the block in a language."""
    token = _now.set(language)
    try:
        yield
    finally:
        _now.reset(token)


def language() -> Language:
    """Return the language that is spoken now."""
    return _now.get() or Language.CZECH


@cache
def _catalogue(language: Language) -> NullTranslations:
    file = translations_dir() / language.value / "LC_MESSAGES" / "site.mo"
    if language is Language.CZECH or not file.is_file():
        return _NONE
    with file.open("rb") as content:
        return GNUTranslations(content)


def translated(text: str) -> str:
    """Return the text in the language that is spoken now."""
    spoken_now = language()
    if spoken_now is Language.CZECH or not text:
        return text
    catalogue = _catalogue(spoken_now)
    told = catalogue.gettext(text)
    if told == text and _NBSP in text:
        # A block of a template comes set as Czech; translators have its words as they were written.
        plain = text.replace(_NBSP, " ")
        found = catalogue.gettext(plain)
        return text if found == plain else found
    return told


def one_or_many(one: str, many: str, count: int) -> str:
    """Return the form for a count, as templates ask for it."""
    return _catalogue(language()).ngettext(one, many, count)


class Sentence(str):
    """A text that was written down before any language was chosen, and is told in the chosen one.

    Tables of words are made when a module is loaded. Whatever makes text of one (a template,
    ``format``, ``str``) gets it in the language of the request; compared and hashed it is Czech.
    ``str.join`` does not ask its parts: give it ``map(str, parts)``.
    """

    __slots__ = ()

    def __str__(self) -> str:
        """Return the text in the language that is spoken now."""
        return translated(str.__str__(self))

    def __format__(self, spec: str) -> str:
        """Put the text into another."""
        return format(str(self), spec)

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        """Return a part of the text as it is told."""
        return str(self)[key]

    def __add__(self, other: str) -> str:
        """Append another text."""
        return str(self) + other

    def __radd__(self, other: str) -> str:
        """Append the text to another."""
        return other + str(self)

    def format(self, *values: object, **named: object) -> str:
        """Fill in the text as it is told."""
        return str(self).format(*values, **named)

    def _told(name: str) -> Callable[..., Any]:  # noqa: N805 - makes the methods below
        plain = getattr(str, name)

        def method(self: "Sentence", *values: object) -> Any:  # noqa: ANN401 - as str has it
            return plain(str(self), *values)

        method.__name__, method.__doc__ = name, plain.__doc__
        return method

    capitalize, casefold, lower, upper = map(_told, ("capitalize", "casefold", "lower", "upper"))
    strip, lstrip, rstrip = map(_told, ("strip", "lstrip", "rstrip"))
    split, partition, replace = map(_told, ("split", "partition", "replace"))
    removeprefix, removesuffix = map(_told, ("removeprefix", "removesuffix"))


def _(text: str) -> str:
    """Return the text as it is told now; outside of a request, one that can be told later."""
    return Sentence(text) if _now.get() is None else translated(text)
