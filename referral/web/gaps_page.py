"""The gap report over HTTP: a page with a map and tables, JSON, GeoJSON and files to keep."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request

from referral.catalog.districts import Boundary
from referral.catalog.snapshot import Catalog
from referral.network.evidence import EvidenceReport
from referral.network.gaps import GapReport
from referral.web.boundaries import Boundaries, boundaries_of
from referral.web.calls import call_list
from referral.web.czech import phone_href
from referral.web.drawing import drawn_png, drawn_svg
from referral.web.equity_sentences import WHAT_IT_IS
from referral.web.evidence_document import evidence_document
from referral.web.files import CSV, PNG, SVG, address, attachment, json_answer
from referral.web.gaps_asking import (
    GapsProgram,
    Option,
    Wanted,
    WantedError,
    area_options,
    field_of,
    level_options,
    norm_options,
    rule_options,
    wanted_by_page,
    wanted_by_program,
    wanted_problem,
    wanted_report,
)
from referral.web.gaps_csv import gaps_csv
from referral.web.gaps_document import gaps_document, gaps_geojson
from referral.web.gaps_map_data import (
    SWATCHES,
    inline_json,
    map_data,
    orp_shapes,
    place_shapes,
)
from referral.web.gaps_orp import orp_picture, unknown_sentence
from referral.web.gaps_packed import is_packed, packed_data, packed_shapes
from referral.web.gaps_presenter import ALL_RULES, GapsView, gaps_view
from referral.web.lorenz import equity_views
from referral.web.pictures import Picture, picture_data, picture_of, picture_shapes
from referral.web.presenters.document import Json
from referral.web.translation import _
from referral.web.xlsx import MIMETYPE, gaps_workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """A report with what it is shown with."""

    report: GapReport
    catalog: Catalog
    boundaries: Boundaries
    wanted: Wanted
    evidence: Callable[[], EvidenceReport] | None


def gaps_pages(
    program: GapsProgram,
    *,
    norms: Sequence[str],
    imported: Callable[[], Iterable[Boundary]] = tuple,
    evidence: Callable[[str | None, str | None], EvidenceReport] | None = None,
) -> Blueprint:
    """Return the routes of the gap report.

    ``norms`` are the names of norms to choose from, ``imported`` gives the borders that the maps
    draw; where it gives none, approximate ones are made. ``evidence`` of an area and level goes
    into the workbook and the document.
    """
    pages = Blueprint("gaps", __name__)

    def answer(wanted: Wanted) -> _Answer:
        report = wanted_report(program, wanted, norms)
        catalog = program.catalog()
        boundaries = boundaries_of(catalog.territory, imported())
        return _Answer(
            report=report,
            catalog=catalog,
            boundaries=boundaries,
            wanted=wanted,
            evidence=None if evidence is None else partial(evidence, wanted.area, wanted.level),
        )

    def respond(face: Callable[[_Answer], Response]) -> Response:
        try:
            return face(answer(wanted_by_program(request.args)))
        except WantedError as error:
            return wanted_problem(error)

    @pages.get("/mezery")
    def page() -> str | tuple[str, int]:
        wanted = wanted_by_page(request.args)
        try:
            return _page(answer(wanted), program, norms)
        except WantedError as error:
            page = _page_to_mend(error, program, wanted, norms)
            return page, HTTPStatus.UNPROCESSABLE_ENTITY

    for path, (name, face) in _FACES.items():
        pages.add_url_rule(path, name, partial(respond, face), methods=["GET"])
    return pages


def _document(one: _Answer) -> Response:
    document = gaps_document(one.report, one.catalog)
    if one.evidence is not None:
        beside = evidence_document(one.evidence(), one.report, one.catalog)
        document = {**document, "evidence": beside}
    return json_answer(document)


def _geojson(one: _Answer) -> Response:
    document = gaps_geojson(one.report, one.catalog, one.boundaries)
    return json_answer(document, "application/geo+json")


def _workbook(one: _Answer) -> Response:
    evidence = None if one.evidence is None else one.evidence()
    content = gaps_workbook(one.report, one.catalog, evidence)
    return _attachment(content, MIMETYPE, one.report, "xlsx")


def _file(one: _Answer) -> Response:
    from referral.web.maps import standalone_map  # noqa: PLC0415 - folium takes 0.3 s to import

    page = standalone_map(one.report, one.catalog, boundaries=one.boundaries, rule=one.wanted.rule)
    return _attachment(page.encode(), "text/html; charset=utf-8", one.report, "html")


def _table(one: _Answer) -> Response:
    return _attachment(gaps_csv(one.report, one.catalog), CSV, one.report, "csv")


def _svg(one: _Answer) -> Response:
    drawn = drawn_svg(_picture(one), one.catalog, one.boundaries)
    return _attachment(drawn.encode(), SVG, one.report, "svg")


def _png(one: _Answer) -> Response:
    drawn = drawn_png(_picture(one), one.catalog, one.boundaries)
    return _attachment(drawn, PNG, one.report, "png")


_FACES: Mapping[str, tuple[str, Callable[[_Answer], Response]]] = {
    "/mezery.xlsx": ("workbook", _workbook),
    "/mezery.csv": ("csv", _table),
    "/mezery.html": ("file", _file),
    "/mezery.svg": ("svg", _svg),
    "/mezery.png": ("png", _png),
    "/api/gaps": ("document", _document),
    "/api/gaps.geojson": ("geojson", _geojson),
}


def _picture(one: _Answer, view: GapsView | None = None) -> Picture:
    """Return the map that is wanted: of municipalities, or of ORPs."""
    shown = view or gaps_view(one.report, one.catalog, rule=one.wanted.rule)
    if one.wanted.by_orp:
        return orp_picture(one.report, one.catalog, shown)
    return picture_of(shown, one.report.municipalities)


def _attachment(content: bytes, content_type: str, report: GapReport, ending: str) -> Response:
    """Answer with a file to keep, named after the area."""
    name = f"mezery {report.area}"
    return attachment(content, content_type, name=name, ending=ending)


def _page(one: _Answer, program: GapsProgram, norms: Sequence[str]) -> str:
    report, catalog, wanted = one.report, one.catalog, one.wanted
    view = gaps_view(report, catalog, rule=wanted.rule)
    picture = _picture(one, view) if wanted.by_orp else None
    here = wanted.pairs()
    same = {"area": wanted.area, "level": wanted.level, "norm": wanted.norm}
    drawn = {**same, "rule": wanted.rule, "uroven": here.get("uroven")}
    return render_template(
        "gaps/index.html",
        title=_("Mezery v\u00a0síti služeb: {area}").format(area=view.area),
        errors=(),
        wrong=(),
        desk_query=here,
        areas=area_options(catalog.territory, wanted),
        rules=rule_options(view),
        levels=level_options(wanted),
        norms=norm_options(program, norms, report.norm.id),
        view=view,
        picture=picture,
        legends=view.legend,
        shown=[item.key for item in view.legend],
        swatches=SWATCHES if picture is None else picture.looks(),
        boundaries_note=one.boundaries.note,
        unknown_note=unknown_sentence(report, wanted.rule),
        calls=[(call, phone_href(call.phone or "")) for call in call_list(report, catalog)],
        equity=equity_views(report, catalog, wanted.rule),
        equity_note=WHAT_IT_IS,
        rule_links={
            row.code: _address("page", {**here, "pravidlo": row.code}) for row in view.rules
        },
        downloads={
            "xlsx": _address("workbook", same),
            "csv": _address("csv", same),
            "file": _address("file", {**same, "rule": wanted.rule}),
            "png": _address("png", drawn),
            "svg": _address("svg", drawn),
            "geojson": _address("geojson", same),
            "json": _address("document", same),
        },
        picture_link=_address("svg", drawn),
        map_html="",
        **_map_of(one, view, picture),
    )


def _map_of(one: _Answer, view: GapsView, picture: Picture | None) -> dict[str, object]:
    """Return the data of the map for the page's script, packed where there is too much of it."""
    report, catalog, boundaries = one.report, one.catalog, one.boundaries
    if picture is not None:
        return {
            "packed": False,
            "data": inline_json(picture_data(picture, catalog, boundaries)),
            "shapes": inline_json(picture_shapes(picture, catalog, boundaries)),
        }
    packed = is_packed(report)
    data = map_data([view], report, catalog, boundaries)
    shapes: dict[str, Json] = (
        packed_shapes(report, catalog, boundaries)
        if packed
        else {
            "places": place_shapes(report, boundaries),
            "orps": orp_shapes(report, catalog, boundaries),
        }
    )
    return {
        "packed": packed,
        "data": inline_json(packed_data(data) if packed else data),
        "shapes": inline_json(shapes),
    }


def _address(route: str, query: Mapping[str, str | None]) -> str:
    """Return the address of one of our routes with what is not empty of a query."""
    return address(f".{route}", query)


def _page_to_mend(
    error: WantedError, program: GapsProgram, wanted: Wanted, norms: Sequence[str]
) -> str:
    """Return the page with the sentence about what is wrong and the choices there are."""
    field = field_of(error)
    return render_template(
        "gaps/index.html",
        title=_("Mezery v\u00a0síti služeb"),
        errors=[{"field": field, "message": str(error)}],
        wrong=(field,),
        desk_query={},
        levels=level_options(wanted),
        areas=area_options(program.catalog().territory, wanted),
        rules=[Option(value=ALL_RULES, label=_("všechna pravidla"), chosen=True)],
        norms=norm_options(program, norms, wanted.norm or ""),
        view=None,
    )
