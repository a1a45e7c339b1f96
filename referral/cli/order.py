"""What a person asks of an import."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import click

from referral.ingest.progress import Progress

_SOURCE_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One file or folder to be imported; ``source`` is the id of its source, None the usual one."""

    path: Path
    dry_run: bool
    progress: Progress
    as_of: date | None = None
    source: str | None = None
    accept_large_change: bool = False


def source_id(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Refuse an id of a source that could not be told apart or shown."""
    if value is not None and _SOURCE_ID.fullmatch(value) is None:
        message = "použijte malá písmena bez háčků, číslice a pomlčku, nejvýš 40 znaků"
        raise click.BadParameter(message)
    return value
