"""Who may open a page: what a view demands, and who is here.

A view that needs somebody signed in says so by ``@requires(…)``. ``routes.py`` lists what every
route of the application demands; a route that it does not list is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Final, ParamSpec
from urllib.parse import urlsplit

from flask import abort, current_app, has_request_context, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import UserMixin, current_user
from werkzeug.exceptions import Forbidden, HTTPException
from werkzeug.routing import RequestRedirect

from referral.accounts.model import Account, Role
from referral.web.problems import MACHINE_PATHS

_P = ParamSpec("_P")

SIGN_IN: Final = "accounts.sign_in"
OWN_ACCOUNT: Final = "accounts.own"
CHANGE_PASSWORD: Final = "accounts.change_password"  # noqa: S105 - the name of a view
SIGN_OUT: Final = "accounts.sign_out"
_WITH_A_GIVEN_PASSWORD: Final = frozenset({OWN_ACCOUNT, CHANGE_PASSWORD, SIGN_OUT})
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a route demands: any of the roles (none: anybody), and a token against forgery."""

    roles: frozenset[Role] = frozenset()
    guarded: bool = False


PUBLIC: Final = Access()
"""For anybody: what is sent changes nothing, or carries its own authority as a signed link does."""

ENTRANCE: Final = Access(guarded=True)
"""For anybody, but what is sent must come from our own page: signing in."""


def only(*roles: Role) -> Access:
    """Return the access of those who have any of the roles; of anybody signed in without any."""
    return Access(roles=frozenset(roles) or frozenset(Role), guarded=True)


class SessionEndedError(Forbidden):
    """Something was sent by who is not signed in, perhaps no longer."""


class Visitor(UserMixin):  # type: ignore[misc]  # the library has no types
    """Who is signed in, as Flask-Login wants it: known by the token of the session."""

    def __init__(self, account: Account, token: str) -> None:
        self.account = account
        self.token = token

    def get_id(self) -> str:
        """Return what the browser's session keeps."""
        return self.token


def visitor() -> Visitor | None:
    """Return the session of who sent the request."""
    if not has_request_context() or not hasattr(current_app, "login_manager"):
        return None
    found = current_user._get_current_object()  # noqa: SLF001 - how a local proxy is opened
    return found if isinstance(found, Visitor) else None


def who() -> Account | None:
    """Return the account of who is signed in; None outside of a request and for everybody else."""
    found = visitor()
    return None if found is None else found.account


def here() -> Account:
    """Return the account of who is signed in, in a view that demands it."""
    account = who()
    if account is None:
        abort(HTTPStatus.FORBIDDEN)
    return account


def requires(
    *roles: Role,
) -> Callable[[Callable[_P, ResponseReturnValue]], Callable[_P, ResponseReturnValue]]:
    """Let a view answer only those who have any of the roles; anybody signed in without any.

    Who is not signed in is led to the door when only reading, and told so otherwise. Stands right
    above the function, below the decorator of the route.
    """
    access = only(*roles)

    def guard(view: Callable[_P, ResponseReturnValue]) -> Callable[_P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: _P.args, **kwargs: _P.kwargs) -> ResponseReturnValue:
            refusal = turned_away(access)
            return view(*args, **kwargs) if refusal is None else refusal

        guarded.access = access  # type: ignore[attr-defined]  # read back by declared()
        return guarded

    return guard


def declared(view: Callable[..., object]) -> Access | None:
    """Return what a view demands by ``@requires``, None when it demands nothing."""
    access = getattr(view, "access", None)
    return access if isinstance(access, Access) else None


def turned_away(access: Access) -> ResponseReturnValue | None:
    """Return where who sent the request is led instead, None when they may go on.

    Raises:
        SessionEndedError: something was sent by who is not signed in.
        HTTPException: they are signed in and may not.
    """
    if not access.roles:
        return None
    account = who()
    if account is None:
        if request.path.startswith(MACHINE_PATHS):
            abort(HTTPStatus.UNAUTHORIZED)
        if request.method not in _READING:
            raise SessionEndedError
        return redirect(url_for(SIGN_IN, next=request.full_path.rstrip("?")))
    if not account.may(access.roles):
        abort(HTTPStatus.FORBIDDEN)
    if account.must_change and request.endpoint not in _WITH_A_GIVEN_PASSWORD:
        return redirect(url_for(OWN_ACCOUNT))
    return None


def reads_only() -> bool:
    """Tell whether the request, by its method, changes nothing."""
    return request.method in _READING


def safe_next(target: str) -> str:
    """Return an address of this site to go on to after signing in, the own account otherwise.

    Only a path that one of our pages answers is let through, so that no link can lead elsewhere.
    """
    fallback = url_for(OWN_ACCOUNT)
    strange = any(ord(one) <= ord(" ") for one in target)
    if not target.startswith("/") or target.startswith("//") or "\\" in target or strange:
        return fallback
    parts = urlsplit(target)
    adapter = current_app.create_url_adapter(request)
    if parts.scheme or parts.netloc or adapter is None:
        return fallback
    try:
        endpoint, _ = adapter.match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return fallback
    return fallback if endpoint in {SIGN_IN, SIGN_OUT} else target
