"""What if: a scenario written, uploaded or put together in a form, held beside the present.

The scenario travels with each request and is kept nowhere; not in the database, not in an address.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from referral.catalog.districts import Boundary
from referral.catalog.model import CapacityUnit, Service
from referral.catalog.snapshot import Catalog
from referral.ingest.scenario_text import (
    ScenarioTextError,
    located,
    read_scenario_text,
    scenario_toml,
)
from referral.network.errors import ScenarioError
from referral.network.scenario_parser import Kind
from referral.network.scenarios import Scenario
from referral.usecases.compare_scenarios import Comparison
from referral.usecases.find_area import Area, AreaLevel, UnknownAreaError, find_area
from referral.web.boundaries import Boundaries, boundaries_of
from referral.web.drawing import drawn_png, drawn_svg
from referral.web.files import PNG, SVG, TOML, XLSX, attachment, json_answer
from referral.web.gaps_asking import (
    Option,
    Wanted,
    area_options,
    norm_options,
    wanted_by_page,
)
from referral.web.gaps_map_data import inline_json
from referral.web.pictures import picture_data, picture_shapes
from referral.web.planning import BusyError, PlanningProgram, Turns
from referral.web.presenters.document import Json
from referral.web.problems import problem
from referral.web.refusing import service_label
from referral.web.scenario_asking import (
    MOST_CHANGES,
    NO_CHANGE,
    BuilderError,
    ChangeDraft,
    change_of,
    read_change_draft,
    with_change,
    without_change,
)
from referral.web.scenario_presenter import ScenarioView, scenario_view
from referral.web.scenario_sentences import FORM_NAMES, UNITS
from referral.web.sites_document import comparison_document
from referral.web.translation import _

KIND_NAMES = {
    Kind.ADD: _("přidat službu"),
    Kind.CLOSE: _("zavřít službu"),
    Kind.MOVE: _("přestěhovat službu"),
    Kind.EXTEND: _("rozšířit, kam služba jezdí"),
    Kind.CAPACITY: _("změnit kapacitu"),
}
_BUSY = _("Právě se počítají jiná zadání. Zkuste to za chvíli znovu.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What is wrong: a sentence, the field of the page, and in a text the line and the key."""

    message: str
    field: str
    where: str = ""
    excerpt: str = ""
    services: tuple[Service, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A scenario held beside the present, with what it is shown with."""

    comparison: Comparison
    catalog: Catalog
    view: ScenarioView
    boundaries: Boundaries


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What a page shows: the text as it stands, what is wrong with it, and the answer."""

    wanted: Wanted
    text: str = ""
    draft: ChangeDraft = NO_CHANGE
    told: _Told | None = None
    mistake: Mistake | None = None
    status: HTTPStatus = HTTPStatus.OK


def scenario_pages(
    program: PlanningProgram,
    *,
    norms: Sequence[str],
    today: Callable[[], date],
    imported: Callable[[], Iterable[Boundary]] = tuple,
) -> Blueprint:
    """Return the page about scenarios, and its files."""
    pages = Blueprint("scenario", __name__)
    turns = Turns()

    def compared(scenario: Scenario, wanted: Wanted) -> _Told:
        with turns.turn():
            return _compared(program, scenario, wanted, norms, today(), imported)

    @pages.get("/mezery/scenar")
    def page() -> ResponseReturnValue:
        return _page(program, _State(wanted=wanted_by_page(request.args)), norms)

    @pages.post("/mezery/scenar")
    def answer() -> ResponseReturnValue:
        state = _answered(program, compared)
        return _page(program, state, norms), state.status

    def file(face: Callable[[_Told], Response]) -> Response:
        text = request.form.get("text", "")
        try:
            return face(compared(read_scenario_text(text), wanted_by_page(request.form)))
        except ScenarioError as error:
            return _problem(_mistake(error, text))
        except BusyError:
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, detail=_BUSY)

    for ending, face in _FACES.items():
        pages.add_url_rule(
            f"/mezery/scenar.{ending}", ending, partial(file, face), methods=["POST"]
        )
    return pages


def _answered(program: PlanningProgram, compared: Callable[[Scenario, Wanted], _Told]) -> _State:
    """Do what the button asks, and hold what comes out beside the present."""
    state = _State(wanted=wanted_by_page(request.form), draft=read_change_draft(request.form))
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        state = replace(state, text=_sent_text())
        step = request.form.get("krok", "")
        scenario = None
        if state.text.strip() or step != "pridej":
            scenario = read_scenario_text(state.text)
        if step == "pridej":
            change = change_of(state.draft, catalog=program.catalog(), places=program.places())
            name = request.form.get("nazev", "").strip()
            scenario = with_change(scenario, change, name=name)
            state = replace(state, text=scenario_toml(scenario), draft=NO_CHANGE)
        elif step.startswith("odeber-") and scenario is not None:
            position = step.removeprefix("odeber-")
            left = without_change(scenario, int(position) if position.isdecimal() else 0)
            if left is None:
                return replace(state, text="", draft=NO_CHANGE)
            scenario = left
            state = replace(state, text=scenario_toml(left))
        assert scenario is not None  # noqa: S101 - read, or made by the change
        return replace(state, told=compared(scenario, state.wanted))
    except ScenarioError as error:
        return replace(state, mistake=_mistake(error, state.text), status=wrong)
    except BuilderError as error:
        mistake = Mistake(message=str(error), field=error.field, services=error.services)
        state = replace(state, mistake=mistake, status=wrong)
        if scenario is not None:
            state = replace(state, told=_still(scenario, state.wanted, compared))
        return state
    except BusyError:
        return replace(
            state,
            mistake=Mistake(message=_BUSY, field="text"),
            status=HTTPStatus.SERVICE_UNAVAILABLE,
        )


def _still(
    scenario: Scenario, wanted: Wanted, compared: Callable[[Scenario, Wanted], _Told]
) -> _Told | None:
    """Return what the scenario says without the change that could not be read, if anything."""
    try:
        return compared(scenario, wanted)
    except (ScenarioError, BusyError):
        return None


def _sent_text() -> str:
    """Return the text of the uploaded file, or else what stands in the field."""
    upload = request.files.get("soubor")
    if upload is None or not upload.filename:
        return request.form.get("text", "").replace("\r\n", "\n")
    try:
        content: bytes = upload.read()
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ScenarioTextError(
            _("soubor není text v\u00a0kódování UTF-8; uložte ho jako prostý text")
        ) from None


def _compared(
    program: PlanningProgram,
    scenario: Scenario,
    wanted: Wanted,
    norms: Sequence[str],
    today: date,
    imported: Callable[[], Iterable[Boundary]],
) -> _Told:
    from referral.usecases.compare_scenarios import compare_scenario  # noqa: PLC0415 - brings scipy

    if len(scenario.changes) > MOST_CHANGES:
        raise ScenarioTextError(
            _(
                "změn je {n}; stránka jich spočítá nejvýš {most}, víc příkaz referral scenario"
            ).format(n=len(scenario.changes), most=MOST_CHANGES),
            key="changes",
        )
    catalog = program.catalog()
    where = _area(scenario, wanted, catalog)
    name = wanted.norm or scenario.norm
    if name is not None and name not in norms:
        raise ScenarioTextError(
            _("normu „{norm}“ nemáme; možnosti jsou: {norms}").format(
                norm=name, norms=", ".join(norms)
            ),
            key="norm",
        )
    comparison = compare_scenario(
        scenario,
        where.municipalities,
        area=where.name,
        norm=program.norm(name),
        catalog=catalog,
        policy=program.policy,
        today=today,
        travel=program.travel,
        demand=program.age_demand,
    )
    title = {AreaLevel.ORP: "ORP {name}", AreaLevel.DISTRICT: _("okres {name}")}
    pattern = title.get(where.level, "{name}") if where.level is not None else "{name}"
    return _Told(
        comparison=comparison,
        catalog=catalog,
        view=scenario_view(
            comparison, catalog, where.municipalities, area=pattern.format(name=where.name)
        ),
        boundaries=boundaries_of(catalog.territory, imported()),
    )


def _area(scenario: Scenario, wanted: Wanted, catalog: Catalog) -> Area:
    named = wanted.area or scenario.area
    level = AreaLevel(wanted.level) if wanted.area and wanted.level in set(AreaLevel) else None
    try:
        return find_area(named, territory=catalog.territory, level=level)
    except UnknownAreaError as error:
        raise ScenarioTextError(str(error), key="area") from error


def _mistake(error: ScenarioError, text: str) -> Mistake:
    """Say where in the text the mistake is, and show that line."""
    found = error if isinstance(error, ScenarioTextError) else located(error, text)
    if found.line is None and found.key:
        found = located(ScenarioError(f"„{found.key}“ {found}"), text)
        found = ScenarioTextError(str(error), line=found.line, key=found.key)
    parts = []
    if found.line is not None:
        parts.append(_("řádek {n}").format(n=found.line))
    if found.key:
        parts.append(_("klíč „{key}“").format(key=found.key))
    message = str(error)
    lines = text.splitlines()
    excerpt = lines[found.line - 1] if found.line and found.line <= len(lines) else ""
    return Mistake(
        message=message[:1].upper() + message[1:] + ("" if message.endswith((".", "?")) else "."),
        field="text",
        where=", ".join(parts),
        excerpt=excerpt.strip()[:200],
    )


def _problem(mistake: Mistake) -> Response:
    named: Json = [{"field": "text", "code": "invalid", "message": mistake.message}]
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        detail=" ".join(filter(None, (mistake.message, mistake.where))),
        code="invalid",
        extra={"error": "invalid", "errors": named},
    )


def _file(told: _Told, content: bytes, content_type: str, ending: str) -> Response:
    name = _("scénář {name}").format(name=told.comparison.scenario.name[:60].replace("/", "-"))
    return attachment(content, content_type, name=name, ending=ending)


def _workbook(told: _Told) -> Response:
    from referral.web.sites_workbook import comparison_workbook  # noqa: PLC0415 - rarely asked for

    return _file(told, comparison_workbook(told.comparison, told.catalog), XLSX, "xlsx")


def _document(told: _Told) -> Response:
    return json_answer(comparison_document(told.comparison, told.catalog))


def _toml(told: _Told) -> Response:
    return _file(told, scenario_toml(told.comparison.scenario).encode(), TOML, "toml")


def _svg(told: _Told) -> Response:
    drawn = drawn_svg(told.view.picture, told.catalog, told.boundaries)
    return _file(told, drawn.encode(), SVG, "svg")


def _png(told: _Told) -> Response:
    return _file(told, drawn_png(told.view.picture, told.catalog, told.boundaries), PNG, "png")


_FACES: Mapping[str, Callable[[_Told], Response]] = {
    "xlsx": _workbook,
    "json": _document,
    "toml": _toml,
    "svg": _svg,
    "png": _png,
}


def _page(program: PlanningProgram, state: _State, norms: Sequence[str]) -> str:
    catalog, told, draft = program.catalog(), state.told, state.draft
    picture = None if told is None else told.view.picture
    return render_template(
        "gaps/scenario.html",
        title=_("Co kdyby: scénář sítě služeb"),
        state=state,
        mistake=state.mistake,
        candidates=() if state.mistake is None else _candidates(state.mistake),
        desk_query=state.wanted.pairs(),
        areas=area_options(catalog.territory, state.wanted),
        norms=norm_options(program, norms, state.wanted.norm or ""),
        kinds=_options({one.value: name for one, name in KIND_NAMES.items()}, draft.kind),
        types=_options(
            {
                one.code: f"{one.name} (§\u00a0{one.code})" if one.code[0].isdigit() else one.name
                for one in catalog.vocabulary.types.values()
            },
            draft.type,
        ),
        forms=_options({one.value: name for one, name in FORM_NAMES.items()}, draft.form),
        units=_options({one.value: UNITS[one] for one in CapacityUnit}, draft.unit),
        draft=draft,
        view=None if told is None else told.view,
        picture=picture,
        swatches={} if picture is None else picture.looks(),
        boundaries_note="" if told is None else told.boundaries.note,
        picture_link="",
        data=""
        if told is None
        else inline_json(picture_data(told.view.picture, catalog, told.boundaries)),
        shapes=""
        if told is None
        else inline_json(picture_shapes(told.view.picture, catalog, told.boundaries)),
    )


def _options(named: dict[str, str], chosen: str) -> tuple[Option, ...]:
    return tuple(
        Option(value=value, label=label, chosen=value == chosen) for value, label in named.items()
    )


def _candidates(mistake: Mistake) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, service_label(one)) for one in mistake.services)
