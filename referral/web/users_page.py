"""Accounts of others: adding them, their roles, a new password, closing and opening."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus

from flask import Blueprint, Request, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.accounts.errors import AccountError, UnknownAccountError
from referral.accounts.model import Role
from referral.usecases.accounts import Accounts
from referral.web.access import here, requires
from referral.web.draft import FieldError
from referral.web.presenters.accounts import account_view, event_view, role_choices
from referral.web.translation import _

_SHOWN_EVENTS = 50


def user_pages(accounts: Accounts) -> Blueprint:
    """Return the pages under /sprava/uzivatele, for those who manage accounts."""
    pages = Blueprint("users", __name__, url_prefix="/sprava/uzivatele")

    @pages.get("")
    @requires(Role.ADMIN)
    def listing() -> ResponseReturnValue:
        return _page(accounts)

    @pages.post("")
    @requires(Role.ADMIN)
    def add() -> ResponseReturnValue:
        return _add(accounts)

    @pages.post("/<account_id>/role")
    @requires(Role.ADMIN)
    def set_roles(account_id: str) -> ResponseReturnValue:
        def act() -> str:
            changed = accounts.set_roles(account_id, roles=_roles(request), by=here().login)
            return _("Účet %(login)s má nové role.") % {"login": changed.login}

        return _done(accounts, act, field=f"roles-{account_id}")

    @pages.post("/<account_id>/heslo")
    @requires(Role.ADMIN)
    def reset_password(account_id: str) -> ResponseReturnValue:
        return _reset_password(accounts, account_id)

    @pages.post("/<account_id>/zavrit")
    @requires(Role.ADMIN)
    def deactivate(account_id: str) -> ResponseReturnValue:
        def act() -> str:
            closed = accounts.deactivate(account_id, by=here().login)
            return _("Účet %(login)s je zavřený.") % {"login": closed.login}

        return _done(accounts, act, field=f"ucet-{account_id}")

    @pages.post("/<account_id>/otevrit")
    @requires(Role.ADMIN)
    def activate(account_id: str) -> ResponseReturnValue:
        def act() -> str:
            opened = accounts.activate(account_id, by=here().login)
            return _("Účet %(login)s je znovu otevřený.") % {"login": opened.login}

        return _done(accounts, act, field=f"ucet-{account_id}")

    return pages


def _add(accounts: Accounts) -> ResponseReturnValue:
    """Add an account and show its password this once, or show what is to be mended."""
    login, roles = request.form.get("login", ""), _roles(request)
    try:
        account, password = accounts.add(login, roles=roles, by=here().login)
    except AccountError as error:
        told = [FieldError(field=error.field, message=str(error))]
        page = _page(accounts, told, login=login, roles=roles)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return render_template("accounts/given.html", login=account.login, password=password)


def _reset_password(accounts: Accounts, account_id: str) -> ResponseReturnValue:
    """Give an account a made-up password and show it this once."""
    try:
        account = accounts.known(account_id)
    except UnknownAccountError:
        abort(HTTPStatus.NOT_FOUND)
    password = accounts.reset_password(account_id, by=here().login)
    return render_template("accounts/given.html", login=account.login, password=password)


def _done(accounts: Accounts, act: Callable[[], str], *, field: str) -> ResponseReturnValue:
    """Do something with an account and lead back to the list, or say there why it cannot be."""
    try:
        message = act()
    except UnknownAccountError:
        abort(HTTPStatus.NOT_FOUND)
    except AccountError as error:
        told = FieldError(field=field, message=str(error))
        return _page(accounts, [told]), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(message)
    return redirect(url_for("users.listing"), HTTPStatus.SEE_OTHER)


def _page(
    accounts: Accounts,
    errors: Iterable[FieldError] = (),
    *,
    login: str = "",
    roles: frozenset[Role] = frozenset(),
) -> str:
    reader = here()
    return render_template(
        "accounts/users.html",
        accounts=[account_view(one, reader=reader) for one in accounts.store.accounts()],
        events=[event_view(one) for one in accounts.store.events(limit=_SHOWN_EVENTS)],
        login=login,
        choices=role_choices(roles),
        errors=list(errors),
    )


def _roles(incoming: Request) -> frozenset[Role]:
    """Return the roles that were ticked; a word that is no role was not ticked on our page."""
    found = set()
    for word in incoming.form.getlist("roles"):
        with suppress(ValueError):
            found.add(Role(word))
    return frozenset(found)
