"""An excerpt of the register over services that are stored: it adds, and takes nothing away."""

import json
from datetime import date

from referral.ingest.source_file import SourceFile
from support.rpss_register import excerpt_item, facility, item, write_register


def test_an_excerpt_ends_nothing_and_neither_moves_nor_uncovers_what_is_stored(program, tmp_path):
    hidden = item(2) | {"zarizeni": [facility("Tajný dům", utajenaAdresa=True)]}
    whole = write_register(tmp_path / "rpss.json", [item(1), hidden, item(3)])
    program.import_services("rpss", SourceFile(path=whole, as_of=date(2026, 11, 1)))
    before = program.catalog().services
    file = tmp_path / "vyber.json"
    rows = [excerpt_item(number) for number in (1, 2, 77)]
    file.write_text(json.dumps({"sluzby": rows}), encoding="utf-8")
    done = program.import_services("rpss", SourceFile(path=file, as_of=date(2026, 11, 22)))
    assert (done.report.added, done.report.ended, done.report.rejected) == (1, 0, 0)
    after = program.catalog().services
    for name in ("rpss-1", "rpss-2"):
        one, other = before[name], after[name]
        assert (one.name, one.places, one.locations) == (other.name, other.places, other.locations)
        assert (one.forms, one.capacities, one.schedules, one.contact) == (
            other.forms,
            other.capacities,
            other.schedules,
            other.contact,
        )
        assert one.description == other.description
    assert after["rpss-2"].secret
    assert "Dům" not in repr(after["rpss-77"])
