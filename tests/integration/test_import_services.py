"""Importing the register: every row has a fate, all of it happens or nothing, history is kept."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.changes import GONE, WHEREABOUTS, ChangedField
from referral.catalog.model import AcceptanceRule, CapacityUnit, Stance
from referral.catalog.own_fields import OwnField, OwnValue, Vacancy, VerifiedBy
from referral.catalog.ports import Fate
from referral.catalog.vocabulary import Form
from referral.ingest.errors import IngestError
from referral.ingest.rpss.edition import rpss_edition
from referral.ingest.services_report import services_report
from referral.ingest.source_file import SourceFile
from referral.resources import data_dir
from referral.storage.importing import SqlImportStore
from referral.usecases.import_services import LargeChangeError, import_services
from support.rpss_register import PEOPLE, facility, item, write_group_list, write_register

FIRST, LATER = date(2026, 11, 1), date(2026, 11, 22)


@pytest.fixture
def ready(engine, embedded) -> SqlImportStore:
    """A store with the words and places of the shipped catalogue and no service."""
    store = SqlImportStore(engine)
    store.save_vocabulary(embedded.vocabulary)
    store.save_sources(embedded.sources.values())
    some = ("554481", "554961", "554499", "567027", "562971", "566985")
    store.save_territory([embedded.territory.municipality(code) for code in some], ())
    return store


@pytest.fixture
def bring(ready, tmp_path):
    """Import registrations as the register of a day."""

    write_group_list(tmp_path, ready.load().vocabulary)

    def brings(*registrations, as_of=FIRST, accept=False, dry_run=False, path=None):
        file = path or write_register(tmp_path / "rpss.json", registrations)
        order = SourceFile(path=file, as_of=as_of, accept_large_change=accept, dry_run=dry_run)
        edition = rpss_edition(order, data=data_dir(), catalog=ready.load())
        return import_services(edition, store=ready, today=LATER)

    return brings


def counts(done) -> dict[str, int]:
    document = services_report("rpss", done).document()
    named = ("in_file", "gone", "added", "changed", "unchanged", "ended", "rejected")
    return {name: document[name] for name in named if document[name]}


def many(count: int = 40):
    return [item(number) for number in range(1, count + 1)]


# --- Fates ----------------------------------------------------------------------------------------


def test_the_same_file_twice_changes_nothing(bring, ready):
    assert counts(bring(*many())) == {"in_file": 40, "added": 40}
    revision, history, stored = ready.revision(), ready.changes(), ready.load().services
    assert counts(bring(*many(), as_of=LATER)) == {"in_file": 40, "unchanged": 40}
    assert ready.revision() == revision
    assert ready.changes() == history
    assert ready.load().services == stored


def test_a_newer_file_brings_changes_with_both_values_and_the_day(bring, ready):
    registrations = many()
    registrations[0]["formy"][0]["kapacity"][0]["pocet"] = 32
    bring(*registrations)
    registrations[0]["formy"][0]["kapacity"][0]["pocet"] = 28
    assert counts(bring(*registrations, as_of=LATER)) == {
        "in_file": 40,
        "changed": 1,
        "unchanged": 39,
    }
    found = ready.changes(since=LATER)
    assert [(one.service, one.field, one.before, one.after, one.on) for one in found] == [
        ("rpss-1", ChangedField.CAPACITY, "32", "28", LATER)
    ]
    assert [one.field for one in ready.changes(service="rpss-1")] == [
        ChangedField.CAPACITY,
        ChangedField.REGISTERED,
    ]


def test_services_that_a_newer_file_only_confirms_become_fresher(bring, ready):
    bring(*many())
    bring(*many(), item(99), as_of=LATER)
    service = ready.load().service("rpss-1")
    assert service.provenance.as_of == LATER
    assert {one.as_of for one in service.capacities} == {LATER}
    assert ready.load().source("rpss").as_of == LATER


def test_a_service_gone_from_the_file_ends_and_may_come_back(bring, ready):
    bring(*many())
    done = bring(*many(39), as_of=LATER)
    assert counts(done) == {"in_file": 39, "gone": 1, "unchanged": 39, "ended": 1}
    assert ready.load().service("rpss-40").valid_to == date(2026, 11, 21)
    assert [(one.field, one.detail) for one in done.changes] == [(ChangedField.ENDED, GONE)]
    assert counts(bring(*many(39), item(99), as_of=LATER)) == {
        "in_file": 40,
        "added": 1,
        "unchanged": 39,
    }
    assert counts(bring(*many(), item(99), as_of=LATER)) == {
        "in_file": 41,
        "changed": 1,
        "unchanged": 40,
    }
    assert ready.load().service("rpss-40").valid_to is None


def test_an_answer_of_the_portal_ends_nothing_that_it_does_not_hold(bring, ready, tmp_path):
    bring(*many())
    stored = ready.load().service("rpss-1")
    service = {
        "id": 1,
        "identifikator": stored.register_id,
        "druhSocialniSluzbyId": 3838,
        "sluzbyVZarizeni": [],
    }
    answer = {"list": [{"sluzba": service, "poskytovatel": {"nazevPoskytovatele": "Jiný"}}]}
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(answer), encoding="utf-8")
    assert counts(bring(path=file, as_of=LATER)) == {"in_file": 1, "changed": 1}
    found = ready.load().service("rpss-1")
    assert (found.type, found.organization.name) == ("40", "Jiný")
    assert (found.locations, found.contact) == (stored.locations, stored.contact)


def test_a_registration_that_ends_in_the_file_is_counted_as_ended(bring):
    bring(*many())
    ended = many()
    ended[3]["datumPoskytovaniDo"] = "2026-11-10"
    done = bring(*ended, as_of=LATER)
    assert counts(done) == {"in_file": 40, "ended": 1, "unchanged": 39}


def test_rejected_rows_have_a_reason_and_leave_what_is_stored(bring, ready):
    bring(*many())
    broken = [*many(39), item(40) | {"datumPoskytovaniDo": "brzy"}, item(7), {"id": None}]
    done = bring(*broken, as_of=LATER)
    assert counts(done) == {"in_file": 42, "unchanged": 39, "rejected": 3}
    assert [(one.row, one.field) for one in done.rejections] == [
        (41, "portalId"),
        (42, "portalId"),
        (40, "datumPoskytovaniDo"),
    ]
    assert ready.load().service("rpss-40").valid_to is None


def test_what_stays_unknown_is_counted_once_for_each_value(bring):
    done = bring(*many(5))
    assert [(one.field, one.value, one.rows, one.first_row) for one in done.unknown] == [
        ("vekoveSkupiny", "5", 5, 1)
    ]


def test_a_row_that_says_the_same_in_other_words_is_unchanged(bring, ready):
    bring(*many())
    revision = ready.revision()
    reworded = [one | {"doplnkoveUdaje": {"realizacePoskytovani": [1]}} for one in many()]
    assert counts(bring(*reworded)) == {"in_file": 40, "unchanged": 40}
    assert ready.revision() == revision


def test_a_dry_run_tells_the_fates_and_changes_nothing(bring, ready):
    assert counts(bring(*many(), dry_run=True)) == {"in_file": 40, "added": 40}
    assert ready.load().services == {}
    assert ready.revision() == 3
    assert ready.changes() == ()


def test_an_error_in_the_middle_of_the_file_leaves_nothing_behind(bring, ready, tmp_path):
    file = write_register(tmp_path / "rpss.json", many(600))
    file.write_text(file.read_text(encoding="utf-8")[:-3000], encoding="utf-8")
    with pytest.raises(IngestError, match="poškozený"):
        bring(path=file)
    assert ready.load().services == {}
    with pytest.raises(IngestError, match="nejde přečíst"):
        bring(path=tmp_path / "nic.json")


# --- The guard ------------------------------------------------------------------------------------


def test_a_file_that_would_end_more_than_five_percent_is_refused_unless_accepted(bring, ready):
    bring(*many())
    with pytest.raises(LargeChangeError, match=r"ukončil 3 z 40 .*--accept-large-change"):
        bring(*many(37), as_of=LATER)
    assert all(one.valid_to is None for one in ready.load().services.values())
    assert counts(bring(*many(37), as_of=LATER, accept=True))["ended"] == 3
    assert counts(bring(*many(36), item(50), as_of=LATER))["ended"] == 1


def test_a_file_of_another_shape_is_refused_unless_accepted(bring):
    odd = many()
    for one in odd[:3]:
        del one["zarizeni"]
    with pytest.raises(LargeChangeError, match="V 3 z 40 položek"):
        bring(*odd)
    assert counts(bring(*odd, accept=True)) == {"in_file": 40, "added": 40}
    assert counts(bring(*odd[2:], accept=True))["ended"] == 2


# --- What stays ours, and what stays secret -------------------------------------------------------


def test_our_own_values_outlive_every_import(bring, ready):
    registrations = many()
    registrations[0]["formy"] = [
        {
            "forma": {"id": "FormaSocialniSluzby/pob"},
            "kapacity": [{"pocet": 9, "typ": {"id": "TypKapacitySocialniSluzby/luzka"}}],
        }
    ]
    bring(*registrations)
    coverage = Coverage(
        areas=(ServiceArea(kind=AreaKind.RADIUS, name="Cheb", km=5),),
        status=CoverageStatus.DECLARED,
        certain=frozenset({"554481"}),
    )
    rule = AcceptanceRule(barrier="ALKOHOL", stance=Stance.ACCEPTS, wording="ověřeno")
    vacancy = Vacancy(form=Form.RESIDENTIAL, unit=CapacityUnit.BEDS, available=2)
    about = {"service": "rpss-1", "verified_on": LATER, "verified_by": VerifiedBy.OFFICE}
    own = (
        OwnValue(field=OwnField.COVERAGE, coverage=coverage, **about),
        OwnValue(field=OwnField.VACANCY, vacancies=(vacancy,), **about),
        OwnValue(field=OwnField.ACCEPTANCE, rules=(rule,), **about),
    )
    revision = ready.revision()
    ready.save_own(own)
    assert ready.revision() == revision + 1
    registrations[0]["weby"] = []
    assert counts(bring(*registrations, as_of=LATER))["changed"] == 1
    service = ready.load().service("rpss-1")
    assert service.coverage == coverage
    assert service.eligibility.rules == (rule,)
    assert [one.available for one in service.capacities] == [2]
    assert set(ready.own_values()) == set(ready.own_values("rpss-1")) == set(own)
    assert ready.own_values("rpss-2") == ()


def test_our_own_coverage_is_the_one_that_a_new_territory_moves(bring, ready):
    bring(*many(2))
    place = ServiceArea(kind=AreaKind.MUNICIPALITY, name="Cheb")
    coverage = Coverage(areas=(place,), status=CoverageStatus.DECLARED)
    value = OwnValue(
        service="rpss-1",
        field=OwnField.COVERAGE,
        verified_on=LATER,
        verified_by=VerifiedBy.PROVIDER,
        coverage=coverage,
    )
    vacancy = Vacancy(unit=CapacityUnit.CLIENTS, available=1)
    free = replace(value, field=OwnField.VACANCY, coverage=None, vacancies=(vacancy,))
    ready.save_own([value, free])
    moved = replace(coverage, certain=frozenset({"554481"}))
    other = ready.load().service("rpss-2").coverage
    fates = ready.save_coverages({"rpss-1": moved, "rpss-2": other})
    assert fates == {"rpss-1": Fate.CHANGED, "rpss-2": Fate.UNCHANGED}
    assert ready.own_values("rpss-1")[0].coverage == moved
    assert ready.load().service("rpss-1").coverage == moved
    assert ready.save_coverages({"rpss-1": moved}) == {"rpss-1": Fate.UNCHANGED}


def test_the_history_forgets_where_a_service_was_once_its_address_is_secret(bring, ready):
    registrations = many()
    bring(*registrations)
    registrations[0]["zarizeni"] = [facility("Nový dům", 2)]
    bring(*registrations, as_of=LATER)
    fields = {one.field for one in ready.changes(service="rpss-1")}
    assert fields & WHEREABOUTS
    registrations[0]["zarizeni"] = [facility("Nový dům", 2, utajenaAdresa=True)]
    bring(*registrations, as_of=LATER)
    history = repr(ready.changes(service="rpss-1"))
    assert "Nový dům" not in history
    assert "554499" not in history
    assert ready.load().service("rpss-1").secret


def test_no_name_of_a_person_reaches_the_database_the_report_or_the_history(
    bring, ready, engine, tmp_path
):
    broken = item(41) | {"datumPoskytovaniDo": {"jmeno": PEOPLE[0]}}
    wrong = item(42) | {"poskytovatel": [PEOPLE[1]], "formy": {"x": PEOPLE[2]}}
    done = bring(*many(), broken, wrong, accept=True)
    report = services_report("rpss", done)
    written = json.dumps(report.document(), ensure_ascii=False) + repr(ready.changes())
    written += repr(ready.load().services)
    if engine.dialect.name == "sqlite":
        with sqlite3.connect(tmp_path / "catalogue.sqlite3") as connection:
            written += "\n".join(connection.iterdump())
        connection.close()
    assert [name for name in PEOPLE if name in written] == []
    assert counts(done)["rejected"] == 2


# --- Killed, and anything else --------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_killed_import_leaves_the_old_state_complete(tmp_path, engine, bring):
    bring(*many(30))
    engine.dispose()
    before = dump(tmp_path)
    file = write_register(
        tmp_path / "new.json", (item(number, seed=1) for number in range(1, 1500))
    )
    database = tmp_path / "catalogue.sqlite3"
    program = (
        "from pathlib import Path; from datetime import date\n"
        "from referral.bootstrap import build; from referral.settings import Settings\n"
        "from referral.ingest.source_file import SourceFile\n"
        "p = build(Settings.from_env())\n"
        f"print(p.catalog() and 'reading', flush=True)\n"
        f"p.import_services('rpss', SourceFile(path=Path({str(file)!r}), as_of=date(2026, 11, 22),"
        " accept_large_change=True))\n"
    )
    environment = os.environ | {"REFERRAL_DATABASE_URL": f"sqlite:///{database}"}
    for wait in (0.0, 0.3, 0.9, 1.8):
        with subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout.readline() == "reading\n"
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        assert dump(tmp_path) == before


def dump(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "catalogue.sqlite3")
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return list(connection.iterdump())
    finally:
        connection.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(
    broken=st.lists(
        st.none()
        | st.integers()
        | st.text(max_size=5)
        | st.builds(
            lambda number, key, value: item(number) | {key: value},
            st.integers(1, 12),
            st.sampled_from(sorted(item(1))),
            st.none() | st.text(max_size=5) | st.integers() | st.lists(st.none(), max_size=2),
        ),
        max_size=12,
    )
)
def test_whatever_the_rows_hold_each_of_them_has_one_fate(bring, broken):
    bring(*broken, accept=True, dry_run=True)
    done = bring(*broken, accept=True)
    fates = done.added + done.changed + done.unchanged + done.ended + done.rejected
    assert done.in_file == len(broken)
    assert fates == done.in_file + done.gone
