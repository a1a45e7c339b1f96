"""TOML tables read into dataclasses: a key for each field, of the field's own type.

What is missing, unknown or of another type is named together with what to mend.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import TypeVar, get_args, get_origin, get_type_hints

from referral.matching.errors import PolicyError

_T = TypeVar("_T")
_WORDS: Mapping[object, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    date: "a date",
}


def read_tables(path: Path, read: Callable[[Mapping[str, object]], _T]) -> _T:
    """Read a TOML file and build what is made of it.

    Raises:
        PolicyError: the file cannot be read or used; the message names it and what to mend.
    """
    try:
        return read(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{path}: is not valid TOML in UTF-8: {error}") from error
    except PolicyError as error:
        raise PolicyError(f"{path}: {error}") from error


def rows(document: Mapping[str, object], name: str, kind: type[_T]) -> tuple[_T, ...]:
    """Return the tables of a list, each as a value of a kind; there must be one at least.

    Raises:
        PolicyError: there is none, or one of them is wrong.
    """
    found = document.get(name)
    if not isinstance(found, list) or not found:
        raise PolicyError(f"there is no [[{name}]]: add at least one")
    return tuple(_built(row, name, kind) for row in found)


def one(document: Mapping[str, object], name: str, kind: type[_T]) -> _T:
    """Return the single table of a name as a value of a kind.

    Raises:
        PolicyError: it is not there, or it is wrong.
    """
    return _built(document.get(name), name, kind)


def texts(document: Mapping[str, object], name: str) -> Mapping[str, str]:
    """Return a table of texts by their codes.

    Raises:
        PolicyError: it is not there, or one of its values is no text.
    """
    found = document.get(name)
    if not isinstance(found, Mapping) or not found:
        raise PolicyError(f"there is no [{name}]: add codes with their texts")
    return {code: str(_value(text, f"{name}.{code}", str)) for code, text in found.items()}


def _built(row: object, name: str, kind: type[_T]) -> _T:
    """Build a value whose fields are the keys of a table, each of its own type."""
    if not isinstance(row, Mapping):
        raise PolicyError(f"{name} must be a table")
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]  # kinds are dataclasses
    if strange := sorted(set(row) - set(known)):
        raise PolicyError(f"{name}.{strange[0]} is unknown: use {', '.join(known)}")
    hints = get_type_hints(kind)
    values = {}
    for field, one in known.items():
        if field in row:
            values[field] = _value(row[field], f"{name}.{field}", hints[field])
        elif one.default is MISSING:
            raise PolicyError(f"a {name} lacks {field}: add it")
    return kind(**values)


def _value(value: object, name: str, hint: object) -> object:
    if isinstance(hint, UnionType):
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    if isinstance(hint, type) and is_dataclass(hint):
        return _built(value, name, hint)
    if (whole := get_origin(hint)) is not None:
        if isinstance(value, Sequence) and not isinstance(value, str):
            found: object = whole(map(str, value))
            return found
        raise PolicyError(f"{name} must be a list of codes")
    if type(value) is not hint or value == "":
        raise PolicyError(f"{name} = {value!r} must be {_WORDS.get(hint, 'something else')}")
    return value.strip() if isinstance(value, str) else value
