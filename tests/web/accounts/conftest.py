"""Somebody with an account, an admin, and the application they use."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from referral.accounts.model import Role
from referral.settings import Settings
from referral.usecases.accounts import Accounts
from referral.web.app import create_app
from support.accounts import (
    Clock,
    held_accounts,
    signed_in,
    with_account,
)
from support.build import TODAY
from support.web import StandIn


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def program(world, clock: Clock) -> StandIn:
    made = StandIn(world)
    made.accounts = held_accounts(clock=clock)
    return made


@pytest.fixture
def app(program: StandIn) -> Flask:
    """An application of its own for each test: accounts are changed here."""
    return create_app(program, settings=Settings(), today=lambda: TODAY)


@pytest.fixture
def accounts(app: Flask) -> Accounts:
    found: Accounts = app.extensions["accounts"]
    return found


@pytest.fixture
def client(app: Flask, accounts: Accounts) -> FlaskClient:
    """A browser of somebody who has an account and has not signed in."""
    with_account(accounts, "kadan-editor", [Role.EDITOR])
    return app.test_client()


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    return signed_in(app, Role.ADMIN, login="spravce-uctu")
