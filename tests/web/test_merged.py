"""Pages of services that several sources hold: shown once, found by every id they have had."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from referral.catalog.merging import MergeDecision, fold
from referral.catalog.model import Contact, Service
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Territory
from referral.matching.request import AskedNeed, ReferralRequest, Refusal, RefusalReason
from referral.usecases.recommend import recommend
from support.build import TODAY, a_service, a_source, covering
from support.matching import PLACES, POLICY, VOCABULARY
from support.records import same
from support.web import an_app

TERRITORY = Territory.of(PLACES)
KEPT = a_service("s-1", coverage=covering(PLACES[0].code), locations=[])
OTHER = replace(
    a_service("s-2", coverage=covering(PLACES[0].code), locations=[], source="other"),
    contact=Contact(phone="474 000 009"),
)


def folded(*services: Service, decided: tuple[MergeDecision, ...]) -> Catalog:
    result = fold(services, decided, territory=TERRITORY)
    return Catalog.of(
        vocabulary=VOCABULARY,
        territory=TERRITORY,
        services=result.services,
        sources=[a_source(), replace(a_source("other"), title="Jiný seznam")],
        aliases=result.aliases,
        merged=result.merged,
    )


@pytest.fixture
def catalog() -> Catalog:
    return folded(KEPT, OTHER, decided=(same("s-1", "s-2"),))


@pytest.fixture
def browser(catalog) -> FlaskClient:
    return an_app(catalog).test_client()


def test_the_card_of_a_merged_record_leads_to_the_one_that_is_shown(browser) -> None:
    answer = browser.get("/karta/s-2")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/karta/s-1")
    assert browser.get("/karta/s-3").status_code == 404


def test_the_card_says_what_was_taken_over_from_which_source(browser) -> None:
    page = browser.get("/karta/s-1").text.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "474 000 009" in page
    assert "Převzato z jiného záznamu téže služby (Jiný seznam, stav k" in page
    assert ": telefon." in page
    assert "Tutéž službu uvádí i: Jiný seznam." in page


def test_a_card_of_an_unmerged_service_says_nothing_of_it() -> None:
    alone = folded(KEPT, decided=())
    assert "Tutéž službu" not in an_app(alone).test_client().get("/karta/s-1").text


def test_the_catalogue_lists_the_service_once(browser) -> None:
    page = browser.get("/katalog").text
    assert "/karta/s-1" in page
    assert "/karta/s-2" not in page


def test_a_refusal_by_the_id_of_a_merged_record_is_of_the_service_that_is_shown(catalog) -> None:
    request = ReferralRequest(
        place=PLACES[0],
        needs=(AskedNeed(code=next(iter(VOCABULARY.needs))),),
        refusals=(Refusal(service_id="s-2", reason=RefusalReason.CAPACITY),),
    )
    answer = recommend(request, catalog=catalog, policy=POLICY, today=TODAY)
    assert [one.service_id for one in answer.request.refusals] == ["s-1"]
