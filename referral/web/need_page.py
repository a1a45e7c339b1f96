"""Need beside the gap: the map of nine classes, its table and its files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request

from referral.catalog.districts import Boundary
from referral.catalog.snapshot import Catalog
from referral.network.gaps import GapReport
from referral.web.boundaries import Boundaries, boundaries_of
from referral.web.drawing import drawn_png, drawn_svg
from referral.web.files import CSV, PNG, SVG, address, attachment
from referral.web.gaps_asking import (
    Option,
    Wanted,
    WantedError,
    area_options,
    field_of,
    norm_options,
    wanted_by_page,
    wanted_problem,
    wanted_report,
)
from referral.web.gaps_csv import picture_csv
from referral.web.gaps_map_data import inline_json
from referral.web.gaps_presenter import norm_card
from referral.web.gaps_sentences import rule_name
from referral.web.need_crossing import usual_need
from referral.web.need_presenter import NeedView, need_view
from referral.web.need_sentences import EVIDENCE, NEED_LABELS, NeedKind
from referral.web.pictures import picture_data, picture_shapes
from referral.web.planning import PlanningProgram
from referral.web.translation import _

LEVELS: Mapping[str, str] = {"": _("obce"), "orp": _("ORP")}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    wanted: Wanted
    need: str
    level: str

    def pairs(self) -> dict[str, str]:
        told = {**self.wanted.pairs(), "potreba": self.need, "uroven": self.level}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    report: GapReport
    catalog: Catalog
    boundaries: Boundaries
    view: NeedView
    kind: NeedKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Face:
    """A file that holds the same as the page."""

    ending: str
    content_type: str
    draw: Callable[[_Answer], bytes]


_FACES = (
    _Face(
        ending="svg",
        content_type=SVG,
        draw=lambda one: drawn_svg(one.view.picture, one.catalog, one.boundaries).encode(),
    ),
    _Face(
        ending="png",
        content_type=PNG,
        draw=lambda one: drawn_png(one.view.picture, one.catalog, one.boundaries),
    ),
    _Face(ending="csv", content_type=CSV, draw=lambda one: picture_csv(one.view.picture)),
)


def _asked() -> _Asked:
    return _Asked(
        wanted=wanted_by_page(request.args),
        need=request.args.get("potreba", "").strip(),
        level=request.args.get("uroven", "").strip(),
    )


def need_pages(
    program: PlanningProgram,
    *,
    norms: Sequence[str],
    imported: Callable[[], Iterable[Boundary]] = tuple,
) -> Blueprint:
    """Return the page about need and gap, and its files."""
    pages = Blueprint("need", __name__)

    def answer(one: _Asked) -> _Answer:
        if one.need and one.need not in set(NeedKind):
            raise WantedError(_("Takovou potřebu neznáme; vyberte ji ze seznamu."), field="potreba")
        if one.level not in LEVELS:
            raise WantedError(_("Mapa umí úroveň obcí, nebo ORP."), field="uroven")
        report = wanted_report(program, one.wanted, norms)
        rule = next((rule for rule in report.norm.rules if rule.code == one.wanted.rule), None)
        kind = NeedKind(one.need) if one.need else usual_need(rule)
        evidence = None
        if kind in EVIDENCE:
            evidence = program.evidence(one.wanted.area, one.wanted.level)
        catalog = program.catalog()
        return _Answer(
            report=report,
            catalog=catalog,
            boundaries=boundaries_of(catalog.territory, imported()),
            view=need_view(
                report, evidence, catalog, rule=rule, kind=kind, by_orp=one.level == "orp"
            ),
            kind=kind,
        )

    def respond(face: _Face) -> Response:
        try:
            one = answer(_asked())
        except WantedError as error:
            return wanted_problem(error)
        name = _("potřeba a mezera {area}").format(area=one.report.area)
        return attachment(face.draw(one), face.content_type, name=name, ending=face.ending)

    @pages.get("/mezery/potreba")
    def page() -> str | tuple[str, int]:
        one = _asked()
        try:
            return _page(program, one, norms, answer(one))
        except WantedError as error:
            text = _page(program, one, norms, None, error=error)
            return text, HTTPStatus.UNPROCESSABLE_ENTITY

    for face in _FACES:
        pages.add_url_rule(
            f"/mezery/potreba.{face.ending}", face.ending, partial(respond, face), methods=["GET"]
        )
    return pages


def _page(
    program: PlanningProgram,
    one: _Asked,
    norms: Sequence[str],
    told: _Answer | None,
    *,
    error: WantedError | None = None,
) -> str:
    catalog = program.catalog()
    report = program.gaps() if told is None else told.report
    query = one.pairs()
    view = None if told is None else told.view
    return render_template(
        "gaps/need.html",
        title=_("Kde je potřeba velká a\u00a0síť řídká"),
        errors=() if error is None else [{"field": field_of(error), "message": str(error)}],
        desk_query=one.wanted.pairs(),
        areas=area_options(catalog.territory, one.wanted),
        rules=(
            Option(value="", label=_("všechna pravidla"), chosen=not one.wanted.rule),
            *(
                Option(
                    value=rule.code,
                    label=rule_name(rule, catalog.vocabulary),
                    chosen=rule.code == one.wanted.rule,
                )
                for rule in report.norm.rules
            ),
        ),
        norms=norm_options(program, norms, report.norm.id),
        needs=(
            Option(value="", label=_("lidé, které pravidlo počítá (výchozí)"), chosen=not one.need),
            *(
                Option(value=kind.value, label=label, chosen=kind.value == one.need)
                for kind, label in NEED_LABELS.items()
            ),
        ),
        levels=tuple(
            Option(value=value, label=label, chosen=value == one.level)
            for value, label in LEVELS.items()
        ),
        norm=norm_card(report.norm),
        view=view,
        picture=None if view is None else view.picture,
        swatches={} if view is None else view.picture.looks(),
        boundaries_note="" if told is None else told.boundaries.note,
        picture_link=address("need.svg", query),
        downloads={kind: address(f"need.{kind}", query) for kind in ("csv", "svg", "png")},
        data=""
        if told is None
        else inline_json(picture_data(told.view.picture, catalog, told.boundaries)),
        shapes=""
        if told is None
        else inline_json(picture_shapes(told.view.picture, catalog, told.boundaries)),
    )
