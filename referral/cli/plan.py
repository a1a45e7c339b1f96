"""Commands for planners: gaps."""

import json
from pathlib import Path

import click

from referral.bootstrap import Program
from referral.catalog.snapshot import Catalog
from referral.cli.console import say, show, show_json, write
from referral.cli.ways import ROADS, TRAVEL, chosen_travel
from referral.network.evidence import EvidenceReport
from referral.network.gaps import GapReport
from referral.usecases.find_area import AreaLevel
from referral.web.boundaries import boundaries_of
from referral.web.calls import call_lines
from referral.web.czech import plain
from referral.web.equity_sentences import equity_lines
from referral.web.evidence_document import evidence_document
from referral.web.evidence_sentences import crossed_lines
from referral.web.gaps_document import gaps_document, gaps_geojson
from referral.web.gaps_presenter import gaps_view

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("gaps", help="Ukáže mezery v minimální síti služeb.")
@click.option(
    "--area", default=None, metavar="NÁZEV", help="ORP, kraj nebo okres; bez něj vše načtené."
)
@click.option(
    "--level",
    default=None,
    type=click.Choice([level.value for level in AreaLevel]),
    help="Co název znamená, když je stejný pro víc úrovní.",
)
@click.option(
    "--norm", default=None, metavar="NORMA", help="Jméno přiložené normy, nebo soubor TOML."
)
@TRAVEL
@ROADS
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.option(
    "--map", "map_file", type=_FILE, help="Zapíše mapu do HTML, které funguje bez internetu."
)
@click.option("--xlsx", "xlsx_file", type=_FILE, help="Zapíše sešit XLSX.")
@click.option("--geojson", "geojson_file", type=_FILE, help="Zapíše GeoJSON.")
@click.option("--csv", "csv_file", type=_FILE, help="Zapíše tabulku CSV pro český Excel.")
@click.option("--svg", "svg_file", type=_FILE, help="Nakreslí mapu do zprávy jako SVG.")
@click.option("--png", "png_file", type=_FILE, help="Nakreslí mapu do zprávy jako PNG.")
@click.option(
    "--rule", default=None, metavar="KÓD", help="Pravidlo na obrázku; bez něj všechna dohromady."
)
@click.pass_obj
def gaps_command(  # noqa: PLR0913 - one argument for each option
    program: Program,
    /,
    *,
    area: str | None,
    level: str | None,
    norm: str | None,
    travel_file: Path | None,
    roads_file: Path | None,
    as_json: bool,
    map_file: Path | None,
    xlsx_file: Path | None,
    geojson_file: Path | None,
    csv_file: Path | None,
    svg_file: Path | None,
    png_file: Path | None,
    rule: str | None,
) -> None:
    """Judge every municipality of an area under every rule of a norm."""
    travel = chosen_travel(program, travel_file, roads_file)
    report = program.gaps(area, level, norm, travel=travel)
    catalog = program.catalog()
    evidence = program.evidence(area, level)
    if as_json:
        document = gaps_document(report, catalog)
        show_json({**document, "evidence": evidence_document(evidence, report, catalog)})
    else:
        show(_gaps_text(report, evidence, catalog))
    if map_file or geojson_file:
        boundaries = boundaries_of(catalog.territory, program.boundaries())
        if map_file:
            # folium takes longer to import than all the rest, and most commands draw no map.
            from referral.web.maps import standalone_map  # noqa: PLC0415 - see above

            write(map_file, standalone_map(report, catalog, boundaries=boundaries))
            say(f"Mapa: {map_file}")
        if geojson_file:
            document = gaps_geojson(report, catalog, boundaries)
            write(geojson_file, json.dumps(document, ensure_ascii=False))
            say(f"GeoJSON: {geojson_file}")
    if xlsx_file:
        from referral.web.xlsx import gaps_workbook  # noqa: PLC0415 - as rare as the map

        write(xlsx_file, gaps_workbook(report, catalog, evidence))
        say(f"Sešit: {xlsx_file}")
    if csv_file or svg_file or png_file:
        from referral.cli.gap_pictures import write_pictures  # noqa: PLC0415 - as rare as the map

        write_pictures(
            report, program, rule=rule, csv_file=csv_file, svg_file=svg_file, png_file=png_file
        )


def _gaps_text(report: GapReport, evidence: EvidenceReport, catalog: Catalog) -> str:
    """Write the summary of a report for a terminal: rule by rule, how evenly, whom to ask first."""
    view = gaps_view(report, catalog)
    lines = [
        f"{view.area}, vypočteno {view.as_of}",
        f"Norma: {view.norm.name} – {view.norm.status.upper()}. {view.norm.status_note}",
        *view.norm.assumptions,
        "",
        view.chosen.sentence,
        "",
        f"{'splněno':>8} {'částečně':>8} {'mezera':>8} {'neznámo':>8}  pravidlo",
    ]
    for row in view.rules:
        numbers = " ".join(f"{one:>8}" for one in (row.met, row.partial, row.gap, row.unknown))
        lines.append(f"{numbers}  {row.name} – {row.demand}")
    for more in (
        equity_lines(report, catalog),
        crossed_lines(evidence, report, catalog),
        call_lines(report, catalog),
    ):
        told = list(more)
        lines += ["", *told] if told else []
    lines += ["", *view.sources]
    return plain("\n".join(lines))
