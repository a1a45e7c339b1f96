"""Looking up help: the form, and the answer that has no address of its own."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Request, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from referral.catalog.territory import Municipality
from referral.usecases.recommend import recommend
from referral.web.asking import AskError, Draft, FieldError, ask, draft_of
from referral.web.presenters.home import Choices, choices
from referral.web.presenters.results import results_view
from referral.web.presenters.steps import UrgentCall, urgent_call
from referral.web.presenters.surroundings import surroundings
from referral.web.program import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """The form as it is shown: what was filled in, what is wrong, what to choose from."""

    draft: Draft
    choices: Choices
    errors: tuple[FieldError, ...] = ()
    candidates: tuple[Municipality, ...] = ()

    def error(self, field: str) -> str:
        """Return what is wrong with a field, empty when nothing is."""
        return next((one.message for one in self.errors if one.field == field), "")

    @property
    def ask_place(self) -> bool:
        """Whether the person has to choose among places."""
        return bool(self.candidates)

    @property
    def not_understood(self) -> bool:
        """Whether the words were not understood, so that a situation has to be chosen."""
        return any(one.code == "not_understood" for one in self.errors)


def help_pages(site: Site) -> Blueprint:
    """Return the pages on which help is looked up."""
    pages = Blueprint("help", __name__)

    @pages.get("/")
    def home() -> str:
        return _form_page(site, Draft())

    @pages.get("/pomoc")
    def results_without_question() -> Redirect:
        return redirect(url_for("help.home"))

    @pages.post("/pomoc")
    def results() -> Response | tuple[str, int]:
        draft = read_form(request)
        try:
            asked = ask(draft, site.program)
        except AskError as error:
            page = _form_page(site, draft, error=error)
            return page, HTTPStatus.UNPROCESSABLE_ENTITY
        catalog = site.program.catalog()
        answer = recommend(asked, catalog=catalog, policy=site.program.policy, today=site.today())
        view = results_view(answer, catalog)
        return Response(
            render_template(
                "results/index.html",
                view=view,
                form=form_view(site, draft),
                again=draft_of(asked),
                surroundings=surroundings(answer, catalog),
                today=site.today(),
            )
        )

    return pages


def read_form(incoming: Request) -> Draft:
    """Read the posted form; a chosen place counts only for the name it was offered for."""
    form = incoming.form
    place = form.get("place", "").strip()
    offered_for = form.get("place_asked", "").strip()
    return Draft(
        place=place,
        place_code=form.get("place_code", "").strip() if place == offered_for else "",
        says=form.get("says", "").strip(),
        age=form.get("age", "").strip(),
        care_level=form.get("care_level", "").strip(),
        needs=tuple(form.getlist("need")),
        groups=tuple(form.getlist("group")),
        barriers=tuple(form.getlist("barrier")),
        forms=tuple(form.getlist("form")),
        refused=tuple(form.getlist("refused")),
    )


def form_view(site: Site, draft: Draft, error: AskError | None = None) -> FormView:
    """Return the form filled with a draft, with the errors to mend."""
    return FormView(
        draft=draft,
        choices=choices(
            site.program.catalog().vocabulary,
            needs=draft.needs,
            groups=draft.groups,
            barriers=draft.barriers,
            forms=draft.forms,
            care_level=draft.care_level,
        ),
        errors=error.errors if error is not None else (),
        candidates=error.candidates if error is not None else (),
    )


def _form_page(site: Site, draft: Draft, *, error: AskError | None = None) -> str:
    catalog = site.program.catalog()
    return render_template(
        "home/index.html",
        form=form_view(site, draft, error),
        calls=_first_calls(site),
        services=len(catalog.services),
        municipalities=len(catalog.territory.municipalities),
        sources=sorted(catalog.sources.values(), key=lambda one: one.id),
    )


def _first_calls(site: Site) -> tuple[UrgentCall, ...]:
    """Return the numbers that anybody may need at once: the three-digit lines."""
    told = [urgent_call(call) for call in site.program.catalog().vocabulary.calls]
    return tuple(call for call in told if len(call.href) == len("112"))
