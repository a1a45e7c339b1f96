"""What each kind of list and table gives, and what becomes of rows that give nothing."""

import json
from datetime import date

import pytest

from referral.catalog.districts import Bounded, Tier
from referral.catalog.territory import PartKind
from referral.geo import Point
from referral.ingest.errors import IngestError
from referral.ingest.territory.reading import read_territory
from referral.usecases.found_territory import Ages, Given
from support.territory_files import (
    CODES,
    LINKS,
    MASTER,
    ORP_CODES,
    ORPS,
    RUIAN,
    districts_list,
    everything,
    municipalities_list,
    orp_geojson,
    parts_list,
    polozky,
    regions_list,
    workbook,
    write_all,
    zipped,
)
from support.territory_reading import TODAY, Reader, by_code, only, refused


@pytest.fixture
def read(tmp_path):
    return Reader(tmp_path / "in")


def test_a_whole_folder_gives_everything_about_every_municipality(tmp_path):
    found, evidence = read_territory(write_all(tmp_path / "in"), today=TODAY)
    lhota = by_code(found)["590001"]
    assert (lhota.name, lhota.orp, lhota.district, lhota.region, lhota.pou) == (
        "Horní Lhota",
        "Velké Město",
        "Východ",
        "Zkušební kraj",
        "Velké Město",
    )
    assert lhota.point == Point(lat=50.02, lon=15.02)
    assert lhota.ages == Ages(
        population=110, aged_65_plus=11, aged_80_plus=3, as_of=date(2020, 12, 31)
    )
    assert [part.name for part in found.parts] == ["Velké Město I", "Zálesí", "Dolní Lhota"]
    assert found.parts[0].kind is PartKind.BOROUGH
    assert {one.key: (one.name, one.other_code, one.parent) for one in found.districts} == {
        "kraj/999": ("Zkušební kraj", "CZ099", ""),
        "okres/3999": ("Východ", "CZ0999", "999"),
        "orp/9001": ("Velké Město", "9901", "3999"),
        "pou/8001": ("Velké Město", "", ""),
    }
    assert [(one.around, one.code) for one in found.boundaries] == [
        *((Bounded.MUNICIPALITY, code) for code in CODES),
        (Bounded.ORP, "9001"),
    ]
    assert found.ended == {"590009"}
    assert found.as_of == date(2026, 2, 1)
    assert (refused(evidence), evidence.notes, evidence.skipped) == ([], [], {})
    assert sum(rows.ended for rows in evidence.files) == 1


def test_files_are_known_by_their_content_whatever_they_are_called(tmp_path):
    # One border alone could go around anything, so only its name says that it is an ORP's.
    renamed = {
        "orp" if name == "hranice_orp.json" else f"f{number}": one
        for number, (name, one) in enumerate(everything().items())
    }
    found, evidence = read_territory(write_all(tmp_path / "in", renamed), today=TODAY)
    kept = {one.content for one in evidence.files}
    whole, proper = read_territory(write_all(tmp_path / "other"), today=TODAY)
    assert kept == {one.content for one in proper.files}
    assert [one.code for one in found.municipalities] == [one.code for one in whole.municipalities]


def test_a_zip_of_files_is_read_as_a_folder_and_hidden_files_are_passed_over(tmp_path):
    packed = tmp_path / "all.zip"
    packed.write_bytes(zipped({f"sub/{name}": one for name, one in everything().items()}))
    found, _ = read_territory(packed, today=TODAY)
    assert {one.code for one in found.municipalities} == set(CODES)
    folder = write_all(tmp_path / "in", {"obce.json": municipalities_list(), ".skrytý": b"\x00"})
    assert read_territory(folder, today=TODAY)[1].skipped == {}


def test_what_is_not_about_the_territory_is_named_and_passed_over(read):
    _, evidence = read(
        obce=municipalities_list(),
        jiny=polozky("TypStavebnihoObjektu", {"kod": "1", "nazev": "budova"}),
        prazdny={"polozky": []},
        bez_id={"polozky": [{"kod": 5}, 7]},
        seznam=[1, 2],
        neco={"type": "Feature"},
        tabulka="a;b\n1;2\n",
        prazdna=b"",
        dvojice=b"\x00\x01\x02",
        sesit=workbook([["a", "b"], [1, 2]]),
        prazdny_sesit=workbook([]),
        okresy_hranice={
            "type": "FeatureCollection",
            "features": [{"id": "3999", "geometry": orp_geojson()["features"][0]["geometry"]}],
        },
        archivy=zipped({"a/vnitrni.zip": zipped({"x.csv": b"a"}), "a/": b""}),
    )
    assert set(evidence.skipped) == {
        "jiny", "prazdny", "bez_id", "seznam", "neco", "tabulka", "prazdna", "dvojice", "sesit",
        "prazdny_sesit", "okresy_hranice", "archivy/a/vnitrni.zip",
    }  # fmt: skip
    assert evidence.skipped["jiny"] == "jiný číselník (TypStavebnihoObjektu)"


def test_a_folder_with_nothing_of_ours_says_what_it_found(read):
    with pytest.raises(IngestError, match="našli jsme jen: foto"):
        read(foto=b"\x00\x01")


def test_a_path_where_nothing_lies_says_so(tmp_path):
    with pytest.raises(IngestError, match="není; zkontrolujte cestu"):
        read_territory(tmp_path / "nic", today=TODAY)
    (tmp_path / "prazdno").mkdir()
    with pytest.raises(IngestError, match="našli jsme jen: nic"):
        read_territory(tmp_path / "prazdno", today=TODAY)


# The ministry's lists


def test_rows_of_a_list_that_cannot_be_used_are_refused_one_by_one(read):
    listed = municipalities_list()
    listed["polozky"] += [
        5,
        {"id": "Okres/1", "kod": "590011", "nazev": {"cs": "A"}, "okres": "Okres/3999"},
        {"id": "Obec/590012", "kod": "590012", "nazev": {"cs": None}, "okres": "Okres/3999"},
        {"id": "Obec/590013", "kod": "590013", "nazev": "Jinak", "okres": None},
        {"id": "Obec/59001", "kod": "59001", "nazev": {"cs": "Krátká"}, "okres": "Okres/3999"},
        {"id": "Obec/590001", "kod": "590001", "nazev": {"cs": "Znovu"}, "okres": "Okres/3999"},
        {"id": "Obec/590014", "kod": "590014", "nazev": {"cs": "3999"}, "okres": "Okres/3999"},
        {"id": "Obec/590015", "kod": True, "nazev": {"cs": "Ano"}, "okres": "Okres/3999"},
        {"id": "Obec/590016", "kod": 10**400, "nazev": {"cs": "Obr"}, "okres": "Okres/3999"},
        {"id": "Obec/590017", "kod": "590017", "nazev": {"cs": "x" * 500}, "okres": "Okres/3999"},
        {"id": "Obec/590018", "kod": "590018", "nazev": {"cs": "A\x00b"}, "okres": "Okres/3999"},
        {"id": "Obec/590019", "kod": "590019", "nazev": {"cs": "\ud800"}, "okres": "Okres/3999"},
    ]
    found, evidence = read(obce=json.dumps(listed))
    assert {one.code for one in found.municipalities} == set(CODES)
    assert [(row, field) for row, field, _ in refused(evidence)] == [
        (5, ""), (6, "id"), (7, "cs"), (8, "okres"), (9, "kod"), (10, "kod"), (11, "cs"),
        (12, "kod"), (13, "kod"), (14, "cs"), (15, "cs"), (16, "cs"),
    ]  # fmt: skip
    assert all(message.endswith((".", "?")) for _, _, message in refused(evidence))
    assert all(len(one.value) <= 80 for one in evidence.files[0].rejections)


def test_a_part_and_a_borough_of_one_code_are_not_one(read):
    boroughs = polozky(
        "MestskyObvodMestskaCast", {"kod": "77", "nazev": "Sever", "obec": "Obec/590003"}
    )
    found, evidence = read(a_casti=parts_list(), b_obvody=boroughs)
    assert {part.code: part.kind for part in found.parts} == {
        "77": PartKind.PART,
        "78": PartKind.PART,
    }
    assert [field for _, field, _ in refused(evidence)] == ["kod"]


def test_the_capital_is_called_the_same_on_every_level(read):
    found, _ = read(
        obce=polozky("Obec", {"kod": "554782", "nazev": "Praha", "okres": "Okres/9999"}),
        okresy=polozky(
            "Okres",
            {"kod": "9999", "nazev": "území Hlavního města Prahy", "kraj": "Kraj/19"},
        ),
        orp="Kód;Název ORP;Kód Kraje (VÚSC);Název Kraje (VÚSC);Kód Okresu;Název Okresu\n"
        "19;Hlavní město Praha;19;Hlavní město Praha;;\n",
    )
    assert (only(found).district, only(found).region) == ("Praha", "Hlavní město Praha")
    assert {one.name for one in found.districts if one.tier is Tier.ORP} == {"Praha"}


# Tables


def test_a_row_of_a_table_with_more_or_fewer_cells_is_refused(read):
    _, evidence = read(ruian=RUIAN + "590010;Kusá\r\n", master=MASTER + "590010,Kusá\n\n", orp=ORPS)
    assert [message[:30] for *_, message in refused(evidence)] == [
        "Řádek má jiný počet buněk než "
    ] * 2


def test_swapped_columns_are_noticed(read):
    swapped = RUIAN.replace("KOD;NAZEV", "NAZEV;KOD", 1)
    _, evidence = read(ruian=swapped, obce=municipalities_list())
    assert evidence.files[1].rejected == 5
    assert "prohozené" in refused(evidence)[0][2]


def test_swapped_coordinates_are_noticed_and_foreign_ones_too(read):
    lines = MASTER.splitlines()
    swapped = lines[1].replace("15.02,50.02", "50.02,15.02")
    abroad = lines[2].replace("15.08,50.02", "2.35,48.85")
    broken = lines[3].replace("15.02,50.08", "x,50.08")
    half = lines[4].replace("15.08,50.08", ",50.08")
    _, evidence = read(master="\n".join([lines[0], swapped, abroad, broken, half]))
    sentences = [message for *_, message in refused(evidence)]
    assert "prohozené" in sentences[0]
    assert "mimo Česko" in sentences[1]
    assert "Čekáme stupně" in sentences[2]
    assert "chybí" in sentences[3]


def test_a_table_may_have_any_of_its_columns_and_decimal_commas(read):
    found, _ = read(master="obec_kod;obec;lat;lon\n590001;Horní Lhota;50,02;15,02\n")
    assert only(found).point == Point(lat=50.02, lon=15.02)
    assert (only(found).orp, only(found).ages) == ("", None)
    found, _ = read(master="obec_kod;obec;lat;lon;pop_2020\n590001;Horní Lhota;;;\n")
    assert (only(found).point, only(found).ages) == (None, None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ((",100,20,5,", ",100,200,5,"), "pop65plus_2020"),
        ((",100,20,5,", ",sto,20,5,"), "pop_2020"),
        ((",100,20,5,", ",-1,20,5,"), "pop_2020"),
        ((",100,20,5,", ",999999999999,20,5,"), "pop_2020"),
        (("590001,Horní", "590002,Horní"), "obec_kod"),
    ],
)
def test_impossible_numbers_and_repeated_rows_are_refused(read, change, field):
    _, evidence = read(master=MASTER.replace(*change, 1))
    assert [named for _, named, _ in refused(evidence)] == [field]


def test_a_municipality_repeated_in_a_list_counts_once(read):
    _, evidence = read(ruian=RUIAN + "590001;Znovu;2;8001;3999;;;\r\n")
    assert refused(evidence) == [(7, "kod", "Obec je v souboru dvakrát; platí první řádek.")]


def test_the_second_of_two_lists_changes_nothing_that_the_first_says(read):
    later = RUIAN.replace("Horní Lhota", "Jiná Lhota")
    found, _ = read(a=RUIAN, b=later)
    assert by_code(found)["590001"].name == "Horní Lhota"


def test_a_wrong_date_is_refused_and_one_in_the_future_has_not_ended(read):
    found, evidence = read(
        ruian=RUIAN.replace("31.12.2015 00:00:00", "31.12.2027"),
        jine=RUIAN.replace("05.06.2015 00:00:00", "kdysi").replace("5900", "5800"),
    )
    assert "590009" in by_code(found)
    assert "Čekáme datum" in refused(evidence)[0][2]


def test_a_table_in_windows_1250_is_read_and_said(read):
    found, evidence = read(ruian=RUIAN.encode("cp1250"))
    assert by_code(found)["590001"].name == "Horní Lhota"
    assert evidence.notes == ["ruian není v UTF-8, čteme jej jako windows-1250."]


def test_a_table_in_utf_16_is_read(read):
    found, _ = read(ruian=RUIAN.encode("utf-16"))
    assert by_code(found)["590001"].name == "Horní Lhota"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"KOD;NAZEV\n\x81\x83;\xc5", "UTF-8 ani windows-1250"),
        (b"\xff\xfe\x00", "UTF-8 ani windows-1250"),
        (b"a;a;b\n1;2;3\n", "Dva sloupce"),
    ],
)
def test_a_table_that_cannot_be_read_stops_the_import(read, content, said):
    with pytest.raises(IngestError, match=said):
        read(soubor=content)


def test_a_cell_as_long_as_a_book_stops_the_import(read):
    with pytest.raises(IngestError, match="správné CSV") as error:
        read(ruian=RUIAN + f"590010;{'x' * 200_000};2;8001;3999;;;\r\n")
    assert error.value.row == 7


def test_an_office_list_says_to_which_orp_each_office_belongs(read):
    offices = "KOD;NAZEV;ORP_KOD\n8001;Velké Město;9001\n"
    found, _ = read(ruian=RUIAN, orp=ORPS, pou=offices, okresy=districts_list())
    assert {one.orp for one in found.municipalities} == {"Velké Město"}
    assert {one.region for one in found.municipalities} == {"Zkušební kraj"}


def test_links_of_municipalities_give_their_orp_from_either_side(read):
    head = '"chodnota1","text1","chodnota2","text2"\n'
    found, _ = read(
        a=head + '"9901","Velké Město","590001","Horní Lhota"\n',
        b=head + '"590002","Dolní Lhota","9901","Velké Město"\n',
        master="obec_kod,obec,lat,lon\n590001,Horní Lhota,50,15\n590002,Dolní Lhota,50,15\n",
    )
    assert {one.orp for one in found.municipalities} == {"Velké Město"}
    assert all(Given.LINKS in one.given for one in found.municipalities)


def test_links_to_an_orp_of_unknown_code_are_refused_and_the_order_of_files_does_not_matter(read):
    _, evidence = read(a_vazba=LINKS)
    assert "přidejte seznam ORP" in refused(evidence)[0][2]
    found, evidence = read(a_vazba=LINKS, z_orp=ORPS)
    assert refused(evidence) == []
    assert {one.other_code for one in found.districts} == {"9901", "CZ099", ""}


def test_codes_of_a_column_with_gaps_are_whole_numbers_all_the_same(read):
    found, _ = read(kody=ORP_CODES)
    assert {one.parent for one in found.districts if one.tier is Tier.ORP} == {"3999"}


# Disagreement


def test_a_newer_office_moves_a_municipality_to_another_orp_and_it_is_said(read):
    rows = MASTER.replace(
        "590004,Lhota,Velké Město,9901,Velké Město", "590004,Lhota,Staré,9902,Staré"
    )
    found, evidence = read(master=rows, ruian=RUIAN, okresy=districts_list())
    assert by_code(found)["590004"].orp == "Velké Město"
    assert "Lhota: Velké Město, tabulka Staré" in evidence.notes[0]


def test_an_office_divided_among_orps_moves_nobody(read):
    rows = MASTER.replace(
        "590004,Lhota,Velké Město,9901,Velké Město", "590004,Lhota,Staré,9902,Staré"
    )
    rows = rows.replace(
        "590001,Horní Lhota,Velké Město,9901,Velké Město", "590001,Horní Lhota,S,9,Staré"
    )
    found, evidence = read(master=rows, ruian=RUIAN)
    assert by_code(found)["590004"].orp == "Staré"
    assert evidence.notes == []


def test_files_that_disagree_are_believed_in_their_order_and_it_is_said(read):
    districts = districts_list()
    districts["polozky"] += polozky("Okres", {"kod": "3998", "nazev": "Západ", "kraj": "Kraj/999"})[
        "polozky"
    ]
    ruian = RUIAN.replace("Lhota;2;8001;3999", "Lhotka;2;8001;3998")
    found, evidence = read(
        obce=municipalities_list(), okresy=districts, kraje=regions_list(), ruian=ruian
    )
    assert by_code(found)["590001"].name == "Horní Lhota"
    assert by_code(found)["590001"].district == "Východ"
    assert [note.split(":")[0] for note in evidence.notes] == [
        "Soubory se rozcházejí, název obce (platí první)",
        "Soubory se rozcházejí, okres (platí první)",
    ]


def test_many_disagreements_are_counted_and_the_first_named(read):
    codes = [str(591000 + number) for number in range(9)]
    listed = polozky(
        "Obec", *({"kod": code, "nazev": f"Ves {code}", "okres": "Okres/3999"} for code in codes)
    )
    table = "obec_kod,obec,orp\n" + "".join(f"{code},Jiná {code},X\n" for code in codes)
    _, evidence = read(obce=listed, master=table)
    assert evidence.notes[0].endswith("a\N{NO-BREAK SPACE}dalších 4.")


def test_a_municipality_that_no_list_holds_has_no_name(read):
    found, _ = read(
        obce=municipalities_list(), master=MASTER + "590010" + MASTER.splitlines()[1][6:]
    )
    assert by_code(found)["590010"].name == ""
