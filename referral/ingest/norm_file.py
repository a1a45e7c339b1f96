"""Norms kept as TOML files: the shipped ones by name, anybody's own by path."""

import tomllib
from pathlib import Path

from referral.catalog.vocabulary import Vocabulary
from referral.network.norm_parser import parse_norm
from referral.network.norms import Norm, NormError

DEFAULT_NORM = "orientacni-venkovska"


def read_norm(path: Path, *, vocabulary: Vocabulary | None = None) -> Norm:
    """Read the norm in a TOML file and check its words against the vocabulary, when one is given.

    Raises:
        NormError: the file cannot be read or used; the Czech sentence names the file.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NormError(f"soubor normy {path} neexistuje; zkontrolujte cestu") from None
    except OSError as error:
        raise NormError(f"soubor normy {path} nejde přečíst: {error.strerror}") from error
    except UnicodeDecodeError:
        raise NormError(f"soubor normy {path} není v kódování UTF-8; uložte jej tak") from None
    except tomllib.TOMLDecodeError as error:
        raise NormError(f"soubor normy {path} není platný TOML: {error}") from error
    try:
        return parse_norm(document, vocabulary=vocabulary)
    except NormError as error:
        raise NormError(f"{path}: {error}") from error


def norm_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the norms that lie in a folder, in alphabetical order."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def find_norm(name_or_path: str, *, folder: Path) -> Path:
    """Return the file of a norm: the one shipped in ``folder`` by this name, else the path itself.

    Raises:
        NormError: there is neither; the Czech sentence lists the names that may be used.
    """
    names = norm_names(folder)
    if name_or_path in names:
        return folder / f"{name_or_path}.toml"
    path = Path(name_or_path)
    if path.is_file():
        return path
    raise NormError(
        f"norma „{name_or_path}“ není soubor ani jméno přiložené normy; "
        f"přiložené normy: {', '.join(names) or 'žádná'}"
    )
