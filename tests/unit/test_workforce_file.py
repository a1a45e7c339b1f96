"""The numbers about field workers: each with a source and a reason."""

import pytest

from referral.ingest.workforce_file import read_workforce
from referral.network.errors import PlacementError
from referral.resources import data_dir

TABLE = '[{name}]\nvalue = 5\nsource = "zkouška"\nwhy = "proto"\n'
GOOD = "".join(TABLE.format(name=name) for name in ("people_per_worker", "worker_km", "week_km"))


def read(tmp_path, text: str):
    path = tmp_path / "workers.toml"
    path.write_bytes(text.encode())
    return read_workforce(path)


def test_the_shipped_numbers_name_their_range_and_source():
    workforce = read_workforce(data_dir() / "placement" / "workers.toml")
    people = workforce.people_per_worker
    assert (people.low, people.high) == (5_000, 12_000)
    assert people.low <= people.value <= people.high
    assert "RUAH" in people.source
    assert all(one.why for one in (people, workforce.worker_km, workforce.week_km))


def test_a_number_needs_no_range(tmp_path):
    assert read(tmp_path, GOOD).week_km.low is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[", "nejde přečíst"),
        (GOOD + TABLE.format(name="jine"), "neznámé číslo „jine“"),
        (TABLE.format(name="week_km"), r"chybí tabulka \[people_per_worker\]"),
        (GOOD + "low_km = 1\n", "neznámý klíč „low_km“"),
        (GOOD.replace("value = 5", "value = 0"), "větší než nula"),
        (GOOD.replace("value = 5", "value = true"), "větší než nula"),
        (GOOD.replace("value = 5\n", ""), "chybí „value“"),
        (GOOD.replace('why = "proto"', 'why = ""'), "chybí „why“"),
    ],
)
def test_a_mistake_says_where_it_is(tmp_path, text, words):
    with pytest.raises(PlacementError, match=words):
        read(tmp_path, text)
