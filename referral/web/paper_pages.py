"""Papers to take away: asked for in the body of a request, answered as a file, kept nowhere."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from referral.resources import data_dir
from referral.usecases.recommend import recommend
from referral.web.asking import ask
from referral.web.draft import AskError
from referral.web.help import form_page, read_form
from referral.web.papers.guide import read_guide
from referral.web.papers.making import CONFERENCE, LETTER, MIME_TYPES, PDF, Kind, make
from referral.web.papers.matter import Matter
from referral.web.program import Site


def paper_pages(site: Site) -> Blueprint:
    """Return the letter to the ORP and the case-conference sheet, made from a posted question."""
    pages = Blueprint("papers", __name__)

    @pages.get("/dopis")
    @pages.get("/konference")
    def paper_without_question() -> Redirect:
        return redirect(url_for("help.home"))

    @pages.post("/dopis")
    def letter() -> Response | tuple[str, int]:
        return _file(LETTER, site)

    @pages.post("/konference")
    def conference() -> Response | tuple[str, int]:
        return _file(CONFERENCE, site)

    return pages


def _file(kind: Kind, site: Site) -> Response | tuple[str, int]:
    """Answer with a file, or with the form to mend; the file's name tells nothing of the client."""
    form = request.form.get("format", PDF)
    if form not in MIME_TYPES:
        abort(HTTPStatus.BAD_REQUEST)
    draft, today = read_form(request), site.today()
    try:
        asked = ask(draft, site.program, today=today)
    except AskError as error:
        return form_page(site, draft, error=error), HTTPStatus.UNPROCESSABLE_ENTITY
    catalog, policy = site.program.catalog(), site.program.policy
    matter = Matter(
        answer=recommend(asked, catalog=catalog, policy=policy, today=today),
        catalog=catalog,
        policy=policy,
        guide=read_guide(data_dir() / "papers"),
        today=today,
    )
    response = Response(make(kind, matter, form), mimetype=MIME_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{kind.file_name(form)}"'
    response.cache_control.no_store = True
    return response
