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
from referral.web.papers.slip import STEM, TEMPLATE, slip
from referral.web.program import Site


def paper_pages(site: Site) -> Blueprint:
    """Return the letter to the ORP and the case-conference sheet, made from a posted question."""
    pages = Blueprint("papers", __name__)

    @pages.get("/komu-zavolat")
    @pages.get("/dopis")
    @pages.get("/konference")
    def paper_without_question() -> Redirect:
        return redirect(url_for("help.home"))

    @pages.post("/komu-zavolat")
    def slip_of_a_call() -> Response | tuple[str, int]:
        return _slip(site)

    @pages.post("/dopis")
    def letter() -> Response | tuple[str, int]:
        return _file(LETTER, site)

    @pages.post("/konference")
    def conference() -> Response | tuple[str, int]:
        return _file(CONFERENCE, site)

    return pages


def _slip(site: Site) -> Response | tuple[str, int]:
    """Answer with one call on a slip of paper, or with the form to mend."""
    # The typesetter takes longer to load than to set a slip, and most answers need none.
    from referral.web.papers.pdf import pdf_of  # noqa: PLC0415 - see above

    draft, today = read_form(request), site.today()
    try:
        asked = ask(draft, site.program, today=today)
    except AskError as error:
        return form_page(site, draft, error=error), HTTPStatus.UNPROCESSABLE_ENTITY
    catalog, program = site.program.catalog(), site.program
    answer = recommend(asked, catalog=catalog, policy=program.policy, today=today)
    paper = slip(answer, catalog, advice=program.advice, today=today)
    return _attached(pdf_of(paper, template=TEMPLATE), f"{STEM}.{PDF}", MIME_TYPES[PDF])


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
    return _attached(make(kind, matter, form), kind.file_name(form), MIME_TYPES[form])


def _attached(content: bytes, name: str, mime: str) -> Response:
    """Return a file to keep; nothing between here and the person may keep it too."""
    response = Response(content, mimetype=mime)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.cache_control.no_store = True
    return response
