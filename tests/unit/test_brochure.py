"""The brochure over a small world: what is said, what is never said, and nothing is a command."""

import re
import time
from datetime import date

import pytest

from referral.catalog.areas import AreaKind
from referral.catalog.model import (
    AcceptanceRule,
    AgeRange,
    CapacityUnit,
    Contact,
    Eligibility,
    Kind,
    ServiceCapacity,
    Stance,
)
from referral.catalog.own_fields import OwnField, OwnValue, VerifiedBy, Waiting
from referral.matching.errors import PolicyError
from referral.resources import data_dir
from referral.web.boundaries import boundaries_of
from referral.web.czech import plain
from referral.web.papers.paper import Cell, Entry, Table
from referral.web.papers.pdf import pdf_of
from referral.web.printed.area_matter import AreaMatter, area_named
from referral.web.printed.brochure import TEMPLATE, brochure, edition
from referral.web.printed.by_place import by_place
from referral.web.printed.by_situation import by_situation
from referral.web.printed.entries import entries
from referral.web.printed.law import read_law
from referral.web.printed.leaflet import Situation, leaflet
from referral.web.printed.making import brochure_file, leaflet_pdf
from referral.web.printed.word_blocks import book_docx
from support.build import (
    SECRET,
    TODAY,
    a_location,
    a_municipality,
    a_service,
    a_territory,
    covering,
)
from support.matching import PLACES, TERRITORY, VILLAGE, within
from support.papers import an_authority, docx_words, pdf_words, words_of
from support.printed import a_small_area

EVERY = tuple(one.code for one in PLACES[:3])
BORDERS = boundaries_of(TERRITORY, ())


def a_withheld():
    return a_service(
        "s-9", "Tajný dům", locations=[SECRET, a_location()], places=["Dům v Lesní"],
        coverage=covering(*EVERY),
    )  # fmt: skip


def test_a_withheld_address_is_told_nowhere_in_brochure_and_leaflet():
    matter = a_small_area(a_withheld())
    (card,) = (one for one in entries(matter) if isinstance(one, Entry))
    words = words_of(card)
    assert "Tajný dům" in words
    assert "Lhota" not in words.replace("celého území", "")
    sheet = leaflet(
        matter, situations=(Situation(need="PEC-HYG", says="Umýt"),), boundaries=BORDERS
    )
    for told in (words_of(brochure(matter)), words_of(sheet)):
        assert "Lesní" not in told


def test_a_service_that_has_ended_is_not_printed():
    ended = a_service("s-1", "Bývalá", locations=[within(VILLAGE, km=0)], valid_to=date(2026, 1, 1))
    assert "Bývalá" not in words_of(brochure(a_small_area(ended)))


def test_a_card_says_in_one_line_what_nobody_has_told():
    silent = a_service("s-1", "Tichá", locations=[within(VILLAGE, km=0)], capacities=())
    matter = a_small_area(silent)
    (card,) = (one for one in entries(matter) if isinstance(one, Entry))
    told = dict(card.facts)["Neznámo"]
    for word in ("Telefon", "okruh osob", "věk", "kam jezdí", "provozní doba", "kapacita",
                 "volná místa", "čekání"):  # fmt: skip
        assert word in told
    assert told.endswith("– zeptejte se.")
    assert card.call == ""


def test_a_card_says_what_is_known_with_its_day():
    known = a_service(
        "s-1",
        "Známá",
        locations=[within(VILLAGE, km=0)],
        coverage=covering(*EVERY),
        contact=Contact(phone="474123456", email="a@example.test"),
        eligibility=Eligibility(
            target_groups=frozenset({"SENIORI"}),
            ages=AgeRange(min=60),
            rules=(
                AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES),
                AcceptanceRule(barrier="NEVIM", stance=Stance.ACCEPTS),
            ),
        ),
        capacities=[
            ServiceCapacity(
                unit=CapacityUnit.CLIENTS, registered=12, as_of=date(2026, 7, 31), available=1
            )
        ],
    )
    own = OwnValue(
        service="s-1",
        field=OwnField.WAITING,
        verified_on=TODAY,
        verified_by=VerifiedBy.PROVIDER,
        waiting=Waiting(days=14, note="podle pořadníku"),
    )
    (card,) = (one for one in entries(a_small_area(known, own=[own])) if isinstance(one, Entry))
    facts = {label: plain(text) for label, text in card.facts}
    assert facts["Pro koho"] == "Senioři; od 60 let."
    assert facts["Kapacita"] == "12 klientů, stav k 31. 7. 2026."
    assert facts["Volno a čekání"] == (
        "1 klient volno k 31. 7. 2026; čeká se asi 14 dní; podle pořadníku "
        "(ověřil poskytovatel 1. 9. 2026)."
    )
    assert facts["Podmínky"].startswith("Přijímá: ")
    assert "nepřijímá: " in facts["Podmínky"]
    assert plain(card.call) == "474 123 456, a@example.test"


@pytest.mark.parametrize(
    ("waiting", "told"),
    [
        (Waiting(days=0), "Nečeká se (ověřil poskytovatel 1. 9. 2026)."),
        (Waiting(note="jak kdy"), "Jak kdy (ověřil poskytovatel 1. 9. 2026)."),
    ],
)
def test_waiting_of_no_days_and_waiting_in_words_are_told_as_they_are(waiting, told):
    service = a_service("s-1", locations=[within(VILLAGE, km=0)])
    own = OwnValue(
        service="s-1",
        field=OwnField.WAITING,
        verified_on=TODAY,
        verified_by=VerifiedBy.PROVIDER,
        waiting=waiting,
    )
    (card,) = (one for one in entries(a_small_area(service, own=[own])) if isinstance(one, Entry))
    assert plain(dict(card.facts)["Volno a čekání"]) == told


def test_every_situation_has_its_services_or_says_that_there_is_none():
    service = a_service("s-1", "Pomoc doma", coverage=covering("500001"))
    words = words_of(tuple(by_situation(a_small_area(service))))
    assert "Pomoc doma" in words
    assert "V katalogu na to není žádná služba" in words
    assert re.search(r"155 \(.+\)\.\nHrozí-li nebezpečí, hned:", words)


def test_of_many_services_the_first_are_shown_and_the_rest_counted():
    services = [
        a_service(f"s-{one:02}", f"Pomoc {one:02}", coverage=covering(PLACES[one % 3].code))
        for one in range(20)
    ]
    blocks = tuple(by_situation(a_small_area(*services)))
    (table,) = (
        one for one in blocks if isinstance(one, Table) and "hygiena" in one.name.casefold()
    )
    assert len(table.rows) == 8
    assert "Dalších služeb k této situaci: 7." in words_of(blocks)


def test_every_municipality_says_whom_to_call_first_and_ends_at_the_office():
    service = a_service("s-1", "Pomoc doma", coverage=covering("500001"))
    blocks = tuple(by_place(a_small_area(service)))
    tables = {one.name: one for one in blocks if isinstance(one, Table)}
    village = words_of(tables["Koho volat první: Horní Lhota"])
    assert "155 – " in village
    assert "Pomoc doma" in village
    assert "Sociální odbor úřadu ORP Velké Město" in village
    town = words_of(tables["Koho volat první: Velké Město"])
    assert "Pomoc doma" not in town


def test_a_place_without_a_known_population_says_so():
    unknown = a_municipality("500001", population=None, population_as_of=None)
    undated = a_municipality("500002", "Dolní Lhota", population_as_of=None)
    matter = a_small_area(a_service("s-1", coverage=covering("500001")))
    territory = a_territory((unknown, undated))
    catalog = type(matter.catalog).of(
        vocabulary=matter.catalog.vocabulary,
        territory=territory,
        services=matter.catalog.services.values(),
        sources=matter.catalog.sources.values(),
    )
    desk = type(matter.desk)(
        catalog=catalog, advice=matter.desk.advice, law=matter.desk.law, today=TODAY
    )
    area = area_named("Velké Město", territory)
    small = AreaMatter(area=area, desk=desk, policy=matter.policy, survey=matter.survey)
    words = words_of(tuple(by_place(small)))
    assert "počet obyvatel neznáme" in words
    assert "500 obyvatel" in words
    assert "obyvatel" not in words_of(brochure(small).before)


HOSTILE = '#panic("x") *U* _i_ `k` $x^2$ @jan <lesa> = nadpis \\ // #['


def test_a_text_of_a_source_is_printed_and_never_obeyed():
    service = a_service(
        "s-1", HOSTILE, provider=HOSTILE, coverage=covering(*EVERY), description=HOSTILE,
        locations=[within(VILLAGE, km=0)],
    )  # fmt: skip
    matter = a_small_area(service)
    whole = "".join(HOSTILE.split())
    paper = brochure(matter)
    sheet = leaflet_pdf(matter, boundaries=BORDERS)
    for words in (pdf_words(pdf_of(paper, template=TEMPLATE)), docx_words(book_docx(paper))):
        assert "".join(words.split()).count(whole) >= 3
    assert whole in "".join(pdf_words(sheet).split())


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_same_brochure_gives_the_same_bytes(form):
    service = a_service("s-1", coverage=covering(*EVERY))
    first = brochure_file(a_small_area(service), form)
    time.sleep(1.1)
    assert brochure_file(a_small_area(service), form) == first


def test_the_address_of_the_site_is_printed_only_when_it_is_set():
    service = a_service("s-1", coverage=covering(*EVERY))
    known = words_of(brochure(a_small_area(service, public_url="https://pomoc.example.test")))
    assert "https://pomoc.example.test" in known
    assert "QR" not in words_of(brochure(a_small_area(service)))


def test_the_edition_is_the_month():
    assert edition(a_small_area()) == "září 2026"


def test_a_brochure_of_an_area_where_nothing_is_known_is_still_whole():
    words = words_of(brochure(a_small_area()))
    assert "u žádné není z údajů jisté, že sem jezdí" in words
    assert "Sociální odbor úřadu ORP Velké Město" in words


def test_a_leaflet_leaves_a_line_where_no_telephone_is_known():
    office = an_authority("u-1", "Úřad Velké Město", AreaKind.ORP, "Velké Město", "PEC-HYG")
    ringing = a_service(
        "u-2", "Úřad Velké Město", type=None, kind=Kind.AUTHORITY, needs=["PEC-HYG"], forms=None,
        locations=(), coverage=office.coverage, contact=Contact(phone="474123456"),
    )  # fmt: skip
    for given, blank in ((office, True), (ringing, False)):
        sheet = leaflet(a_small_area(given), situations=(), boundaries=BORDERS)
        tiles = [one for block in sheet.blocks for one in getattr(block, "tiles", ())]
        (told,) = (one for one in tiles if one.title == "Úřad Velké Město")
        assert told.blank is blank
        assert plain(told.strong) == ("" if blank else "474 123 456")


def test_on_a_leaflet_places_with_another_first_call_are_told_apart():
    services = [
        a_service(f"s-{one.code}", f"Pomoc {one.name}", coverage=covering(one.code))
        for one in PLACES[:3]
    ]
    sheet = leaflet(
        a_small_area(*services),
        situations=(
            Situation(need="PEC-HYG", says="Umýt"),
            Situation(need="ZDR-SUI", says="Hrozí"),
            Situation(need="NIKDO", says="Nezná"),
        ),
        boundaries=BORDERS,
    )
    (table,) = (one for one in sheet.blocks if isinstance(one, Table))
    assert [row[1].text for row in table.rows] == [
        "Pomoc Dolní Lhota (§ 40)",
        "Pomoc Horní Lhota (§ 40)",
        "Pomoc Velké Město (§ 40)",
    ]
    words = words_of(sheet)
    assert "První v 1 ze 3 obcí" in words or "První v 1 z 3 obcí" in words
    assert "Nezná" not in words


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('code = "39"', 'code = "37"', "stands twice"),
        ('activities = ["KONTAKT", "TERAPIE", "PRAVA"]', 'activities = ["NIC"]', "not among"),
        ("as_of = 2026-07-01", 'as_of = "loni"', "must be a date"),
        ("[activities]", "[nic]", "no .activities."),
    ],
)
def test_a_mistake_in_what_types_do_is_named(tmp_path, old, new, message):
    for name in ("service_types.toml", "money.toml"):
        text = (data_dir() / "papers" / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PolicyError, match=message):
        read_law(tmp_path)


def test_a_cell_that_tells_a_page_holds_no_text():
    cells = [
        cell
        for block in by_place(a_small_area(a_service("s-1", coverage=covering(*EVERY))))
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if cell.page_of
    ]
    assert cells
    assert {Cell(page_of=one.page_of) for one in cells} == set(cells)
