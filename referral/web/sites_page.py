"""Where a new service would help most: a form, a map, a list, and files to keep.

Everything is asked by an address, for nothing in it is about a client.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from referral.catalog.districts import Boundary
from referral.catalog.snapshot import Catalog
from referral.ingest.scenario_text import scenario_toml
from referral.network.capacity_plan import CapacityReport, CapacityWish
from referral.network.errors import PlacementError, ScenarioError
from referral.network.gaps import GapReport
from referral.network.norms import Metric, NormError
from referral.network.sites import SitesReport, Wish
from referral.usecases.find_area import AreaLevel, find_area
from referral.web.boundaries import Boundaries, boundaries_of
from referral.web.capacity_document import capacity_document
from referral.web.capacity_presenter import capacity_view
from referral.web.drawing import drawn_png, drawn_svg
from referral.web.files import PNG, SVG, TOML, XLSX, address, attachment, json_answer
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
from referral.web.gaps_map_data import inline_json
from referral.web.gaps_sentences import rule_name
from referral.web.pictures import picture_data, picture_shapes
from referral.web.planning import BusyError, Kept, PlanningProgram
from referral.web.problems import problem
from referral.web.sites_asking import (
    CAPACITY,
    MEANS_LABELS,
    MOST,
    WAYS,
    SitesDraft,
    capacity_wish_of,
    hints_of,
    in_words_of_the_form,
    read_sites_draft,
    wish_of,
)
from referral.web.sites_document import sites_document
from referral.web.sites_presenter import SitesView, sites_view
from referral.web.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """Suggested places with what they are shown with."""

    report: SitesReport | CapacityReport
    gaps: GapReport
    catalog: Catalog
    view: SitesView
    boundaries: Boundaries


def sites_pages(
    program: PlanningProgram,
    *,
    norms: Sequence[str],
    today: Callable[[], date],
    imported: Callable[[], Iterable[Boundary]] = tuple,
) -> Blueprint:
    """Return the page that suggests new places, and its files."""
    pages = Blueprint("sites", __name__)
    kept: Kept[SitesReport | CapacityReport] = Kept()

    def answer(wanted: Wanted, draft: SitesDraft) -> _Answer:
        if not draft.rule:
            raise WantedError(
                _("Vyberte pravidlo, kterému má nové místo pomoci."), field="pravidlo"
            )
        gaps = wanted_report(program, wanted, norms)
        catalog = program.catalog()
        wish = _wish(draft, gaps, program)
        report = kept.get(
            (wanted.area, wanted.level, gaps.norm, wish),
            lambda: _suggested(program, wanted, wish, gaps, today()),
            catalog=catalog,
            today=today(),
        )
        return _Answer(
            report=report,
            gaps=gaps,
            catalog=catalog,
            view=capacity_view(report, gaps, catalog)
            if isinstance(report, CapacityReport)
            else sites_view(report, gaps, catalog, program.workforce),
            boundaries=boundaries_of(catalog.territory, imported()),
        )

    def respond(face: Callable[[_Answer], Response]) -> Response:
        wanted, draft = _asked()
        try:
            return face(answer(wanted, draft))
        except WantedError as error:
            return wanted_problem(error)
        except BusyError:
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, detail=_BUSY)

    @pages.get("/mezery/mista")
    def page() -> ResponseReturnValue:
        wanted, draft = _asked()
        try:
            told = answer(wanted, draft) if draft.rule else None
            return _page(program, wanted, draft, norms, told)
        except WantedError as error:
            text = _page(program, wanted, draft, norms, None, error=error)
            return text, HTTPStatus.UNPROCESSABLE_ENTITY
        except BusyError:
            text = _page(
                program, wanted, draft, norms, None, error=WantedError(_BUSY, field="pravidlo")
            )
            return text, HTTPStatus.SERVICE_UNAVAILABLE

    for ending, face in _FACES.items():
        pages.add_url_rule(
            f"/mezery/mista.{ending}", ending, partial(respond, face), methods=["GET"]
        )
    return pages


_BUSY = _("Právě se počítají jiná zadání. Zkuste to za chvíli znovu.")


def _asked() -> tuple[Wanted, SitesDraft]:
    return wanted_by_page(request.args), read_sites_draft(request.args)


def _wish(draft: SitesDraft, gaps: GapReport, program: PlanningProgram) -> Wish | CapacityWish:
    """Return what is asked for: capacity where the rule measures it and nothing else is said."""
    measured = {rule.code for rule in gaps.norm.rules if rule.metric is Metric.CAPACITY}
    if draft.means == CAPACITY or (not draft.means and draft.rule in measured):
        return capacity_wish_of(draft)
    return wish_of(draft, places=program.places())


def _suggested(
    program: PlanningProgram,
    wanted: Wanted,
    wish: Wish | CapacityWish,
    gaps: GapReport,
    today: date,
) -> SitesReport | CapacityReport:
    from referral.usecases.add_capacity import add_capacity  # noqa: PLC0415 - brings the solver
    from referral.usecases.suggest_sites import suggest_sites  # noqa: PLC0415 - as above

    catalog = program.catalog()
    level = AreaLevel(wanted.level) if wanted.level else None
    where = find_area(wanted.area, territory=catalog.territory, level=level)
    try:
        if isinstance(wish, CapacityWish):
            return add_capacity(
                where.municipalities,
                area=where.name,
                wish=wish,
                norm=gaps.norm,
                catalog=catalog,
                policy=program.policy,
                today=today,
                travel=program.travel,
                demand=program.age_demand,
            )
        return suggest_sites(
            where.municipalities,
            area=where.name,
            wish=wish,
            norm=gaps.norm,
            workforce=program.workforce,
            catalog=catalog,
            policy=program.policy,
            today=today,
            travel=program.travel,
        )
    except (PlacementError, ScenarioError) as error:
        raise WantedError(in_words_of_the_form(str(error)), field="cim") from error


def _file(one: _Answer, content: bytes, content_type: str, ending: str) -> Response:
    name = _("nova mista {area} {rule}").format(area=one.report.area, rule=one.report.rule.code)
    return attachment(content, content_type, name=name, ending=ending)


def _workbook(one: _Answer) -> Response:
    from referral.web.capacity_document import capacity_workbook  # noqa: PLC0415 - rarely asked for
    from referral.web.sites_workbook import sites_workbook  # noqa: PLC0415 - as above

    content = (
        capacity_workbook(one.report, one.catalog)
        if isinstance(one.report, CapacityReport)
        else sites_workbook(one.report, one.catalog)
    )
    return _file(one, content, XLSX, "xlsx")


def _scenario(one: _Answer) -> Response:
    if not one.report.scenario.changes:
        raise WantedError(_("Není co uložit: žádné místo mezeru nezmenší."), field="pravidlo")
    return _file(one, scenario_toml(one.report.scenario).encode(), TOML, "toml")


def _svg(one: _Answer) -> Response:
    drawn = drawn_svg(one.view.picture, one.catalog, one.boundaries)
    return _file(one, drawn.encode(), SVG, "svg")


def _png(one: _Answer) -> Response:
    return _file(one, drawn_png(one.view.picture, one.catalog, one.boundaries), PNG, "png")


def _document(one: _Answer) -> Response:
    if isinstance(one.report, CapacityReport):
        return json_answer(capacity_document(one.report))
    return json_answer(sites_document(one.report))


_FACES: Mapping[str, Callable[[_Answer], Response]] = {
    "xlsx": _workbook,
    "json": _document,
    "toml": _scenario,
    "svg": _svg,
    "png": _png,
}


def _page(
    program: PlanningProgram,
    wanted: Wanted,
    draft: SitesDraft,
    norms: Sequence[str],
    told: _Answer | None,
    *,
    error: WantedError | None = None,
) -> str:
    catalog = program.catalog()
    query = {**wanted.pairs(), **draft.pairs()}
    picture = None if told is None else told.view.picture
    return render_template(
        "gaps/sites.html",
        title=_("Kde by nová služba pomohla nejvíc"),
        errors=() if error is None else [{"field": field_of(error), "message": str(error)}],
        areas=area_options(catalog.territory, wanted),
        rules=_rule_options(program, wanted, norms, draft.rule),
        norms=norm_options(program, norms, wanted.norm or ""),
        means=tuple(
            Option(value=value, label=label, chosen=value == draft.means)
            for value, label in MEANS_LABELS.items()
        ),
        draft=draft,
        hints=hints_of(program.workforce),
        ways=tuple(
            Option(value=value, label=label, chosen=value == draft.way)
            for value, label in WAYS.items()
        ),
        desk_query=wanted.pairs(),
        most=MOST,
        view=None if told is None else told.view,
        picture=picture,
        swatches={} if picture is None else picture.looks(),
        boundaries_note="" if told is None else told.boundaries.note,
        downloads={kind: address(f"sites.{kind}", query) for kind in _FACES},
        gaps_link=address("gaps.page", wanted.pairs()),
        scenario_text=_scenario_text(told),
        data=""
        if told is None
        else inline_json(picture_data(told.view.picture, catalog, told.boundaries)),
        shapes=""
        if told is None
        else inline_json(picture_shapes(told.view.picture, catalog, told.boundaries)),
        picture_link=address("sites.svg", query),
    )


def _scenario_text(told: _Answer | None) -> str:
    return (
        ""
        if told is None or not told.report.scenario.changes
        else scenario_toml(told.report.scenario)
    )


def _rule_options(
    program: PlanningProgram, wanted: Wanted, norms: Sequence[str], chosen: str
) -> tuple[Option, ...]:
    """Return the rules of the wanted norm by name; of the usual one where the wanted is wrong."""
    named = wanted.norm if wanted.norm in norms else None
    try:
        norm = program.norm(named)
    except NormError:
        norm = program.norm(None)
    words = program.catalog().vocabulary
    first = Option(value="", label=_("vyberte pravidlo"), chosen=not chosen)
    return (
        first,
        *(
            Option(value=rule.code, label=rule_name(rule, words), chosen=rule.code == chosen)
            for rule in norm.rules
        ),
    )
