"""Errors: a problem document (RFC 9457) for programs, a page for people, never a stack trace.

What a person wrote is in neither, nor in the log: of an unexpected error only its type and the
lines of code are written down, since its message may quote the client.
"""

import json
import logging
import traceback
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import TracebackType
from typing import TypeAlias

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from referral.web.draft import AskError, FieldError
from referral.web.presenters.document import Json
from referral.web.translation import _

ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)

MACHINE_PATHS = ("/api/", "/hsds/")
TITLES: Mapping[int, str] = {
    400: _("Požadavku nerozumíme"),
    401: _("Nejdřív se přihlaste"),
    403: _("Sem váš účet nemá přístup"),
    404: _("Stránku jsme nenašli"),
    405: _("Tudy to nejde"),
    413: _("Požadavek je příliš velký"),
    415: _("Tento formát neumíme"),
    422: _("Zadání je třeba opravit"),
    500: _("Něco se u nás pokazilo"),
    503: _("Služba teď neodpovídá"),
}
ADVICE: Mapping[int, str] = {
    400: _("Vraťte se zpět a zkuste to znovu, prosím."),
    403: _("Potřebujete-li sem, požádejte správce účtů o další roli."),
    404: _("Odkaz je možná starý, nebo služba v katalogu už není. Zkuste hledat od začátku."),
    405: _("Výsledek hledání nemá vlastní adresu, aby nic z toho, co zadáte, nikde nezůstalo."),
    413: _("Zkraťte text a zkuste to znovu."),
    500: _("Chybu jsme zaznamenali bez toho, co jste zadali. Zkuste to za chvíli znovu."),
    503: _("Zkuste to za chvíli znovu. Spěchá-li to, volejte úřad své obce."),
}
PROBLEMS: Mapping[str, str] = {
    "ambiguous_place": _("Název sdílí víc obcí. Pošlete kód jedné z nich, nebo přidejte ORP."),
    "unknown_place": _("Takovou obec katalog nezná; přiloženy jsou nejbližší názvy."),
    "not_understood": _("Z textu nevyšla žádná potřeba. Pošlete kód potřeby v poli need."),
    "missing": _("Chybí povinný údaj."),
    "invalid": _("Hodnota pole je mimo rozsah nebo neznámá."),
    "unknown_field": _("Tělo požadavku obsahuje pole, které neznáme."),
    "not_json": _("Tělo požadavku není objekt JSON."),
}


class DiscreetFlask(Flask):
    """Flask that never writes an error's message down."""

    def log_exception(self, exc_info: ExcInfo) -> None:
        """Log the type of an unexpected error and where it happened, without its message."""
        kind, _error, trace = exc_info
        lines = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
        name = kind.__name__ if kind is not None else "unknown error"
        self.logger.log(
            logging.ERROR, "%s at %s %s", name, request.url_rule or "?", " > ".join(lines)
        )


def set_up_problems(app: Flask) -> None:
    """Answer every error in the language of who asked."""
    app.register_error_handler(HTTPException, _answer)


def _answer(error: HTTPException) -> Response | tuple[str, int]:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if request.path.startswith(MACHINE_PATHS):
        return problem(status, detail=ADVICE.get(status, ""))
    page = render_template(
        "errors/error.html",
        status=int(status),
        title=TITLES.get(status, _("Něco se nepovedlo")),
        advice=ADVICE.get(status, _("Vraťte se zpět a zkuste to znovu, prosím.")),
    )
    return page, status


def problem(
    status: int, *, detail: str, code: str = "about:blank", extra: Mapping[str, Json] | None = None
) -> Response:
    """Make a problem document; ``code`` is one of PROBLEMS, listed at /problemy."""
    document: dict[str, Json] = {
        "type": f"/problemy#{code}" if code in PROBLEMS else code,
        "title": TITLES.get(status, HTTPStatus(status).phrase),
        "status": int(status),
        "detail": detail,
        **(extra or {}),
    }
    return Response(
        json.dumps(document, ensure_ascii=False), status, mimetype="application/problem+json"
    )


def ask_problem(error: AskError) -> Response:
    """Tell a program what to mend, with the places it could have meant."""
    extra: dict[str, Json] = {
        "error": error.code,
        "errors": [_field(one) for one in error.errors],
    }
    if error.candidates or error.code in {"ambiguous_place", "unknown_place"}:
        extra["candidates"] = [
            {"code": one.code, "name": one.name, "orp": one.orp, "district": one.district}
            for one in error.candidates
        ]
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        detail=_sentences(error.errors),
        code=error.code,
        extra=extra,
    )


def _field(error: FieldError) -> Json:
    return {"field": error.field, "code": error.code, "message": error.message}


def _sentences(errors: Sequence[FieldError]) -> str:
    return " ".join(error.message for error in errors)
