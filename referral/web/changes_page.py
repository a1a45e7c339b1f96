"""What imports have changed in the catalogue, newest first; the same as JSON."""

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.catalog.history import KeptChange, KeptRun
from referral.catalog.snapshot import Catalog
from referral.web.changes_asking import (
    GROUPS,
    PAGE,
    ChangesDraft,
    ChangesError,
    asked_changes,
    read_changes_draft,
    write_key,
)
from referral.web.presenters.history import day_views, history_document, run_view
from referral.web.problems import problem
from referral.web.program import Site

_SHOWN_RUNS = 5
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of a list in the form."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesForm:
    """The form with what has been chosen; areas stand under their kraj."""

    areas: tuple[tuple[str, tuple[Choice, ...]], ...]
    groups: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    changes: tuple[KeptChange, ...]
    runs: tuple[KeptRun, ...]
    after: str


def changes_pages(site: Site) -> Blueprint:
    """Return the page of changes and its JSON."""
    pages = Blueprint("changes", __name__)

    def find(draft: ChangesDraft) -> _Found:
        wanted, after = asked_changes(draft, site.program.catalog())
        history = site.program.history
        found = history.history(wanted, after=after, limit=PAGE + 1)
        shown = found[:PAGE]
        return _Found(
            changes=shown,
            runs=history.imports(),
            after=write_key(shown[-1].key) if len(found) > PAGE else "",
        )

    @pages.get("/zmeny")
    def page() -> ResponseReturnValue:
        if request.args.get("format") == "json":
            return answer()
        draft = read_changes_draft(request.args)
        try:
            found, error = find(draft), None
        except ChangesError as wrong:
            runs = site.program.history.imports()
            found, error = _Found(changes=(), runs=runs, after=""), wrong
        # Asked for again: an import may have brought a service since.
        catalog = site.program.catalog()
        text = render_template(
            "changes/index.html",
            days=day_views(found.changes, found.runs, catalog),
            runs=[run_view(one, catalog) for one in found.runs[:_SHOWN_RUNS]],
            older=[run_view(one, catalog) for one in found.runs[_SHOWN_RUNS:]],
            form=_form(draft, found.runs, catalog),
            chosen=draft.pairs(),
            after=found.after,
            first=not draft.after,
            error=error,
        )
        return text if error is None else (text, HTTPStatus.UNPROCESSABLE_ENTITY)

    @pages.get("/zmeny.json")
    def answer() -> Response:
        draft = read_changes_draft(request.args)
        try:
            found = find(draft)
        except ChangesError as error:
            return problem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                detail=str(error),
                code="invalid",
                extra={"errors": [{"field": error.name, "message": str(error)}]},
            )
        catalog = site.program.catalog()
        address = url_for("changes.answer")
        onwards = urlencode({"po": found.after, **draft.pairs()})
        following = f"{address}?{onwards}" if found.after else None
        document = history_document(found.changes, found.runs, catalog) | {"next": following}
        return Response(json.dumps(document, ensure_ascii=False), mimetype="application/json")

    return pages


def _form(draft: ChangesDraft, runs: tuple[KeptRun, ...], catalog: Catalog) -> ChangesForm:
    territory = catalog.territory

    def choice(value: str, label: str, picked: str) -> Choice:
        return Choice(value=value, label=label, chosen=value == picked)

    orps: dict[str, set[str]] = {}
    for place in territory.municipalities.values():
        orps.setdefault(place.region, set()).add(place.orp)
    sources = sorted({one.run.source for one in runs} & catalog.sources.keys())
    return ChangesForm(
        areas=tuple(
            (
                region,
                (
                    choice(region, region, draft.area),
                    *(
                        choice(f"ORP {name}", f"ORP {name}", draft.area)
                        for name in sorted(orps[region])
                    ),
                ),
            )
            for region in sorted(orps)
        ),
        groups=tuple(choice(key, name, draft.group) for key, (name, _) in GROUPS.items()),
        sources=tuple(choice(one, catalog.sources[one].title, draft.source) for one in sources),
        since=draft.since if _DAY.fullmatch(draft.since) else "",
    )
