"""Commands for planners who close gaps: where new services would help most, and what if."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from referral.bootstrap import Program
from referral.catalog.snapshot import Catalog
from referral.cli.console import say, show, show_json, write
from referral.cli.ways import ROADS, TRAVEL, chosen_travel
from referral.ingest.scenario_file import read_scenario, scenario_text
from referral.network.capacity_plan import CapacityReport, CapacityWish
from referral.network.errors import PlacementError, ScenarioError
from referral.network.means import Means
from referral.network.norms import Metric
from referral.network.scenario_places import find_municipality
from referral.network.scenarios import Scenario
from referral.network.sites import Wish
from referral.usecases.add_capacity import add_capacity
from referral.usecases.compare_scenarios import compare_scenario
from referral.usecases.find_area import AreaLevel, find_area
from referral.usecases.suggest_sites import rule_of, suggest_sites
from referral.web.capacity_document import capacity_document, capacity_workbook
from referral.web.capacity_sentences import capacity_text
from referral.web.czech import plain
from referral.web.sites_document import comparison_document, sites_document
from referral.web.sites_text import comparison_text, sites_text

_BY_CAPACITY: Final = "capacity"
_FILE = click.Path(dir_okay=False, path_type=Path)
_AREA = click.option(
    "--area", default=None, metavar="NÁZEV", help="ORP, kraj nebo okres; bez něj vše načtené."
)
_LEVEL = click.option(
    "--level",
    default=None,
    type=click.Choice([level.value for level in AreaLevel]),
    help="Co název znamená, když je stejný pro víc úrovní.",
)
_NORM = click.option(
    "--norm", default=None, metavar="NORMA", help="Jméno přiložené normy, nebo soubor TOML."
)


@click.command("sites", help="Navrhne, kde by nové služby zmenšily mezeru nejvíc lidem.")
@click.option("--rule", required=True, metavar="KÓD", help="Pravidlo normy (referral gaps).")
@click.option(
    "--count",
    required=True,
    type=click.IntRange(1, 1000),
    help="Kolik míst či pracovníků; u --by capacity kolik lůžek či úvazků celkem.",
)
@_AREA
@_LEVEL
@_NORM
@click.option(
    "--by",
    default=None,
    type=click.Choice([*(one.value for one in Means), _BY_CAPACITY]),
    help="site místo, worker terénní pracovník, days poradenské dny, capacity přidaná kapacita; "
    "jinak podle pravidla.",
)
@click.option(
    "--capacity",
    default=None,
    type=click.FloatRange(1),
    metavar="LIDÍ",
    help="Pro kolik obyvatel jedno místo či pracovník stačí.",
)
@click.option("--new", is_flag=True, help="Kapacitu lze dát i nové službě (--by capacity).")
@click.option(
    "--most",
    default=None,
    type=click.IntRange(1),
    metavar="N",
    help="Kolik nejvýš přidat jedné službě (--by capacity).",
)
@click.option("--unlimited", is_flag=True, help="Pracovník bez meze počtu obyvatel.")
@click.option(
    "--radius",
    default=None,
    type=click.FloatRange(0),
    metavar="KM",
    help="Kam pracovník dojede, kilometry po silnici.",
)
@click.option("--whole-orp", is_flag=True, help="Pracovník obslouží celé své ORP.")
@click.option("--base", default=None, metavar="OBEC", help="Odkud se jezdí na poradenské dny.")
@click.option(
    "--week-km",
    default=None,
    type=click.FloatRange(0),
    metavar="KM",
    help="Kolik se smí na poradenské dny týdně najezdit.",
)
@click.option(
    "--least-people",
    default=0,
    type=click.IntRange(0),
    metavar="LIDÍ",
    help="Místo jen v obci s aspoň tolika obyvateli.",
)
@TRAVEL
@ROADS
@click.option("--beyond", is_flag=True, help="Místo smí stát i mimo území.")
@click.option(
    "--exact/--quick", default=True, help="Přesně (výchozí), nebo hned s mezí, co lze zlepšit."
)
@click.option(
    "--seconds",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0.1),
    help="Nejdelší doba přesného výpočtu.",
)
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.option("--xlsx", "xlsx_file", type=_FILE, help="Zapíše sešit XLSX.")
@click.option(
    "--save-scenario", "scenario_file", type=_FILE, help="Uloží návrh jako scénář (TOML, JSON)."
)
@click.pass_obj
def sites_command(  # noqa: PLR0913 - one argument per option
    program: Program,
    /,
    *,
    rule: str,
    count: int,
    area: str | None,
    level: str | None,
    norm: str | None,
    by: str | None,
    capacity: float | None,
    new: bool,
    most: int | None,
    unlimited: bool,
    radius: float | None,
    whole_orp: bool,
    base: str | None,
    week_km: float | None,
    least_people: int,
    travel_file: Path | None,
    roads_file: Path | None,
    beyond: bool,
    exact: bool,
    seconds: float,
    as_json: bool,
    xlsx_file: Path | None,
    scenario_file: Path | None,
) -> None:
    """Suggest new places for one rule, or where to add capacity, and say whom they serve."""
    catalog = program.catalog()
    where = find_area(
        area, territory=catalog.territory, level=None if level is None else AreaLevel(level)
    )
    rules = program.norm(norm)
    metric = rule_of(rules, rule).metric
    if by == _BY_CAPACITY or (by is None and metric is Metric.CAPACITY):
        foreign = {
            "--capacity": capacity is not None,
            "--unlimited": unlimited,
            "--radius": radius is not None,
            "--whole-orp": whole_orp,
            "--base": base is not None,
            "--week-km": week_km is not None,
            "--beyond": beyond,
        }
        _refuse(foreign, "přidané kapacity se netýká; vynechte ji")
        found = add_capacity(
            where.municipalities,
            area=where.name,
            wish=CapacityWish(
                rule=rule,
                units=count,
                new=new,
                most=most,
                least_people=least_people,
                exact=exact,
                seconds=seconds,
            ),
            norm=rules,
            catalog=catalog,
            policy=program.policy,
            today=program.today(),
            travel=chosen_travel(program, travel_file, roads_file),
            demand=program.age_demand,
        )
        _show_capacity(found, catalog, as_json=as_json, xlsx_file=xlsx_file)
        if scenario_file:
            _save(found.scenario, scenario_file)
        return
    _refuse({"--new": new, "--most": most is not None}, "patří jen k --by capacity; vynechte ji")
    wish = Wish(
        rule=rule,
        count=count,
        means=None if by is None else Means(by),
        capacity=capacity,
        unlimited=unlimited,
        road_km=radius,
        whole_orp=whole_orp,
        base=None if base is None else find_municipality(base, territory=catalog.territory).code,
        week_km=week_km,
        beyond=beyond,
        least_people=least_people,
        exact=exact,
        seconds=seconds,
    )
    report = suggest_sites(
        where.municipalities,
        area=where.name,
        wish=wish,
        norm=rules,
        workforce=program.workforce,
        catalog=catalog,
        policy=program.policy,
        today=program.today(),
        travel=chosen_travel(program, travel_file, roads_file),
    )
    if as_json:
        show_json(sites_document(report))
    else:
        show(plain(sites_text(report, catalog)))
    if xlsx_file:
        from referral.web.sites_workbook import sites_workbook  # noqa: PLC0415 - rarely asked for

        write(xlsx_file, sites_workbook(report, catalog))
        say(f"Sešit: {xlsx_file}")
    if scenario_file:
        _save(report.scenario, scenario_file)


def _refuse(given: Mapping[str, bool], sentence: str) -> None:
    """End the command when an option is given that the way of closing gaps has no use for."""
    for option, there in given.items():
        if there:
            raise PlacementError(f"{option} {sentence}")


def _show_capacity(
    report: CapacityReport, catalog: Catalog, *, as_json: bool, xlsx_file: Path | None
) -> None:
    if as_json:
        show_json(capacity_document(report))
    else:
        show(plain(capacity_text(report, catalog)))
    if xlsx_file:
        write(xlsx_file, capacity_workbook(report, catalog))
        say(f"Sešit: {xlsx_file}")


def _save(scenario: Scenario, path: Path) -> None:
    if not scenario.changes:
        raise ScenarioError("není co uložit: žádné místo mezeru nezmenší")
    write(path, scenario_text(scenario, path))
    say(f"Scénář: {path}")


@click.command("scenario", help="Ukáže, co by scénář (soubor změn služeb) změnil na mezerách.")
@click.argument("file", type=_FILE, metavar="SOUBOR")
@_AREA
@_LEVEL
@_NORM
@TRAVEL
@ROADS
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.option("--xlsx", "xlsx_file", type=_FILE, help="Zapíše sešit XLSX.")
@click.pass_obj
def scenario_command(  # noqa: PLR0913 - one argument per option
    program: Program,
    /,
    *,
    file: Path,
    area: str | None,
    level: str | None,
    norm: str | None,
    travel_file: Path | None,
    roads_file: Path | None,
    as_json: bool,
    xlsx_file: Path | None,
) -> None:
    """Hold a scenario beside the present; nothing is written to the database."""
    catalog = program.catalog()
    scenario = read_scenario(file)
    where = find_area(
        area or scenario.area,
        territory=catalog.territory,
        level=None if level is None else AreaLevel(level),
    )
    comparison = compare_scenario(
        scenario,
        where.municipalities,
        area=where.name,
        norm=program.norm(norm or scenario.norm),
        catalog=catalog,
        policy=program.policy,
        today=program.today(),
        travel=chosen_travel(program, travel_file, roads_file),
        demand=program.age_demand,
    )
    if as_json:
        show_json(comparison_document(comparison, catalog))
    else:
        show(plain(comparison_text(comparison, catalog)))
    if xlsx_file:
        from referral.web.sites_workbook import comparison_workbook  # noqa: PLC0415 - as above

        write(xlsx_file, comparison_workbook(comparison, catalog))
        say(f"Sešit: {xlsx_file}")
