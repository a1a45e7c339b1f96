"""What every route of the application demands of who opens it; a test compares it with the views.

Who adds a route adds its line here: a route that is missing is refused, so that none is open by
oversight. The key is the endpoint, ``blueprint.function``.
"""

from collections.abc import Mapping
from typing import Final

from referral.accounts.model import Role
from referral.web.access import ENTRANCE, PUBLIC, Access, only

ROUTES: Final[Mapping[str, Access]] = {
    "accounts.change_password": only(),
    "accounts.end_others": only(),
    "accounts.own": only(),
    "accounts.sign_in": ENTRANCE,
    "accounts.sign_out": only(),
    "api.match": PUBLIC,
    "api.places": PUBLIC,
    "changes.answer": PUBLIC,
    "changes.page": PUBLIC,
    "directory.card": PUBLIC,
    "directory.catalogue": PUBLIC,
    "gaps.document": PUBLIC,
    "gaps.file": PUBLIC,
    "gaps.geojson": PUBLIC,
    "gaps.page": PUBLIC,
    "gaps.workbook": PUBLIC,
    "help.home": PUBLIC,
    "help.results": PUBLIC,
    "help.results_without_question": PUBLIC,
    "papers.conference": PUBLIC,
    "papers.letter": PUBLIC,
    "papers.paper_without_question": PUBLIC,
    "papers.slip_of_a_call": PUBLIC,
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
