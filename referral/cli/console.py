"""What the commands print with."""

import json
from pathlib import Path

import click

from referral.web.czech import plain


def say(message: str) -> None:
    """Tell the person something beside the result (stderr)."""
    click.echo(plain(message), err=True)


def show(text: str) -> None:
    """Print a result (stdout)."""
    click.echo(text)


def show_json(document: object) -> None:
    """Print one JSON document (stdout)."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; its folder is made when it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    data = content.encode() if isinstance(content, str) else content
    unfinished.write_bytes(data)
    unfinished.replace(path)
