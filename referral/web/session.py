"""Sessions of those who sign in: the cookie, the guard at every route, what no one may keep."""

import logging
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from typing import Final

from flask import Flask, Response, abort, current_app, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, login_user, logout_user
from werkzeug.middleware.proxy_fix import ProxyFix

from referral.accounts.model import Account
from referral.storage.errors import StorageError
from referral.usecases.accounts import Accounts
from referral.web.access import (
    SIGN_IN,
    Access,
    SessionEndedError,
    Visitor,
    declared,
    reads_only,
    turned_away,
    visitor,
    who,
)
from referral.web.forgery import FIELD, ForgedError, require_token, token
from referral.web.routes import DESK, ROUTES
from referral.web.translation import _

_ASSETS: Final = frozenset({"static", "system.leaflet"})
_SECRET_FIELDS: Final = frozenset({FIELD, "password", "current", "new", "again"})
_NEIGHBOURHOOD_BITS: Final = 64
"""One household or office has all addresses of IPv6 that agree in so many bits."""


def set_up_sessions(app: Flask, accounts: Accounts, *, https: bool) -> None:
    """Let people sign in, and ask every route whom it lets in.

    Only who opens the sign-in page gets a cookie. ``https`` says that a proxy with HTTPS stands
    before us: the cookie then travels no other way, and the proxy tells whose request it is.
    """
    app.extensions["accounts"] = accounts
    app.extensions["routes"] = dict(ROUTES)
    app.config.update(
        SESSION_COOKIE_NAME="__Host-prihlaseni" if https else "prihlaseni",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=accounts.limits.absolute,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_FIELD_NAME=FIELD,
    )
    if https:
        app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]  # as Flask says
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(lambda session_token: _visitor_of(accounts, session_token))
    # Not by init_app: it would look for a cookie that remembers, of which we have none.
    app.login_manager = manager  # type: ignore[attr-defined]  # where the library looks for it
    app.before_request(_guarded)
    app.after_request(_kept_by_nobody)
    app.register_error_handler(ForgedError, _ask_again)
    app.register_error_handler(SessionEndedError, _ask_to_sign_in)
    app.jinja_env.globals.update(csrf_token=token, desk=desk, who=who)


def begin_session(account: Account, session_token: str) -> None:
    """Sign somebody in: nothing that the browser had before goes on."""
    session.clear()
    login_user(Visitor(account, session_token))
    # A digest of the browser and its address, which we neither need nor want.
    session.pop("_id", None)


def end_session() -> None:
    """Sign the browser out and take its cookie back."""
    logout_user()
    session.clear()


def sender() -> str:
    """Return the network that a request came from, to count attempts by."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if address.version == 4:  # noqa: PLR2004 - IPv4
        return str(address)
    return str(ip_network((address, _NEIGHBOURHOOD_BITS), strict=False))


def desk() -> tuple[tuple[str, str], ...]:
    """Return the addresses and names of the rooms that who is signed in may enter."""
    account = who()
    if account is None:
        return ()
    return tuple(
        (url_for(endpoint), label)
        for endpoint, label in DESK
        if account.may(ROUTES[endpoint].roles)
    )


def _visitor_of(accounts: Accounts, session_token: str) -> Visitor | None:
    try:
        account = accounts.signed_in(session_token)
    except StorageError:
        # Pages that need no account must be answered all the same, the page of the error too.
        return None
    return None if account is None else Visitor(account, session_token)


def _guarded() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None:
        return None
    access = _access_to(endpoint)
    if access is None:
        logging.getLogger(__name__).error("%s is not listed in routes.py", endpoint)
        abort(HTTPStatus.FORBIDDEN)
    refusal = turned_away(access)
    if refusal is None and access.guarded and not reads_only():
        require_token()
    return refusal


def _access_to(endpoint: str) -> Access | None:
    """Return what a route demands: what its view says counts above what the list says."""
    listed: Access | None = current_app.extensions["routes"].get(endpoint)
    return declared(current_app.view_functions[endpoint]) or listed


def _kept_by_nobody(response: Response) -> Response:
    if request.endpoint not in _ASSETS and (who() is not None or request.endpoint == SIGN_IN):
        response.headers["Cache-Control"] = "no-store"
    return response


def _ask_again(_error: ForgedError) -> ResponseReturnValue:
    page = render_template(
        "accounts/again.html",
        title=_("Formulář je třeba odeslat znovu"),
        ended=False,
        entrance=request.endpoint == SIGN_IN,
        kept=_kept(),
    )
    return page, HTTPStatus.BAD_REQUEST


def _ask_to_sign_in(_error: SessionEndedError) -> ResponseReturnValue:
    page = render_template(
        "accounts/again.html",
        title=_("Přihlášení skončilo"),
        ended=True,
        entrance=False,
        kept=_kept(),
    )
    return page, HTTPStatus.FORBIDDEN


def _kept() -> tuple[tuple[str, str], ...]:
    """Return what was filled in, to be sent again, but only when our own page has sent it.

    What another site has sent must not be offered for sending, or one careless click would do.
    """
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        return ()
    pairs = request.form.items(multi=True)
    return tuple((name, value) for name, value in pairs if name not in _SECRET_FIELDS)


def visitor_token() -> str:
    """Return the token of the present session, empty for nobody."""
    found = visitor()
    return "" if found is None else found.token
