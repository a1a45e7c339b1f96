"""How templates are set up: escaping on, missing names are errors, Czech typography in the text."""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, url_for
from jinja2 import StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape

from referral.web.czech import capitalised, day, listing, number, plural, typeset
from referral.web.translation import Language, language, one_or_many, translated

STATIC = Path(__file__).parent / "static"


class Typography(Extension):
    """Keep one-letter words with the next one in every text that stands in a template."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Set the text between tags of the template language; values are set by ``|cz``."""
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, token.type, typeset(token.value))
            else:
                yield token


def set_up_templates(app: Flask) -> None:
    """Give the application's templates their filters, functions and strictness."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.autoescape = True
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.add_extension(Typography)
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(translated, one_or_many, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    # Every page says hundreds of sentences: the quick way for those without blanks to fill.
    environment.globals["_"] = _sentence
    environment.filters.update(
        cz=_typeset_html,
        day=day,
        first_up=capitalised,
        listing=listing,
        number=number,
        plural=plural,
    )
    versions = {path.name: _digest(path) for path in STATIC.iterdir() if path.is_file()}

    def asset(name: str) -> str:
        """Return the address of one of our own files, changed whenever its content changes."""
        return url_for("static", filename=name, v=versions[name])

    environment.globals["asset"] = asset


def _sentence(text: str) -> Markup:
    """Return a sentence of a template, translated, ready to stand in a page."""
    return _kept(text, language())


@lru_cache(maxsize=4096)
def _kept(text: str, _spoken: Language) -> Markup:
    """Keep what templates say of themselves, by language; nothing of a question is among it."""
    return Markup(translated(text))  # noqa: S704 - the sentences are our own


def _typeset_html(text: str) -> Markup:
    return escape(text) if isinstance(text, Markup) else escape(typeset(text))


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]
