"""Life situations: what help there is, whom to call first, and one field to go on from."""

import re

import pytest
from flask.testing import FlaskClient

from support.web import page_of


def text_of(page, path: str = "//main") -> str:
    return re.sub(r"\s+", " ", page.xpath(f"string({path})")).strip()


def test_every_situation_of_the_vocabulary_has_a_page_that_leads_to_help(real: FlaskClient):
    page = page_of(real.get("/situace").text)
    links = page.xpath("//main//section//li/a/@href")
    assert len(links) == len(set(links)) > 30
    for link in links:
        one = page_of(real.get(link).text)
        need = one.xpath("string(//main//form//input[@name='need']/@value)")
        assert link == f"/situace/{need.lower()}"
        assert one.xpath("//main//form[@action='/pomoc']//input[@name='place']")


def test_where_life_is_in_danger_the_call_stands_before_all_else(real: FlaskClient):
    page = page_of(real.get("/situace/zdr-sui").text)
    first = page.xpath("//main//section|//main//form")[0]
    assert first.get("class") == "urgent"
    assert first.xpath(".//a[starts-with(@href, 'tel:')]")
    listed = page_of(real.get("/situace").text)
    assert "volejte hned" in text_of(listed, "//li[a/@href='/situace/zdr-sui']")
    assert "volejte hned" not in text_of(listed, "//li[a/@href='/situace/pec-hyg']")


def test_a_kind_of_help_says_what_it_does_by_the_act_and_whether_one_pays(real: FlaskClient):
    page = page_of(real.get("/situace/pec-hyg").text)
    kind = "//ol[@class='kinds']/li[h3[contains(., 'ečovatelská')]]"
    assert "pomoc s osobní hygienou" in text_of(page, kind)
    assert "zákon č. 108/2006 Sb." in text_of(page, kind)
    assert "Za tuto službu se platí" in text_of(page, kind)
    (shown,) = page.xpath(f"{kind}//a/@href")
    listed = page_of(real.get(shown).text)
    told = re.sub(r"\D", "", text_of(page, f"{kind}//a"))
    assert re.sub(r"\D", "", text_of(listed, "//p[@role='status']")) == told


def test_free_help_says_so_and_help_beside_the_registers_is_named(real: FlaskClient):
    page = page_of(real.get("/situace/byd-ztr").text)
    assert "bezplatné (§ 72)" in text_of(page)
    assert "Kontaktní místo pro bydlení" in text_of(page, "//section[h2[@id='vedle']]")


def test_a_situation_answers_from_the_field_below_it(real: FlaskClient):
    answer = real.post("/pomoc", data={"need": "PEC-HYG", "place": "Vejprty"})
    assert answer.status_code == 200


@pytest.mark.parametrize("slug", ["neni", "PEC-HYG", "pec-hyg/x", "%2e%2e"])
def test_an_unknown_situation_is_not_found(real: FlaskClient, slug: str):
    assert real.get(f"/situace/{slug}").status_code == 404
