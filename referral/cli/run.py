"""Commands that look after the program itself: init and serve."""

import os
import sys

import click

from referral.bootstrap import Program
from referral.catalog.ports import Fate
from referral.cli.console import say
from referral.usecases.initialise import FillingReport
from referral.web.czech import counted


@click.command("init", help="Založí databázi nebo ji převede na tuto verzi programu.")
@click.option(
    "--demo", is_flag=True, help="Nahraje vestavěný katalog Karlovarského a Ústeckého kraje."
)
@click.pass_obj
def init_command(program: Program, /, *, demo: bool) -> None:
    """Create or migrate the database and, when asked, load the embedded catalogue."""
    program.migrate()
    if not demo:
        say("Databáze je připravená.")
        return
    say(_told(program.load_embedded()))


def _told(report: FillingReport) -> str:
    if report.skipped:
        return "Databáze je připravená, vestavěný katalog v ní už je."
    parts = [
        counted(report.municipalities.total(), "obec", "obce", "obcí"),
        counted(report.services.total(), "služba", "služby", "služeb"),
    ]
    kept = report.services[Fate.KEPT]
    tail = f" Vlastní úpravy zůstaly: {kept}." if kept else ""
    return f"Databáze je připravená, vestavěný katalog nahrán: {', '.join(parts)}.{tail}"


@click.command("serve", help="Spustí webovou aplikaci.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresa, na které poslouchá.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Počet procesů."
)
@click.pass_obj
def serve_command(program: Program, /, *, host: str, port: int, workers: int) -> None:
    """Serve the web application with gunicorn; the catalogue must be there first."""
    program.catalog()
    if not program.signing_key:
        say("Přihlášení je vypnuté: nastavte REFERRAL_SECRET_KEY (openssl rand -hex 32).")
    program.close()
    say(f"Síť pomoci běží na http://{host}:{port}/ (ukončíte Ctrl+C)")
    _hand_over(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "referral.web.wsgi:create()",
            f"--bind={host}:{port}",
            f"--workers={workers}",
            "--log-level=warning",
        ]
    )


def _hand_over(arguments: list[str]) -> None:
    """Become the server, so that signals reach it and nothing of ours is forked."""
    os.execv(arguments[0], arguments)  # noqa: S606  # pragma: no cover - ends this process
