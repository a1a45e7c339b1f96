"""Roads of an extract of OpenStreetMap: what they reach, and times between municipalities."""

from collections.abc import Iterator
from pathlib import Path

import click

from referral.bootstrap import Program
from referral.cli.console import say, show, show_json
from referral.cli.progress import progress_for_person
from referral.cli.ways import network_of
from referral.geo.roads import RoadNetwork
from referral.geo.travel import Spots, WaysWithin
from referral.ingest.progress import Progress
from referral.ingest.roads.matrix_file import write_travel_matrix
from referral.web.czech import counted, number, plain


@click.command(
    "roads", help="Přečte silnice z výpisu OpenStreetMap a zapíše časy cest mezi obcemi (CSV)."
)
@click.argument("extract", type=click.Path(path_type=Path), metavar="VÝPIS")
@click.option(
    "--matrix",
    "matrix_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="SOUBOR.csv",
    help="Kam zapsat časy cest mezi načtenými obcemi; čte je volba --travel.",
)
@click.option(
    "--minutes",
    default=90.0,
    show_default=True,
    type=click.FloatRange(1, 600),
    help="Nejdelší cesta v tabulce; delší se pak odhadují, proto ji volte nad mezemi normy.",
)
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.pass_obj
def roads_command(
    program: Program,
    /,
    *,
    extract: Path,
    matrix_file: Path | None,
    minutes: float,
    as_json: bool,
) -> None:
    """Say what the roads of an extract reach, and write a table of travel times."""
    network, read = network_of(program, extract)
    places = list(program.catalog().territory.municipalities.values())
    spots = Spots.of([one.point for one in places], [one.code for one in places])
    joined = network.joined(spots)
    ways = None
    if matrix_file is not None:
        with progress_for_person() as progress:
            ways = write_travel_matrix(
                matrix_file,
                _told(network, spots, minutes=minutes, progress=progress),
                codes=[one.code for one in places],
            )
        say(f"Časy cest: {matrix_file}")
    if as_json:
        show_json(
            {
                "extract": extract.name,
                "as_of": None if read.as_of is None else read.as_of.isoformat(),
                "source": "© přispěvatelé OpenStreetMap, ODbL 1.0",
                "ways": read.ways,
                "nodes": len(read.graph),
                "arcs": len(read.graph.km),
                "road_km": round(read.graph.drawn_km, 1),
                "dropped_km": round(read.graph.dropped_km, 1),
                "municipalities": len(places),
                "not_joined": [
                    {"code": one.code, "name": one.name}
                    for one, near in zip(places, joined.tolist(), strict=True)
                    if not near
                ],
                "matrix": None if matrix_file is None else str(matrix_file),
                "matrix_minutes": None if matrix_file is None else minutes,
                "matrix_ways": ways,
            }
        )
        return
    lines = [
        counted(read.ways, "silnice ve výpisu", "silnice ve výpisu", "silnic ve výpisu"),
        f"{number(len(read.graph))} křižovatek a bodů, {number(len(read.graph.km))} úseků",
        f"u silnic leží {int(joined.sum())} z {len(places)} načtených obcí",
    ]
    if ways is not None:
        lines.append(
            f"{number(ways)} cest mezi obcemi do {number(minutes)} minut; použijte je volbou "
            f"--travel {matrix_file}"
        )
    show(plain("\n".join(lines)))


def _told(
    network: RoadNetwork, spots: Spots, *, minutes: float, progress: Progress
) -> Iterator[WaysWithin]:
    """Yield the ways and tell how many municipalities have been reached."""
    progress.begin(int(network.joined(spots).sum()))
    for part in network.routed_within(minutes, spots, spots):
        yield part
        progress.advance("obce", len(set(part.destination.tolist())))
