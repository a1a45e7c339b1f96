"""What services usually ask for and whom to turn to, kept as a TOML file with sources."""

import tomllib
from pathlib import Path

from referral.matching.advice import Advice, parse_advice
from referral.matching.errors import PolicyError


def read_advice(path: Path) -> Advice:
    """Read the advice for the first contact with a service.

    Raises:
        PolicyError: the file cannot be read or used; the message names the file and what to mend.
    """
    try:
        return parse_advice(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{path}: is not valid TOML in UTF-8: {error}") from error
    except PolicyError as error:
        raise PolicyError(f"{path}: {error}") from error
