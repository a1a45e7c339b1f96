"""The table of the Index of social exclusion, in the shapes in which people have it."""

import pytest

from referral.catalog.evidence import ExclusionValue
from referral.catalog.ports import Fate
from referral.ingest.errors import IngestError
from referral.ingest.exclusion_index import read_exclusion_index
from referral.usecases.import_index import IndexCell, import_index
from support.build import SOURCE, a_source


def read(tmp_path, text, *, name="isv.csv", **more):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return list(read_exclusion_index(file, **more))


def cell(code, year, value):
    return IndexCell(municipality=code, year=year, value=value)


def test_a_row_for_each_year_or_a_column_for_each_year_say_the_same(tmp_path):
    long = read(tmp_path, "Kód obce;Rok;Index sociálního vyloučení\n563102;2023;12,5\n")
    wide = read(tmp_path, "kod_obce,ISV 2023,ISV 2024\n563102,12.5,\n")
    assert long[0].cells == wide[0].cells == (cell("563102", 2023, 12.5),)
    assert long[0].number == 2


def test_a_year_that_no_column_says_comes_from_who_imports_or_from_the_name(tmp_path):
    text = "ZUJ;ISV\n563102;7\n"
    assert read(tmp_path, text, year=2022)[0].cells[0].year == 2022
    assert read(tmp_path, text, name="isv-2021.csv")[0].cells[0].year == 2021
    with pytest.raises(IngestError, match="nestojí rok"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("56310;2023;1", "šest číslic"),
        ("563102;23;1", "Rok je celé číslo"),
        ("563102;2023;31", "od 0 do 30"),
        ("563102;2023;moc", "od 0 do 30"),
        ("563102;2023;", "chybí"),
        ("563102;2023", "jiný počet polí"),
    ],
)
def test_a_wrong_row_is_told_with_its_number_and_how_to_mend_it(tmp_path, row, message):
    (good, bad) = read(tmp_path, f"Kód obce;Rok;Hodnota\n563099;2023;4\n{row}\n")
    assert good.problems == ()
    assert (bad.number, bad.cells) == (3, ())
    assert message in bad.problems[0].message


def test_a_table_without_the_columns_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(IngestError, match="kód obce"):
        read(tmp_path, "Jméno;Číslo\nA;1\n")
    with pytest.raises(IngestError, match="není"):
        list(read_exclusion_index(tmp_path / "neni.csv"))


class Kept:
    """A store of evidence in memory."""

    def __init__(self):
        self.values = {}
        self.sources = []

    def exclusion_values(self):
        return tuple(self.values.values())

    def save_exclusion(self, values, *, source):
        self.sources.append(source)
        self.values |= {(one.municipality, one.year): one for one in values}


def test_every_row_has_one_fate_and_a_trial_writes_nothing(tmp_path):
    rows = read(
        tmp_path,
        "Kód obce;Rok;Hodnota\n563102;2023;4\n563102;2023;5\n999999;2023;6\n563102;x;1\n",
    )
    store = Kept()
    words = {"store": store, "source": a_source(), "loaded": ["563102"]}
    trial = import_index(rows, dry_run=True, **words)
    assert store.values == {}
    done = import_index(rows, **words)
    assert done == trial
    assert done.fates == {2: Fate.ADDED, 4: Fate.ADDED}
    assert [number for number, _ in done.rejections] == [3, 5]
    assert "řádku 2" in done.rejections[0][1].message
    assert (done.years, done.elsewhere) == ((2023,), 1)
    assert store.values["563102", 2023] == ExclusionValue(
        municipality="563102", year=2023, value=4, source=SOURCE
    )
    assert import_index(rows, **words).fates == {2: Fate.UNCHANGED, 4: Fate.UNCHANGED}
    changed = read(tmp_path, "Kód obce;Rok;Hodnota\n563102;2023;9\n")
    assert import_index(changed, **words).fates == {2: Fate.CHANGED}
    nothing = import_index([], **words)
    assert (nothing.fates, len(store.sources)) == ({}, 3)
