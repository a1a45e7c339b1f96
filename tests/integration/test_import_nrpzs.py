"""Importing the register of health services: fates, what is outside, and help that can be found."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral.catalog.changes import GONE, ChangedField
from referral.ingest.nrpzs.edition import nrpzs_edition
from referral.ingest.services_report import services_report
from referral.ingest.source_file import SourceFile
from referral.resources import data_dir
from referral.storage.importing import SqlImportStore
from referral.usecases.import_services import LargeChangeError, import_services
from referral.web.presenters.service_page import service_page
from support.nrpzs_register import EXPORT, NEVER_READ, homes, place, places, write_nrpzs

FIRST, LATER = date(2026, 11, 1), date(2026, 11, 22)


@pytest.fixture
def ready(engine, embedded) -> SqlImportStore:
    """A store with the words and some places of the shipped catalogue and no service."""
    store = SqlImportStore(engine)
    store.save_vocabulary(embedded.vocabulary)
    store.save_sources(embedded.sources.values())
    some = ("554481", "554961", "554499", "567027", "562971", "566985")
    store.save_territory([embedded.territory.municipality(code) for code in some], ())
    return store


@pytest.fixture
def bring(ready, tmp_path):
    """Import places of care as the register of a day."""

    def brings(some, *layout, as_of=FIRST, accept=False, dry_run=False):
        file = write_nrpzs(tmp_path / "nrpzs.csv", some, *layout)
        order = SourceFile(
            path=file, as_of=as_of, dated=True, accept_large_change=accept, dry_run=dry_run
        )
        edition = nrpzs_edition(order, data=data_dir(), catalog=ready.load())
        return import_services(edition, store=ready, today=LATER)

    return brings


def counts(done) -> dict[str, int]:
    """Return the counts that are not zero, after a check that every row is accounted for."""
    document = services_report("nrpzs", done).document()
    fates = sum(document[one] for one in ("added", "changed", "unchanged", "ended", "rejected"))
    assert document["read"] == document["in_file"] - document["outside"] + document["gone"] == fates
    assert document["outside"] == sum(one["rows"] for one in document["outside_kinds"])
    named = ("in_file", "outside", "gone", "added", "changed", "unchanged", "ended", "rejected")
    return {name: document[name] for name in named if document[name]}


def test_the_same_file_twice_changes_nothing(bring, ready):
    assert counts(bring(homes(40))) == {"in_file": 40, "added": 40}
    revision, stored = ready.revision(), ready.load().services
    assert counts(bring(homes(40), as_of=LATER)) == {"in_file": 40, "unchanged": 40}
    assert (ready.revision(), ready.load().services) == (revision, stored)


def test_another_layout_of_the_same_state_means_the_same_services(bring):
    bring(homes(40))
    done = bring(homes(40), EXPORT, as_of=LATER)
    changed = {one.field for one in done.changes}
    assert changed == set()
    assert counts(done) == {"in_file": 40, "unchanged": 40}


def test_rows_that_answer_no_need_are_counted_outside_and_not_rejected(bring, ready):
    done = bring([*homes(3), place(10, sort=9), place(11, sort=9), place(12, sort=6)])
    assert counts(done) == {"in_file": 6, "outside": 3, "added": 3}
    assert [(one.value, one.rows, one.first_row) for one in done.outside] == [
        ("Lékárna", 2, 5),
        ("Samostatná ordinace lékaře specialisty", 1, 7),
    ]
    assert len(ready.load().services) == 3


def test_a_changed_a_gone_a_new_and_a_repeated_place_have_their_fates(bring, ready):
    bring(homes(40))
    newer = [*homes(39), place(99, sort=1), place(1, sort=0)]
    newer[0]["phone"] = "+420 222 222 222"
    done = bring(newer, as_of=LATER)
    assert counts(done) == {
        "in_file": 41, "gone": 1, "added": 1, "changed": 1, "unchanged": 38, "ended": 1,
        "rejected": 1,
    }  # fmt: skip
    assert {(one.service, one.field, one.detail) for one in done.changes} == {
        ("nrpzs-200001", ChangedField.PHONE, ""),
        ("nrpzs-200040", ChangedField.ENDED, GONE),
        ("nrpzs-200099", ChangedField.REGISTERED, ""),
    }
    assert "platí první výskyt" in done.rejections[0].message
    assert ready.load().service("nrpzs-200040").valid_to == date(2026, 11, 21)


def test_a_service_whose_kind_no_longer_answers_a_need_ends(bring, ready):
    bring(homes(40))
    newer = [*homes(39), place(40, sort=9)]
    done = bring(newer, as_of=LATER)
    assert counts(done) == {"in_file": 40, "outside": 1, "gone": 1, "unchanged": 39, "ended": 1}
    assert not ready.load().service("nrpzs-200040").offered_on(LATER)


def test_a_register_that_has_lost_a_tenth_of_its_care_is_refused_and_nothing_changes(bring, ready):
    bring(homes(40))
    stored = ready.load().services
    with pytest.raises(LargeChangeError, match="víc než 5 %"):
        bring(homes(36), as_of=LATER)
    assert ready.load().services == stored
    assert counts(bring(homes(36), as_of=LATER, accept=True))["gone"] == 4


def test_a_register_without_numbers_of_places_is_refused(bring):
    with pytest.raises(LargeChangeError, match="chybí údaje"):
        bring([one | {"place": ""} for one in homes(40)])


def test_a_dry_run_counts_and_keeps_nothing(bring, ready):
    assert counts(bring(homes(4), dry_run=True)) == {"in_file": 4, "added": 4}
    assert ready.load().services == {}


_CELLS = st.sampled_from(["", "\0", "x" * 5000, "Lhota", "-1", "999999999999999", "1e5", "200001"])


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    changes=st.lists(
        st.tuples(st.integers(0, 19), st.sampled_from([*place(1)]), _CELLS | st.text(max_size=20))
    )
)
def test_whatever_stands_in_its_cells_every_row_has_one_fate(bring, changes):
    some = list(places(20))
    for number, column, cell in changes:
        some[number][column] = cell
    assert counts(bring(some, accept=True, dry_run=True))["in_file"] == sum(
        any(one.values()) for one in some
    )


def test_nobody_but_the_provider_is_stored(bring, ready):
    bring(places(120))
    assert not any(word in repr(ready.load().services) for word in NEVER_READ)


def test_a_place_of_which_only_the_point_is_known_is_not_said_to_be_nowhere(bring, ready):
    bring([place(1, sort=0, district="Znojmo")])
    catalog = ready.load()
    page = service_page(catalog.service("nrpzs-200001"), catalog, today=LATER)
    (where,) = (row.lines[0].text for row in page.rows if row.label == "Kde je")
    assert "známe jen bod na mapě" in where


def test_nursing_at_home_is_told_as_such_on_its_page(bring, ready):
    bring(homes(1))
    catalog = ready.load()
    page = service_page(catalog.service("nrpzs-200001"), catalog, today=LATER)
    assert page.offer.what == "Domácí zdravotní péče"
    assert page.offer.kind == "zdravotní služba"
    assert page.needs == ("Návrat z nemocnice",)
    assert page.offer.source.licence == "CC BY 4.0"
    told = {row.label: row.lines[0] for row in page.rows}
    assert "pojišťovn" in page.if_refused
    assert "§ 91" not in page.if_refused
    assert told["Jak pomáhá"].text.startswith("Terénní")
    assert told["Kam dojíždí nebo kde působí"].unknown
