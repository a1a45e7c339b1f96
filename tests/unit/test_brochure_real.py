"""The brochure and the leaflet of a real ORP, built once: whole, tagged, true to the search."""

import re
from io import BytesIO

import pypdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from referral.matching.request import AskedNeed, ReferralRequest
from referral.network.norms import NormStatus
from referral.resources import data_dir
from referral.usecases.recommend import recommend
from referral.web.boundaries import boundaries_of
from referral.web.czech import plain
from referral.web.papers.paper import Contents, Entry, Heading, Table
from referral.web.papers.pdf import pdf_of
from referral.web.printed.area_matter import AreaMatter
from referral.web.printed.brochure import TEMPLATE, brochure
from referral.web.printed.leaflet import leaflet, read_situations
from referral.web.printed.making import leaflet_pdf
from referral.web.printed.missing import norm_warning
from referral.web.printed.word_blocks import book_docx
from support.build import TODAY
from support.papers import docx_words, pdf_words, words_of
from support.printed import a_real_area

CHAPTERS = (
    "Jak s brožurou pracovat", "Tísňová čísla a úřady", "Podle životní situace", "Podle obce",
    "Karty služeb", "Kolik se platí a čím", "Kde pomoc chybí", "Co nevíme a odkud údaje jsou",
    "Rejstřík",
)  # fmt: skip

ANCHORS = {
    "situace", "obce", "karty", "penize", "mezery", "nevime", "zdroje", "rejstrik", "tisen",
    "kontakty",
}  # fmt: skip
"""What pages are found by; no words of the brochure."""


@pytest.fixture(scope="session")
def kadan(embedded) -> AreaMatter:
    return a_real_area(embedded, "ORP Kadaň", public_url="https://pomoc.example.test")


@pytest.fixture(scope="session")
def paper(kadan):
    return brochure(kadan)


@pytest.fixture(scope="session")
def pdf(paper) -> bytes:
    return pdf_of(paper, template=TEMPLATE)


@pytest.fixture(scope="session")
def reader(pdf) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


@pytest.fixture(scope="session")
def pages(reader) -> list[str]:
    return [plain(page.extract_text()) for page in reader.pages]


@pytest.fixture(scope="session")
def docx(paper) -> bytes:
    return book_docx(paper)


def bare(text: str) -> str:
    return "".join(plain(text).split()).replace("-", "")


def test_every_chapter_begins_a_page_and_stands_in_the_contents(pages, paper):
    assert len(pages) >= 20
    assert [one.text for one in paper.blocks if isinstance(one, Heading) and one.level == 1] == [
        *CHAPTERS
    ]
    for chapter in CHAPTERS:
        assert any(text.startswith(chapter) for text in pages[2:]), chapter
        assert bare(chapter) in bare(pages[1])


def test_no_page_is_empty(pages):
    assert [place for place, text in enumerate(pages) if len(bare(text)) < 120] == []


def test_every_municipality_has_a_page_and_the_index_leads_to_it(kadan, pages):
    index = "\n".join(pages[-3:])
    assert len(kadan.places) == 19
    for place in kadan.places:
        (number,) = (
            at for at, text in enumerate(pages, start=1) if text.startswith(f"{place.name}\nORP ")
        )
        assert re.search(rf"{re.escape(place.name)}[\s.]*{number}\b", index), place.name


def test_every_service_has_a_card_and_the_index_leads_to_its_page(kadan, pages, paper):
    cards = {one.anchor: one for one in paper.blocks if isinstance(one, Entry)}
    assert set(cards) == {f"sluzba-{one.id}" for one in kadan.shown}
    index = bare(pages[-2] + pages[-1]).replace(".", "")
    whole = [bare(text) for text in pages]
    for name in ("Terénní programy - Kadaňsko", "K-Centrum Kadaň"):
        begun = [at for at, text in enumerate(whole, start=1) if f"{bare(name)}SvětloKadaň" in text]
        assert f"{bare(name)}{begun[-1]}" in index


def test_the_index_is_in_the_order_of_the_czech_alphabet(kadan):
    names = [one.name for one in kadan.places]
    assert names.index("Chbany") > names.index("Domašín")
    assert names.index("Chbany") < names.index("Kadaň")


def test_the_pdf_holds_every_word_of_the_brochure(paper, pages):
    told = bare(" ".join(pages))
    tables = {bare(one.name) for one in paper.blocks if isinstance(one, Table)}
    lines = {bare(line) for line in words_of(paper.blocks).splitlines()}
    # Codes of anchors and addresses of drawings are no words.
    lines = {one for one in lines if not re.match(r"(sluzba|obec)\w|<svg", one)}
    assert {one for one in lines - tables if one not in told} <= ANCHORS


def test_the_pdf_is_tagged_czech_and_its_czech_can_be_copied(reader, pages):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("cs")
    assert "pdfuaid" in str(root["/Metadata"].get_data())
    words = " ".join(" ".join(pages).split())
    for told in ("Klášterec nad Ohří", "Městský ústav sociálních služeb", "příspěvková organizace"):
        assert told in words
    assert not re.search("[\ufb00-\ufb06\ufffd]", words)


def test_a_guide_is_never_shown_as_a_standard_and_a_standard_not_as_a_guide(kadan, pages):
    told = bare("ORIENTAČNÍ NORMA, ne úřední standard.")
    assert any(told in bare(text) for text in pages)
    gaps = kadan.gaps
    approved = type(gaps)(
        **{name: getattr(gaps, name) for name in gaps.__dataclass_fields__ if name != "norm"},
        norm=type(gaps.norm)(
            **{
                name: getattr(gaps.norm, name)
                for name in gaps.norm.__dataclass_fields__
                if name != "status"
            },
            status=NormStatus.APPROVED,
        ),
    )
    assert norm_warning(approved).startswith("NORMA: schváleno.")


def test_every_first_call_is_the_one_that_the_search_gives(kadan):
    for place in kadan.places[::9]:
        for need in kadan.needs:
            asked = ReferralRequest(place=place, needs=(AskedNeed(code=need.code),), limit=5)
            answer = recommend(asked, catalog=kadan.catalog, policy=kadan.policy, today=TODAY)
            found = kadan.found(place, need)
            assert found.step == answer.next_step
            assert [one.offer.id for one in found.matches] == [
                one.offer.id for one in answer.matches
            ]


def test_the_docx_has_real_headings_a_contents_field_and_header_rows(docx, paper):
    document = Document(BytesIO(docx))
    headings = [plain(one.text) for one in document.paragraphs if one.style.name == "Heading 1"]
    assert tuple(headings) == CHAPTERS
    fields = [one.text or "" for one in document.element.iter(qn("w:instrText"))]
    assert any(one.startswith("TOC ") for one in fields)
    begun = sum(
        one.get(qn("w:fldCharType")) == "begin" for one in document.element.iter(qn("w:fldChar"))
    )
    ended = sum(
        one.get(qn("w:fldCharType")) == "end" for one in document.element.iter(qn("w:fldChar"))
    )
    assert begun == ended > 100
    tables = [one for one in paper.blocks if isinstance(one, Table)]
    marked = list(document.element.iter(qn("w:tblHeader")))
    assert len(marked) == len(tables)


def test_every_page_that_the_docx_asks_for_has_its_bookmark(docx):
    document = Document(BytesIO(docx))
    names = [one.get(qn("w:name")) for one in document.element.iter(qn("w:bookmarkStart"))]
    asked = {
        (one.text or "").split()[1]
        for one in document.element.iter(qn("w:instrText"))
        if (one.text or "").startswith("PAGEREF")
    }
    assert len(names) == len(set(names))
    assert asked <= set(names)
    assert asked


def test_the_docx_holds_the_words_of_the_brochure(docx, paper):
    told = bare(docx_words(docx))
    kept = [one for one in paper.blocks if not isinstance(one, Contents)]
    tables = {bare(one.name) for one in kept if isinstance(one, Table)}
    lines = {bare(line) for line in words_of(tuple(kept)).splitlines()} - tables
    missing = {one for one in lines if one not in told}
    assert {one for one in missing if not re.match(r"(sluzba|obec)\w", one)} <= ANCHORS


def test_the_leaflet_of_a_usual_orp_is_one_sheet_that_names_offices_and_numbers(kadan):
    content = leaflet_pdf(kadan, boundaries=boundaries_of(kadan.catalog.territory, ()))
    reader = pypdf.PdfReader(BytesIO(content))
    assert len(reader.pages) == 2
    assert "pdfuaid" in str(reader.trailer["/Root"]["/Metadata"].get_data())
    words = pdf_words(content)
    for told in ("Kdo pomůže: ORP Kadaň", "155", "116 123", "sociální odbor", "Nemá kde spát"):
        assert told in words


def test_the_leaflet_tells_of_each_situation_the_call_of_most_places(kadan):
    situations = read_situations(data_dir() / "papers")
    assert {one.need for one in situations} <= set(kadan.catalog.vocabulary.needs)
    told = words_of(
        leaflet(kadan, situations=situations, boundaries=boundaries_of(kadan.catalog.territory, ()))
    )
    for one in situations:
        assert one.says in told
    assert "Mapa obcí s počtem terénních služeb" in told
    assert "Vejprty" in told
