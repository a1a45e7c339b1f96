"""The ministry's list of target groups, read when it lies beside the register."""

import json

import pytest

from referral.ingest.errors import IngestError
from referral.ingest.rpss.codes import RegisterCodes
from referral.resources import data_dir


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff", b"[]", b'{"polozky": [{}]}', b'{"polozky": 5}', b" " * 1_000_001],
)
def test_a_damaged_list_of_groups_is_refused_by_name(embedded, tmp_path, content):
    (tmp_path / "cilove-skupiny-osoby.json").write_bytes(content)
    with pytest.raises(IngestError, match="cilove-skupiny-osoby"):
        RegisterCodes.read(data_dir()).with_groups(tmp_path / "rpss.json", embedded.vocabulary)


def test_a_wording_that_we_do_not_hold_stays_unknown(embedded, tmp_path):
    rows = {"polozky": [{"id": "CilovaSkupinaOsoby/900", "nazev": {"cs": "Někdo jiný"}}]}
    (tmp_path / "cilove-skupiny-osoby.json").write_text(json.dumps(rows), encoding="utf-8")
    codes = RegisterCodes.read(data_dir()).with_groups(tmp_path / "r.json", embedded.vocabulary)
    assert codes.find("CilovaSkupinaOsoby", "900") is None
