"""Each page in each language: the first word of an address chooses it, nothing is remembered.

``/uk/situace`` is ``/situace`` in Ukrainian. The word is taken off before the application sees the
address, so every page and every link within it works in every language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Flask, request

from referral.web.translation import Language, language, spoken

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NAMES: Final[Mapping[Language, str]] = {
    Language.CZECH: "Čeština",
    Language.UKRAINIAN: "Українська",
    Language.ENGLISH: "English",
}
"""What each language is called in itself."""


TRANSLATED: Final = frozenset({None, "areas", "help", "situations"})
"""Rooms whose pages are told in every language; None is where an error belongs to no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLanguage:
    """A link to the page at hand in another language."""

    code: str
    name: str
    href: str


def set_up_languages(app: Flask) -> None:
    """Let addresses choose the language, and templates know it."""
    app.wsgi_app = _in_its_language(app.wsgi_app)  # type: ignore[method-assign, assignment]  # as Flask says to wrap it
    app.jinja_env.globals.update(
        language=language, other_languages=other_languages, only_czech=only_czech
    )


def only_czech() -> bool:
    """Return whether the page at hand is told in Czech though another language was chosen."""
    return language() is not Language.CZECH and request.blueprint not in TRANSLATED


def other_languages() -> tuple[OtherLanguage, ...]:
    """Return links to the page at hand in the other languages.

    What answers a posted question has no address: there the links begin anew.
    """
    path = "/"
    if request.method in {"GET", "HEAD"} and request.url_rule is not None:
        query = request.query_string.decode("ascii", "ignore")
        path = request.path + (f"?{query}" if query else "")
    root = request.script_root
    if language() is not Language.CZECH:
        root = root.removesuffix(f"/{language().value}")
    return tuple(
        OtherLanguage(
            code=one.value,
            name=name,
            href=root + ("" if one is Language.CZECH else f"/{one.value}") + path,
        )
        for one, name in NAMES.items()
        if one is not language()
    )


def _in_its_language(inner: "WSGIApplication") -> "WSGIApplication":
    chosen = {one.value: one for one in Language if one is not Language.CZECH}

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        first, slash, rest = environ.get("PATH_INFO", "").lstrip("/").partition("/")
        told = chosen.get(first, Language.CZECH)
        if told is not Language.CZECH:
            if not slash:
                rest = ""
            root = environ.get("SCRIPT_NAME", "")
            environ = {**environ, "SCRIPT_NAME": f"{root}/{first}", "PATH_INFO": f"/{rest}"}
        with spoken(told):
            return inner(environ, start)

    return answer
