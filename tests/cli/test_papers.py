"""``referral letter`` and ``referral conference`` over the shipped catalogue."""

import pytest

from support.papers import docx_words, pdf_words

MAN = (
    "--place", "Kryštofovy Hamry", "--need", "BYD-ZTR", "--need", "ZAV-ALK", "--age", "58",
    "--barrier", "ALKOHOL", "--no-income", "--eviction", "2099-11-30",
    "--refused", "rpss-671:kapacita@2026-01-10", "--refused", "rpss-300:okruh",
    "--refused", "rpss-2972:jine:ALKOHOL", "--refused", "rpss-4883:jine:BEZ-PRIJ",
)  # fmt: skip


@pytest.mark.parametrize("command", ["letter", "conference"])
def test_a_command_writes_both_forms_of_a_paper(referral, tmp_path, command):
    pdf, docx = tmp_path / "a" / "list.pdf", tmp_path / "list.docx"
    run = referral(command, *MAN, "--pdf", str(pdf), "--docx", str(docx))
    assert run.code == 0, run.said
    assert run.out == ""
    assert run.said.splitlines() == [f"PDF: {pdf}", f"DOCX: {docx}"]
    for words in (pdf_words(pdf.read_bytes()), docx_words(docx.read_bytes())):
        for told in ("Kryštofovy Hamry", "58 let", "10. 1. 2026", "30. 11. 2099", "Nemá příjem"):
            assert told in words


@pytest.mark.parametrize("command", ["letter", "conference"])
def test_without_a_file_to_write_the_use_is_wrong(referral, command):
    run = referral(command, "--place", "Vejprty", "--need", "PEC-HYG")
    assert run.code == 2
    assert "--pdf" in run.said


def test_a_faulty_question_ends_with_one_sentence_and_writes_nothing(referral, tmp_path):
    file = tmp_path / "list.pdf"
    run = referral(
        "letter", "--place", "Vejprty", "--need", "PEC-HYG", "--age", "sto", "--pdf", str(file)
    )
    assert run.code == 1
    assert run.said.startswith("Chyba: ")
    assert not file.exists()


def test_the_words_of_the_person_stay_out_of_the_file(referral, tmp_path):
    file = tmp_path / "list.docx"
    run = referral(
        "letter", "--place", "Vejprty", "--says", "babička Lojzička se sama neumyje",
        "--docx", str(file),
    )  # fmt: skip
    assert run.code == 0, run.said
    assert "Lojzi" not in docx_words(file.read_bytes())
    assert "hygiena" in docx_words(file.read_bytes())


def test_papers_ask_by_the_same_options_as_the_search(referral):
    def options(command: str) -> set[str]:
        lines = referral(command, "--help").out.split()
        return {word.strip(",") for word in lines if word.startswith("--")}

    asked = options("match") - {"--json", "--limit"}
    assert options("letter") == options("conference") == asked | {"--pdf", "--docx"}
