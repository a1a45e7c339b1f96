"""The gap report over HTTP: a page with a map and tables, JSON, GeoJSON and files to keep."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, json, render_template, request, url_for

from referral.catalog.districts import Boundary
from referral.catalog.snapshot import Catalog
from referral.network.gaps import GapReport
from referral.text import fold
from referral.web.boundaries import Boundaries, boundaries_of
from referral.web.gaps_asking import (
    GapsProgram,
    Option,
    Wanted,
    WantedError,
    area_options,
    norm_options,
    rule_options,
    wanted_by_page,
    wanted_by_program,
    wanted_report,
)
from referral.web.gaps_document import gaps_document, gaps_geojson
from referral.web.gaps_map_data import (
    SWATCHES,
    inline_json,
    map_data,
    orp_shapes,
    place_shapes,
)
from referral.web.gaps_presenter import ALL_RULES, gaps_view
from referral.web.presenters.document import Json
from referral.web.problems import problem
from referral.web.translation import _
from referral.web.xlsx import MIMETYPE, gaps_workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """A report with what it is shown with."""

    report: GapReport
    catalog: Catalog
    boundaries: Boundaries
    wanted: Wanted


def gaps_pages(
    program: GapsProgram,
    *,
    norms: Sequence[str],
    imported: Callable[[], Iterable[Boundary]] = tuple,
) -> Blueprint:
    """Return the routes of the gap report.

    ``norms`` are the names of norms to choose from, ``imported`` gives the borders that the maps
    draw; where it gives none, approximate ones are made.
    """
    pages = Blueprint("gaps", __name__)

    def answer(wanted: Wanted) -> _Answer:
        report = wanted_report(program, wanted, norms)
        catalog = program.catalog()
        boundaries = boundaries_of(catalog.territory, imported())
        return _Answer(report=report, catalog=catalog, boundaries=boundaries, wanted=wanted)

    def respond(face: Callable[[_Answer], Response]) -> Response:
        try:
            return face(answer(wanted_by_program(request.args)))
        except WantedError as error:
            return _problem(error)

    @pages.get("/mezery")
    def page() -> str | tuple[str, int]:
        wanted = wanted_by_page(request.args)
        try:
            return _page(answer(wanted), norms)
        except WantedError as error:
            page = _page_to_mend(error, program.catalog(), wanted, norms)
            return page, HTTPStatus.UNPROCESSABLE_ENTITY

    @pages.get("/mezery.xlsx")
    def workbook() -> Response:
        return respond(_workbook)

    @pages.get("/mezery.html")
    def file() -> Response:
        return respond(_file)

    @pages.get("/api/gaps")
    def document() -> Response:
        return respond(_document)

    @pages.get("/api/gaps.geojson")
    def geojson() -> Response:
        return respond(_geojson)

    return pages


def _problem(error: WantedError) -> Response:
    named: Json = [{"field": error.field, "code": "invalid", "message": str(error)}]
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        detail=str(error),
        code="invalid",
        extra={"error": "invalid", "errors": named},
    )


def _document(one: _Answer) -> Response:
    return _json(gaps_document(one.report, one.catalog), "application/json")


def _geojson(one: _Answer) -> Response:
    return _json(gaps_geojson(one.report, one.catalog, one.boundaries), "application/geo+json")


def _workbook(one: _Answer) -> Response:
    return _attachment(gaps_workbook(one.report, one.catalog), MIMETYPE, one.report, "xlsx")


def _file(one: _Answer) -> Response:
    from referral.web.maps import standalone_map  # noqa: PLC0415 - folium takes 0.3 s to import

    page = standalone_map(one.report, one.catalog, boundaries=one.boundaries, rule=one.wanted.rule)
    return _attachment(page.encode(), "text/html; charset=utf-8", one.report, "html")


def _json(document: Mapping[str, Json], mimetype: str) -> Response:
    text = json.dumps(document, ensure_ascii=False, sort_keys=False, separators=(",", ":"))
    return Response(text, mimetype=mimetype)


def _attachment(content: bytes, content_type: str, report: GapReport, ending: str) -> Response:
    """Answer with a file to keep, named after the area."""
    plain = "-".join(fold(report.area).split())
    name = f"mezery {report.area}.{ending}"
    return Response(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": (
                f"attachment; filename=\"mezery-{plain}.{ending}\"; filename*=UTF-8''{quote(name)}"
            )
        },
    )


def _page(one: _Answer, norms: Sequence[str]) -> str:
    report, catalog, boundaries, wanted = one.report, one.catalog, one.boundaries, one.wanted
    view = gaps_view(report, catalog, rule=wanted.rule)
    shapes: dict[str, Json] = {
        "places": place_shapes(report, boundaries),
        "orps": orp_shapes(report, catalog, boundaries),
    }
    here = wanted.pairs()
    same = {"area": wanted.area, "level": wanted.level, "norm": wanted.norm}
    return render_template(
        "gaps/index.html",
        title=_("Mezery v\u00a0síti služeb: {area}").format(area=view.area),
        errors=(),
        wrong=(),
        areas=area_options(catalog.territory, wanted),
        rules=rule_options(view),
        norms=norm_options(norms, report.norm.id),
        view=view,
        legends=view.legend,
        shown=[item.key for item in view.legend],
        swatches=SWATCHES,
        boundaries_note=boundaries.note,
        rule_links={
            row.code: _address("page", {**here, "pravidlo": row.code}) for row in view.rules
        },
        downloads={
            "xlsx": _address("workbook", same),
            "file": _address("file", {**same, "rule": wanted.rule}),
            "geojson": _address("geojson", same),
            "json": _address("document", same),
        },
        map_html="",
        data=inline_json(map_data([view], report, catalog, boundaries)),
        shapes=inline_json(shapes),
    )


def _address(route: str, query: Mapping[str, str | None]) -> str:
    """Return the address of one of our routes with what is not empty of a query."""
    asked = urlencode({name: value for name, value in query.items() if value})
    return url_for(f".{route}") + (f"?{asked}" if asked else "")


def _page_to_mend(
    error: WantedError, catalog: Catalog, wanted: Wanted, norms: Sequence[str]
) -> str:
    """Return the page with the sentence about what is wrong and the choices there are."""
    field = {"area": "oblast", "level": "oblast", "norm": "norma", "rule": "pravidlo"}[error.field]
    return render_template(
        "gaps/index.html",
        title=_("Mezery v\u00a0síti služeb"),
        errors=[{"field": field, "message": str(error)}],
        wrong=(field,),
        areas=area_options(catalog.territory, wanted),
        rules=[Option(value=ALL_RULES, label=_("všechna pravidla"), chosen=True)],
        norms=norm_options(norms, wanted.norm or ""),
        view=None,
    )
