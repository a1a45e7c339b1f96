"""What printed matter is made from in tests: over the small world and over a real ORP."""

from datetime import date

from referral.catalog.snapshot import Catalog
from referral.ingest.advice_file import read_advice
from referral.ingest.norm_file import DEFAULT_NORM, find_norm, read_norm
from referral.ingest.policy_file import read_policy
from referral.resources import data_dir
from referral.usecases.find_area import find_area
from referral.usecases.find_gaps import find_gaps
from referral.web.printed.area_matter import AreaMatter, matter_of
from referral.web.printed.law import read_law
from referral.web.printed.service_card import Desk
from support.build import TODAY
from support.matching import POLICY, a_world

LAW = read_law(data_dir() / "papers")
ADVICE = read_advice(data_dir() / "matching" / "first_contact.toml")


def a_desk(*services, public_url: str = "", today: date = TODAY) -> Desk:
    """Return what cards are made from over the small world."""
    return desk_over(a_world(*services), public_url=public_url, today=today)


def desk_over(catalog: Catalog, *, public_url: str = "", today: date = TODAY) -> Desk:
    """Return what cards are made from over a catalogue."""
    return Desk(catalog=catalog, advice=ADVICE, law=LAW, today=today, public_url=public_url)


def a_small_area(*services, own=(), public_url: str = "") -> AreaMatter:
    """Gather the matter of the small world's ORP: a village, its neighbour and their town."""
    desk = a_desk(*services, public_url=public_url)
    return matter_of(
        find_area("Velké Město", territory=desk.catalog.territory),
        desk=desk,
        policy=POLICY,
        gaps=None,
        own_values_of=lambda ids: [one for one in own if one.service in set(ids)],
    )


def a_real_area(catalog: Catalog, name: str, *, public_url: str = "") -> AreaMatter:
    """Gather the matter of an area of the shipped catalogue, judged by the shipped norm."""
    area = find_area(name, territory=catalog.territory)
    policy = read_policy(data_dir() / "matching" / "policy.toml")
    norm = read_norm(
        find_norm(DEFAULT_NORM, folder=data_dir() / "norms"), vocabulary=catalog.vocabulary
    )
    gaps = find_gaps(
        area.municipalities,
        area=area.name,
        norm=norm,
        catalog=catalog,
        policy=policy,
        today=TODAY,
    )
    return matter_of(
        area,
        desk=desk_over(catalog, public_url=public_url),
        policy=policy,
        gaps=gaps,
        own_values_of=lambda _ids: (),
    )
