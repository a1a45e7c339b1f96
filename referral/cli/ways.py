"""Real travel times that a planner brings, for every command that measures ways."""

from pathlib import Path

import click

from referral.bootstrap import Program
from referral.cli.console import say
from referral.cli.progress import progress_for_person
from referral.geo.roads import RoadNetwork
from referral.geo.travel import Spots, TravelModel
from referral.ingest.errors import IngestError
from referral.ingest.roads.extract import RoadsRead, read_roads
from referral.ingest.travel_matrix import read_travel_matrix
from referral.web.czech import day, number

TRAVEL = click.option(
    "--travel",
    "travel_file",
    type=click.Path(path_type=Path),
    metavar="SOUBOR.csv",
    help="Skutečné časy mezi obcemi: from_code, to_code, minutes a nepovinně km.",
)

ROADS = click.option(
    "--roads",
    "roads_file",
    type=click.Path(path_type=Path),
    metavar="VÝPIS",
    help="Cesty po silnicích z výpisu OpenStreetMap (.osm.pbf, .osm, .osm.bz2).",
)

_NAMED = 5


def chosen_travel(program: Program, file: Path | None, roads: Path | None = None) -> TravelModel:
    """Return the times of a file, or ways over roads, over the estimate; else the estimate.

    It says how much of it is given and how much is estimated.

    Raises:
        click.UsageError: both are given.
        IngestError: a column is missing, or a cell is no code, time or length; or the roads cannot
            be read or do not reach the municipalities.
    """
    if roads is not None:
        if file is not None:
            raise click.UsageError("zvolte buď --travel, nebo --roads, ne obojí")
        return network_of(program, roads)[0]
    if file is None:
        return program.travel
    loaded = program.catalog().territory.municipalities
    read = read_travel_matrix(
        file, municipalities=loaded, count=len(loaded), otherwise=program.travel
    )
    told = f"Časy cest: z tabulky {read.given}, odhadnuto {read.missing} (chybějí v ní)."
    say(f"{told} {read.note}".strip())
    return read.model


def network_of(program: Program, extract: Path) -> tuple[RoadNetwork, RoadsRead]:
    """Return the ways over the roads of an extract with what was read, and say what they reach.

    Raises:
        IngestError: the roads cannot be read, or no loaded municipality lies by any of them.
    """
    say(f"Čtu silnice ze souboru {extract.name}; u celé země to trvá i několik minut.")
    with progress_for_person() as progress:
        read = read_roads(extract, rules=program.road_rules, progress=progress)
    network = RoadNetwork.over(
        read.graph, reach_km=program.road_rules.reach_km, otherwise=program.travel
    )
    places = list(program.catalog().territory.municipalities.values())
    joined = network.joined(Spots.of([one.point for one in places], [one.code for one in places]))
    if not joined.any():
        raise IngestError(
            "silnice nevedou u žádné z načtených obcí; dejte výpis pro jejich území",
            file=str(extract),
        )
    of_day = "den výpisu soubor neuvádí" if read.as_of is None else f"stav k {day(read.as_of)}"
    say(
        f"Silnice: {number(read.graph.drawn_km)} km © přispěvatelé OpenStreetMap (ODbL), {of_day}; "
        f"mimo souvislou síť {number(read.graph.dropped_km)} km. Rychlosti jsou obvyklé, odhadnuté "
        "podle druhu silnice a značek."
    )
    apart = [one.name for one, near in zip(places, joined.tolist(), strict=True) if not near]
    if apart:
        rest = f" a další ({len(apart) - _NAMED})" if len(apart) > _NAMED else ""
        say(
            f"Cesty z obcí a do obcí, které u silnic neleží, se odhadují: {len(apart)} z "
            f"{len(places)} ({', '.join(apart[:_NAMED])}{rest})."
        )
    return network, read
