"""``referral card``, ``referral brochure`` and ``referral leaflet`` over the shipped catalogue."""

import pytest

from support.papers import docx_words, pdf_words


@pytest.mark.parametrize("named", ["rpss-1368", "5425697", "Terénní programy - Kadaňsko"])
def test_a_card_is_written_for_an_id_a_register_number_or_a_name(referral, tmp_path, named):
    file = tmp_path / "a" / "karta.pdf"
    run = referral("card", named, "--pdf", str(file))
    assert run.code == 0, run.said
    assert run.out == ""
    assert str(file) in run.said
    words = pdf_words(file.read_bytes())
    for told in ("Terénní programy - Kadaňsko", "5425697", "Co dělá", "Co obvykle nedělá"):
        assert told in words


def test_a_service_that_is_not_there_ends_with_one_sentence_and_no_file(referral, tmp_path):
    file = tmp_path / "karta.pdf"
    run = referral("card", "neznámá-služba-xyz", "--pdf", str(file))
    assert run.code == 1
    assert run.said.startswith("Chyba: ")
    assert not file.exists()


def test_a_brochure_is_written_in_both_forms_and_for_a_municipality_too(referral, tmp_path):
    pdf, docx = tmp_path / "b.pdf", tmp_path / "b.docx"
    run = referral("brochure", "--area", "Kryštofovy Hamry", "--pdf", str(pdf), "--docx", str(docx))
    assert run.code == 0, run.said
    assert run.said.splitlines() == [
        f"Brožura, Kryštofovy Hamry (PDF): {pdf}",
        f"Brožura, Kryštofovy Hamry (DOCX): {docx}",
    ]
    for words in (pdf_words(pdf.read_bytes()), docx_words(docx.read_bytes())):
        assert "ORIENTAČNÍ NORMA" in words
        assert "Čísla v první tabulce jsou za ORP Kadaň." in words


def test_a_leaflet_is_written(referral, tmp_path):
    file = tmp_path / "letak.pdf"
    run = referral("leaflet", "--area", "podborany", "--pdf", str(file))
    assert run.code == 0, run.said
    assert "Kdo pomůže: ORP Podbořany" in pdf_words(file.read_bytes())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("brochure", "--area", "Kadaň"), 2),
        (("leaflet", "--area", "Kadaň"), 2),
        (("card", "rpss-1368"), 2),
        (("brochure", "--area", "Nikdeves", "--pdf", "x.pdf"), 1),
        (("brochure", "--area", "Březová", "--pdf", "x.pdf"), 1),
        (("brochure", "--area", "Kadaň", "--norm", "nikdo", "--pdf", "x.pdf"), 1),
    ],
)
def test_a_wrong_use_writes_nothing(referral, tmp_path, monkeypatch, arguments, code):
    monkeypatch.chdir(tmp_path)
    run = referral(*arguments)
    assert run.code == code
    assert list(tmp_path.iterdir()) == []
