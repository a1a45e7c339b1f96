"""The page of a link: the staff of a service say what is free, or confirm their whole record.

Looking spends nothing; what is sent is one answer. The link itself is the authority, so the page
needs no account, sets no cookie, is kept by nobody and is not for search engines.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from referral.catalog.editing import Edit
from referral.catalog.errors import UnknownCodeError
from referral.catalog.links import LinkState, Purpose, RecordLink
from referral.usecases.edit_own import OvertakenError, Wish
from referral.usecases.record_links import Answered, SpentLinkError, Subject, answer_link
from referral.web.answers import Reader
from referral.web.czech import day
from referral.web.draft import FieldError
from referral.web.editing.answering import Answering, Choice, wishes_of
from referral.web.editing.desk import now, subject_of
from referral.web.editing.edit_view import edit_views
from referral.web.editing.fields import STANCES, UNITS, WORDS
from referral.web.editing.reading import plain_text
from referral.web.editing.telling import moment
from referral.web.editing.tokens import read_token
from referral.web.presenters.labels import FORMS, how_many_of
from referral.web.presenters.offers import offer_view
from referral.web.program import Site
from referral.web.translation import _

_STATUS: Final = {
    LinkState.USED: HTTPStatus.GONE,
    LinkState.EXPIRED: HTTPStatus.GONE,
    LinkState.WITHDRAWN: HTTPStatus.GONE,
}


def answer_pages(site: Site) -> Blueprint:
    """Return the page under /potvrzeni."""
    pages = Blueprint("answering", __name__)

    @pages.get("/potvrzeni/<token>")
    def answer(token: str) -> ResponseReturnValue:
        link = _link_of(site, token)
        if link is None:
            return _refused(None)
        state = link.state(now())
        if state is not LinkState.OPEN:
            return _refused(state)
        choice = _choice(request.args.get("odpoved", ""), link)
        return _discreet(_Page(site, link, token).shown(choice))

    @pages.post("/potvrzeni/<token>")
    def send(token: str) -> ResponseReturnValue:
        link = _link_of(site, token)
        if link is None:
            return _refused(None)
        state = link.state(now())
        if state is not LinkState.OPEN:
            return _refused(state)
        choice = _choice(request.form.get("odpoved", ""), link)
        page = _Page(site, link, token)
        if choice is None:
            return _discreet(page.shown(None))
        return page.take(choice)

    return pages


class _Page:
    """One link that is looked at or answered."""

    def __init__(self, site: Site, link: RecordLink, token: str) -> None:
        self._site = site
        self._link = link
        self._token = token
        subject = subject_of(site, link.service)
        self._answering = Answering(
            subject=subject,
            catalog=site.program.catalog(),
            purpose=link.purpose,
            today=site.today(),
            last=site.program.edits.last_edits(subject.records),
        )

    def take(self, choice: Choice) -> ResponseReturnValue:
        """Write an answer down, or show what has to be mended."""
        reader = Reader()
        wishes = wishes_of(choice, self._answering, request.form, reader)
        note = plain_text(request.form.get("vzkaz", ""), "vzkaz", reader)
        if reader.errors:
            page = self.shown(choice, errors=reader.errors)
            return _discreet(page, HTTPStatus.UNPROCESSABLE_ENTITY)
        if not wishes:
            return _discreet(self.shown(None))
        try:
            done = self._written(wishes, note)
        except SpentLinkError as error:
            return _refused(error.state)
        except OvertakenError as told:
            page = self.shown(choice, meanwhile=told.meanwhile)
            return _discreet(page, HTTPStatus.CONFLICT)
        return _discreet(
            render_template(
                "editing/answered.html",
                offer=self._offer(),
                held=[WORDS[one].name for one in done.held],
                waiting=[WORDS[one].name for one in done.waiting],
                today=day(self._site.today()),
            )
        )

    def _written(self, wishes: Sequence[Wish], note: str) -> Answered:
        return answer_link(
            self._site.program.edits,
            self._link,
            wishes,
            subject=self._subject,
            at=now(),
            note=note,
        )

    @property
    def _subject(self) -> Subject:
        return self._answering.subject

    def _offer(self) -> object:
        return offer_view(self._subject.service, self._answering.catalog)

    def shown(
        self,
        choice: Choice | None,
        *,
        errors: Sequence[FieldError] = (),
        meanwhile: Sequence[Edit] = (),
    ) -> str:
        """Return the page of the link at one of its steps."""
        typed = request.form if request.method == "POST" else None
        answering = self._answering
        fixed = choice in {Choice.FULL, Choice.SAME, Choice.ALL_RIGHT}
        forms = () if choice is None or fixed else answering.forms(choice, typed, errors)
        return render_template(
            "editing/answer.html",
            token=self._token,
            offer=self._offer(),
            vacancy=self._link.purpose is Purpose.VACANCY,
            choice=None if choice is None else choice.value,
            known=answering.told(),
            free=answering.free_now(),
            forms=forms,
            rows=answering.free_rows(typed) if choice is Choice.FREE else (),
            how_many_of=how_many_of,
            errors=errors,
            meanwhile=edit_views(meanwhile, answering.catalog, {}),
            # After somebody else's edit the page answers to what is shown on it now.
            seen=answering.seen(None if meanwhile else typed),
            until=moment(self._link.expires_at),
            today=day(self._site.today()),
            note="" if typed is None else typed.get("vzkaz", ""),
            form_names=FORMS,
            units=UNITS,
            stances=STANCES,
            barriers=answering.catalog.vocabulary.barriers,
        )


def _link_of(site: Site, token: str) -> RecordLink | None:
    link_id = read_token(token, str(current_app.secret_key))
    link = None if link_id is None else site.program.edits.link(link_id)
    if link is None:
        return None
    try:
        site.program.catalog().service(link.service)
    except UnknownCodeError:
        return None
    return link


def _choice(word: str, link: RecordLink) -> Choice | None:
    try:
        choice = Choice(word)
    except ValueError:
        return None
    of_vacancy = choice in {Choice.FREE, Choice.FULL, Choice.SAME}
    return choice if of_vacancy is (link.purpose is Purpose.VACANCY) else None


_WHY: Final = {
    LinkState.USED: _("Na tento odkaz už odpověď přišla. Každý odkaz přijme jen jednu."),
    LinkState.EXPIRED: _("Platnost tohoto odkazu skončila."),
    LinkState.WITHDRAWN: _("Tento odkaz editor vzal zpět."),
}


def _refused(state: LinkState | None) -> Response:
    why = (
        _("Takový odkaz jsme neposlali. Zkontrolujte, že je v\u00a0adrese celý.")
        if state is None
        else _WHY[state]
    )
    page = render_template("editing/spent.html", why=why)
    return _discreet(page, HTTPStatus.NOT_FOUND if state is None else _STATUS[state])


def _discreet(page: str, status: int = HTTPStatus.OK) -> Response:
    """Answer with a page that nobody keeps or lists."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
