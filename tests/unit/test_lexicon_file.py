"""Reading the lexicon: what is refused, where, and with which cure."""

import pytest

from referral.ingest.lexicon_file import read_lexicon
from referral.matching.intake.errors import LexiconError
from referral.matching.intake.lexicon import OFF_TOPIC, CueKind, Phrase

PHRASES = "code\tphrase\n# jak lidé mluví\n\nZAV-ALK\tpije jak duha\n-\tkdy jede autobus\n"
CUES = (
    "kind\tcode\tstrength\tpattern\n"
    "set\tKOHO\t0\tji|zenu\n"
    "need\tNAS-DOM\t4\tbij* @KOHO\n"
    "mute\t-\t0\tnepij*\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "phrases.tsv").write_text(PHRASES, encoding="utf-8")
    (tmp_path / "cues.tsv").write_text(CUES, encoding="utf-8")
    return tmp_path


def test_phrases_and_cues_are_read_in_their_order(folder):
    lexicon = read_lexicon(folder)
    assert lexicon.phrases == (
        Phrase(code="ZAV-ALK", text="pije jak duha"),
        Phrase(code=OFF_TOPIC, text="kdy jede autobus"),
    )
    assert [(cue.kind, cue.code, cue.strength) for cue in lexicon.cues] == [
        (CueKind.NEED, "NAS-DOM", 4),
        (CueKind.MUTE, "-", 0),
    ]
    assert lexicon.cues[0].pattern.atoms == ("bij*", "ji", "zenu")


@pytest.mark.parametrize(
    ("file", "lines", "says"),
    [
        ("phrases.tsv", "kod\tveta\n", r"phrases.tsv:1: the header must be code TAB phrase"),
        ("phrases.tsv", "", r"phrases.tsv:1: the header must be"),
        ("phrases.tsv", PHRASES + "ZAV-ALK\n", r"phrases.tsv:6: 1 columns instead of 2"),
        ("phrases.tsv", PHRASES + "\tpije\n", r"phrases.tsv:6: both the code and the phrase"),
        ("phrases.tsv", PHRASES + "ZAV-ALK\t \n", r"phrases.tsv:6: both the code and the phrase"),
        (
            "phrases.tsv",
            PHRASES + "ZAV-ALK\tPije jak duha\n",
            r"phrases.tsv:6: „Pije jak duha“ stands already on line 4: delete one",
        ),
        ("cues.tsv", CUES + "neco\tA\t0\tx\n", r"cues.tsv:5: unknown kind 'neco', use one of need"),
        ("cues.tsv", CUES + "need\tA\t0\tx\n", r"cues.tsv:5: the strength '0' must be 1 to 4"),
        ("cues.tsv", CUES + "need\tA\t5\tx\n", r"cues.tsv:5: the strength '5' must be 1 to 4"),
        ("cues.tsv", CUES + "group\tA\t1\tx\n", r"cues.tsv:5: the strength '1' .* 0 for any other"),
        ("cues.tsv", CUES + "need\tA\t1\tpíše\n", r"cues.tsv:5: the pattern „píše“"),
        ("cues.tsv", CUES + "need\tA\t1\t@NIC\n", r"cues.tsv:5: .*@NIC, which no line above"),
    ],
)
def test_a_wrong_line_is_named_with_file_line_and_cure(folder, file, lines, says):
    (folder / file).write_text(lines, encoding="utf-8")
    with pytest.raises(LexiconError, match=says):
        read_lexicon(folder)


def test_the_same_phrase_may_stand_for_two_needs(folder):
    (folder / "phrases.tsv").write_text(PHRASES + "FIN-DLU\tpije jak duha\n", encoding="utf-8")
    assert len(read_lexicon(folder).phrases) == 3


def test_a_missing_file_is_named(folder):
    (folder / "cues.tsv").unlink()
    with pytest.raises(LexiconError, match=r"cues\.tsv: the file is missing"):
        read_lexicon(folder)


def test_a_file_in_another_encoding_is_named(folder):
    (folder / "phrases.tsv").write_bytes("code\tphrase\nX\tměsto\n".encode("cp1250"))
    with pytest.raises(LexiconError, match=r"phrases\.tsv: the file is not UTF-8"):
        read_lexicon(folder)
