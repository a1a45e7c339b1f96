"""A client whom everyone refused: what the answer says of refusals, verdicts, changes, the plan."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import (
    AcceptanceRule,
    CapacityUnit,
    Eligibility,
    Kind,
    ServiceCapacity,
    Stance,
)
from referral.catalog.vocabulary import Form
from support.build import TODAY, a_catalog, a_service, a_territory, covering
from support.matching import PLACES, VOCABULARY
from support.web import an_app, page_of

ASK = {"place": "500001", "need": "PEC-HYG"}


def here(service_id: str, name: str, **fields):
    return a_service(
        service_id, name, coverage=covering("500001", status=CoverageStatus.DECLARED), **fields
    )


def takes(stance: Stance, wording: str = "") -> Eligibility:
    return Eligibility(
        target_groups=frozenset({"SENIORI"}),
        rules=(AcceptanceRule(barrier="ALKOHOL", stance=stance, wording=wording),),
    )


FULL = ServiceCapacity(unit=CapacityUnit.CLIENTS, registered=5, as_of=date(2026, 8, 1), available=0)
SERVICES = (
    here("a", "Alfa", eligibility=takes(Stance.ACCEPTS)),
    here("b", "Beta", eligibility=takes(Stance.CONDITIONS, "nepije v domě")),
    here("c", "Gama"),
    here("d", "Delta", eligibility=takes(Stance.EXCLUDES, "pijani")),
    here("e", "Epsilon", capacities=[FULL]),
    here("f", "Poradna", type="37", forms=[Form.AMBULATORY]),
)


@pytest.fixture(scope="module")
def refused() -> FlaskClient:
    """A browser in front of six services that answer in six ways."""
    world = a_catalog(*SERVICES, vocabulary=VOCABULARY, territory=a_territory(PLACES))
    return an_app(world).test_client()


def order(page) -> list[str]:
    return page.xpath("//li[@class='card']//h3/a/text()")


def text_of(page, path: str) -> str:
    return " ".join(page.xpath(f"string({path})").split())


def asked(client: FlaskClient, **more):
    return page_of(client.post("/pomoc", data={**ASK, **more}).text)


def test_three_refusals_change_the_order_and_the_page_says_why(refused: FlaskClient):
    """One refuses lawfully and leaves, one unlawfully and falls, one is about another need."""
    plain, told = (
        asked(refused),
        asked(refused, refused=["a:kapacita@2026-08-30", "b:jine:ALKOHOL", "f:okruh"]),
    )
    assert order(plain)[:2] == ["Alfa", "Beta"]
    assert "Alfa" not in order(told)
    assert order(told)[-1] == "Beta"
    said = text_of(told, "//section[@class='setbacks']")
    assert "vyřazena služba: Alfa (plná kapacita)" in said
    assert "S méně body zůstává v nabídce: Beta (4. v pořadí, užívá alkohol nebo drogy)" in said
    assert "Výsledek nezměnilo odmítnutí od: Poradna" in said
    assert not plain.xpath("//section[@class='setbacks']")


def test_three_refusals_change_the_order_on_the_shipped_catalogue(real: FlaskClient):
    question = {"place": "Kadaň", "need": "BYD-BEZ", "barrier": "ALKOHOL"}
    plain = page_of(real.post("/pomoc", data=question).text)
    first = [href.rsplit("/", 1)[-1] for href in plain.xpath("//li[@class='card']//h3/a/@href")][:3]
    refusals = [f"{first[0]}:kapacita", f"{first[1]}:jine:ALKOHOL", f"{first[2]}:okruh"]
    told = page_of(real.post("/pomoc", data={**question, "refused": refusals}).text)
    assert order(told) != order(plain)
    assert not {order(plain)[0], order(plain)[2]} & set(order(told))
    assert "jsou vyřazeny služby" in text_of(told, "//section[@class='setbacks']")
    near = told.xpath("//li[@class='miss']//h3/a/text()")
    assert set(near) >= {order(plain)[0], order(plain)[2]}


def test_a_refusal_of_a_service_that_nobody_knows_is_named_and_not_counted(refused: FlaskClient):
    told = asked(refused, refused="neni-99:kapacita")
    assert order(told) == order(asked(refused))
    assert "číslem neni-99" in text_of(told, "//section[@class='setbacks']")


def test_what_stands_in_the_way_besides_a_refusal_is_not_blamed_on_it(refused: FlaskClient):
    """Delta turns drinkers away itself, whatever it said to this client."""
    told = asked(refused, barrier="ALKOHOL", refused="d:jine")
    said = text_of(told, "//section[@class='setbacks']")
    assert "Brání jí něco jiného než odmítnutí: Delta (jiný důvod)" in said


def test_the_first_step_says_when_it_leads_to_a_service_that_has_refused(refused: FlaskClient):
    """Only Alfa is left, and Alfa refused for a reason that the law does not know."""
    rest = [f"{service_id}:okruh" for service_id in "bcde"]
    step = text_of(asked(refused, refused=["a:jine", *rest]), "//section[@class='first']")
    assert "Alfa" in step
    assert "Tato služba už klienta odmítla" in step
    assert "požádejte o důvod písemně" in step
    assert "odmítla" not in text_of(asked(refused), "//div[@class='first__main']/p[3]")


def badge(page, name: str) -> tuple[str, str]:
    card = f"//li[@class='card'][.//h3/a='{name}']//div[starts-with(@class, 'verdict')]"
    return text_of(page, f"{card}//strong[contains(@class, 'badge')]"), text_of(page, card)


def test_every_match_says_in_words_how_it_will_answer_and_why(refused: FlaskClient):
    page = asked(refused, barrier="ALKOHOL", group="SENIORI", age="70")
    label, why = badge(page, "Alfa")
    assert label == "Přijme"
    assert "Podle toho, co o sobě služba sama uvádí; volné místo ověřte" in why
    label, why = badge(page, "Beta")
    assert label == "Přijme s podmínkou"
    assert "„nepije v domě“" in why
    label, why = badge(page, "Gama")
    assert label == "Neví se"
    assert "užívá alkohol nebo drogy" in why
    assert "Delta" not in order(page)
    assert badge(asked(refused, group="SENIORI"), "Delta")[0] == "Pravděpodobně přijme"
    assert "zeptejte se na pořadník" in badge(page, "Epsilon")[1].casefold()


def test_after_a_refusal_outside_the_law_it_is_said_whom_to_turn_to(refused: FlaskClient):
    page = asked(refused, refused="b:jine:ALKOHOL", barrier="ALKOHOL")
    _label, why = badge(page, "Beta")
    assert "mezi důvody § 91 odst. 3 není" in why
    assert "Krajský úřad (Kraj)" in why
    assert "Krajský úřad (Kraj)" not in badge(page, "Gama")[1]


def test_a_near_miss_says_what_would_have_to_change_or_that_nothing_helps(refused: FlaskClient):
    page = asked(refused, barrier="ALKOHOL", refused=["a:okruh", "c:vypoved@2026-08-01"])
    miss = "//li[@class='miss'][.//h3/a='{}']"
    assert "Nic by to nezměnilo" in text_of(page, miss.format("Alfa"))
    gama = text_of(page, miss.format("Gama"))
    assert "Co by se muselo změnit" in gama
    assert "od 1. 2. 2027" in gama
    delta = text_of(page, miss.format("Delta"))
    assert "zákon takový důvod nezná" in delta
    assert "Kdyby překážka pominula" in delta
    assert page.xpath("//details[contains(@class, 'turn-to')]")


def test_the_plan_names_the_day_what_to_have_ready_and_who_could_stand_in(refused: FlaskClient):
    soon = (TODAY + timedelta(days=5)).isoformat()
    page = asked(refused, discharge=soon, group="SENIORI")
    plan = text_of(page, "//section[@class='plan']")
    assert "Do 6. 9. 2026, kdy odchází ze zařízení (zbývá 5 dní)" in plan
    assert "Co mít připravené obvykle Žádost" in plan
    assert "Když to nevyjde:" in plan


def test_the_plan_bridges_the_wait_for_a_place():
    """One helper would do for both needs and has no free place; who comes home helps meanwhile."""
    both = here(
        "x",
        "Obojí",
        type=None,
        kind=Kind.COMMUNITY,
        forms=None,
        needs=["PEC-HYG", "PEC-NOC"],
        capacities=[FULL],
    )
    world = a_catalog(both, *SERVICES, vocabulary=VOCABULARY, territory=a_territory(PLACES))
    client = an_app(world).test_client()
    page = asked(client, need=["PEC-HYG", "PEC-NOC"])
    (step,) = page.xpath("//li[@class='step']")
    said = " ".join(step.text_content().split())
    assert "Obojí" in said
    assert "Přijme s podmínkou" in said
    assert "Než se uvolní místo: Alfa" in said


def test_a_need_without_a_service_names_help_beside_the_registered_ones(real: FlaskClient):
    page = page_of(
        real.post("/pomoc", data={"place": "Kadaň", "need": ["BYD-BEZ", "VSE-NIK"]}).text
    )
    plan = text_of(page, "//section[@class='plan']")
    assert "potravinová banka" in plan


def test_the_first_place_is_said_to_be_steady_or_close(refused: FlaskClient):
    assert "První místo je" in text_of(asked(refused), "//p[@class='results__count']")


def test_the_question_that_decides_the_most_can_be_answered_at_once(refused: FlaskClient):
    page = asked(refused, age="70", sex="zena", group="SENIORI")
    form = page.xpath("//section[contains(@class, 'asks')]//form")[0]
    assert (form.get("method"), form.get("action")) == ("post", "/pomoc")
    assert "užívá alkohol nebo drogy" in form.text_content()
    kept = [(one.get("name"), one.get("value")) for one in form.xpath(".//input[@type='hidden']")]
    assert {("need", "PEC-HYG"), ("sex", "zena"), ("age", "70")} <= set(kept)
    yes, no = form.xpath(".//button")
    for button, there in ((yes, False), (no, True)):
        pairs = [*kept, (button.get("name"), button.get("value"))]
        fields: dict[str, list[str]] = {}
        for name, value in pairs:
            fields.setdefault(name, []).append(value)
        answer = page_of(refused.post("/pomoc", data=fields).text)
        assert ("Delta" in order(answer)) is there


def test_a_refusal_can_be_told_on_the_card_it_concerns(refused: FlaskClient):
    page = asked(refused)
    (choice,) = page.xpath("//li[@class='card'][.//h3/a='Alfa']//select[@name='refused']")
    assert choice.get("form") == "znovu"
    (again,) = page.xpath("//form[@id='znovu']")
    fields: dict[str, list[str]] = {}
    for one in again.xpath(".//input"):
        fields.setdefault(one.get("name"), []).append(one.get("value"))
    fields["refused"] = ["", choice.xpath("./option[contains(@value, 'kapacita')]/@value")[0]]
    told = page_of(refused.post("/pomoc", data=fields).text)
    assert "Alfa" not in order(told)
    assert "Alfa (plná kapacita)" in text_of(told, "//section[@class='setbacks']")
