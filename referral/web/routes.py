"""What every route of the application demands of who opens it; a test compares it with the views.

Who adds a route adds its line here: a route that is missing is refused, so that none is open by
oversight. The key is the endpoint, ``blueprint.function``.
"""

from collections.abc import Mapping
from typing import Final

from referral.accounts.model import Role
from referral.web.access import ENTRANCE, PUBLIC, Access, only
from referral.web.translation import _

ROUTES: Final[Mapping[str, Access]] = {
    "accounts.change_password": only(),
    "accounts.end_others": only(),
    "accounts.own": only(),
    "accounts.sign_in": ENTRANCE,
    "accounts.sign_out": only(),
    "answering.answer": PUBLIC,
    "answering.send": PUBLIC,
    "api.match": PUBLIC,
    "api.places": PUBLIC,
    "areas.municipality": PUBLIC,
    "areas.orp": PUBLIC,
    "changes.answer": PUBLIC,
    "changes.page": PUBLIC,
    "directory.card": PUBLIC,
    "directory.catalogue": PUBLIC,
    "editing.add_link": only(Role.EDITOR),
    "editing.decide": only(Role.EDITOR),
    "editing.field": only(Role.EDITOR),
    "editing.history": only(Role.EDITOR),
    "editing.links": only(Role.EDITOR),
    "editing.proposals": only(Role.EDITOR),
    "editing.save": only(Role.EDITOR),
    "editing.service": only(Role.EDITOR),
    "editing.take_link_back": only(Role.EDITOR),
    "editing.undo": only(Role.EDITOR),
    "editing.undo_page": only(Role.EDITOR),
    "editing.work": only(Role.EDITOR),
    "gaps.csv": PUBLIC,
    "gaps.document": PUBLIC,
    "gaps.file": PUBLIC,
    "gaps.geojson": PUBLIC,
    "gaps.page": PUBLIC,
    "gaps.png": PUBLIC,
    "gaps.svg": PUBLIC,
    "gaps.workbook": PUBLIC,
    "help.home": PUBLIC,
    "help.results": PUBLIC,
    "help.results_without_question": PUBLIC,
    "need.csv": PUBLIC,
    "need.page": PUBLIC,
    "need.png": PUBLIC,
    "need.svg": PUBLIC,
    "outcome.ask": only(Role.WORKER, Role.EDITOR),
    "outcome.count": only(Role.WORKER, Role.EDITOR),
    "papers.conference": PUBLIC,
    "papers.letter": PUBLIC,
    "papers.paper_without_question": PUBLIC,
    "papers.slip_of_a_call": PUBLIC,
    "printed.brochure": PUBLIC,
    "printed.brochure_to_edit": PUBLIC,
    "printed.card": PUBLIC,
    "printed.leaflet": PUBLIC,
    "scenario.answer": PUBLIC,
    "scenario.json": PUBLIC,
    "scenario.page": PUBLIC,
    "scenario.png": PUBLIC,
    "scenario.svg": PUBLIC,
    "scenario.toml": PUBLIC,
    "scenario.xlsx": PUBLIC,
    "sites.json": PUBLIC,
    "sites.page": PUBLIC,
    "sites.png": PUBLIC,
    "sites.svg": PUBLIC,
    "sites.toml": PUBLIC,
    "sites.xlsx": PUBLIC,
    "situations.index": PUBLIC,
    "situations.one": PUBLIC,
    "static": PUBLIC,
    "system.health": PUBLIC,
    "system.leaflet": PUBLIC,
    "system.problems": PUBLIC,
    "system.sources": PUBLIC,
    "users.activate": only(Role.ADMIN),
    "users.add": only(Role.ADMIN),
    "users.deactivate": only(Role.ADMIN),
    "users.listing": only(Role.ADMIN),
    "users.reset_password": only(Role.ADMIN),
    "users.set_roles": only(Role.ADMIN),
}

DESK: Final[tuple[tuple[str, str], ...]] = (
    ("editing.work", _("Opravy")),
    ("users.listing", _("Účty")),
)
"""Rooms of those who are signed in, in the order of the menu; who may enter is said above."""
