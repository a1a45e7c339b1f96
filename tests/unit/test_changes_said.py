"""Changes said in Czech: every field in words, and nothing of a place that is secret."""

from dataclasses import replace
from datetime import date

import pytest

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.changes import GONE, Change, ChangedField, changes_between
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    CapacityUnit,
    Eligibility,
    Location,
    ServiceCapacity,
    Stance,
)
from referral.catalog.vocabulary import Form
from referral.ingest.embedded import read_embedded
from referral.resources import data_dir
from referral.web.presenters.changes import change_document, change_sentence, change_text

ON = date(2026, 11, 22)
BEDS = ServiceCapacity(
    unit=CapacityUnit.BEDS, registered=32, as_of=date(2026, 1, 1), form=Form.RESIDENTIAL
)


@pytest.fixture(scope="module")
def catalog():
    return read_embedded(data_dir()).catalog()


def said(catalog, before, after, **other):
    return [
        change_sentence(one, catalog).replace("\N{NO-BREAK SPACE}", " ")
        for one in changes_between(before, after, on=ON, **other)
    ]


def test_changes_are_said_in_czech(catalog):
    service = replace(
        next(
            one
            for one in catalog.services.values()
            if one.locations and one.type and not one.secret
        ),
        capacities=(BEDS,),
        valid_to=None,
    )
    name = f"„{service.name}“ ({service.organization.name})"
    town = service.locations[0].municipality_name
    ended = replace(service, valid_to=date(2026, 11, 21))
    end = f"v obci {town} skončila služba {name} ke dni 21. 11. 2026, ve zdroji už není."
    assert said(catalog, service, ended, detail=GONE) == [f"22. 11. 2026: {end}"]
    assert said(catalog, ended, service) == [
        f"22. 11. 2026: v obci {town} znovu běží služba {name}."
    ]
    assert said(catalog, None, service) == [f"22. 11. 2026: v obci {town} přibyla služba {name}."]
    changed = replace(
        service,
        capacities=(replace(BEDS, registered=28),),
        forms=frozenset({Form.FIELD}),
        type="40",
        eligibility=replace(service.eligibility, target_groups=frozenset({"SENIORI"})),
        valid_to=date(2027, 1, 31),
        contact=replace(service.contact, phone="1" * 90),
    )
    sentences = said(catalog, replace(service, forms=None, type="50"), changed)
    assert f"22. 11. 2026: {name}: kapacita (pobytová) 32 → 28 lůžek." in sentences
    assert f"22. 11. 2026: {name}: formy neuvedeno → terénní." in sentences
    assert any(f"{name}: konec neuvedeno → 31. 1. 2027." in one for one in sentences)
    assert any("domovy se zvláštním režimem → pečovatelská služba." in one for one in sentences)
    assert any("→ senioři." in one for one in sentences)
    assert any(f"telefon neuvedeno → „{'1' * 79}…“." in one for one in sentences)
    dropped = replace(service, capacities=())
    assert said(catalog, service, dropped) == [
        f"22. 11. 2026: {name}: kapacita (pobytová) 32 lůžek → neuvedeno."
    ]
    doubled = replace(service, capacities=(BEDS, replace(BEDS, registered=5)))
    assert said(catalog, dropped, doubled)[0].endswith("neuvedeno → 32 lůžek a 5 lůžek.")


def test_rules_and_areas_are_said_in_words(catalog):
    service = next(one for one in catalog.services.values() if one.id == "rpss-412")
    before = replace(service, eligibility=Eligibility(), coverage=Coverage())
    radius = ServiceArea(kind=AreaKind.RADIUS, name="Most", km=15)
    odd = ServiceArea(kind=AreaKind.ORP, name="A; B")
    rules = (
        AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES, wording="pije"),
        AcceptanceRule(barrier="NEZNAMA", stance=Stance.ACCEPTS),
    )
    after = replace(
        before,
        eligibility=replace(before.eligibility, rules=rules),
        coverage=Coverage(areas=(radius, odd), status=CoverageStatus.PARSED),
    )
    stated, covered = said(catalog, before, after)
    assert "neuvedeno → nepřijímá (" in stated
    assert stated.endswith(" a přijímá (NEZNAMA).")
    assert covered.endswith("území působnosti neuvedeno → do 15 km od: Most, ORP A a B.")


def test_a_secret_place_is_said_to_be_secret_and_nothing_more(catalog):
    service = next(one for one in catalog.services.values() if one.secret)
    open_before = replace(
        service, locations=(Location(role=AddressRole.FACILITY, municipality_name="Tajnov"),)
    )
    sentences = said(catalog, open_before, service)
    place = next(one for one in sentences if "místo" in one)
    assert place.endswith("místo – změna se neukazuje, adresa je ze zákona utajená.")
    assert "Tajnov" not in " ".join(sentences)
    document = change_document(changes_between(open_before, service, on=ON)[0], catalog)
    assert document["service_id"] == document["shown_as"] == service.id
    assert document["text"] in sentences


def test_a_place_kept_for_a_record_behind_a_secret_one_is_never_said(catalog):
    """A person may find out later that a record with a place is a service without an address."""
    secret = next(one for one in catalog.services.values() if one.secret)
    joined = replace(catalog, aliases={"kv-9": secret.id})
    open_one = replace(
        secret,
        id="kv-9",
        name="Dům v Tajnově",
        locations=(Location(role=AddressRole.FACILITY, municipality_name="Tajnov"),),
    )
    moved = replace(open_one, name="Dům v Jinde", locations=())
    for change in changes_between(open_one, moved, on=ON):
        told = repr(change_document(change, joined)) + change_text(change, joined, named=False)
        assert "Tajno" not in told
        assert "Jinde" not in told
        assert "se neukazuje" in told
    ended = replace(open_one, valid_to=date(2026, 1, 1))
    (end,) = changes_between(replace(open_one, valid_to=None), ended, on=ON)
    assert "v obci" not in change_sentence(end, joined).replace("\N{NO-BREAK SPACE}", " ")


def a_change(field, before, after, detail=""):
    return Change(
        service="rpss-412", field=field, before=before, after=after, on=ON, source="x",
        detail=detail,
    )  # fmt: skip


COVERED = "municipality:Cheb; municipality:Aš [parsed 2+0]"


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            a_change(ChangedField.TARGET_GROUPS, "SENIORI", "SENIORI;DETI-MLADEZ"),
            (
                "Okruh osob – přibylo: děti a mládež ve věku od 6 do 26 let ohrožené společensky "
                "nežádoucími jevy."
            ),
        ),
        (
            a_change(ChangedField.FORMS, "A;T", "P;T"),
            "Formy – přibylo: pobytová; ubylo: ambulantní.",
        ),
        (a_change(ChangedField.FORMS, "A", "X"), "Formy – přibylo: X; ubylo: ambulantní."),
        (a_change(ChangedField.AGES, "18-64", "18-"), "Věk od 18 do 64 let → od 18 let."),
        (a_change(ChangedField.AGES, "dospělí", None), "Věk dospělí → neuvedeno."),
        (
            a_change(ChangedField.KIND, "registered_social", "community"),
            "Druh pomoci registrovaná sociální služba → komunitní a sousedská pomoc.",
        ),
        (
            a_change(
                ChangedField.LOCATIONS,
                "facility:554481:Cheb:50.1,12.3",
                "facility:554481:Cheb:50.1,12.3; facility::Aš:; listed:::1.0,2.0",
            ),
            "Místo – přibylo: Aš a bod na mapě bez obce.",
        ),
        (
            a_change(
                ChangedField.LOCATIONS,
                "facility:554481:Cheb:50.1,12.3",
                "facility:554481:Cheb:50.2,12.3",
            ),
            "Místo – poloha se upřesnila.",
        ),
        (
            a_change(ChangedField.COVERAGE, COVERED, "municipality:Cheb [parsed 1+0]"),
            "Území působnosti – ubylo: Aš.",
        ),
        (
            a_change(ChangedField.COVERAGE, COVERED, COVERED.replace("parsed", "declared")),
            "Území působnosti – teď ho uvádí poskytovatel.",
        ),
        (
            a_change(ChangedField.COVERAGE, COVERED, COVERED.replace("2+0", "4+3")),
            "Území působnosti – táž místa teď znamenají 4 obce (možná i další 3), dřív 2 obce.",
        ),
        (
            a_change(ChangedField.COVERAGE, COVERED, COVERED.replace("2+0", "všude")),
            "Území působnosti – táž místa teď znamenají celou zemi, dřív 2 obce.",
        ),
        (
            a_change(ChangedField.COVERAGE, COVERED, None),
            "Území působnosti Cheb a Aš → neuvedeno.",
        ),
        (
            a_change(ChangedField.RULES, "excludes:ALKOHOL:pije", "excludes:ALKOHOL:kdo pije"),
            "Koho přijímá a nepřijímá – jiné znění.",
        ),
        (
            a_change(ChangedField.RULES, None, "conditions:ALKOHOL:po léčbě; podivné"),
            (
                "Koho přijímá a nepřijímá neuvedeno → přijímá za podmínky "
                "(užívá alkohol nebo drogy) a podivné."
            ),
        ),
        (
            a_change(ChangedField.CAPACITY, "32/2", "None/4 okamžitá (mnoho)", "T:luzka"),
            "Kapacita (terénní) 32 lůžek, volno 2 → v jednu chvíli, volno 4.",
        ),
        (
            a_change(ChangedField.CAPACITY, "3.5", "divné", ":uvazek"),
            "Kapacita 3,5 úvazku → divné.",
        ),
        (a_change(ChangedField.REGISTERED, None, None), "Přibyla do katalogu."),
        (a_change(ChangedField.RENEWED, None, None), "Znovu běží."),
        (
            a_change(ChangedField.ENDED, None, "2026-11-21", GONE),
            "Skončila ke dni 21. 11. 2026, ve zdroji už není.",
        ),
        (a_change(ChangedField.ENDED, None, None), "Skončila."),
    ],
)
def test_every_field_is_said_in_words_and_never_in_codes(catalog, change, text):
    assert change_text(change, catalog, named=False).replace("\N{NO-BREAK SPACE}", " ") == text
