"""The report of an import: every row read has exactly one fate."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.ingest.report import ImportReport, Rejection

BAD = Rejection(row=7, field="lat", value="x", message="Čekáme stupně.")


def test_the_report_has_the_shape_of_the_contract():
    report = ImportReport(
        kind="sheet",
        read=6,
        added=1,
        changed=2,
        unchanged=1,
        ended=1,
        rejected=1,
        rejections=(BAD,),
    )
    assert json.loads(report.to_json()) == {
        "kind": "sheet",
        "read": 6,
        "added": 1,
        "changed": 2,
        "unchanged": 1,
        "ended": 1,
        "rejected": 1,
        "rejections": [{"row": 7, "field": "lat", "value": "x", "message": "Čekáme stupně."}],
    }
    assert "Čekáme" in report.to_json()
    assert report.document()["rejections"] == json.loads(report.to_json())["rejections"]


@given(st.tuples(*[st.integers(0, 50)] * 4), st.integers(0, 5))
def test_rows_read_are_the_sum_of_their_fates(fates, rejected):
    added, changed, unchanged, ended = fates
    counts = {"added": added, "changed": changed, "unchanged": unchanged, "ended": ended}
    total = sum(fates) + rejected
    rejections = (BAD,) * rejected
    report = ImportReport(
        kind="rpss", read=total, rejected=rejected, rejections=rejections, **counts
    )
    assert report.document()["read"] == total
    with pytest.raises(ValueError, match="have a fate"):
        ImportReport(
            kind="rpss", read=total + 1, rejected=rejected, rejections=rejections, **counts
        )


def test_no_fate_is_negative():
    with pytest.raises(ValueError, match="negative"):
        ImportReport(kind="rpss", read=0, added=1, ended=-1)


def test_a_rejected_row_says_why():
    with pytest.raises(ValueError, match="1 rejected rows do not agree with 0"):
        ImportReport(kind="rpss", read=1, rejected=1)


def test_a_reason_belongs_to_a_rejected_row():
    with pytest.raises(ValueError, match="0 rejected rows do not agree with 1"):
        ImportReport(kind="rpss", read=1, added=1, rejections=(BAD,))


def test_one_row_may_have_several_mistakes():
    assert ImportReport(kind="rpss", read=1, rejected=1, rejections=(BAD, BAD)).rejected == 1
