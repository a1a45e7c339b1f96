"""What two spellings have in common."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.text import best, edits, fold, fold_all, similarity, stem, stem_all, stems, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ústí nad Labem", "usti nad labem"),
        ("  Frýdek–Místek ", "frydek mistek"),
        ("Brandýs n. L.", "brandys n l"),
        ("PLAIN ascii-Text_2", "plain ascii text 2"),
        ("ŽLUŤOUČKÝ KŮŇ", "zlutoucky kun"),
        ("Straße", "strasse"),
        ("№ 5, ½", "no 5 1 2"),
        ("„…“", ""),
        ("", ""),
    ],
)
def test_folding_leaves_lower_case_letters_digits_and_single_spaces(text, folded):
    assert fold(text) == folded


@given(st.text(alphabet=st.characters(max_codepoint=sys.maxunicode, exclude_categories=["Cs"])))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.text(max_size=8) | st.sampled_from(["Žába – „ž“", "a\nb", "½ ß", "_-_"])))
def test_many_texts_are_folded_as_each_of_them(texts):
    assert fold_all(texts) == [fold(text) for text in texts]


@given(st.lists(st.sampled_from(["babickach", "novemu", "domech", "ym", "ach", "a", "praci"])))
def test_many_words_have_the_stems_of_each_of_them(words):
    assert stem_all(words) == [stem(word) for word in words]


def test_tokens_are_the_folded_words_in_their_order():
    assert tokens("Babička, 82 let – nevstává!") == ("babicka", "82", "let", "nevstava")


@pytest.mark.parametrize(
    "forms",
    [
        "babička babičky babičce babičku babičkou babičkám babičkách babickach",
        "starý starého starému starém starých starými staremu",
        "dluh dluhy dluhů dluhům dluhem dluhum",
        "nemocnice nemocnici nemocnicí nemocnicím nemocnicim",
    ],
)
def test_forms_of_one_word_share_a_stem_with_diacritics_and_without(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@given(st.text(alphabet="aáeéěiíoóuúůybcčdďhkmnňprřsštťvzž", min_size=1, max_size=14))
def test_a_stem_does_not_depend_on_diacritics(word):
    assert stem(word) == stem(fold(word))


def test_stems_keep_the_order_of_the_words():
    assert stems("Babičce dluhem") == (stem("babička"), stem("dluh"))


def test_similarity_ignores_diacritics_and_counts_a_swap_once():
    assert similarity("Kadaň", "kadan") == 1
    assert similarity("Kadaň", "kdaan") == pytest.approx(0.8)
    assert similarity("Most", "Aš") < 0.3


def test_edits_stop_counting_past_the_limit():
    assert edits("vejprty", "vejptry") == 1
    assert edits("vejprty", "most", at_most=2) == 3


def test_the_best_choice_comes_first_and_equals_keep_their_order():
    found = best("kadan", ["most", "kadas", "kadan", "kadaz"], limit=3)
    assert [likeness.position for likeness in found] == [2, 1, 3]
    assert found[0].score == 1


def test_choices_below_the_wanted_likeness_are_left_out():
    assert best("kadan", ["most", "cheb"], at_least=0.7) == ()
