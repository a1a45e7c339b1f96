"""Papers over the small invented world, and what stands in them."""

from dataclasses import fields, is_dataclass
from datetime import date
from io import BytesIO

import pypdf
from docx import Document

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.model import Kind, Service
from referral.catalog.snapshot import Catalog
from referral.matching.request import ReferralRequest
from referral.resources import data_dir
from referral.usecases.recommend import recommend
from referral.web.czech import plain
from referral.web.papers.guide import Guide, read_guide
from referral.web.papers.matter import Matter
from support.build import TODAY, a_service, covering
from support.matching import POLICY, a_request, a_world

GUIDE: Guide = read_guide(data_dir() / "papers")


def a_matter(
    *services: Service, needs=("PEC-HYG",), today: date = TODAY, guide: Guide = GUIDE, **asked
) -> Matter:
    """Answer a request in the small world and return the matter of its papers."""
    return the_matter(a_request(*needs, **asked), a_world(*services), today=today, guide=guide)


def the_matter(
    request: ReferralRequest,
    catalog: Catalog,
    *,
    policy=POLICY,
    today: date = TODAY,
    guide: Guide = GUIDE,
) -> Matter:
    """Answer a request over a catalogue and return the matter of its papers."""
    answer = recommend(request, catalog=catalog, policy=policy, today=today)
    return Matter(answer=answer, catalog=catalog, policy=policy, guide=guide, today=today)


def coming(service_id: str, name: str = "Pomoc doma", **fields) -> Service:
    """Build a service that surely comes to the village."""
    return a_service(
        service_id, name, coverage=covering("500001", status=CoverageStatus.DECLARED), **fields
    )


def an_authority(service_id: str, name: str, kind: AreaKind, area: str, *needs: str) -> Service:
    """Build an authority competent for an area of the small world."""
    return a_service(
        service_id,
        name,
        type=None,
        kind=Kind.AUTHORITY,
        needs=needs,
        forms=None,
        locations=(),
        coverage=Coverage(
            areas=(ServiceArea(kind=kind, name=area),),
            status=CoverageStatus.DECLARED,
            certain=frozenset({"500001"}),
        ),
    )


def words_of(value: object) -> str:
    """Return every text inside a paper or a part of it, in order, a line for each."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, tuple | list):
        return "\n".join(filter(None, map(words_of, value)))
    if is_dataclass(value):
        return "\n".join(
            filter(None, (words_of(getattr(value, one.name)) for one in fields(value)))
        )
    return ""


def pdf_words(content: bytes) -> str:
    """Return the text of a PDF with all spaces alike."""
    pages = pypdf.PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def docx_words(content: bytes) -> str:
    """Return the text of a DOCX, its tables and its footer included, with all spaces alike."""
    document = Document(BytesIO(content))
    parts = (document.element.body, document.sections[0].footer._element)
    lines = (
        "".join(line.xpath(".//w:t/text()")) for part in parts for line in part.xpath(".//w:p")
    )
    return " ".join(" ".join(lines).split())
