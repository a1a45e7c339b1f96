"""The commands over one database with the shipped catalogue."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from click.testing import CliRunner, Result

from referral.cli.main import cli


@dataclass(frozen=True)
class Run:
    """A finished command: its exit code, what it printed and what it said."""

    result: Result

    @property
    def code(self) -> int:
        """The exit code."""
        return self.result.exit_code

    @property
    def out(self) -> str:
        """What it printed (stdout)."""
        return self.result.stdout

    @property
    def said(self) -> str:
        """What it said beside (stderr)."""
        return self.result.stderr

    @property
    def json(self):
        """The one JSON document it printed."""
        return json.loads(self.result.stdout)


@pytest.fixture(scope="session")
def demo_url(tmp_path_factory) -> str:
    """A database with the shipped catalogue, made by the command itself."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.sqlite3'}"
    result = CliRunner(env={"REFERRAL_DATABASE_URL": url}).invoke(cli, ["init", "--demo"])
    assert result.exit_code == 0, result.output
    return url


@pytest.fixture(scope="session")
def referral(demo_url) -> Callable[..., Run]:
    """Run a command over that database."""

    def run(*arguments: str, url: str = demo_url) -> Run:
        runner = CliRunner(env={"REFERRAL_DATABASE_URL": url})
        return Run(runner.invoke(cli, arguments, catch_exceptions=True))

    return run
