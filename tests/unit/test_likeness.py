"""How alike the names of providers and facilities are."""

import pytest

from referral.catalog.likeness import likeness, name_of


def alike(a: str, b: str) -> float:
    return likeness(name_of(a), name_of(b))


@pytest.mark.parametrize(
    "other",
    [
        "Modrá řeka, z. s.",
        "Modrá řeka, zapsaný spolek",
        "MODRÁ ŘEKA o.p.s.",
        "„Modrá řeka“ příspěvková organizace",
        "Řeka Modrá spol. s r. o.",
    ],
)
def test_legal_forms_case_quotes_and_the_order_of_words_make_no_difference(other: str) -> None:
    assert alike("Modrá řeka z.s.", other) == 1


def test_a_letter_mistyped_leaves_names_alike() -> None:
    assert alike("Pečovatelská služba Kopretina", "Pečovatelská služba Koptetina") > 0.85
    assert alike("Kopretina, z. ú.", "Jopretina, z. ú.") > 0.82


def test_words_for_what_every_such_service_is_do_not_make_names_alike() -> None:
    assert alike("Domov pro seniory Kopretina", "Domov pro seniory Na Výsluní") < 0.6


def test_two_kinds_of_charity_in_one_town_are_not_alike() -> None:
    assert alike("Farní charita Velké Město", "Oblastní charita Velké Město") < 0.82


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Domov Kopretina 1", "Domov Kopretina 2"),
        ("Domov Kopretina (DZR50)", "Domov Kopretina (DZR10)"),
        ("Domov Kopretina I.", "Domov Kopretina II."),
        ("Domov Kopretina", "Domov Kopretina II."),
        ("Domov Kopretina I.", "Domov Kopretina V."),
    ],
)
def test_names_with_different_numbers_are_never_alike(one: str, other: str) -> None:
    assert alike(one, other) <= 0.5


def test_a_preposition_is_not_taken_for_a_number() -> None:
    assert alike("Domov Kopretina v Lesní", "Domov Kopretina Lesní") > 0.8


def test_names_without_a_telling_word_are_compared_as_they_stand() -> None:
    assert not name_of("Pečovatelská služba, příspěvková organizace").telling
    assert alike("Pečovatelská služba, p. o.", "Pečovatelská služba") == 1
    assert alike("Pečovatelská služba", "Domov pro seniory") < 0.5


def test_nothing_is_like_a_name_without_words() -> None:
    assert alike("", "") == 0
    assert alike("z. s.", "Kopretina") == 0


def test_the_town_of_a_service_does_not_tell_it_from_others() -> None:
    assert not name_of("Pečovatelská služba Most", apart=frozenset({"most"})).telling
