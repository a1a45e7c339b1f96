"""The vocabulary is replaced as a whole and never from under a service: on both databases alike."""

from dataclasses import replace

import pytest

from referral.catalog.model import (
    Service,
)
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Vocabulary
from referral.storage.errors import RefusedError
from referral.storage.repositories import SqlCatalogStore
from support.build import (
    a_group,
    a_need,
    a_type,
)
from support.invented import FULL, WORDS


def services_of(catalog: Catalog) -> list[Service]:
    return list(catalog.services.values())


def test_a_new_vocabulary_replaces_the_old_one_and_its_order(filled: SqlCatalogStore) -> None:
    smaller = Vocabulary.of(
        types=list(WORDS.types.values())[:1:-1],
        groups=[a_group("ZRAK", "jinak"), a_group("NOVA", broader="ZRAK")],
        needs=[a_need("DLUHY", service_types=("52",), typical_groups=("NOVA",))],
        calls=WORDS.calls[:0],
    )
    filled.save_vocabulary(smaller)
    assert filled.load().vocabulary == smaller
    turned = Vocabulary.of(
        types=WORDS.types.values(),
        groups=list(WORDS.groups.values())[::-1],
        needs=WORDS.needs.values(),
        barriers=WORDS.barriers.values(),
        calls=WORDS.calls,
    )
    filled.save_vocabulary(turned)
    assert list(filled.load().vocabulary.groups) == list(turned.groups)


def test_an_order_alone_is_a_change_of_the_vocabulary(filled: SqlCatalogStore) -> None:
    types = list(WORDS.types.values())[::-1]
    turned = replace(WORDS, types={one.code: one for one in types})
    filled.save_vocabulary(turned)
    assert list(filled.load().vocabulary.types) == [one.code for one in types]


@pytest.mark.parametrize(
    ("kind", "plural", "codes"),
    [
        ("types", "druhy služeb", "40"),
        ("groups", "cílové skupiny", "SENIORI, ZRAK"),
        ("needs", "potřeby", "PEC-HYG"),
        ("barriers", "překážky", "ALKOHOL, INFEKCE"),
    ],
)
def test_a_word_that_a_service_uses_cannot_be_left_out(
    filled: SqlCatalogStore, kind: str, plural: str, codes: str
) -> None:
    filled.save_services([FULL])
    poorer = replace(_without_links(WORDS), **{kind: {}})
    with pytest.raises(RefusedError) as raised:
        filled.save_vocabulary(poorer)
    assert str(raised.value) == (
        f"Slovník nelze nahradit: vynechává {plural}, na které odkazují uložené služby ({codes}). "
        "Nic se nezměnilo."
    )
    assert filled.load().vocabulary == WORDS


def _without_links(words: Vocabulary) -> Vocabulary:
    """The same words, none of which refers to another."""
    return Vocabulary(
        types={code: replace(one, typical_groups=frozenset()) for code, one in words.types.items()},
        groups={code: replace(one, broader=None) for code, one in words.groups.items()},
        needs={
            code: replace(
                one,
                service_types=(),
                typical_groups=frozenset(),
                implied_groups=frozenset(),
            )
            for code, one in words.needs.items()
        },
        barriers=words.barriers,
    )


def test_replacing_the_vocabulary_disturbs_no_service(filled: SqlCatalogStore) -> None:
    filled.save_services([FULL])
    richer = Vocabulary.of(
        types=[*WORDS.types.values(), a_type("99", "nová služba", typical_groups=())],
        groups=WORDS.groups.values(),
        needs=WORDS.needs.values(),
        barriers=WORDS.barriers.values(),
    )
    filled.save_vocabulary(richer)
    loaded = filled.load()
    assert (loaded.vocabulary, services_of(loaded)) == (richer, [FULL])
