"""Which papers there are, what their files are called, and how one is made from an answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from referral.web.papers.conference import conference
from referral.web.papers.letter import letter
from referral.web.papers.matter import Matter
from referral.web.papers.paper import Paper

PDF, DOCX = "pdf", "docx"
MIME_TYPES: Mapping[str, str] = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of paper; ``stem`` names its file and says nothing of the client."""

    stem: str
    write: Callable[[Matter], Paper]

    def file_name(self, form: str) -> str:
        """Return the name of the file in a form."""
        return f"{self.stem}.{form}"


LETTER = Kind(stem="dopis-orp", write=letter)
CONFERENCE = Kind(stem="pripadova-konference", write=conference)


def make(kind: Kind, matter: Matter, form: str) -> bytes:
    """Write a paper of a kind and set it as PDF or DOCX."""
    # Either typesetter takes longer to load than to set a paper, and most answers need neither.
    if form == DOCX:
        from referral.web.papers.word import docx_of  # noqa: PLC0415 - see above

        return docx_of(kind.write(matter))
    from referral.web.papers.pdf import pdf_of  # noqa: PLC0415 - see above

    return pdf_of(kind.write(matter))
