"""Signing in and out, and one's own account."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.accounts.errors import AccountError, LockedOutError
from referral.usecases.accounts import Accounts
from referral.web.access import here, requires, safe_next, who
from referral.web.draft import FieldError
from referral.web.presenters.accounts import event_view, role_names, session_view
from referral.web.session import begin_session, end_session, sender, visitor_token
from referral.web.translation import _

_SHOWN_EVENTS = 10


def account_pages(accounts: Accounts, *, open_to_all: bool) -> Blueprint:
    """Return the pages under /ucet; without a signing key nobody can sign in, and is told so."""
    pages = Blueprint("accounts", __name__, url_prefix="/ucet")

    @pages.route("/prihlaseni", methods=["GET", "POST"])
    def sign_in() -> ResponseReturnValue:
        if not open_to_all:
            return render_template("accounts/off.html"), HTTPStatus.SERVICE_UNAVAILABLE
        if request.method == "POST":
            return _enter(accounts)
        next_page = request.args.get("next", "")
        if who() is not None:
            return redirect(safe_next(next_page), HTTPStatus.SEE_OTHER)
        return _door(next_page=next_page)

    @pages.post("/odhlaseni")
    @requires()
    def sign_out() -> ResponseReturnValue:
        accounts.sign_out(visitor_token())
        end_session()
        return redirect(url_for("help.home"), HTTPStatus.SEE_OTHER)

    @pages.get("")
    @requires()
    def own() -> ResponseReturnValue:
        return _own_page(accounts)

    @pages.post("/heslo")
    @requires()
    def change_password() -> ResponseReturnValue:
        return _change_password(accounts)

    @pages.post("/ostatni-prihlaseni")
    @requires()
    def end_others() -> ResponseReturnValue:
        accounts.end_others(here(), token=visitor_token())
        flash(_("Ostatní přihlášení tohoto účtu skončila."))
        return redirect(url_for("accounts.own"), HTTPStatus.SEE_OTHER)

    return pages


def _enter(accounts: Accounts) -> ResponseReturnValue:
    """Sign in with what was filled in, or show it again without the password."""
    login, next_page = request.form.get("login", ""), request.form.get("next", "")
    password = request.form.get("password", "")
    if errors := _missing(login=login, password=password):
        return _door(login, next_page, errors), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        account, token = accounts.sign_in(login, password=password, address=sender())
    except LockedOutError as error:
        waiting = str(int(accounts.lock_out.within.total_seconds()))
        page = _door(login, next_page, [_told(error)])
        return page, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": waiting}
    except AccountError as error:
        return _door(login, next_page, [_told(error)]), HTTPStatus.UNPROCESSABLE_ENTITY
    begin_session(account, token)
    onwards = url_for("accounts.own") if account.must_change else safe_next(next_page)
    return redirect(onwards, HTTPStatus.SEE_OTHER)


def _change_password(accounts: Accounts) -> ResponseReturnValue:
    """Change the password of who is signed in, or show the page with what is to be mended."""
    form, account = request.form, here()
    current, new = form.get("current", ""), form.get("new", "")
    errors = _missing(current=current, new=new)
    if not errors and new != form.get("again"):
        message = _("Nové heslo jste napsali dvakrát jinak. Napište ho znovu.")
        errors = [FieldError(field="again", message=message)]
    if errors:
        return _own_page(accounts, errors), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        token = accounts.change_password(account, current=current, new=new, address=sender())
    except LockedOutError as error:
        told = FieldError(field="current", message=str(error))
        return _own_page(accounts, [told]), HTTPStatus.TOO_MANY_REQUESTS
    except AccountError as error:
        return _own_page(accounts, [_told(error)]), HTTPStatus.UNPROCESSABLE_ENTITY
    begin_session(accounts.known(account.id), token)
    flash(_("Heslo je změněné. Ostatní přihlášení tohoto účtu skončila."))
    return redirect(url_for("accounts.own"), HTTPStatus.SEE_OTHER)


def _own_page(accounts: Accounts, errors: list[FieldError] | None = None) -> str:
    account = here()
    sessions = accounts.sessions(account, token=visitor_token())
    lines = accounts.store.events(limit=_SHOWN_EVENTS, login=account.login)
    return render_template(
        "accounts/own.html",
        account=account,
        roles=role_names(account),
        sessions=[session_view(one, present=present) for one, present in sessions],
        events=[event_view(one) for one in lines],
        errors=errors or [],
    )


def _door(login: str = "", next_page: str = "", errors: list[FieldError] | None = None) -> str:
    return render_template(
        "accounts/sign_in.html", login=login, next_page=next_page, errors=errors or []
    )


_EMPTY = {
    "login": _("Napište přihlašovací jméno."),
    "password": _("Napište heslo."),
    "current": _("Napište dosavadní heslo."),
    "new": _("Napište nové heslo."),
}


def _missing(**fields: str) -> list[FieldError]:
    return [
        FieldError(field=name, message=_EMPTY[name], code="missing")
        for name, value in fields.items()
        if not value.strip()
    ]


def _told(error: AccountError) -> FieldError:
    return FieldError(field=error.field, message=str(error))
