"""What a WSGI server starts: the application over the database of the environment."""

from datetime import date

from flask import Flask

from referral.bootstrap import build
from referral.settings import Settings
from referral.web.app import create_app


def create() -> Flask:
    """Return the application; settings are read from the environment once."""
    settings = Settings.from_env()
    return create_app(build(settings), settings=settings, today=date.today)
