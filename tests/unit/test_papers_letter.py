"""The letter to the ORP: what it tells, what it asks, and what it keeps quiet about."""

from datetime import date

import pytest

from referral.catalog.areas import AreaKind
from referral.catalog.model import CapacityUnit, Contact, ServiceCapacity
from referral.catalog.vocabulary import Urgency
from referral.ingest.policy_file import read_policy
from referral.matching.request import AskedNeed, Refusal, RefusalReason
from referral.resources import data_dir
from referral.web.papers.letter import letter
from referral.web.papers.matter import answer_by
from referral.web.papers.paper import Blanks, Heading, Paragraph, Table
from support.build import (
    SECRET,
    TODAY,
    a_catalog,
    a_need,
    a_service,
    a_type,
    a_vocabulary,
    covering,
)
from support.matching import TERRITORY, TOWN, a_request, within
from support.papers import a_matter, an_authority, coming, the_matter, words_of


def letter_words(*services, **asked) -> str:
    return words_of(letter(a_matter(*services, **asked)))


def grounds(paper) -> list[str]:
    return [
        words_of(one.strong)
        for one in paper.blocks
        if isinstance(one, Paragraph) and one.strong.startswith("§")
    ]


def table(paper, name: str) -> Table:
    (found,) = [one for one in paper.blocks if isinstance(one, Table) and one.name == name]
    return found


def test_the_letter_goes_to_the_office_of_the_place_with_its_telephone():
    known = an_authority("orp-1", "Úřad Velké Město", AreaKind.ORP, "Velké Město", "ZAV-ALK")
    (address,) = letter(a_matter(known)).before
    assert address.to == ("Úřad Velké Město",)
    (address,) = letter(a_matter()).before
    assert address.to == ("Sociální odbor úřadu ORP Velké Město",)
    called = a_service(
        "orp-2", "Úřad s telefonem", type=None, kind=known.kind, needs=["ZAV-ALK"], forms=None,
        locations=(), coverage=known.coverage, contact=Contact(phone="474123456"),
    )  # fmt: skip
    (address,) = letter(a_matter(called)).before
    assert words_of(address.to) == "Úřad s telefonem\ntel. 474 123 456"


def test_the_letter_tells_what_is_known_and_nothing_else():
    words = letter_words(
        age=58,
        care_level=2,
        barriers=["ALKOHOL"],
        groups=["ZAVISLI"],
        discharge_on=date(2026, 9, 20),
        eviction_on=date(2026, 10, 5),
        absent=frozenset({"PAS"}),
        born=date(1968, 3, 1),
    )
    for told in (
        "Horní Lhota, správní obvod ORP Velké Město",
        "Péče o vlastní osobu a hygiena",
        "58 let",
        "II – středně těžká závislost",
        "Užívá alkohol nebo drogy",
        "Osoby závislé na návykových látkách",
        "20. 9. 2026",
        "5. 10. 2026",
    ):
        assert told in words
    for kept in ("1968", "PAS", "netýká"):
        assert kept not in words


def test_what_nobody_told_has_no_row():
    words = letter_words()
    for label in ("Věk", "Příspěvek na péči", "Patří mezi", "Co přijetí ztěžuje", "Přijde o"):
        assert label not in words


def test_the_client_is_a_row_of_blank_lines():
    blanks = [one for one in letter(a_matter()).blocks if isinstance(one, Blanks)]
    labels = {label for one in blanks for label in one.labels}
    assert {"Jméno a příjmení", "Datum narození"} <= labels
    assert "příloha" not in labels


def test_a_need_heard_in_words_is_marked_to_be_verified():
    catalog = a_matter().catalog
    request = a_request()
    doubtful = type(request)(
        place=request.place, needs=(AskedNeed(code="PEC-HYG", confidence=0.6),)
    )
    assert "hygiena (ověřit)" in words_of(letter(the_matter(doubtful, catalog)))
    assert "ověřit)" not in words_of(letter(the_matter(request, catalog)))


def test_every_refusal_stands_with_its_day_its_reason_and_the_law():
    services = [coming(f"s-{number}", f"Služba {number}") for number in range(4)]
    refusals = (
        Refusal(
            service_id="s-0", reason=RefusalReason.CAPACITY, on=date(2026, 8, 20), wait_days=90
        ),
        Refusal(service_id="s-1", reason=RefusalReason.CIRCLE, on=date(2026, 8, 21)),
        Refusal(service_id="s-2", reason=RefusalReason.OTHER, barrier="ALKOHOL"),
        Refusal(service_id="s-3", reason=RefusalReason.HEALTH),
    )
    rows = table(letter(a_matter(*services, refusals=refusals)), "Kdo pomoc odmítl").rows
    told = [[words_of(cell) for cell in row] for row in rows]
    assert [row[0].split("\n")[-1] for row in told] == [f"Služba {number}" for number in range(4)]
    assert [row[1] for row in told] == ["20. 8. 2026", "21. 8. 2026", "neuvedeno", "neuvedeno"]
    assert [row[2] for row in told] == [
        "Plná kapacita; čekání 90 dní",
        "Klient nepatří do okruhu osob",
        "Užívá alkohol nebo drogy",
        "Zdravotní stav",
    ]
    verdicts = [row[3] for row in told]
    assert "Ano, je-li pravdivý" in verdicts[0]
    assert "§ 91 odst. 3 písm. b)" in verdicts[0]
    assert "18. 11. 2026" in verdicts[0]
    assert "Nelze rozhodnout" in verdicts[1]
    assert "§ 91 odst. 3 písm. a)" in verdicts[1]
    assert "Mezi čtyřmi důvody § 91 odst. 3 není." in verdicts[2]
    assert "jen u pobytové služby" in verdicts[3]


def test_without_refusals_there_is_room_to_write_them():
    paper = letter(a_matter())
    assert table(paper, "Kdo pomoc odmítl").rows == ()
    assert len(table(paper, "Kdo pomoc odmítl").all_rows()) == 2
    assert "O žádném odmítnutí nevíme." in words_of(paper)


def test_what_was_typed_in_place_of_an_unknown_service_is_not_repeated():
    words = letter_words(refusals=[Refusal(service_id="Lojza z čp. 7", reason=RefusalReason.OTHER)])
    assert "Lojza" not in words
    assert "služba mimo katalog" in words


def test_found_services_stand_with_how_they_are_likely_to_answer():
    words = letter_words(
        coming("s-1", "Jistá pomoc", contact=Contact(phone="474123456")),
        a_service("s-2", "Domov na kopci", type="49", forms=None, locations=[within(TOWN, km=1)]),
        a_service("s-3", "Tajný domov", type="49", forms=None, locations=[SECRET]),
        age=82,
    )
    assert "Jistá pomoc" in words
    assert "tel. 474 123 456" in words
    assert "Ověřit: " in words
    assert "volné místo" in words
    assert "vzdušnou čarou. Místo: Velké Město." in words
    assert "Místo: adresa je ze zákona utajená." in words


def test_a_free_place_that_somebody_told_needs_no_verifying():
    capacity = ServiceCapacity(
        unit=CapacityUnit.CLIENTS, registered=5, as_of=date(2026, 8, 1), available=1
    )
    rows = table(letter(a_matter(coming("s-1", capacities=[capacity]))), "Koho jsme našli").rows
    assert "volné místo" not in words_of(rows)


def test_those_near_stand_with_the_reason_and_with_what_would_have_to_change():
    words = letter_words(a_service("s-5", "Daleká služba", coverage=covering("500005")))
    assert "není v území" in words
    assert "Kdyby poskytovatel rozšířil působnost na obec Horní Lhota." in words


def test_an_empty_catalogue_still_makes_a_letter():
    words = letter_words()
    assert "V katalogu není žádná služba" in words
    assert "Na potřebu neodpovídá žádná služba: Péče o vlastní osobu a hygiena" in words


def test_the_office_never_stands_among_the_services_found():
    office = an_authority("orp-1", "Úřad", AreaKind.ORP, "Velké Město", "PEC-HYG")
    matter = a_matter(office, coming("s-1"))
    assert {one.offer.id for one in matter.answer.matches} == {"orp-1", "s-1"}
    assert "Úřad" not in words_of(table(letter(matter), "Koho jsme našli").rows)


def a_world_of(*needs):
    """Return a catalogue whose needs carry the codes that the shipped grounds speak of."""
    vocabulary = a_vocabulary(
        types=(a_type("40", typical_groups=()),),
        groups=(),
        needs=tuple(needs),
        barriers=(),
    )
    return a_catalog(vocabulary=vocabulary, territory=TERRITORY)


@pytest.mark.parametrize(
    ("code", "area", "letters"),
    [
        ("NAS-DOM", "násilí", ["a", "b", "d"]),
        ("ROD-OSP", "rodina", ["a", "d"]),
        ("KON-VEZ", "návrat", ["b", "d"]),
        ("ZDR-HOSP", "zdraví", ["a", "c", "d"]),
        ("ZAV-ALK", "závislosti", ["b", "d"]),
        ("PRA-NEZ", "práce", ["d"]),
    ],
)
def test_which_letter_of_the_paragraph_applies_follows_from_the_need(code, area, letters):
    catalog = a_world_of(a_need(code, area=area, typical_groups=()))
    paper = letter(the_matter(a_request(code), catalog))
    assert grounds(paper) == [f"§ 92 písm. {one})" for one in letters]


def test_what_the_data_only_hint_at_is_left_to_the_office_to_judge():
    catalog = a_world_of(a_need("ZAV-ALK", "alkohol", area="závislosti", typical_groups=()))
    words = words_of(letter(the_matter(a_request("ZAV-ALK"), catalog)))
    assert "posoudit, zda způsob života" in words
    assert "Důvod: alkohol." in words


def test_leaving_an_institution_asks_for_letter_c_even_without_the_need():
    paper = letter(a_matter(discharge_on=date(2026, 9, 20)))
    assert "§ 92 písm. c)" in grounds(paper)
    assert "§ 92 písm. c)" not in grounds(letter(a_matter()))


def test_losing_a_home_within_a_month_may_endanger_health_and_later_not_yet():
    soon, later = date(2026, 10, 1), date(2026, 10, 2)
    assert "§ 92 písm. a)" in grounds(letter(a_matter(eviction_on=soon)))
    assert "§ 92 písm. a)" not in grounds(letter(a_matter(eviction_on=later)))


def test_no_letter_of_the_paragraph_stands_twice():
    catalog = a_world_of(
        a_need("ZDR-HOSP", area="zdraví", typical_groups=()),
        a_need("NAS-DOM", area="násilí", typical_groups=()),
    )
    request = a_request("ZDR-HOSP", "NAS-DOM", discharge_on=date(2026, 9, 20))
    told = grounds(letter(the_matter(request, catalog)))
    assert told == sorted(set(told))


@pytest.mark.parametrize(
    ("urgency", "asked", "by"),
    [
        (None, {}, date(2026, 9, 15)),
        (Urgency.SOON, {}, date(2026, 9, 7)),
        (Urgency.NOW, {}, date(2026, 9, 2)),
        (None, {"eviction_on": date(2026, 9, 14)}, date(2026, 9, 10)),
        (None, {"eviction_on": date(2026, 9, 3)}, date(2026, 9, 2)),
        (None, {"discharge_on": date(2026, 1, 3)}, date(2026, 9, 2)),
        (None, {"discharge_on": date(2026, 9, 17)}, date(2026, 9, 11)),
    ],
)
def test_the_answer_is_asked_for_by_how_much_it_hurries(urgency, asked, by):
    catalog = a_world_of(a_need("JINA", area="jiná", typical_groups=(), urgency=urgency))
    matter = the_matter(a_request("JINA", **asked), catalog)
    assert answer_by(matter) == by
    day = f"{by.day}. {by.month}. {by.year}"
    assert words_of(letter(matter)).count(day) >= 2


def test_the_number_to_ring_stands_before_what_can_wait():
    words = letter_words(needs=("ZDR-SUI",))
    assert "nenahrazuje telefon: 155" in words
    assert "nenahrazuje telefon" not in letter_words()


def test_the_sources_of_the_services_stand_with_day_and_licence():
    words = letter_words(coming("s-1"))
    assert "Zkušební seznam; Zkušebna; stav k 31. 7. 2026; CC0 1.0." in words


def test_headings_are_those_of_a_letter_and_its_annex():
    paper = letter(a_matter(coming("s-1"), a_service("s-5", coverage=covering("500005"))))
    assert [one.text for one in paper.blocks if isinstance(one, Heading)] == [
        "O koho jde",
        "Co od úřadu žádáme",
        "Příloha: co o pomoci v okolí víme",
        "Kdo už odmítl",
        "Koho jsme našli a co přijetí brání",
        "Kdo je blízko, ale nepřijímá, a co by se muselo změnit",
        "Co zůstává otevřené",
    ]


def test_a_letter_from_the_shipped_catalogue_holds_the_road_to_its_end(embedded):
    village = next(
        one for one in embedded.territory.municipalities.values() if one.name == "Kryštofovy Hamry"
    )
    refused = ("rpss-671", "rpss-300", "rpss-2972", "rpss-4883")
    request = a_request(
        "BYD-ZTR",
        "ZAV-ALK",
        place=village,
        age=58,
        barriers=["ALKOHOL", "BEZ-PRIJ"],
        eviction_on=date(2026, 11, 30),
        limit=20,
        refusals=[
            Refusal(service_id=refused[0], reason=RefusalReason.CAPACITY, on=date(2026, 11, 2)),
            Refusal(service_id=refused[1], reason=RefusalReason.CIRCLE),
            Refusal(service_id=refused[2], reason=RefusalReason.OTHER, barrier="ALKOHOL"),
            Refusal(service_id=refused[3], reason=RefusalReason.OTHER, barrier="BEZ-PRIJ"),
        ],
    )
    policy = read_policy(data_dir() / "matching" / "policy.toml")
    matter = the_matter(request, embedded, policy=policy, today=date(2026, 11, 22))
    paper = letter(matter)
    assert grounds(paper) == ["§ 92 písm. a)", "§ 92 písm. b)", "§ 92 písm. d)"]
    words = words_of(paper)
    assert "Obecní úřad obce s rozšířenou působností Kadaň" in words
    for service_id in refused:
        assert embedded.service(service_id).name in words
    assert answer_by(matter) == date(2026, 11, 26)
    assert paper.on == date(2026, 11, 22) != TODAY
