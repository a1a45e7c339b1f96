"""The same answers for programs; what is said about a client travels in the body only."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from referral.catalog.places import suggest
from referral.usecases.recommend import recommend
from referral.web.asking import ask
from referral.web.draft import NO, YES, AskError, Draft, FieldError
from referral.web.finding import suggestion_label
from referral.web.presenters import match_document
from referral.web.presenters.document import Json
from referral.web.problems import ask_problem, problem
from referral.web.program import Site
from referral.web.translation import _

SUGGESTIONS = 8
FIELDS = (
    "place",
    "orp",
    "says",
    "need",
    "group",
    "age",
    "care_level",
    "barrier",
    "refused",
    "form",
    "limit",
    "without",
    "sex",
    "born",
    "mobility",
    "language",
    "documents",
    "income",
    "insurance",
    "partner",
    "children",
    "dog",
    "discharge",
    "eviction",
)
"""The fields of a request, as the contract names them; the later ones tell more of the client."""


class BodyError(ValueError):
    """A body that is not what it should be."""

    def __init__(self, message: str, *, code: str, status: HTTPStatus) -> None:
        """Keep what the problem document says."""
        super().__init__(message)
        self.code = code
        self.status = status


def api(site: Site) -> Blueprint:
    """Return the routes for programs."""
    routes = Blueprint("api", __name__, url_prefix="/api")

    @routes.post("/match")
    def match() -> Response:
        try:
            asked = ask(read_body(_json_object()), site.program, today=site.today())
        except BodyError as error:
            return problem(error.status, detail=str(error), code=error.code)
        except AskError as error:
            return ask_problem(error)
        catalog = site.program.catalog()
        answer = recommend(asked, catalog=catalog, policy=site.program.policy, today=site.today())
        return _answer(match_document(answer, catalog, advice=site.program.advice))

    @routes.post("/mista")
    def places() -> Response:
        """Suggest places as somebody types; posted, so that a village is in no log either."""
        try:
            typed = _json_object().get("q", "")
        except BodyError as error:
            return problem(error.status, detail=str(error), code=error.code)
        text = typed if isinstance(typed, str) else ""
        found = suggest(text, site.program.places(), limit=SUGGESTIONS)
        return _answer(
            {
                "places": [
                    {
                        "code": one.code,
                        "name": one.name,
                        "municipality": one.municipality,
                        "orp": one.orp,
                        "district": one.district,
                        "label": suggestion_label(one),
                    }
                    for one in found
                ]
            }
        )

    return routes


def read_body(body: Mapping[str, object]) -> Draft:
    """Read the fields of a request; null is the same as nothing.

    Raises:
        BodyError: a field is not one of the contract's.
        AskError: a field is of another type than it should be.
    """
    if surplus := sorted(set(body) - set(FIELDS)):
        fields = ", ".join(FIELDS)
        raise BodyError(
            _("Pole {names} neznáme. Známe tato: {fields}.").format(
                names=", ".join(surplus), fields=fields
            ),
            code="unknown_field",
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    errors: list[FieldError] = []

    def text(name: str) -> str:
        return _text(name, body.get(name), errors)

    def several(name: str) -> tuple[str, ...]:
        return _list(name, body.get(name), errors)

    def truth(name: str) -> str:
        return _truth(name, body.get(name), errors)

    draft = Draft(
        place=text("place"),
        orp=text("orp"),
        says=text("says"),
        age=text("age"),
        care_level=text("care_level"),
        limit=text("limit"),
        needs=several("need"),
        groups=several("group"),
        barriers=several("barrier"),
        forms=several("form"),
        refused=several("refused"),
        without=several("without"),
        sex=text("sex"),
        born=text("born"),
        mobility=text("mobility"),
        languages=several("language"),
        documents=truth("documents"),
        income=truth("income"),
        insurance=truth("insurance"),
        partner=truth("partner"),
        children=text("children"),
        dog=truth("dog"),
        discharge=text("discharge"),
        eviction=text("eviction"),
    )
    if errors:
        raise AskError(errors)
    return draft


def _text(name: str, value: object, errors: list[FieldError]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        errors.append(FieldError(field=name, message=_("Čekáme text nebo celé číslo.")))
        return ""
    return str(value).strip()


def _truth(name: str, value: object, errors: list[FieldError]) -> str:
    if value is None:
        return ""
    if not isinstance(value, bool):
        message = _("Čekáme true, false, nebo null, když to nevíte.")
        errors.append(FieldError(field=name, message=message))
        return ""
    return YES if value else NO


def _list(name: str, value: object, errors: list[FieldError]) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        errors.append(FieldError(field=name, message=_("Čekáme seznam textů.")))
        return ()
    return tuple(value)


def _json_object() -> Mapping[str, object]:
    try:
        body = request.get_json()
    except UnsupportedMediaType:
        raise BodyError(
            _("Pošlete tělo jako application/json."),
            code="not_json",
            status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        ) from None
    except BadRequest:
        body = None
    if not isinstance(body, dict):
        raise BodyError(
            _("Tělo požadavku není objekt JSON."), code="not_json", status=HTTPStatus.BAD_REQUEST
        )
    return body


def _answer(document: Mapping[str, Json]) -> Response:
    return Response(json.dumps(document, ensure_ascii=False), mimetype="application/json")
