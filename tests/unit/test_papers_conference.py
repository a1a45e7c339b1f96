"""The case-conference sheet: when, who, about what, open questions and tasks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral.catalog.areas import AreaKind
from referral.catalog.model import CapacityUnit, Contact, ServiceCapacity
from referral.matching.request import Refusal, RefusalReason
from referral.web.czech import plain
from referral.web.papers.conference import conference, proposed_days
from referral.web.papers.guide import Authority, When
from referral.web.papers.invited import invited
from referral.web.papers.matter import reasons_for
from referral.web.papers.paper import Table
from referral.web.papers.questions import open_questions
from referral.web.papers.tasks import duties
from referral.web.papers.workdays import is_workday
from support.build import TODAY, a_barrier, a_catalog, a_need, a_type, a_vocabulary
from support.matching import TERRITORY, VILLAGE, a_request
from support.papers import GUIDE, a_matter, an_authority, coming, the_matter, words_of


def table(paper, name: str) -> Table:
    (found,) = [one for one in paper.blocks if isinstance(one, Table) and one.name == name]
    return found


def roles(matter) -> list[str]:
    return [seat.role for seat in invited(matter)]


def a_case(code: str, area: str, *, services=(), barriers=(), **asked):
    """Return the matter of one need with the code and the area that the shipped roles speak of."""
    vocabulary = a_vocabulary(
        types=(a_type("40", typical_groups=()),),
        groups=(),
        needs=(a_need(code, area=area, typical_groups=(), other_help=("rada", "soused")),),
        barriers=tuple(a_barrier(one, f"překážka {one}") for one in barriers),
    )
    catalog = a_catalog(*services, vocabulary=vocabulary, territory=TERRITORY)
    return the_matter(a_request(code, barriers=barriers, **asked), catalog)


def test_days_are_two_to_three_weeks_ahead_and_offices_work_on_them():
    days = proposed_days(a_matter())
    assert len(days) == 3
    assert all(is_workday(one) for one in days)
    assert [one - TODAY for one in days] == sorted(one - TODAY for one in days)
    assert timedelta(days=14) <= days[0] - TODAY
    assert days[-1] - TODAY <= timedelta(days=21)


@pytest.mark.parametrize("left", range(-3, 40))
def test_days_come_before_the_clients_own_day_where_there_is_time(left):
    due = TODAY + timedelta(days=left)
    days = proposed_days(a_matter(eviction_on=due))
    assert days
    assert all(one > TODAY and is_workday(one) for one in days)
    if left > 4:
        assert all(one < due for one in days)


def test_a_near_day_is_said_loudly_and_a_distant_one_is_not():
    assert "Spěchá: ztráta bydlení je 10. 9. 2026" in words_of(
        conference(a_matter(eviction_on=date(2026, 9, 10)))
    )
    assert "Spěchá: propuštění je 10. 9. 2026" in words_of(
        conference(a_matter(discharge_on=date(2026, 9, 10)))
    )
    assert "byl 30. 8. 2026" in words_of(conference(a_matter(eviction_on=date(2026, 8, 30))))
    assert "Spěchá" not in words_of(conference(a_matter(eviction_on=date(2026, 10, 30))))


def test_invitations_go_out_before_the_first_proposed_day():
    assert "Pozvánky odešlete nejpozději 3. 9. 2026." in words_of(conference(a_matter()))
    hurried = words_of(conference(a_matter(eviction_on=date(2026, 9, 4))))
    assert "Pozvánky odešlete nejpozději 2. 9. 2026." in hurried


def test_the_client_the_orp_and_the_village_always_have_a_seat():
    seats = {seat.role: seat for seat in invited(a_matter())}
    assert {"klient", "orp", "obec"} <= set(seats)
    assert "Velké Město" in seats["orp"].who
    assert "Horní Lhota" in seats["obec"].who


@pytest.mark.parametrize(
    ("code", "area", "asked", "role"),
    [
        ("ROD-OSP", "rodina", {}, "ospod"),
        ("JINA", "jiná", {"age": 15}, "ospod"),
        ("ZDR-HOSP", "zdraví", {}, "nemocnice"),
        ("JINA", "jiná", {"discharge_on": date(2026, 10, 1)}, "nemocnice"),
        ("JINA", "jiná", {"eviction_on": date(2027, 1, 1)}, "pronajimatel"),
        ("BYD-ZTR", "bydlení", {}, "bydleni"),
        ("FIN-DAV", "finance", {}, "up"),
        ("JINA", "jiná", {"barriers": ("BEZ-PRIJ",)}, "up"),
        ("KON-VEZ", "návrat", {}, "pms"),
        ("KON-VEZ", "návrat", {}, "kurator"),
        ("ZDR-DUS", "zdraví", {}, "psychiatr"),
        ("ZDR-DUS", "zdraví", {}, "praktik"),
        ("JINA", "jiná", {"barriers": ("ALKOHOL",)}, "adiktolog"),
        ("OPA-OPA", "práva", {}, "opatrovnik"),
        ("JINA", "jiná", {"barriers": ("JAZYK",)}, "tlumocnik"),
    ],
)
def test_a_role_is_invited_for_what_the_client_needs_and_for_nothing_else(code, area, asked, role):
    assert role in roles(a_case(code, area, **asked))
    assert role not in roles(a_case("NIC", "nic"))


def test_a_child_is_under_eighteen():
    assert "ospod" not in roles(a_case("NIC", "nic", age=18))
    assert "ospod" in roles(a_case("NIC", "nic", age=17))


def test_authorities_are_named_by_their_competence_for_the_place():
    services = (
        an_authority("a-1", "Úřad jinde", AreaKind.ORP, "Daleké Město", "FIN"),
        an_authority("a-2", "Úřad kraje", AreaKind.REGION, VILLAGE.region, "FIN"),
        an_authority("a-3", "Úřad státu", AreaKind.COUNTRY, "", "FIN"),
        an_authority("a-4", "Úřad obvodu", AreaKind.ORP, "Velké Město", "FIN"),
    )
    first = GUIDE.roles[1]
    for area, name in (("orp", "Úřad obvodu"), ("region", "Úřad kraje"), ("country", "Úřad státu")):
        role = replace(first, authority=Authority(need="FIN", area=area))
        matter = a_case("FIN", "nic", services=services)
        (seat,) = invited(replace(matter, guide=replace(GUIDE, roles=(role,))))
        assert seat.name == name
    nobody = replace(first, authority=Authority(need="FIN", area="district"))
    (seat,) = invited(replace(matter, guide=replace(GUIDE, roles=(nobody,))))
    assert seat.name == ""


def test_services_of_the_plan_and_those_that_refused_are_named_once_each():
    matter = a_matter(
        coming("s-1", "Pomůže", contact=Contact(phone="474123456")),
        coming("s-2", "Odmítla"),
        refusals=[
            Refusal(service_id="s-2", reason=RefusalReason.CAPACITY),
            Refusal(service_id="s-2", reason=RefusalReason.CIRCLE),
        ],
    )
    seats = [(seat.role, plain(seat.name)) for seat in invited(matter) if seat.service]
    assert seats == [
        ("sluzby-planu", "Pomůže, tel. 474 123 456"),
        ("sluzby-odmitly", "Odmítla"),
    ]


def test_a_service_that_refused_unlawfully_and_may_still_accept_has_one_seat():
    matter = a_matter(
        coming("s-1"), refusals=[Refusal(service_id="s-1", reason=RefusalReason.OTHER)]
    )
    (seat,) = [seat for seat in invited(matter) if seat.service]
    assert seat.role == "sluzby-planu"
    assert "Už odmítla, přijmout ale může" in seat.why


def test_who_hurts_is_not_invited_and_the_sheet_says_so():
    assert "toho, kdo ubližuje" in words_of(conference(a_case("NAS-DOM", "násilí")))
    assert "toho, kdo ubližuje" not in words_of(conference(a_case("NIC", "nic")))


def test_the_kraj_comes_when_nothing_answers_or_three_have_refused():
    assert "kraj" in roles(a_matter())
    assert "kraj" not in roles(a_matter(coming("s-1")))
    three = [Refusal(service_id=f"r-{one}", reason=RefusalReason.OTHER) for one in range(3)]
    assert "kraj" in roles(a_matter(coming("s-1"), refusals=three))
    assert "kraj" not in roles(a_matter(coming("s-1"), refusals=three[:2]))


def test_the_agenda_fills_the_two_hours_without_a_gap():
    rows = table(conference(a_matter()), "Program").rows
    spans = [row[0].text.split("–") for row in rows]
    assert spans[0][0] == "0:00"
    assert spans[-1][1] == "2:00"
    assert [one[1] for one in spans[:-1]] == [one[0] for one in spans[1:]]
    assert sum(point.minutes for point in GUIDE.agenda) == GUIDE.timing.minutes


def test_each_refusal_asks_the_question_that_its_reason_leaves_open():
    reasons = (RefusalReason.CAPACITY, RefusalReason.CIRCLE, RefusalReason.OTHER)
    matter = a_matter(
        *(coming(f"s-{at}", f"Služba {at}") for at in range(3)),
        refusals=[Refusal(service_id=f"s-{at}", reason=one) for at, one in enumerate(reasons)],
    )
    asked = {one.who: one.text for one in reversed(open_questions(matter))}
    assert "pořadníku" in asked["Služba 0"]
    assert "odůvodní písemně" in asked["Služba 1"]
    assert "zákon nezná" in asked["Služba 2"]


def test_what_a_planned_service_does_not_say_is_asked_of_it():
    (asked,) = [
        one.text
        for one in open_questions(a_matter(coming("s-1", "Pomoc"), barriers=["PAS"]))
        if one.who == "Pomoc"
    ]
    assert "zda má volno" in asked
    assert "zda přijímá, když jde o: PAS" in asked


def test_nothing_is_asked_of_a_service_of_which_all_is_known():
    capacity = ServiceCapacity(
        unit=CapacityUnit.CLIENTS, registered=5, as_of=date(2026, 8, 1), available=1
    )
    matter = a_matter(coming("s-1", "Pomoc", capacities=[capacity]), age=80)
    assert "Pomoc" not in {one.who for one in open_questions(matter)}


def test_what_is_known_of_the_client_is_not_asked_again():
    texts = " ".join(one.text for one in open_questions(a_case("PEC", "péče")))
    assert "příspěvek na péči" in texts
    assert "Kolik je člověku let?" in texts
    assert "Z čeho člověk žije" in texts
    known = a_case("PEC", "péče", age=80, care_level=2, barriers=("BEZ-PRIJ",))
    texts = " ".join(one.text for one in open_questions(known))
    assert "příspěvek" not in texts
    assert "Kolik" not in texts
    assert "Z čeho" not in texts


def test_tasks_come_from_the_plan_with_its_alternatives_and_its_day():
    matter = a_matter(
        coming("s-1", "První"), coming("s-2", "Druhá"), discharge_on=date(2026, 9, 20)
    )
    (task,) = [one for one in duties(matter) if one.what.startswith("Domluvit přijetí")]
    assert task.what == "Domluvit přijetí: První."
    assert "Když odmítne: Druhá." in task.more
    assert task.until == date(2026, 9, 18)


def test_a_task_is_never_due_on_a_day_that_has_passed():
    for left in (-5, 0, 1, 2, 9):
        matter = a_case(
            "BYD-ZTR", "bydlení", barriers=("BEZ-PRIJ", "BEZ-DOKL"),
            eviction_on=TODAY + timedelta(days=left),
        )  # fmt: skip
        days = [one.until for one in duties(matter) if one.until is not None]
        assert days
        assert all(one > TODAY and is_workday(one) for one in days)


def test_tasks_stand_by_their_day_and_those_without_one_last():
    days = [
        one.until or date.max
        for one in duties(a_case("BYD-ZTR", "bydlení", barriers=("BEZ-PRIJ", "BEZ-DOKL")))
    ]
    assert days == sorted(days)
    assert days[-1] == date.max


def test_an_open_need_becomes_a_task_with_help_beside_services():
    (task,) = [one for one in duties(a_case("NIC", "nic")) if "Najít řešení" in one.what]
    assert plain(task.more) == "Zkuste: rada a soused."
    assert task.until is None


def test_a_written_reason_is_asked_for_unless_the_law_knows_the_one_given():
    def asked(reason: RefusalReason) -> bool:
        matter = a_matter(coming("s-1"), refusals=[Refusal(service_id="s-1", reason=reason)])
        return any("písemný důvod" in one.what for one in duties(matter))

    assert asked(RefusalReason.OTHER)
    assert asked(RefusalReason.CIRCLE)
    assert not asked(RefusalReason.CAPACITY)


def test_the_degree_of_care_is_a_task_only_when_nobody_told_it():
    def asked(**known) -> bool:
        return any(
            "příspěvek na péči" in one.what for one in duties(a_case("PEC", "péče", **known))
        )

    assert asked()
    assert not asked(care_level=0)


def test_tables_leave_rows_for_a_pen_with_boxes_where_the_others_have_them():
    paper = conference(a_matter(coming("s-1")))
    for name in ("Koho pozvat", "Otevřené otázky", "Úkoly"):
        whole = table(paper, name)
        assert whole.blank_rows >= 2
        *_, last = whole.all_rows()
        assert words_of(last) == ""
        assert [cell.tick for cell in last] == [cell.tick for cell in whole.rows[0]]


def test_refusals_are_told_only_when_there_were_any():
    refused = [Refusal(service_id="s-1", reason=RefusalReason.CAPACITY)]
    assert "Kdo odmítl" in words_of(conference(a_matter(coming("s-1"), refusals=refused)))
    assert "Kdo odmítl" not in words_of(conference(a_matter(coming("s-1"))))


def test_conditions_that_name_nothing_never_hold():
    matter = a_matter(coming("s-1"))
    role = replace(GUIDE.roles[0], when=When())
    assert invited(replace(matter, guide=replace(GUIDE, roles=(role,)))) == ()


def test_no_name_and_no_number_of_a_case_is_printed():
    words = words_of(conference(a_matter(coming("s-1"))))
    assert "Číslo případu (ne jméno)" in words
    assert "Jméno a příjmení" not in words


def test_what_cannot_wait_is_said_with_the_number_to_ring():
    assert "nenahrazuje telefon: 155" in words_of(conference(a_matter(needs=("ZDR-SUI",))))


def test_a_need_that_somebody_surely_takes_is_no_reason_where_only_unanswered_ones_count():
    only_open = When(needs=frozenset({"PEC-HYG"}), unanswered=True)
    taken, open_still = a_matter(coming("s-1"), age=80), a_matter(age=80)
    assert taken.taken() == {"PEC-HYG"}
    assert reasons_for(only_open, taken) is None
    assert reasons_for(only_open, open_still) == ("péče o vlastní osobu a hygiena",)
    assert reasons_for(When(needs=frozenset({"PEC-HYG"})), taken) is not None


def test_the_day_of_losing_a_home_stands_in_place_of_the_need_for_one():
    matter = a_case("BYD-ZTR", "bydlení", eviction_on=date(2026, 9, 20))
    (reason,) = reasons_for(When(areas=frozenset({"bydlení"}), eviction=True), matter)
    assert plain(reason) == "ztráta bydlení 20. 9. 2026"
