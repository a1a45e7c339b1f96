"""Reading the weights and limits of matching from a file."""

import pytest

from referral.ingest.policy_file import read_policy
from referral.matching.errors import PolicyError
from referral.resources import data_dir


def test_the_shipped_file_is_read():
    assert read_policy(data_dir() / "matching" / "policy.toml").limits.senior_from == 65


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"[weights", "TOML"), (b"\xff\xfe", "UTF-8"), (b"x = 1", "weights")],
)
def test_a_file_that_is_no_policy_is_refused_by_name(tmp_path, content, word):
    path = tmp_path / "vahy.toml"
    path.write_bytes(content)
    with pytest.raises(PolicyError, match=r"vahy\.toml.*" + word):
        read_policy(path)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(PolicyError, match=r"neni\.toml"):
        read_policy(tmp_path / "neni.toml")
