"""The web application, made from a program and nothing global."""

import secrets
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from flask import Flask

from referral.ingest.norm_file import norm_names
from referral.network.evidence import EvidenceReport
from referral.resources import data_dir, templates_dir
from referral.settings import Settings
from referral.web.accounts_page import account_pages
from referral.web.api import api
from referral.web.area_pages import area_pages
from referral.web.changes_page import changes_pages
from referral.web.delivery import YEAR_S, set_up_delivery
from referral.web.directory import directory_pages
from referral.web.editing.answer_pages import answer_pages
from referral.web.editing.openings import set_up_openings
from referral.web.editing.outcome_pages import outcome_pages
from referral.web.editing.pages import editing_pages
from referral.web.gaps_page import gaps_pages
from referral.web.help import help_pages
from referral.web.languages import set_up_languages
from referral.web.need_page import need_pages
from referral.web.paper_pages import paper_pages
from referral.web.printed_pages import printed_pages
from referral.web.problems import DiscreetFlask, set_up_problems
from referral.web.program import Program, Site
from referral.web.scenario_page import scenario_pages
from referral.web.session import set_up_sessions
from referral.web.sites_page import sites_pages
from referral.web.situations import situation_pages
from referral.web.system import system_pages
from referral.web.templating import STATIC, set_up_templates
from referral.web.unmet_pages import unmet_pages
from referral.web.users_page import user_pages

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST_BODY = 64 * 1024
"""Bytes; a question is short, and a longer body is refused before it is read."""


def create_app(program: Program, *, settings: Settings, today: Callable[[], date]) -> Flask:
    """Return the WSGI application; it keeps nothing between requests but who is signed in."""
    app = DiscreetFlask(
        "referral.web", static_folder=str(STATIC), template_folder=str(templates_dir())
    )
    app.config.update(
        MAX_CONTENT_LENGTH=LONGEST_BODY,
        SECRET_KEY=program.signing_key or secrets.token_hex(32),
        SEND_FILE_MAX_AGE_DEFAULT=YEAR_S,
    )
    set_up_templates(app)
    set_up_sessions(app, program.accounts, https=settings.https)
    set_up_delivery(app)
    set_up_problems(app)
    site = Site(program=program, today=today)
    norms = norm_names(data_dir() / "norms")

    def evidence(area: str | None, level: str | None) -> EvidenceReport:
        return program.evidence(area, level)

    for blueprint in (
        help_pages(site),
        paper_pages(site),
        printed_pages(site, public_url=settings.public_url),
        api(site),
        directory_pages(site),
        situation_pages(site),
        area_pages(site),
        changes_pages(site),
        gaps_pages(program, norms=norms, imported=program.boundaries, evidence=evidence),
        need_pages(program, norms=norms, imported=program.boundaries),
        sites_pages(program, norms=norms, today=today, imported=program.boundaries),
        scenario_pages(program, norms=norms, today=today, imported=program.boundaries),
        system_pages(site),
        account_pages(program.accounts, open_to_all=bool(program.signing_key)),
        user_pages(program.accounts),
        editing_pages(site),
        answer_pages(site),
        outcome_pages(site),
        unmet_pages(site),
    ):
        app.register_blueprint(blueprint)
    set_up_openings(app, site)
    set_up_languages(app)
    wrapped = _at_one_state(app.wsgi_app, program)
    app.wsgi_app = wrapped  # type: ignore[method-assign, assignment]  # as Flask says to wrap it
    return app


def _at_one_state(inner: "WSGIApplication", program: Program) -> "WSGIApplication":
    """Answer each request from one state of the catalogue, whatever is imported meanwhile."""

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        with program.one_state():
            return inner(environ, start)

    return answer
