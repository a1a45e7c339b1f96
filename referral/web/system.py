"""Health, sources, the list of problems, and other people's files served by ourselves."""

import json
from http import HTTPStatus

from flask import Blueprint, Response, render_template, send_from_directory

from referral.storage.errors import StorageError
from referral.web.delivery import YEAR_S
from referral.web.leaflet import leaflet_folder
from referral.web.presenters.sources import source_rows
from referral.web.problems import PROBLEMS
from referral.web.program import Site


def system_pages(site: Site) -> Blueprint:
    """Return what is not about services."""
    pages = Blueprint("system", __name__)

    @pages.get("/healthz")
    def health() -> Response:
        try:
            site.program.ping()
        except StorageError:
            return _health("unavailable", HTTPStatus.SERVICE_UNAVAILABLE)
        return _health("ok", HTTPStatus.OK)

    @pages.get("/zdroje")
    def sources() -> str:
        return render_template("pages/sources.html", rows=source_rows(site.program.catalog()))

    @pages.get("/problemy")
    def problems() -> str:
        return render_template("pages/problems.html", problems=PROBLEMS)

    @pages.get("/assets/leaflet/<path:name>")
    def leaflet(name: str) -> Response:
        response = send_from_directory(leaflet_folder(), name, max_age=YEAR_S)
        response.cache_control.public = True
        return response

    return pages


def _health(status: str, code: HTTPStatus) -> Response:
    response = Response(json.dumps({"status": status}), code, mimetype="application/json")
    response.cache_control.no_store = True
    return response
