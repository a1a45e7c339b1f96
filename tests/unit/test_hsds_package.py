"""Packages of HSDS tables: a folder or a zip; whole, damaged or hostile."""

import io
import json
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.ingest.errors import IngestError
from referral.ingest.hsds import tables
from referral.ingest.hsds.edition import hsds_edition
from referral.ingest.source_file import SourceFile
from referral.resources import data_dir
from support.hsds_package import (
    at,
    files_of,
    mark,
    phone,
    place,
    service,
    services,
    table,
    tables_of,
    uuid,
    write_list,
    write_zip,
)
from support.hsds_reading import DAY, guide_of, quick_rows, rows_of


@pytest.fixture(scope="session")
def rows(embedded):
    """Return the rows of a file."""
    return lambda path, **options: rows_of(path, embedded, **options)


@pytest.fixture(scope="session")
def quick(embedded):
    """Return the rows of a file with everything around them made ready once."""
    guide = guide_of(embedded)
    return lambda path: quick_rows(path, guide)


def meant(found):
    return [row.interpret().service for row in found]


def test_the_singular_names_of_tables_and_those_of_the_description_are_known(rows, tmp_path):
    whole = meant(rows(write_list(tmp_path / "list.json", services(2))))
    singular = {f"data/{name}.csv": table(one) for name, one in tables_of(services(2)).items()}
    assert meant(rows(write_zip(tmp_path / "a.zip", singular))) == whole
    renamed = files_of(services(2))
    renamed["nase-sluzby.csv"] = renamed.pop("services.csv")
    about = {
        "title": "Služby města",
        "publisher": "Zkušební město",
        "licenses": [{"name": "CC-BY-4.0"}],
        "resources": [{"name": "services", "path": "./nase-sluzby.csv"}, {"name": 5}, None],
    }
    renamed["datapackage.json"] = json.dumps(about)
    assert meant(rows(write_zip(tmp_path / "b.zip", renamed))) == whole


def test_the_source_is_named_by_the_description_of_the_package(embedded, tmp_path):
    def source(path, **options):
        file = SourceFile(path=path, as_of=DAY, **options)
        found = hsds_edition(file, data=data_dir(), catalog=embedded).source
        return found.id, found.title, found.publisher, found.licence

    about = {"title": "Služby města", "publisher": {"name": "Město"}, "licenses": [{"name": "CC0"}]}
    files = files_of(services(1)) | {"datapackage.json": json.dumps(about)}
    packed = write_zip(tmp_path / "a.zip", files)
    assert source(packed) == ("hsds", "Služby města", "Město", "CC0")
    plain = write_list(tmp_path / "a.json", services(1))
    assert source(plain) == ("hsds", "Import HSDS", "neuvedeno", "neuvedena")
    assert source(plain, source="vysehrad")[:2] == ("vysehrad", "Import HSDS (vysehrad)")


def test_only_the_table_of_services_has_to_be_there(rows, tmp_path):
    files = files_of(services(1))
    alone = write_zip(tmp_path / "a.zip", {"services.csv": files["services.csv"]})
    problems = rows(alone)[0].interpret().problems
    assert [one.field for one in problems] == ["organization.name", "attributes"]
    del files["services.csv"]
    with pytest.raises(IngestError, match="chybí tabulka služeb"):
        rows(write_zip(tmp_path / "b.zip", files))
    with pytest.raises(IngestError, match="chybí tabulka služeb"):
        rows(write_zip(tmp_path / "c.zip", {}))


def test_tables_from_a_spreadsheet_are_read_whatever_their_encoding_and_separator(rows, tmp_path):
    files = {
        name: content.replace(",", ";").encode("cp1250") if name == "organizations.csv" else content
        for name, content in files_of([service(3)]).items()
    }
    told = rows(write_zip(tmp_path / "a.zip", files))[0].interpret()
    assert told.service.organization.name == "Zkušební poskytovatel 1; z. s."


def test_a_row_of_services_that_does_not_fit_is_rejected_and_any_other_stops(rows, tmp_path):
    files = files_of(services(2))
    broken = files | {"services.csv": files["services.csv"] + "jen,tri,bunky\n"}
    found = rows(write_zip(tmp_path / "a.zip", broken))
    assert [row.interpret().service is None for row in found] == [False, False, True]
    assert found[2].interpret().problems[0].message.startswith("Služba není objekt")
    broken = files | {"attribute.csv": files["attribute.csv"] + "jen,tri\n"}
    with pytest.raises(IngestError, match=r"attribute\.csv, řádek.*jiný počet buněk"):
        rows(write_zip(tmp_path / "b.zip", broken))


def test_a_table_that_is_there_twice_or_lacks_its_key_is_refused(rows, tmp_path):
    files = files_of(services(1))
    with pytest.raises(IngestError, match="dvakrát"):
        rows(write_zip(tmp_path / "a.zip", files | {"service.csv": "id,name\n"}))
    with pytest.raises(IngestError, match="dvakrát"):
        rows(write_zip(tmp_path / "b.zip", files | {"jinde/services.csv": "id,name\n"}))
    with pytest.raises(IngestError, match=r"sloupec id: Sloupec v tabulce chybí"):
        rows(write_zip(tmp_path / "c.zip", {"services.csv": "name\nx\n"}))
    with pytest.raises(IngestError, match="Popis balíčku"):
        rows(write_zip(tmp_path / "d.zip", files | {"datapackage.json": "{"}))


def test_numbers_of_people_and_faxes_are_passed_over_in_tables_too(rows, tmp_path):
    one = service(1, phones=[phone(5, contact_id="x"), phone(6, type="fax"), phone(7)])
    told = rows(write_zip(tmp_path / "a.zip", files_of([one])))[0].interpret()
    assert told.service.contact.phone == "+420 600000007"


def test_a_mark_on_an_address_reaches_the_service_through_the_tables(rows, tmp_path):
    location = place()
    location["addresses"][0]["attributes"] = [mark("sitpomoci-adresa", "secret")]
    one = service(1, service_at_locations=[at(location)])
    told = rows(write_zip(tmp_path / "a.zip", files_of([one])))[0].interpret()
    assert told.service.secret
    assert "Kadaň" not in repr((told.service.locations, told.service.places))


def test_a_zip_that_unpacks_to_too_much_is_refused(rows, tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_BYTES", 100_000)
    bomb = write_zip(tmp_path / "a.zip", {"services.csv": "id,name\n" + "a" * 3_000_000})
    assert bomb.stat().st_size < 10_000
    with pytest.raises(IngestError, match="Po rozbalení"):
        rows(bomb)
    monkeypatch.setattr(tables, "MOST_TOGETHER", 150_000)
    many = {f"{name}.csv": "id\n" + "a" * 90_000 for name in ("services", "units")}
    with pytest.raises(IngestError, match="Po rozbalení"):
        rows(write_zip(tmp_path / "b.zip", many))
    monkeypatch.setattr(tables, "MOST_FILES", 3)
    with pytest.raises(IngestError, match="přes 3 souborů"):
        rows(write_zip(tmp_path / "c.zip", {f"{name}.csv": "id" for name in "abcd"}))


def test_a_folder_that_holds_too_much_is_refused(rows, tmp_path, monkeypatch):
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "services.csv").write_text("id,name\n" + "a" * 900, encoding="utf-8")
    (folder / "units.csv").write_text("id,name\n" + "a" * 900, encoding="utf-8")
    monkeypatch.setattr(tables, "MOST_TOGETHER", 1500)
    with pytest.raises(IngestError, match="package: Po rozbalení"):
        rows(folder)
    monkeypatch.setattr(tables, "MOST_BYTES", 500)
    with pytest.raises(IngestError, match=r"services\.csv: Po rozbalení"):
        rows(folder)
    monkeypatch.setattr(tables, "MOST_FILES", 1)
    with pytest.raises(IngestError, match="přes 1 souborů"):
        rows(folder)


def test_what_a_system_adds_to_a_zip_is_passed_over(rows, tmp_path):
    files = files_of(services(1))
    added = {"__MACOSX/._services.csv": b"\x00", "data/": b"", ".services.csv": "x", "a.txt": "x"}
    assert len(rows(write_zip(tmp_path / "a.zip", files | added))) == 1


def test_a_large_description_or_one_that_is_no_object_is_refused_or_passed_over(
    rows, tmp_path, monkeypatch
):
    files = files_of(services(1)) | {"datapackage.json": "[]"}
    packed = write_zip(tmp_path / "a.zip", files)
    assert len(rows(packed)) == 1
    monkeypatch.setattr(tables, "_LARGEST_DESCRIPTOR", 1)
    with pytest.raises(IngestError, match="Popis balíčku"):
        rows(packed)


def test_reading_a_package_tells_how_many_bytes_have_been_read(rows, tmp_path):
    told = []
    packed = write_zip(tmp_path / "a.zip", files_of(services(1)))
    rows(packed, heard=told.append)
    assert told == [packed.stat().st_size]


def test_names_in_a_zip_never_lead_outside(rows, tmp_path):
    files = {f"../../{name}": content for name, content in files_of(services(1)).items()}
    assert len(rows(write_zip(tmp_path / "a.zip", files))) == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.zip"]


@given(cut=st.integers(0, 6000), noise=st.binary(min_size=1, max_size=8))
def test_a_damaged_package_is_read_or_refused_but_never_breaks_the_reader(
    quick, tmp_path_factory, cut, noise
):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files_of(services(2)).items():
            archive.writestr(name, content)
    whole = packed.getvalue()
    file = tmp_path_factory.mktemp("fuzz") / "a.zip"
    file.write_bytes(whole[:cut] + noise + whole[cut + len(noise) :])
    with suppress(IngestError):
        for row in quick(file):
            assert row.interpret() is not None


@given(
    name=st.sampled_from(sorted(files_of(services(1)))),
    at_byte=st.integers(0, 900),
    noise=st.text(max_size=6),
)
def test_a_damaged_table_is_read_or_refused_but_never_breaks_the_reader(
    quick, tmp_path_factory, name, at_byte, noise
):
    files = files_of(services(2))
    files[name] = files[name][:at_byte] + noise + files[name][at_byte + len(noise) :]
    packed = write_zip(
        tmp_path_factory.mktemp("fuzz") / "a.zip",
        {one: content.encode("utf-8", "replace") for one, content in files.items()},
    )
    with suppress(IngestError):
        for row in quick(packed):
            told = row.interpret()
            assert (told.service is None) == bool(told.problems)


def test_identifiers_of_the_generator_are_stable():
    assert uuid("service", 1) == service(1)["id"]
