"""The service card: what must be said, on what it rests, and what must not be said."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdf
import pytest

from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    AgeRange,
    CapacityUnit,
    Contact,
    Eligibility,
    Kind,
    Schedule,
    ServiceCapacity,
    Stance,
)
from referral.catalog.own_fields import OwnField, OwnValue, Scope, VerifiedBy, Waiting
from referral.catalog.vocabulary import Form
from referral.web.czech import plain
from referral.web.papers.pdf import pdf_of
from referral.web.printed.card_paper import TEMPLATE, card_paper
from referral.web.printed.qr import qr_code
from referral.web.printed.service_card import ServiceCard, service_card
from support.build import SECRET, TODAY, a_location, a_service, a_source
from support.matching import NEIGHBOUR, TOWN, VILLAGE, within
from support.papers import pdf_words, words_of
from support.printed import LAW, a_desk, desk_over


def card_of(service, *others, public_url: str = "") -> ServiceCard:
    return service_card(service, a_desk(service, *others, public_url=public_url))


def printed(service, *others, public_url: str = "") -> str:
    desk = a_desk(service, *others, public_url=public_url)
    return words_of(card_paper(service_card(service, desk), service, desk))


def test_every_type_of_the_vocabulary_is_told_and_no_other(embedded):
    assert set(LAW.types) == set(embedded.vocabulary.types)
    for one in LAW.types.values():
        assert one.activities
        assert one.limits
        assert one.begins
        assert one.paragraph == (f"§ {one.code}" if one.code[0].isdigit() else "")


def test_every_amount_has_a_source_and_a_day_and_its_types_are_known(embedded):
    types = set(embedded.vocabulary.types)
    for one in (*LAW.maxima, *LAW.rules, LAW.allowance):
        assert one.source
        assert one.types <= types
    assert all(one.since <= date(2026, 12, 31) for one in LAW.maxima)
    # Nobody pays for a service that is free, so no rule about paying may name one.
    free = {code for code, kind in embedded.vocabulary.types.items() if kind.free_of_charge}
    assert not any(one.types & free for one in (*LAW.maxima, *LAW.rules))


def test_what_a_service_does_is_told_as_what_the_act_says_and_limits_as_usual():
    card = card_of(a_service("s-1"))
    assert any("hygien" in one for one in card.does)
    assert plain(card.does_note).startswith("§ 40 – zákon č. 108/2006 Sb.")
    assert card.limits
    assert "obvyklá praxe" in card.limits_note
    assert "u této služby se zeptejte" in card.limits_note


def test_of_help_that_the_act_does_not_know_nothing_is_guessed():
    service = a_service("s-1", type=None, kind=Kind.COMMUNITY, needs=["PEC-HYG"], forms=None)
    card = card_of(service)
    assert (card.does, card.limits, card.begins) == ((), (), "")
    assert card.price[0].unknown
    assert card.turn_to == ()
    assert printed(service).count("Neznámo – zeptejte se.") >= 3


@pytest.mark.parametrize(
    ("kind", "told"), [("37", "Základní činnosti jsou ze zákona zdarma."), ("40", "se platí")]
)
def test_whether_one_pays_follows_from_the_act_with_its_day(embedded, kind, told):
    service = next(one for one in embedded.services.values() if one.type == kind)
    desk = desk_over(embedded)
    first = service_card(service, desk).price[0]
    assert told in plain(first.text)
    assert "stav k 1. 7. 2026" in plain(first.note)


def test_the_most_for_a_stay_is_told_only_of_residential_forms():
    stays = a_service("s-1", type="49", forms=[Form.RESIDENTIAL])
    comes = a_service("s-2")
    told = plain(" ".join(one.text for one in card_of(stays).price))
    assert "ubytování nejvýš 335 Kč za den" in told
    assert "strava nejvýš 290 Kč za den" in told
    assert "335" not in printed(comes)


def test_the_care_allowance_is_told_with_its_day_where_it_can_pay_and_nowhere_else():
    table = card_of(a_service("s-1")).allowance
    assert plain(table.title) == "Příspěvek na péči od 1. 1. 2026, Kč měsíčně"
    assert plain(table.rows[3][2]) == "23 000; mimo pobytovou službu 27 000"
    assert card_of(a_service("s-2", type="37")).allowance is None


def test_what_nobody_told_is_unknown_with_the_advice_to_ask():
    words = printed(a_service("s-1", forms=None, locations=()))
    for told in ("Volná místa nikdo nesdělil.", "Kapacitu zdroj neuvádí.", "zdroj neuvádí"):
        assert told in words
    assert "Neznámo – zeptejte se. Volná místa nikdo nesdělil." in words


def test_a_question_is_asked_for_what_the_data_leave_open():
    silent = card_of(a_service("s-1")).ask
    assert any("Přijedete i k nám?" in one for one in silent)
    assert any("jak dlouho se čeká" in one for one in silent)
    free = ServiceCapacity(
        unit=CapacityUnit.CLIENTS, registered=3, as_of=TODAY, form=Form.FIELD, available=2
    )
    assert any(
        "Platí, že máte volno?" in one for one in card_of(a_service("s-1", capacities=[free])).ask
    )
    assert silent[-1].startswith("Když to nepůjde")


def test_free_places_and_capacity_bear_their_day():
    free = ServiceCapacity(
        unit=CapacityUnit.BEDS, registered=24, as_of=date(2026, 7, 31), form=Form.FIELD, available=2
    )
    words = printed(a_service("s-1", capacities=[free]))
    assert "24 lůžek (terénní), stav k 31. 7. 2026." in words
    assert "2 lůžka (terénní) volno k 31. 7. 2026." in words


def test_whom_it_cannot_take_is_told_with_what_the_law_thinks_of_it():
    rule = AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES, wording="bez alkoholu")
    words = printed(a_service("s-1", eligibility=Eligibility(rules=(rule,))))
    assert "„bez alkoholu“" in words
    assert "§ 91 odst. 3" in words
    assert "veřejný ochránce práv" in words.casefold()


def test_a_withheld_address_is_located_by_nothing_on_the_card():
    hidden = a_service(
        "s-1", "Utajený dům", locations=[SECRET, a_location()], places=["Dům v Lesní"]
    )
    open_one = a_service("s-2", "Jiná pomoc", locations=[within(VILLAGE, km=1)])
    words = printed(hidden, open_one)
    assert "Adresa je ze zákona utajená." in words
    for betrayed in ("Lhota", "Lesní", "Velké Město", "Jiná pomoc"):
        assert betrayed not in words
    assert "Utajený dům" not in printed(open_one, hidden)


def test_the_same_help_nearby_is_named_the_nearest_first_and_with_its_place():
    here = a_service("s-1", locations=[within(VILLAGE, km=0)])
    near = a_service("s-2", "Blízká", locations=[within(NEIGHBOUR, km=0)])
    far = a_service("s-3", "Vzdálenější", locations=[within(TOWN, km=0)])
    seat = a_service("s-4", "Sídlo", locations=[a_location(role=AddressRole.PROVIDER_SEAT)])
    ended = a_service("s-5", "Bývalá", locations=[within(VILLAGE, km=0)], valid_to=date(2026, 1, 1))
    found = card_of(here, far, near, seat, ended).like
    assert [(one.id, one.where) for one in found] == [
        ("s-2", "Dolní Lhota"),
        ("s-3", "Velké Město"),
    ]


def test_a_card_without_a_telephone_says_where_it_is_and_one_with_it_does_not():
    silent = a_service("s-1", register_id="1234567")
    assert "pod číslem 1234567" in card_of(silent).reach_us
    assert card_of(replace(silent, contact=Contact(phone="474123456"))).reach_us == ""
    assert "474 123 456" in printed(replace(silent, contact=Contact(phone="474123456")))


def test_a_qr_code_leads_to_the_page_and_stands_there_only_with_a_public_address():
    service = a_service("s-1", register_id="1234567")
    address = "https://pomoc.example.test/karta/s-1"
    assert card_of(service, public_url="https://pomoc.example.test").address == address
    assert address in printed(service, public_url="https://pomoc.example.test")
    bare = printed(service)
    assert "QR" not in bare
    assert "č. v registru 1234567" in bare
    assert qr_code("") is None
    assert "fill" in qr_code(address).svg


def test_the_pdf_holds_every_word_of_the_card():
    service = a_service("s-1", '#panic("x") *U* $x$ <lesa> @jan')
    desk = a_desk(service, public_url="https://pomoc.example.test")
    paper = card_paper(service_card(service, desk), service, desk)
    set_in_type = "".join(pdf_words(pdf_of(paper, template=TEMPLATE)).split()).replace("-", "")
    told = {"".join(line.split()).replace("-", "") for line in words_of(paper.blocks).splitlines()}
    # Names of tables are for who cannot see them; drawings and kinds of page are no words.
    assert {line for line in told if line not in set_in_type} <= {
        "".join(plain(card.title).split()) for card in [service_card(service, desk).allowance]
    }
    assert '#panic("x")*U*$x$<lesa>@jan' in set_in_type


def an_own(field: OwnField, on: date = TODAY, **value) -> OwnValue:
    return OwnValue(
        service="s-1", field=field, verified_on=on, verified_by=VerifiedBy.PROVIDER, **value
    )


def with_own_values(*own) -> str:
    service = a_service("s-1")
    desk = a_desk(service)
    return words_of(card_paper(service_card(service, desk, own=own), service, desk))


@pytest.mark.parametrize(
    ("waiting", "told"),
    [
        (Waiting(days=60), "Asi 60 dní. ověřil poskytovatel 1. 9. 2026"),
        (Waiting(days=0, note="jen terén"), "Nečeká se; jen terén. ověřil poskytovatel 1. 9. 2026"),
        (Waiting(note="podle pořadníku"), "Podle pořadníku. ověřil poskytovatel 1. 9. 2026"),
    ],
)
def test_how_long_one_waits_is_told_with_who_verified_it(waiting, told):
    words = with_own_values(
        an_own(OwnField.WAITING, waiting=waiting),
        an_own(OwnField.WAITING, on=date(2026, 1, 1), waiting=Waiting(days=7)),
    )
    assert told in words.replace("\n", " ")
    assert "7 dní" not in words
    assert "Čekací dobu nikdo nesdělil." in with_own_values()


def test_what_the_service_says_of_its_own_work_stands_before_what_is_said_of_its_type():
    scope = Scope(does="vaříme i bezlepkově", does_not="nejezdíme v noci")
    words = with_own_values(an_own(OwnField.SCOPE, scope=scope))
    assert "vaříme i bezlepkově (ověřil poskytovatel 1. 9. 2026)" in words
    assert "nejezdíme v noci (ověřil poskytovatel 1. 9. 2026)" in words
    assert words.index("bezlepkově") < words.index("hygien")


def test_ages_and_hours_that_were_verified_say_so():
    service = a_service(
        "s-1",
        eligibility=Eligibility(ages=AgeRange(min=60)),
        schedules=[Schedule(form=Form.FIELD, text="Po 8-12")],
    )
    desk = a_desk(service)
    own = (
        an_own(OwnField.AGES, ages=AgeRange(min=60)),
        an_own(OwnField.HOURS, hours=(Schedule(form=Form.FIELD, text="Po 8-12"),)),
    )
    words = words_of(card_paper(service_card(service, desk, own=own), service, desk))
    assert words.count("ověřil poskytovatel 1. 9. 2026") == 2


def test_a_registration_that_has_ended_and_a_description_stand_on_the_card():
    ended = a_service("s-1", valid_to=date(2026, 1, 1), description="vozíme obědy")
    words = printed(ended)
    assert "Registrace této služby skončila 1. 1. 2026." in words
    assert "Vozíme obědy." in words


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"contact": Contact(email="a@example.test")}, "Telefon zdroj neuvádí, pište."),
        ({}, "pod jménem poskytovatele"),
        ({"type": None, "needs": ["PEC-HYG"], "kind": Kind.COMMUNITY}, "na svém webu"),
    ],
)
def test_where_the_telephone_is_to_be_found_depends_on_what_is_known(fields, told):
    assert told in card_of(a_service("s-1", **fields)).reach_us


def test_what_the_act_does_not_know_as_a_type_is_told_as_usual_practice(embedded):
    team = a_service("s-1", type="CDZ")
    catalog = type(embedded).of(
        vocabulary=embedded.vocabulary,
        territory=embedded.territory,
        services=[team],
        sources=[a_source()],
    )
    assert service_card(team, desk_over(catalog)).does_note.startswith("obvyklá praxe")


def test_the_card_is_one_or_two_tagged_sheets(embedded):
    desk = desk_over(embedded, public_url="https://pomoc.example.test")
    for name in ("rpss-671", "rpss-668", "rpss-1268", "kv-1", "linka-116123"):
        service = embedded.services[name]
        paper = card_paper(service_card(service, desk), service, desk)
        reader = pypdf.PdfReader(BytesIO(pdf_of(paper, template=TEMPLATE)))
        assert len(reader.pages) <= 2
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"].startswith("cs")
        assert "pdfuaid" in str(root["/Metadata"].get_data())
