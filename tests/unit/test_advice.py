"""What to have ready for a service and whom to turn to: data that explain themselves."""

import pytest

from referral.catalog.model import Kind
from referral.catalog.vocabulary import Form
from referral.ingest.advice_file import read_advice
from referral.matching.advice import Advice, Preparation, parse_advice, preparations_for
from referral.matching.errors import PolicyError
from referral.resources import data_dir
from support.build import a_service, a_type, a_vocabulary

ROW = {"what": "žádost", "why": "podle ní je pořadník", "source": "praxe"}
WHO = {"who": "krajský úřad {region}", "why": "registruje", "source": "§ 78"}
WORDS = a_vocabulary(
    types=(
        a_type("40"),
        a_type("49", forms=(Form.RESIDENTIAL,)),
        a_type("44", forms=(Form.FIELD, Form.RESIDENTIAL)),
        a_type("61", forms=(Form.AMBULATORY,), free_of_charge=True),
    )
)


def asked(kind: str | None, *, form: Form | None = None, **row) -> bool:
    """Tell whether a service of a type is said to ask for the one thing of an advice."""
    advice = Advice(preparations=(Preparation(what="co", why="proč", source="kde", **row),))
    helps = {} if kind else {"kind": Kind.COMMUNITY, "needs": ["PEC-HYG"]}
    service = a_service(type=kind, forms=None, **helps)
    return bool(preparations_for(service, form=form, advice=advice, vocabulary=WORDS))


def test_what_names_nothing_concerns_every_registered_service_and_no_other_help():
    assert asked("40")
    assert asked("49")
    assert not asked(None)


def test_types_narrow_and_exceptions_take_away():
    assert asked("49", types=frozenset({"49"}))
    assert not asked("40", types=frozenset({"49"}))
    assert not asked("49", except_types=frozenset({"49"}))


def test_a_form_is_that_of_the_way_to_the_service_or_any_it_has():
    stays = frozenset({Form.RESIDENTIAL})
    assert asked("44", forms=stays)
    assert asked("44", forms=stays, form=Form.RESIDENTIAL)
    assert not asked("44", forms=stays, form=Form.FIELD)
    assert not asked("40", forms=stays)


def test_what_concerns_payment_follows_the_type():
    assert asked("49", paid=True)
    assert not asked("61", paid=True)
    assert asked("61", paid=False)
    assert not asked("49", paid=False)


def test_the_file_that_is_shipped_names_only_types_that_exist(embedded):
    advice = read_advice(data_dir() / "matching" / "first_contact.toml")
    named = {code for one in advice.preparations for code in one.types | one.except_types}
    assert named <= set(embedded.vocabulary.types)
    assert all("§" in one.source or "praxe" in one.source for one in advice.preparations)
    assert any("{region}" in one.who for one in advice.recourses)
    home = next(one for one in embedded.services.values() if one.type == "49")
    ready = preparations_for(home, form=None, advice=advice, vocabulary=embedded.vocabulary)
    assert any("posudek" in one.what for one in ready)
    shelter = next(one for one in embedded.services.values() if one.type == "57")
    ready = preparations_for(shelter, form=None, advice=advice, vocabulary=embedded.vocabulary)
    assert not any("posudek" in one.what for one in ready)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({}, "no [[prepare]]"),
        ({"prepare": [], "recourse": [WHO]}, "no [[prepare]]"),
        ({"prepare": [ROW]}, "no [[recourse]]"),
        ({"prepare": ["x"], "recourse": [WHO]}, "list of tables"),
        ({"prepare": [{**ROW, "why": " "}], "recourse": [WHO]}, "lacks why"),
        ({"prepare": [{**ROW, "source": 5}], "recourse": [WHO]}, "lacks source"),
        ({"prepare": [{**ROW, "paid": "ano"}], "recourse": [WHO]}, "paid"),
        ({"prepare": [{**ROW, "forms": ["X"]}], "recourse": [WHO]}, "'X'"),
        ({"prepare": [{**ROW, "types": "49"}], "recourse": [WHO]}, "types"),
        ({"prepare": [{**ROW, "types": [49]}], "recourse": [WHO]}, "types"),
        ({"prepare": [ROW], "recourse": [{"who": "x", "why": "y"}]}, "lacks source"),
    ],
)
def test_what_is_wrong_with_the_data_is_said(document, said):
    with pytest.raises(PolicyError) as caught:
        parse_advice(document)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "cannot be read"), (b"\xff", "not valid TOML"), (b"[[prepare]]", "lacks")],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, content, said):
    path = tmp_path / "first_contact.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PolicyError) as caught:
        read_advice(path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)
