"""What an import of the territory means for coverages and maps; what an interruption does."""

import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from referral.bootstrap import Program
from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.districts import Bounded
from referral.catalog.model import AddressRole
from referral.catalog.ports import Fate, Origin
from referral.catalog.resolve import resolve_coverage
from referral.storage.engine import reading
from referral.storage.errors import RefusedError
from referral.storage.reading import read_services
from referral.usecases.found_territory import What
from referral.web.boundaries import boundaries_of
from support.build import TODAY, a_location, a_municipality, a_service, a_source, a_vocabulary
from support.days import on_day
from support.territory_files import (
    CODES,
    MASTER,
    geojson,
    write_all,
)

# Coverage after an import


def named(*names: str, kind: AreaKind = AreaKind.MUNICIPALITY) -> tuple[ServiceArea, ...]:
    return tuple(ServiceArea(kind=kind, name=name) for name in names)


def cover(program: Program, service: object) -> Coverage:
    return program.catalog().service(service.id).coverage


@pytest.fixture
def served(program: Program) -> Program:
    """A program with words and sources, so that services can be saved."""
    program.store.save_vocabulary(a_vocabulary())
    program.store.save_sources([a_source()])
    return program


def test_names_elsewhere_become_real_places_and_who_wrote_the_service_stays(
    served: Program, land: Path, engine: Engine
) -> None:
    outside = a_service(
        "s-1",
        coverage=Coverage(areas=named("Velké Město"), unresolved=("Velké Město",)),
        locations=(),
    )
    lost = a_service(
        "s-2", coverage=Coverage(areas=named("Zálesí"), unresolved=("Zálesí",)), locations=()
    )
    silent = a_service("s-3", coverage=Coverage(), locations=())
    served.store.save_services([outside, lost, silent], origin=Origin.EMBEDDED)
    account = served.import_territory(land)
    assert account.services == 2
    assert cover(served, outside).certain == {"590003"}
    assert cover(served, outside).areas == outside.coverage.areas
    found = cover(served, lost)
    assert (found.possible, found.unresolved) == ({"590001"}, ())
    assert found.status is CoverageStatus.PARSED
    assert cover(served, silent) == Coverage()
    with reading(engine) as connection:
        assert {one.origin for one in read_services(connection).values()} == {Origin.EMBEDDED}
    assert served.import_territory(land).services == 0


def test_the_seat_of_the_provider_tells_namesakes_apart(served: Program, land: Path) -> None:
    served.store.save_territory(
        [a_municipality("591001", "Lhota", district="Západ", region="Jiný kraj")], []
    )
    seat = a_location("590002", role=AddressRole.PROVIDER_SEAT, point=None)
    coverage = resolve_coverage(
        named("Lhota"), served.catalog().territory, status=CoverageStatus.DECLARED
    )
    near = a_service("s-1", coverage=coverage, locations=[seat])
    nowhere = a_service("s-2", coverage=coverage, locations=())
    own = a_service("s-3", coverage=coverage, locations=[a_location("591001")])
    served.store.save_services([near, nowhere, own])
    served.import_territory(land)
    assert cover(served, near).certain == {"590004"}
    assert cover(served, near).status is CoverageStatus.DECLARED
    assert cover(served, nowhere).possible == {"590004", "591001"}
    assert cover(served, own).certain == {"591001"}


def test_a_coverage_made_of_more_than_its_areas_is_left_alone_and_counted(
    served: Program, land: Path
) -> None:
    corrected = a_service(
        "s-1",
        coverage=Coverage(
            areas=named("Velké Město", kind=AreaKind.ORP),
            status=CoverageStatus.DECLARED,
            certain=frozenset({"590001"}),
        ),
        locations=(),
    )
    served.store.save_services([corrected])
    account = served.import_territory(land)
    assert account.services == 0
    assert cover(served, corrected) == corrected.coverage
    assert "ruční opravy): 1." in account.notes[-1]


def test_a_coverage_of_a_service_that_is_not_stored_is_refused(served: Program) -> None:
    with pytest.raises(RefusedError, match="s-9"):
        served.store.save_coverages({"s-9": Coverage()})
    served.store.save_services([a_service("s-1")])
    assert served.store.save_coverages({"s-1": a_service().coverage}) == {"s-1": Fate.UNCHANGED}
    assert served.store.save_coverages({}) == {}


def test_loading_the_shipped_catalogue_again_keeps_the_wider_territory_and_its_coverages(
    program: Program, tmp_path: Path
) -> None:
    program.load_embedded()
    prague = "554782"
    files = {
        "m.csv": "obec_kod,obec,orp,okres,kraj,lat,lon\n"
        "554782,Praha,Praha,Praha,Hlavní město Praha,50.0875,14.4213\n"
    }
    program.import_territory(write_all(tmp_path / "in", files))
    covering = {
        one.id for one in program.catalog().services.values() if prague in one.coverage.certain
    }
    assert covering
    program.store.remember("embedded_digest", "an older one")
    program.load_embedded()
    after = program.catalog()
    assert prague in after.territory.municipalities
    assert covering == {one.id for one in after.services.values() if prague in one.coverage.certain}


# Borders


def test_maps_draw_the_imported_borders(program: Program, land: Path) -> None:
    program.import_territory(land)
    drawn = boundaries_of(program.catalog().territory, program.boundaries())
    assert drawn.note == ""
    assert {code: round(area.area_km2()) for code, area in drawn.areas.items()} == dict.fromkeys(
        CODES, 20
    )
    assert program.boundaries() is program.boundaries()
    orps = [one for one in program.boundaries() if one.around is Bounded.ORP]
    assert [(one.code, one.source, one.as_of) for one in orps] == [
        ("9001", "hranice:orp-jine", date(2026, 2, 1))
    ]


def test_a_border_keeps_the_day_it_was_first_seen_until_it_moves(
    program: Program, tmp_path: Path
) -> None:
    program.store.save_territory([a_municipality(code) for code in CODES], [])
    folder = write_all(tmp_path / "in", {"hranice.json": geojson()})
    program.import_territory(folder)
    assert on_day(program, 1).import_territory(folder).report.unchanged == 4
    assert {one.as_of for one in program.store.boundaries()} == {TODAY}
    moved = geojson()
    moved["features"][0]["geometry"]["coordinates"][0][2] = [15.06, 50.06]
    account = on_day(program, 1).import_territory(write_all(folder, {"hranice.json": moved}))
    assert account.records[What.BOUNDARY] == {Fate.CHANGED: 1, Fate.UNCHANGED: 3}
    assert {one.as_of for one in program.store.boundaries()} == {TODAY, TODAY + timedelta(days=1)}


# Interruption


SCRIPT = """
import signal
import sys
from datetime import date
from pathlib import Path
from referral.bootstrap import build
from referral.catalog.resolve import resolve_coverage
from referral.ingest.progress import Progress
from referral.catalog.resolve import resolve_coverage
from referral.settings import Settings

# Who starts the suite in the background may have left it deaf to this signal.
signal.signal(signal.SIGINT, signal.default_int_handler)

class Slow(Progress):
    def advance(self, what, count):
        if what == "části obcí":
            print("saving", flush=True)
            import time
            time.sleep(60)

program = build(Settings(database_url=sys.argv[1]), today=lambda: date(2026, 9, 1))
program.import_territory(Path(sys.argv[2]), progress=Slow())
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_import_killed_in_the_middle_leaves_the_old_state_whole(
    program: Program, land: Path, tmp_path: Path, how: signal.Signals
) -> None:
    program.import_territory(write_all(tmp_path / "old", {"m.csv": MASTER}))
    before, revision = program.store.load(), program.store.revision()
    process = subprocess.Popen(  # noqa: S603 - our own script, above
        [sys.executable, "-c", SCRIPT, program.settings.database_url, str(land)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "COVERAGE_PROCESS_START": ""},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"saving\n"
    process.send_signal(how)
    process.wait(timeout=90)
    process.stdout.close()
    time.sleep(0.1)
    assert program.store.revision() == revision
    assert program.store.load() == before
    assert program.store.boundaries() == ()
    assert program.import_territory(land).report.rejected == 0
