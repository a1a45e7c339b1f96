"""Papers set in type: whole Czech, alike in both forms, the same bytes, and deaf to commands."""

import time
from io import BytesIO
from zipfile import ZipFile

import pypdf
import pytest
import typst
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.matching.request import Refusal, RefusalReason
from referral.resources import templates_dir
from referral.web.papers.conference import conference
from referral.web.papers.letter import letter
from referral.web.papers.paper import (
    Annex,
    Blanks,
    Cell,
    Column,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Points,
    Signature,
    Table,
    with_typography,
)
from referral.web.papers.pdf import fonts, pdf_of
from referral.web.papers.word import docx_of
from support.build import TODAY, a_service, covering
from support.papers import a_matter, coming, docx_words, pdf_words, words_of

MAKERS = {"letter": letter, "conference": conference}
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, Ňouma ťukal Ěščřžýáíéůú ČŠŽŘ § – „…“"
HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "*tučně* _šikmo_ `kód`",
    "$x^2$ @odkaz <značka> = nadpis",
    "#panic() \\ // /* */ #[",
    "<w:p>&amp;</w:p> ]]>",
    '{{ 7 * 7 }} {% raise %} "uvozovky" \\n',
)


def a_paper(*blocks, title="Zkouška") -> Paper:
    return Paper(title=title, on=TODAY, footer="patička", blocks=blocks)


def a_full_matter():
    return a_matter(
        *(coming(f"s-{one}", f"Služba číslo {one}") for one in range(25)),
        a_service("x-1", "Daleká", coverage=covering("500005")),
        refusals=[Refusal(service_id="s-1", reason=RefusalReason.CAPACITY)],
        age=82,
        barriers=["ALKOHOL"],
    )


def squeezed(text: str) -> str:
    """Leave out spaces: where lines break is up to the typesetter."""
    return "".join(text.split())


@pytest.mark.parametrize("name", MAKERS)
def test_both_forms_hold_every_word_of_the_paper(name):
    paper = MAKERS[name](a_full_matter())
    pdf, docx = squeezed(pdf_words(pdf_of(paper))), squeezed(docx_words(docx_of(paper)))
    # The name of a table is told, not printed.
    names = {squeezed(one.name) for one in paper.blocks if isinstance(one, Table)}
    lines = {squeezed(line) for line in words_of(paper.blocks).splitlines()} - names
    assert {line for line in lines if line not in docx} == set()
    # A hyphen may stand where a long line of a paragraph breaks.
    bare = pdf.replace("-", "")
    assert {line for line in lines if line.replace("-", "") not in bare} == set()


@pytest.mark.parametrize("setting", [pdf_of, docx_of])
@pytest.mark.parametrize("name", MAKERS)
def test_the_same_paper_gives_the_same_bytes(name, setting):
    matter = a_full_matter()
    first = setting(MAKERS[name](matter))
    time.sleep(1.1)
    assert setting(MAKERS[name](matter)) == first


def test_czech_is_whole_in_both_forms():
    paper = a_paper(Heading(text=CZECH), Paragraph(text=CZECH), title=CZECH)
    assert squeezed(pdf_words(pdf_of(paper))).count(squeezed(CZECH)) == 3
    assert squeezed(docx_words(docx_of(paper))).count(squeezed(CZECH)) == 3


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_printed_as_it_stands_wherever_it_is(text):
    paper = a_paper(
        Heading(text=text),
        Paragraph(text=text, strong=text),
        Points(items=(text,)),
        Facts(rows=((text, text),)),
        Blanks(labels=(text,), ticks=(text,)),
        Table(
            name=text,
            columns=(Column(title=text, share=1),),
            rows=((Cell(text=text, strong=text),),),
        ),
        Annex(),
        Signature(labels=(text,)),
        title=text,
    )
    whole = squeezed(text)
    assert squeezed(pdf_words(pdf_of(paper))).count(whole) >= 9
    assert squeezed(docx_words(docx_of(paper))).count(whole) >= 9


@pytest.mark.parametrize("text", HOSTILE[:2])
def test_a_name_from_a_source_is_no_command(text):
    matter = a_matter(
        coming("s-1", text), refusals=[Refusal(service_id="s-1", reason=RefusalReason.OTHER)]
    )
    for make in MAKERS.values():
        words = squeezed(pdf_words(pdf_of(make(matter))))
        assert squeezed(text) in words
        assert "root:" not in words


@given(st.text(alphabet=st.characters(), max_size=40))
@settings(max_examples=25)
def test_any_text_can_be_set(text):
    paper = a_paper(
        Paragraph(text=text, strong=text),
        Table(name=text, columns=(Column(title=text, share=1),), rows=((Cell(text=text),),)),
        title=text or "x",
    )
    assert pdf_of(paper).startswith(b"%PDF")
    assert docx_of(paper).startswith(b"PK")


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800", "\ue000", "\uffff"])
def test_signs_that_stand_for_nothing_are_left_out_and_the_pdf_keeps_its_standards(sign):
    content = pdf_of(a_paper(Paragraph(text=f"před{sign}po")))
    assert sign not in pdf_words(content)
    assert b"pdfuaid" in pypdf.PdfReader(BytesIO(content)).trailer["/Root"]["/Metadata"].get_data()
    assert docx_words(docx_of(a_paper(Paragraph(text=f"před{sign}po")))).startswith("Zkouška před")


def test_a_sign_that_no_font_has_costs_the_standard_and_not_the_paper():
    assert "Pomoc" in pdf_words(pdf_of(a_paper(Paragraph(text="Pomoc 😀 漢"))))
    assert "Pomoc 😀 漢" in docx_words(docx_of(a_paper(Paragraph(text="Pomoc 😀 漢"))))


def test_the_template_would_obey_a_command_that_stood_in_itself(tmp_path):
    """The tests above mean something only while commands do work where they belong."""
    (tmp_path / "secret.txt").write_text("tajemství", encoding="utf-8")
    (tmp_path / "paper.typ").write_text('#read("secret.txt")', encoding="utf-8")
    made = typst.compile(str(tmp_path / "paper.typ"), root=str(tmp_path), font_paths=fonts())
    assert "tajemství" in pdf_words(made)


def test_templates_read_no_file_but_their_common_blocks_and_take_no_package():
    templates = sorted((templates_dir() / "papers").glob("*.typ"))
    assert len(templates) > 1
    for path in templates:
        source = path.read_text("utf-8").replace('#import "blocks.typ": *', "")
        for word in ("import", "include", "read(", "@preview", "eval(", "plugin("):
            assert word not in source, path.name


def test_a_pdf_is_tagged_czech_and_carries_its_fonts():
    paper = letter(a_full_matter())
    reader = pypdf.PdfReader(BytesIO(pdf_of(paper)))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "cs-CZ"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Žádost o pomoc podle § 92 zákona o sociálních službách"
    assert reader.metadata.author == "Síť pomoci"
    assert reader.metadata.creation_date.date() == TODAY
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    for page in reader.pages:
        assert [round(float(one)) for one in page.mediabox[2:]] == [595, 842]
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            described = inner.get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(described)


def test_the_footer_counts_the_pages():
    reader = pypdf.PdfReader(BytesIO(pdf_of(letter(a_full_matter()))))
    count = len(reader.pages)
    assert count > 1
    for number, page in enumerate(reader.pages, start=1):
        assert f"{number} / {count}" in " ".join(page.extract_text().split())


def test_the_letter_itself_is_one_page_and_the_annex_begins_the_next():
    reader = pypdf.PdfReader(BytesIO(pdf_of(letter(a_full_matter()))))
    first, second, *_rest = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert "Jméno, funkce a podpis" in first
    assert second.startswith("Příloha: co o pomoci v okolí víme")


def test_the_header_of_a_table_is_repeated_on_every_page():
    rows = tuple((Cell(text=f"řádek {one}"),) for one in range(90))
    paper = a_paper(Table(name="Dlouhá", columns=(Column(title="Záhlaví", share=1),), rows=rows))
    pages = pypdf.PdfReader(BytesIO(pdf_of(paper))).pages
    assert len(pages) > 1
    assert all("Záhlaví" in page.extract_text() for page in pages)
    head = Document(BytesIO(docx_of(paper))).tables[0].rows[0]
    assert head._tr.xpath("./w:trPr/w:tblHeader")


def test_a_docx_has_headings_a_language_a_size_and_page_numbers():
    paper = letter(a_full_matter())
    document = Document(BytesIO(docx_of(paper)))
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    told = [one.text for one in with_typography(paper).blocks if isinstance(one, Heading)]
    assert headings == told
    assert [one.text for one in document.paragraphs if one.style.name == "Title"]
    (section,) = document.sections
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    styles = document.styles.element
    assert styles.xpath("string(.//w:docDefaults//w:lang/@w:val)") == "cs-CZ"
    footer = section.footer._element
    assert footer.xpath(".//w:instrText/text()") == ["PAGE", "NUMPAGES"]
    told = document.core_properties
    assert (told.title, told.language) == (
        "Žádost o pomoc podle § 92 zákona o sociálních službách",
        "cs-CZ",
    )
    assert told.comments == ""
    assert told.created.date() == TODAY


def test_every_table_of_a_docx_has_its_name():
    paper = conference(a_full_matter())
    tables = Document(BytesIO(docx_of(paper))).tables
    named = [one._tbl.xpath("string(./w:tblPr/w:tblCaption/@w:val)") for one in tables]
    wanted = [one.name for one in with_typography(paper).blocks if isinstance(one, Table)]
    assert [name for name in named if name] == wanted


def test_a_docx_says_nothing_of_the_moment_it_was_packed():
    with ZipFile(BytesIO(docx_of(a_paper(Paragraph(text="x"))))) as packed:
        assert {one.date_time[0] for one in packed.infolist()} == {1980}
        assert packed.testzip() is None


def test_blank_cells_have_boxes_to_tick_in_a_docx():
    paper = conference(a_full_matter())
    boxes = sum(
        cell.tick
        for one in paper.blocks
        if isinstance(one, Table)
        for row in one.all_rows()
        for cell in row
    ) + sum(len(one.ticks) for one in paper.blocks if isinstance(one, Blanks))
    assert docx_words(docx_of(paper)).count("☐") == boxes > 0


def test_short_words_and_citations_stay_on_one_line():
    shown = with_typography(a_paper(Paragraph(text="podle § 91 odst. 3 písm. b) a v obci")))
    (paragraph,) = shown.blocks
    assert (
        paragraph.text == "podle §\u00a091\u00a0odst.\u00a03\u00a0písm.\u00a0b) a\u00a0v\u00a0obci"
    )


def test_a_docx_carries_no_picture_of_another_document():
    with ZipFile(BytesIO(docx_of(a_paper(Paragraph(text="x"))))) as packed:
        assert [name for name in packed.namelist() if "thumbnail" in name] == []


def test_a_pdf_takes_less_than_a_second():
    matter = a_full_matter()
    pdf_of(letter(matter))
    started = time.perf_counter()
    pdf_of(letter(matter))
    assert time.perf_counter() - started < 1
