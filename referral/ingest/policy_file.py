"""The weights and limits of matching, kept as a TOML file with a reason beside each number."""

import tomllib
from pathlib import Path

from referral.matching.errors import PolicyError
from referral.matching.policy import Policy, parse_policy


def read_policy(path: Path) -> Policy:
    """Read the policy of matching.

    Raises:
        PolicyError: the file cannot be read or used; the message names the file and what to mend.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{path}: is not valid TOML in UTF-8: {error}") from error
    try:
        return parse_policy(document)
    except PolicyError as error:
        raise PolicyError(f"{path}: {error}") from error
