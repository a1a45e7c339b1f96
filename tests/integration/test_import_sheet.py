"""Our own spreadsheet: from a template over a person's hands into what the catalogue says."""

from dataclasses import replace
from datetime import date

import pytest

from referral.catalog.areas import CoverageStatus, Covers
from referral.catalog.model import CapacityUnit, Kind, ServiceCapacity, Source, Stance
from referral.catalog.own_fields import OwnField, VerifiedBy
from referral.catalog.places import PlaceIndex
from referral.catalog.vocabulary import Form
from referral.ingest.errors import IngestError
from referral.ingest.sheet.edition import places_of, sheet_edition, sheet_report
from referral.ingest.sheet.prefill import help_filled, own_filled
from referral.ingest.sheet.template import sheet_template
from referral.ingest.sheet.words import Words
from referral.ingest.source_file import SourceFile
from referral.storage.importing import SqlImportStore
from referral.usecases.import_services import LargeChangeError
from referral.usecases.import_sheet import import_sheet
from support.build import a_service
from support.edits import SIGNED
from support.sheet_files import as_csv, as_ods, as_xlsx, fill_template

TODAY, DAY, LATER = date(2026, 11, 22), date(2026, 11, 20), date(2026, 11, 21)
SOME = ("563102", "563404", "567027", "554481")
CARE = replace(
    a_service("rpss-26", "Pečovatelka Kadaň", register_id="1234567", locations=()),
    capacities=(
        ServiceCapacity(
            unit=CapacityUnit.CLIENTS, registered=20, as_of=date(2026, 8, 31), form=Form.FIELD
        ),
    ),
)
HOME = replace(a_service("rpss-27", type="50", locations=()), name="Domov U Lesa", capacities=())
FOOD = {
    "název": "Potravinová banka",
    "poskytovatel": "Spolek Sousedé",
    "IČO": 1234567,
    "druh pomoci": "komunitní a sousedská pomoc",
    "potřeby": "nemá na základní potřeby (FIN-NUZ); BYD-BEZ",
    "formy": "ambulantní",
    "působnost": "Kadaň, Vejprty",
    "obec": "Kadaň",
    "utajená adresa": "ne",
    "telefon": 777123456,
    "kdy": "úterý 9–12",
    "popis": '=HYPERLINK("http://example.test";"klik")',
    "ověřeno dne": DAY,
    "kdo ověřil": "koordinátor",
}
PHONE = {
    "název": "Půjčovna vozíků",
    "druh pomoci": "pomoc obce",
    "potřeby": "PEC-POS",
    "působnost": "ORP Kadaň",
}
BY = {"kdo ověřil": "koordinátor"}


def covers(text, *, service="rpss-26", on=DAY, **other):
    return {"služba": service, "kde působí": text, "ověřeno dne": on, **BY} | other


def free(count, *, service="rpss-26", form="terénní", unit="klient", on=DAY, **other):
    return {
        "služba": service, "forma": form, "jednotka": unit, "volno": count, "ke dni": on, **BY,
    } | other  # fmt: skip


def takes(stance, *, barrier="ALKOHOL", wording="", on=DAY, service="rpss-26"):
    return {
        "služba": service, "překážka": barrier, "postoj": stance, "znění": wording,
        "ověřeno dne": on, **BY,
    }  # fmt: skip


@pytest.fixture
def ready(engine, embedded) -> SqlImportStore:
    """A store with the shipped words, four places and two invented services."""
    store = SqlImportStore(engine)
    store.save_vocabulary(embedded.vocabulary)
    source = Source(
        id="zkouska", title="Zkouška", publisher="Zkušebna", as_of=DAY, licence="CC0 1.0"
    )
    store.save_sources([source])
    store.save_territory([embedded.territory.municipality(code) for code in SOME], ())
    services = [
        replace(one, provenance=replace(one.provenance, source="zkouska")) for one in (CARE, HOME)
    ]
    store.save_services(services)
    return store


@pytest.fixture
def bring(ready):
    """Import a file as the command does, and return the report as a document."""

    def brings(path, *, as_of=DAY, **other):
        catalog = ready.load()
        places = places_of(catalog, PlaceIndex.of(catalog.territory), elsewhere=frozenset())
        file = SourceFile(path=path, as_of=as_of, **other)
        edition, book = sheet_edition(file, catalog=catalog, places=places, today=TODAY)
        done = import_sheet(edition, store=ready, today=TODAY, signed=SIGNED)
        document = sheet_report(done, book).document()
        fates = ["added", "changed", "unchanged", "ended", "rejected"]
        assert document["read"] == sum(document[fate] for fate in fates)
        return document

    return brings


@pytest.fixture
def sheet(bring, tmp_path):
    """Import sheets, written as a workbook."""
    return lambda sheets, **other: bring(as_xlsx(tmp_path / "own.xlsx", sheets), **other)


def counts(document):
    named = ("added", "changed", "unchanged", "ended", "rejected")
    return {name: document[name] for name in named if document[name]}


def said(document):
    return [(one["row"], one["field"]) for one in document["rejections"]]


# --- From a template to the catalogue ---------------------------------------------------------


def everything():
    return {
        "Místní pomoc": [FOOD, PHONE],
        "Působnost": [covers("Kadaň, Vejprty; ORP Kadaň", service="Pečovatelka Kadaň (rpss-26)")],
        "Volná místa": [
            free(3, service="1234567"),
            free(2, service="rpss-27", form="pobytová", unit="lůžko"),
        ],
        "Kapacity": [
            {
                "služba": "rpss-27", "jednotka": "úvazek", "kapacita": "3,5",
                "ke dni": "20. 11. 2026", **BY,
            }
        ],
        "Koho přijímá": [takes("za podmínky", wording="Při nástupu střízlivý.")],
        "Síť": [
            {
                "služba": "rpss-26", "název sítě": "základní síť", "od": "1. 1. 2026",
                "ověřeno dne": DAY, "kdo ověřil": "úřad",
            }
        ],
    }  # fmt: skip


def test_what_a_person_fills_into_the_template_stands_above_the_source(bring, ready, tmp_path):
    catalog = ready.load()
    words = Words.of(catalog.vocabulary)
    template = tmp_path / "template.xlsx"
    template.write_bytes(sheet_template(words, own=own_filled(list(catalog.services.values()), {})))
    empty = bring(template)
    assert (empty["read"], empty["skipped_sheets"]) == (0, [])
    filled = fill_template(template, tmp_path / "filled.xlsx", everything())
    assert counts(bring(filled)) == {"added": 8}
    found = ready.load()
    care, home = found.service("rpss-26"), found.service("rpss-27")
    assert care.coverage.status is CoverageStatus.DECLARED
    assert care.coverage.certain == {"563102", "563404"}
    assert care.coverage.includes("567027") is Covers.NO
    assert [(one.registered, one.available, one.as_of) for one in care.capacities] == [(20, 3, DAY)]
    assert [(one.unit, one.registered, one.available) for one in home.capacities] == [
        (CapacityUnit.WORKLOADS, 3.5, None),
        (CapacityUnit.BEDS, None, 2),
    ]
    rule = next(one for one in care.eligibility.rules if one.barrier == "ALKOHOL")
    assert (rule.stance, rule.wording, rule.verified_on) == (
        Stance.CONDITIONS, "Při nástupu střízlivý.", DAY,
    )  # fmt: skip
    assert care.provenance.verified_on == DAY
    helped = found.service("help-sheet-potravinova-banka-spolek-sousede-kadan")
    assert (helped.kind, helped.needs) == (Kind.COMMUNITY, {"FIN-NUZ", "BYD-BEZ"})
    assert (helped.organization.ico, helped.contact.phone) == ("01234567", "777123456")
    assert helped.coverage.certain == {"563102", "563404"}
    assert helped.locations[0].municipality == "563102"
    assert {one.verified_by for one in ready.own_values("rpss-26")} == {
        VerifiedBy.COORDINATOR,
        VerifiedBy.OFFICE,
    }


def test_a_second_import_changes_nothing(sheet, ready):
    sheet(everything())
    revision, stored = ready.revision(), ready.load()
    assert counts(sheet(everything())) == {"unchanged": 8}
    assert ready.revision() == revision
    assert ready.load().services == stored.services


@pytest.mark.parametrize("write", [as_xlsx, as_ods])
def test_a_workbook_means_the_same_in_either_format(bring, ready, tmp_path, write):
    suffix = "ods" if write is as_ods else "xlsx"
    assert counts(bring(write(tmp_path / f"own.{suffix}", everything()))) == {"added": 8}
    assert len(ready.own_values()) == 6


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1250", "utf-16"])
def test_a_sheet_saved_as_csv_is_known_by_its_header(bring, ready, tmp_path, encoding):
    for name, rows in everything().items():
        file = as_csv(tmp_path / "list.csv", rows, encoding=encoding)
        assert counts(bring(file)) == {"added": len(rows)}, name
    assert len(ready.own_values()) == 6
    helped = ready.load().service("help-sheet-potravinova-banka-spolek-sousede-kadan")
    assert helped.description.startswith("=HYPERLINK("), "text from a file is never a formula"


def test_a_folder_of_sheets_saved_as_csv_is_one_spreadsheet(bring, tmp_path):
    folder = tmp_path / "listy"
    folder.mkdir()
    for number, rows in enumerate(everything().values()):
        as_csv(folder / f"{number}.csv", rows)
    assert counts(bring(folder)) == {"added": 8}


def test_help_written_into_the_next_template_is_unchanged_when_it_comes_back(
    sheet, bring, ready, tmp_path
):
    sheet({"Místní pomoc": [FOOD, PHONE]})
    catalog = ready.load()
    helped = [one for one in catalog.services.values() if one.provenance.source == "sheet"]
    words = Words.of(catalog.vocabulary)
    template = tmp_path / "next.xlsx"
    template.write_bytes(sheet_template(words, helped=help_filled(helped, words)))
    assert counts(bring(template)) == {"unchanged": 2}
    assert ready.load().services == catalog.services


# --- Help -----------------------------------------------------------------------------------------


def test_help_keeps_its_id_in_another_order_and_a_code_outlives_another_name(sheet, ready):
    coded = {**PHONE, "kód": "Vozíky"}
    sheet({"Místní pomoc": [FOOD, coded]})
    assert "help-sheet-voziky" in ready.load().services
    renamed = {**coded, "název": "Půjčovna pomůcek"}
    assert counts(sheet({"Místní pomoc": [renamed, FOOD]})) == {"changed": 1, "unchanged": 1}
    assert ready.load().service("help-sheet-voziky").name == "Půjčovna pomůcek"


def test_help_gone_from_the_sheet_ends_but_a_sheet_without_rows_ends_nothing(sheet, ready):
    sheet({"Místní pomoc": [FOOD, PHONE]})
    assert counts(sheet({"Místní pomoc": [FOOD]}, as_of=LATER)) == {"unchanged": 1, "ended": 1}
    assert ready.load().service("help-sheet-pujcovna-voziku").valid_to == DAY
    assert (
        counts(sheet({"Místní pomoc": [{"název": None, "druh pomoci": None, "potřeby": None}]}))
        == {}
    )
    assert counts(sheet({"Působnost": [covers("Most")]})) == {"added": 1}
    assert (
        ready.load().service("help-sheet-potravinova-banka-spolek-sousede-kadan").valid_to is None
    )


def test_a_large_sheet_that_would_lose_much_is_refused_and_a_small_one_is_not(sheet, ready):
    many = [{**PHONE, "název": f"Pomoc {number}"} for number in range(20)]
    sheet({"Místní pomoc": many})
    lost = {"Místní pomoc": many[:18], "Působnost": [covers("Most")]}
    with pytest.raises(LargeChangeError, match="2 z 20"):
        sheet(lost, as_of=LATER)
    assert ready.own_values() == ()
    accepted = sheet(lost, as_of=LATER, accept_large_change=True)
    assert counts(accepted) == {"added": 1, "unchanged": 18, "ended": 2}
    assert counts(sheet({"Místní pomoc": many[:9]}, as_of=TODAY)) == {"unchanged": 9, "ended": 9}


def test_another_source_is_another_list_and_no_register_can_be_overwritten(sheet, ready):
    sheet({"Místní pomoc": [FOOD]})
    assert counts(sheet({"Místní pomoc": [PHONE]}, source="vejprty")) == {"added": 1}
    assert ready.load().service("help-vejprty-pujcovna-voziku").valid_to is None
    foreign = {**PHONE, "kód": "help-vejprty-pujcovna-voziku"}
    assert said(sheet({"Místní pomoc": [FOOD, foreign]})) == [(3, "Místní pomoc: kód")]
    with pytest.raises(IngestError, match="není tabulka místní pomoci"):
        sheet({"Místní pomoc": [PHONE]}, source="zkouska")


def test_a_secret_address_is_never_located_nor_told(sheet, ready):
    hidden = {**FOOD, "název": "Úkryt", "utajená adresa": "ano", "obec": "Vejprty"}
    told = sheet({"Místní pomoc": [hidden]})
    assert said(told) == [(2, "Místní pomoc: obec")]
    assert told["rejections"][0]["value"] == ""
    assert counts(sheet({"Místní pomoc": [{**hidden, "obec": None}]})) == {"added": 1}
    found = ready.load().service("help-sheet-ukryt-spolek-sousede")
    assert found.secret
    assert found.locations[0].point is None


# --- Verified values ------------------------------------------------------------------------------


def test_rows_of_one_service_and_field_make_one_value_and_replace_the_last(sheet, ready):
    both = [free(1), free(2, form="ambulantní")]
    assert counts(sheet({"Volná místa": both})) == {"added": 2}
    (value,) = ready.own_values("rpss-26")
    assert len(value.vacancies) == 2
    told = sheet({"Volná místa": [free(5, on=LATER)]})
    assert counts(told) == {"changed": 1, "ended": 1}
    assert (told["gone"], told["in_file"]) == (1, 1)
    (value,) = ready.own_values("rpss-26")
    assert [(one.form, one.available) for one in value.vacancies] == [(Form.FIELD, 5)]


def test_the_value_is_as_old_as_the_oldest_of_its_rows(sheet, ready):
    sheet({"Volná místa": [free(1, on=LATER), free(2, form="ambulantní", on=DAY)]})
    assert ready.own_values("rpss-26")[0].verified_on == DAY


def test_an_older_value_never_replaces_a_newer_one(sheet, ready):
    sheet({"Volná místa": [free(4, on=LATER)]})
    told = sheet({"Volná místa": [free(9, on=DAY)]})
    assert said(told) == [(2, "Volná místa: služba")]
    assert "21. 11. 2026" in told["rejections"][0]["message"]
    assert counts(sheet({"Volná místa": [free(4, on=DAY)]})) == {"unchanged": 1}
    (value,) = ready.own_values("rpss-26")
    assert (value.vacancies[0].available, value.verified_on) == (4, LATER)


def test_the_same_value_verified_again_is_a_change_of_its_day(sheet, ready):
    sheet({"Působnost": [covers("Most")]})
    assert counts(sheet({"Působnost": [covers("Most", on=LATER)]})) == {"changed": 1}
    assert ready.own_values("rpss-26")[0].verified_on == LATER


def test_a_rejected_row_ends_nothing_of_its_service(sheet, ready):
    sheet({"Koho přijímá": [takes("přijímá"), takes("nepřijímá", barrier="PES")]})
    later = [takes("nepřijímá", on=LATER), takes("možná", barrier="PES", on=LATER)]
    assert counts(sheet({"Koho přijímá": later})) == {"changed": 1, "rejected": 1}
    rules = ready.own_values("rpss-26")[0].rules
    assert {(one.barrier, one.stance) for one in rules} == {
        ("ALKOHOL", Stance.EXCLUDES),
        ("PES", Stance.EXCLUDES),
    }


def test_a_row_said_twice_counts_once(sheet):
    told = sheet({"Volná místa": [free(1), free(2)]})
    assert (counts(told), said(told)) == (
        {"added": 1, "rejected": 1},
        [(3, "Volná místa: služba")],
    )


def test_an_empty_sheet_ends_no_verified_value(sheet, ready):
    sheet(everything())
    empty = dict.fromkeys(covers(""))
    assert counts(sheet({"Působnost": [empty]})) == {}
    assert len(ready.own_values()) == 6


def test_values_of_help_from_the_same_file_find_it(sheet, ready):
    told = sheet(
        {
            "Místní pomoc": [{**PHONE, "kód": "voziky"}],
            "Volná místa": [free(2, service="help-sheet-voziky", form=None, unit="klient")],
        }
    )
    assert counts(told) == {"added": 2}
    assert ready.own_values("help-sheet-voziky")[0].field is OwnField.VACANCY


def test_a_dry_run_tells_the_fates_and_keeps_nothing(sheet, ready):
    revision = ready.revision()
    assert counts(sheet(everything(), dry_run=True)) == {"added": 8}
    assert (ready.revision(), ready.own_values()) == (revision, ())


@pytest.mark.parametrize(
    ("row", "field", "hint"),
    [
        (free(1, service="Pecovatelka Kadan"), None, None),
        (free(1, service="rpss-62"), "služba", "rpss-26"),
        (free(1, service="Pečovatelka Kadň"), "služba", "Pečovatelka Kadaň (rpss-26)"),
        (free("dvě"), "volno", "celé nezáporné číslo"),
        (free(-1), "volno", "celé nezáporné číslo"),
        (free(1.5), "volno", "celé nezáporné číslo"),
        (free("1" * 400), "volno", "celé nezáporné číslo"),
        (free(1, unit="kilogram"), "jednotka", "lůžko"),
        (free(1, on="brzy"), "ke dni", "21. 11. 2026"),
        (free(1, on=date(2027, 1, 1)), "ke dni", "v budoucnosti"),
        (free(1, on=None), "ke dni", "Chybí den"),
        (free(1, **{"kdo ověřil": "Vymyslislava Nevěřímská"}), "kdo ověřil", "Jména neukládáme"),
    ],
)
def test_a_row_that_cannot_be_read_says_what_where_and_how_to_mend_it(sheet, row, field, hint):
    told = sheet({"Volná místa": [row]})
    if field is None:
        assert counts(told) == {"added": 1}
        return
    assert said(told) == [(2, f"Volná místa: {field}")]
    assert hint in told["rejections"][0]["message"]
    assert "Vymyslislava" not in str(told)
