"""Looking up help: the form, and the answer that has no address of its own."""

from dataclasses import dataclass
from http import HTTPStatus
from itertools import zip_longest

from flask import Blueprint, Request, Response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirect

from referral.catalog.territory import Municipality
from referral.usecases.recommend import recommend
from referral.web.asking import ask, draft_of
from referral.web.draft import NO, YES, AskError, Draft, FieldError, RefusalRow
from referral.web.presenters.home import Choices, choices
from referral.web.presenters.profile_form import ProfileForm, profile_form
from referral.web.presenters.results import results_view
from referral.web.presenters.steps import UrgentCall, urgent_call
from referral.web.presenters.surroundings import surroundings
from referral.web.program import Site

MOST_ASKED_BACK = 3
"""With what is going on and where, a person is asked five questions at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """The form as it is shown: what was filled in, what is wrong, what to choose from."""

    draft: Draft
    choices: Choices
    profile: ProfileForm
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
    def knows_more(self) -> bool:
        """Whether anything of what the form asks beyond the one sentence is told or wrong."""
        told = self.draft.age or self.choices.any_detail or self.profile.filled
        known = {*self.draft.barriers, *self.draft.without}
        wrong = any(one.field not in {"says", "place", "need"} for one in self.errors)
        return bool(told or known or wrong)

    @property
    def not_understood(self) -> bool:
        """Whether the words were not understood, so that a situation has to be chosen."""
        return any(one.code == "not_understood" for one in self.errors)


def help_pages(site: Site) -> Blueprint:
    """Return the pages on which help is looked up."""
    pages = Blueprint("help", __name__)

    @pages.get("/")
    def home() -> str:
        return form_page(site, Draft())

    @pages.get("/pomoc")
    def results_without_question() -> Redirect:
        return redirect(url_for("help.home"))

    @pages.post("/pomoc")
    def results() -> Response | tuple[str, int]:
        draft = read_form(request)
        try:
            asked = ask(draft, site.program, today=site.today())
        except AskError as error:
            page = form_page(site, draft, error=error)
            return page, HTTPStatus.UNPROCESSABLE_ENTITY
        catalog = site.program.catalog()
        answer = recommend(asked, catalog=catalog, policy=site.program.policy, today=site.today())
        view = results_view(answer, catalog, advice=site.program.advice, today=site.today())
        return Response(
            render_template(
                "results/index.html",
                view=view,
                form=form_view(site, draft),
                again=draft_of(asked, draft),
                answered=_answered(draft),
                may_ask=_answered(draft) < MOST_ASKED_BACK,
                surroundings=surroundings(answer, catalog),
                unmet=answer.open_needs if answer.matches else asked.need_codes,
                today=site.today(),
            )
        )

    return pages


def _answered(draft: Draft) -> int:
    """Return how many questions that we asked back have been answered."""
    told = draft.answered[:2]
    return int(told) if told.isdecimal() else 0


def read_form(incoming: Request) -> Draft:
    """Read the posted form; a chosen place counts only for the name it was offered for."""
    form = incoming.form
    place = form.get("place", "").strip()
    offered_for = form.get("place_asked", "").strip()

    def text(name: str) -> str:
        return form.get(name, "").strip()

    def several(name: str) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, form.getlist(name))))

    ticked = {name[2:]: answer for name, answer in form.items() if name.startswith("b-")}
    return Draft(
        place=place,
        place_code=text("place_code") if place == offered_for else "",
        says=text("says"),
        age=text("age"),
        care_level=text("care_level"),
        needs=several("need"),
        groups=several("group"),
        barriers=(*several("barrier"), *(code for code, it in ticked.items() if it == YES)),
        forms=several("form"),
        refused=several("refused"),
        without=(*several("without"), *(code for code, it in ticked.items() if it == NO)),
        sex=text("sex"),
        born=text("born"),
        mobility=text("mobility"),
        languages=several("language"),
        documents=text("documents"),
        income=text("income"),
        insurance=text("insurance"),
        partner=text("partner"),
        children=text("children"),
        dog=text("dog"),
        discharge=text("discharge"),
        eviction=text("eviction"),
        refusals=_rows(form),
        answered=text("answered"),
    )


def _rows(form: MultiDict[str, str]) -> tuple[RefusalRow, ...]:
    """Read the rows about refusals; every row posts each of its fields, so they keep step."""
    columns = [
        [value.strip() for value in form.getlist(f"refused_{name}")]
        for name in ("service", "reason", "barrier", "on", "wait")
    ]
    rows = (
        RefusalRow(service=service, reason=reason, barrier=barrier, on=on, wait=wait)
        for service, reason, barrier, on, wait in zip_longest(*columns, fillvalue="")
    )
    return tuple(row for row in rows if row.filled)


def form_view(site: Site, draft: Draft, error: AskError | None = None) -> FormView:
    """Return the form filled with a draft, with the errors to mend."""
    catalog = site.program.catalog()
    return FormView(
        draft=draft,
        choices=choices(
            catalog.vocabulary,
            needs=draft.needs,
            groups=draft.groups,
            forms=draft.forms,
            care_level=draft.care_level,
        ),
        profile=profile_form(draft, catalog),
        errors=error.errors if error is not None else (),
        candidates=error.candidates if error is not None else (),
    )


def form_page(site: Site, draft: Draft, *, error: AskError | None = None) -> str:
    """Return the page with the form, filled with a draft, and what is to be mended in it."""
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
