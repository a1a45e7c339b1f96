"""The catalogue to browse and the page of each service; addresses carry no word about a client."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.catalog.errors import UnknownCodeError
from referral.catalog.history import Wanted
from referral.catalog.snapshot import Catalog
from referral.web.browsing import CursorError, Facets, browse, facet_counts, ordered
from referral.web.czech import capitalised
from referral.web.presenters.duplicates import taken_lines
from referral.web.presenters.history import change_view
from referral.web.presenters.labels import FORMS, KINDS, type_label
from referral.web.presenters.offers import OfferView, offer_view, where_text
from referral.web.presenters.surroundings import listed_surroundings, service_surroundings
from referral.web.printed.service_card import service_card
from referral.web.printed_pages import desk_of
from referral.web.program import Site
from referral.web.translation import _

_MOST_CHANGES = 30
"""Changes that a card tells; of the rest it only says that there are some."""

_LONGEST_NAME = 100
"""Characters of a name that is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetOption:
    """One choice of a facet."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One facet with its choices."""

    name: str
    label: str
    anything: str
    options: tuple[FacetOption, ...]


def directory_pages(site: Site) -> Blueprint:
    """Return the pages of the catalogue."""
    pages = Blueprint("directory", __name__)

    @pages.get("/katalog")
    def catalogue() -> str:
        catalog = site.program.catalog()
        facets = Facets(
            type=request.args.get("druh", ""),
            orp=request.args.get("orp", ""),
            kind=request.args.get("puvod", ""),
            form=request.args.get("forma", ""),
            group=request.args.get("okruh", ""),
            name=" ".join(request.args.get("nazev", "").split())[:_LONGEST_NAME],
        )
        try:
            page = browse(catalog, facets, after=request.args.get("po", ""))
        except CursorError:
            abort(400)
        rows: tuple[tuple[OfferView, str], ...] = tuple(
            (offer_view(one, catalog), where_text(one, catalog)) for one in page.services
        )
        return render_template(
            "catalog/index.html",
            rows=rows,
            page=page,
            facets=_facets(catalog, facets),
            chosen=facets.pairs(),
            name=facets.name,
            surroundings=listed_surroundings(page.services, catalog),
            first=not request.args.get("po"),
        )

    @pages.get("/karta/<service_id>")
    def card(service_id: str) -> ResponseReturnValue:
        catalog = site.program.catalog()
        try:
            service = catalog.service(service_id)
        except UnknownCodeError:
            abort(404)
        if service.id != service_id:
            # Not for good: a decision that two records are one service can be taken back.
            return redirect(url_for("directory.card", service_id=service.id))
        records = catalog.records_of(service.id)
        history = site.program.history
        kept = history.history(Wanted(services=frozenset(records)), limit=_MOST_CHANGES + 1)
        told = service_card(service, desk_of(site), own=history.own_values_of(records))
        return render_template(
            "catalog/service.html",
            view=told.page,
            card=told,
            changes=[change_view(one, catalog, named=False) for one in kept[:_MOST_CHANGES]],
            more_changes=len(kept) > _MOST_CHANGES,
            surroundings=service_surroundings(service, catalog),
            taken=taken_lines(service, catalog),
        )

    return pages


def _facets(catalog: Catalog, chosen: Facets) -> tuple[Facet, ...]:
    counts = facet_counts(catalog, chosen)
    types = {one.code: type_label(one) for one in catalog.vocabulary.types.values()}
    kinds = {kind.value: capitalised(name) for kind, name in KINDS.items()}
    orps = {name: name for name in catalog.territory.by_orp}
    forms = {form.value: capitalised(name) for form, name in FORMS.items()}
    groups = {one.code: capitalised(one.name) for one in catalog.vocabulary.groups.values()}
    return tuple(
        Facet(
            name=name,
            label=label,
            anything=anything,
            options=tuple(
                FacetOption(value=value, label=text, count=count, chosen=value == picked)
                for value, text, count in ordered(found, names)
            ),
        )
        for name, label, anything, found, names, picked in (
            ("druh", _("Druh služby"), _("všechny druhy"), counts.types, types, chosen.type),
            ("orp", _("Kde (ORP)"), _("všude"), counts.orps, orps, chosen.orp),
            ("forma", _("Jak pomáhá"), _("jakkoli"), counts.forms, forms, chosen.form),
            ("okruh", _("Pro koho"), _("pro kohokoli"), counts.groups, groups, chosen.group),
            ("puvod", _("Kdo pomáhá"), _("kdokoli"), counts.kinds, kinds, chosen.kind),
        )
    )
