"""Which service a person names, and the end of a command that was given a wrong word."""

import sys
from typing import NoReturn

from referral.catalog.model import Service
from referral.catalog.snapshot import Catalog
from referral.cli.console import say
from referral.ingest.sheet.finding import NotFoundError, ServiceFinder


def shown_service(typed: str, catalog: Catalog) -> Service:
    """Return the service of an id it has ever had, a register number or a name; else end."""
    shown = catalog.shown_id(typed.strip())
    if shown in catalog.services:
        return catalog.services[shown]
    try:
        return ServiceFinder.of(catalog.services.values()).find(typed)
    except NotFoundError as error:
        stop(str(error))


def stop(message: str) -> NoReturn:
    """End the command with one sentence on stderr and exit code 1."""
    say(f"Chyba: {message}")
    sys.exit(1)
