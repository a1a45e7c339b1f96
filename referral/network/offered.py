"""What the matcher would offer a rule's reference client, in all municipalities at once.

The rules are those of ``matching``; ``adequacy`` asks them place by place and offer by offer and
remains the definition. Here they meet whole columns, and tests hold both to the same answers.
"""

from dataclasses import dataclass, replace

import numpy as np

from referral.catalog.areas import CoverageStatus, Covers
from referral.catalog.vocabulary import Form
from referral.geo.travel import Bools, Floats, Ints, Spots, straight_km
from referral.matching.circles import client_groups
from referral.matching.columns import COVERS, STATUSES, Bytes, Columns, form_bits
from referral.matching.screening import meeting
from referral.matching.standing import standing_of
from referral.network.adequacy import reference_request
from referral.network.norms import Neighbourhood, Rule
from referral.network.setting import Setting

_NO, _YES = COVERS.index(Covers.NO), COVERS.index(Covers.YES)
_UNKNOWN = COVERS.index(Covers.UNKNOWN)
_SURE = tuple(STATUSES.index(one) for one in (CoverageStatus.DECLARED, CoverageStatus.PARSED))
_ASSUMED = STATUSES.index(CoverageStatus.ASSUMED)
FIELD, AMBULATORY, RESIDENTIAL = (form_bits([form]) for form in Form)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Offered:
    """What services mean for municipalities: arrays of municipalities (rows) by services.

    ``services`` are positions in the columns. ``covering`` surely come, ``assumed`` probably do,
    ``undecided`` are those of which nobody says whether they would serve the place. ``near`` have a
    known place of service to which the client may go, ``straight`` is the straight line there in km
    (infinite where there is none), ``placed`` tells those whose place is in the municipality.
    ``ways`` are km and minutes by road for each of ``Setting.detours``; empty where all ways are
    estimated, for then they follow from the straight line.
    """

    services: Ints
    covering: Bools
    assumed: Bools
    undecided: Bools
    near: Bools
    placed: Bools
    straight: Floats
    ways: tuple[tuple[Floats, Floats], ...] = ()


def open_rows(rule: Rule, setting: Setting) -> Ints:
    """Return the rows of the offers of the rule's type that nothing but the place may rule out."""
    columns = setting.columns
    if not len(setting.ground):
        return np.empty(0, np.int64)
    of_type = np.array(
        [trait.type in {rule.type, *rule.also} for trait in columns.traits], np.bool_
    )
    rows = np.flatnonzero(of_type[columns.trait]) if len(columns.offers) else columns.trait
    standing = standing_of(columns, setting.policy, setting.today)
    out = standing.ended[rows] != 0
    request = reference_request(rule, setting.ground.places[0])
    if request.groups:
        sure, _ = client_groups(request, columns.catalog.vocabulary, setting.policy)
        out |= ~meeting(sure, rows, columns) & (columns.declared[rows] != 0)
    if request.age is not None:
        out |= (columns.lowest[rows] > request.age) | (columns.highest[rows] < request.age)
    if request.forms:
        forms = columns.forms[rows]
        out |= (forms != 0) & (forms & form_bits(request.forms) == 0)
    left: Ints = rows[~out]
    return left


def wanted_forms(rule: Rule, rows: Ints, setting: Setting) -> Bytes:
    """Return which forms of these offers the rule asks for, as bits."""
    asked: Bytes = setting.columns.forms[rows]
    if rule.form is not None:
        asked = asked & np.uint8(form_bits([rule.form]))
    return asked


def offered(rule: Rule, rows: Ints, setting: Setting) -> Offered:
    """Weigh these offers in every municipality of the ground."""
    columns, ground = setting.columns, setting.ground
    forms = columns.forms[rows]
    wanted = wanted_forms(rule, rows, setting)
    covers = _covers(rows, setting)
    not_barred = covers != _NO
    here = _homes(rows, setting)
    thinkable = _thinkable(rows, setting)
    covering = np.zeros(covers.shape, np.bool_)
    assumed, undecided, near = covering.copy(), covering.copy(), covering.copy()
    spots = spots_of(rows, setting)
    straight = straight_km(ground.spots, spots)
    if rule.metric.comes:
        comes = (wanted & FIELD != 0) | (forms == 0)
        remote = comes & ((columns.remote[rows] != 0) & (forms != 0))
        yes = (covers == _YES) & comes
        status = columns.status[rows]
        competent_everywhere = (forms == 0) & (columns.covers[rows] == _YES)
        covering |= yes & (np.isin(status, _SURE) | competent_everywhere)
        covering |= not_barred & remote
        assumed |= yes & (status == _ASSUMED) & ~competent_everywhere & ~remote
        untold = (covers == _UNKNOWN) & comes & ~remote
        assumed |= untold & here & (forms != 0)
        undecided |= untold & ~(here & (forms != 0)) & thinkable
    if rule.metric.on_the_spot:
        open_to = not_barred | (forms & FIELD != 0)
        limit = setting.policy.limits.ambulatory_km
        known = ~np.isnan(columns.x[rows])
        near |= open_to & (wanted & AMBULATORY != 0) & (straight <= limit)
        near |= open_to & (wanted & RESIDENTIAL != 0) & known
        gone_to = wanted & (AMBULATORY | RESIDENTIAL) != 0
        undecided |= open_to & gone_to & ~known & thinkable
    return _by_service(
        rows,
        columns,
        Offered(
            services=rows,
            covering=covering,
            assumed=assumed,
            undecided=undecided,
            near=near,
            placed=near & here,
            straight=np.where(near, straight, np.inf),
            ways=_ways(near, spots, setting),
        ),
    )


def spots_of(rows: Ints, setting: Setting) -> Spots:
    """Return where these offers are given."""
    columns, places = setting.columns, setting.ground.places
    homes = setting.home[rows].tolist()
    codes = [places[home].code if home >= 0 else None for home in homes]
    return Spots(x=columns.x[rows], y=columns.y[rows], codes=codes)


def _ways(near: Bools, spots: Spots, setting: Setting) -> tuple[tuple[Floats, Floats], ...]:
    if setting.travel.is_estimate:
        return ()
    tables = [
        setting.travel.with_detour(detour).table(setting.ground.spots, spots)
        for detour in setting.detours
    ]
    return tuple(
        (np.where(near, table.km, np.inf), np.where(near, table.minutes, np.inf))
        for table in tables
    )


def _covers(rows: Ints, setting: Setting) -> Bytes:
    """Return whether the offers' areas include the municipalities, as positions in COVERS."""
    covers = np.repeat(setting.columns.covers[rows][None, :], len(setting.ground), axis=0)
    slot, place, value = setting.named.of(rows)
    covers[place, slot] = value
    return covers


def _homes(rows: Ints, setting: Setting) -> Bools:
    """Tell in which municipality each service itself (not only its provider) is."""
    here = np.zeros((len(setting.ground), len(rows)), np.bool_)
    homes = setting.home[rows]
    slots = np.flatnonzero(homes >= 0)
    here[homes[slots], slots] = True
    return here


def _thinkable(rows: Ints, setting: Setting) -> Bools:
    """Tell where the norm still thinks of an offer that does not say where it works."""
    ground, norm = setting.ground, setting.norm
    if norm.undecided_within is Neighbourhood.EVERYWHERE:
        return np.ones((len(ground), len(rows)), np.bool_)
    found: Bools = ground.orp[:, None] == setting.orp[rows]
    if norm.undecided_within is Neighbourhood.DISTRICT:
        found |= ground.district[:, None] == setting.district[rows]
    if norm.undecided_elsewhere:
        found |= setting.elsewhere[rows]
    return found


def thinkable_places(rows: Ints, setting: Setting) -> tuple[Ints, Ints]:
    """Return where the norm still thinks of these offers: the municipality, the row's position."""
    place, slot = np.nonzero(_thinkable(rows, setting))
    return place, slot


def _by_service(rows: Ints, columns: Columns, each: Offered) -> Offered:
    """Put the offers of one service together: the best of its places counts."""
    services, first, of = np.unique(columns.service[rows], return_index=True, return_inverse=True)
    others = np.setdiff1d(np.arange(len(rows)), first).tolist()
    if others:
        # Few services have several offers: these are joined one by one, the rest only taken.
        def any_of(values: Bools) -> Bools:
            best: Bools = values[:, first]
            for other in others:
                best[:, of[other]] |= values[:, other]
            return best

        def least_of(values: Floats) -> Floats:
            best: Floats = values[:, first]
            for other in others:
                column = best[:, of[other]]
                np.minimum(column, values[:, other], out=column)
            return best

        each = Offered(
            services=services,
            covering=any_of(each.covering),
            assumed=any_of(each.assumed),
            undecided=any_of(each.undecided),
            near=any_of(each.near),
            placed=any_of(each.placed),
            straight=least_of(each.straight),
            ways=tuple((least_of(km), least_of(minutes)) for km, minutes in each.ways),
        )
    known = each.covering | each.assumed | each.near
    return replace(each, services=services, undecided=each.undecided & ~known)
