"""A small planner's world: a town, villages around it, and a valley beyond the hills; invented."""

from datetime import date

from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.network.means import Sourced, Workforce
from referral.network.norms import Metric, Norm, NormStatus, Rule
from referral.network.sites import SitesReport, Wish
from referral.usecases.suggest_sites import suggest_sites
from support.build import (
    HOME,
    TODAY,
    a_catalog,
    a_municipality,
    a_need,
    a_service,
    a_territory,
    a_type,
    a_vocabulary,
    covering,
    north_of,
)
from support.matching import POLICY

TOWN = a_municipality("500001", "Město", orp="Město", population=9_000)
NEAR = a_municipality("500002", "Blízká", orp="Město", point=north_of(HOME, km=6), population=700)
HILL = a_municipality("500003", "Kopec", orp="Město", point=north_of(HOME, km=20), population=400)
VALLEY = a_municipality("500004", "Údolí", orp="Údolí", point=north_of(HOME, km=26), population=950)
LAST = a_municipality("500005", "Konec", orp="Údolí", point=north_of(HOME, km=33), population=120)
NOBODY = a_municipality(
    "500006", "Samota", orp="Údolí", point=north_of(HOME, km=70), population=None
)
NAMESAKE = a_municipality(
    "500007", "Blízká", orp="Údolí", point=north_of(HOME, km=36), population=60
)
PLACES = (TOWN, NEAR, HILL, VALLEY, LAST, NOBODY, NAMESAKE)
CODES = tuple(place.code for place in PLACES)

SITE_RULE = Rule(
    code="45",
    type="45",
    need="PEC-HYG",
    metric=Metric.NEAREST_KM,
    threshold=12,
    partial=20,
    unit="km",
    source="vymyšleno",
)
FIELD_RULE = Rule(
    code="39",
    type="39",
    need="PEC-HYG",
    metric=Metric.COVERAGE,
    threshold=1,
    unit="služba",
    source="vymyšleno",
)
REACH_RULE = Rule(
    code="40",
    type="40",
    need="PEC-HYG",
    metric=Metric.REACH,
    threshold=12,
    unit="km",
    source="vymyšleno",
)
REMOTE_RULE = Rule(
    code="41",
    type="41",
    need="PEC-HYG",
    metric=Metric.COVERAGE,
    threshold=1,
    unit="služba",
    source="vymyšleno",
)
HOME_RULE = Rule(
    code="49",
    type="49",
    need="PEC-HYG",
    metric=Metric.NEAREST_KM,
    threshold=12,
    unit="km",
    source="vymyšleno",
)
NORM = Norm(
    id="zkouska",
    name="Zkušební norma",
    status=NormStatus.GUIDE,
    source="vymyšleno",
    territory="nikde",
    authority="Zkušebna",
    valid_from=date(2026, 1, 1),
    rules=(SITE_RULE, FIELD_RULE, REACH_RULE, REMOTE_RULE, HOME_RULE),
)
WORKFORCE = Workforce(
    people_per_worker=Sourced(value=1_000, source="vymyšleno", why="proto", low=500, high=1_500),
    worker_km=Sourced(value=15, source="vymyšleno", why="proto"),
    week_km=Sourced(value=60, source="vymyšleno", why="proto"),
)
DAY_CENTRE = a_service(
    "s-45", "Denní centrum", type="45", forms=[Form.AMBULATORY], register_id="1234567"
)
ASSISTANCE = a_service(
    "s-39", "Asistence", type="39", forms=[Form.FIELD], coverage=covering(TOWN.code, NEAR.code)
)


def a_plan_catalog(*services) -> Catalog:
    """Build the catalogue; without arguments a day centre and assistance in and near the town."""
    return a_catalog(
        *(services or (DAY_CENTRE, ASSISTANCE)),
        vocabulary=a_vocabulary(
            types=(
                a_type(),
                a_type("39", "osobní asistence", forms=(Form.FIELD,)),
                a_type("41", "tísňová péče", forms=(Form.FIELD,), remote=True),
                a_type("45", "centra denních služeb", forms=(Form.AMBULATORY,)),
                a_type("49", "domovy pro seniory", forms=(Form.RESIDENTIAL,)),
            ),
            needs=(a_need(service_types=("39", "40", "41", "45", "49")),),
        ),
        territory=a_territory(PLACES),
    )


def suggested(
    rule: str, count: int = 1, *, catalog: Catalog | None = None, norm: Norm = NORM, **wish
) -> SitesReport:
    """Suggest places in the whole small world."""
    area = wish.pop("area", CODES)
    return suggest_sites(
        area,
        area="Zkušební kraj",
        wish=Wish(rule=rule, count=count, **wish),
        norm=norm,
        workforce=WORKFORCE,
        catalog=catalog or a_plan_catalog(),
        policy=POLICY,
        today=TODAY,
    )
