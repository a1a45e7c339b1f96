"""All offers under one request at once: who stays, with how many points, and who is near.

The rules are those of ``assess`` and ``explain``, which remain the definition; here they meet whole
columns, and tests hold both to the same answers. What is shown is then explained by them.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from referral.catalog.areas import Covers
from referral.geo import distances_km
from referral.matching.asking import Asking, asking_of
from referral.matching.circles import overlapping
from referral.matching.columns import COVERS, SEXES, Bools, Bytes, Columns, Floats, Ints, words
from referral.matching.exclusion import ExclusionCode
from referral.matching.exclusions import client_exclusions
from referral.matching.order import NEARNESS
from referral.matching.request import ReferralRequest
from referral.matching.standing import WAY_STATES, Standing

_YES, _UNKNOWN = COVERS.index(Covers.YES), COVERS.index(Covers.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Screened:
    """The offers that answer a need, by their ``rows`` in the columns.

    ``against`` counts the reasons against each, ``refused`` are the rows of services that refused
    this client and still hold to it; ``way`` are positions in the way table, ``open`` bits of the
    open ways, ``km`` straight lines (NaN
    where not known), ``near`` positions in the order of nearness, ``covers`` positions in COVERS.
    ``needs`` are the answered needs by trait.
    """

    asking: Asking
    standing: Standing
    rows: Ints
    against: Bytes
    refused: Collection[int]
    way: Bytes
    open: Bytes
    km: Floats
    near: Bytes
    covers: Bytes
    needs: Mapping[int, tuple[str, ...]]

    @property
    def request(self) -> ReferralRequest:
        """The request under which the offers are screened."""
        return self.asking.request


def screen(request: ReferralRequest, standing: Standing) -> Screened:
    """Find the offers that answer an asked need, and count the reasons against each."""
    columns, place = standing.columns, request.place
    asking = asking_of(
        request, catalog=columns.catalog, policy=standing.policy, today=standing.today
    )
    needs = _needs_by_trait(request, columns)
    rows = _answering(request, columns)
    km = distances_km(
        columns.x.take(rows),
        columns.y.take(rows),
        place.point,
        projected=columns.grounds.planes.get(place.point),
    )
    far = (km > standing.policy.limits.ambulatory_km).view(np.uint8)
    covers = _covers(request, columns).take(rows)
    table = standing.way_table(request.forms)
    state = columns.forms.take(rows) * np.uint8(WAY_STATES)
    state += covers * np.uint8(3)
    state += (km >= 0).view(np.uint8)
    state += far
    against = table.against.take(state)
    against += standing.ended.take(rows)
    for reason in _client_reasons(asking, rows, standing):
        against += reason
    refused = _refused(request, standing)
    for row, reasons in refused.items():
        position = int(np.searchsorted(rows, row))
        if position < len(rows) and rows[position] == row:
            against[position] += reasons
    open_ways = table.open.take(state)
    return Screened(
        asking=asking,
        standing=standing,
        rows=rows,
        against=against,
        refused=refused.keys(),
        way=state,
        open=open_ways,
        km=km,
        near=_nearness(columns.municipality.take(rows), request, columns),
        covers=covers,
        needs=needs,
    )


def _answering(request: ReferralRequest, columns: Columns) -> Ints:
    """Return the rows of the offers that answer any of the needs."""
    per_need = [columns.rows[need] for need in request.need_codes]
    if len(per_need) == 1:
        return per_need[0]
    answers = np.zeros(len(columns.offers), np.bool_)
    for rows in per_need:
        answers[rows] = True
    return answers.nonzero()[0]


def _needs_by_trait(request: ReferralRequest, columns: Columns) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for need in dict.fromkeys(request.need_codes):
        for trait in columns.answering[need]:
            found.setdefault(trait, []).append(need)
    return {trait: tuple(needs) for trait, needs in found.items()}


def _covers(request: ReferralRequest, columns: Columns) -> Bytes:
    code = request.place.code
    covers = columns.covers.copy()
    if code in columns.possibly:
        covers[columns.possibly[code]] = _UNKNOWN
    if code in columns.surely:
        covers[columns.surely[code]] = _YES
    return covers


def _nearness(municipalities: Ints, request: ReferralRequest, columns: Columns) -> Bytes:
    """Return what municipalities share with the place: positions in the order of nearness."""
    grounds = columns.grounds
    near = np.full(grounds.loaded + 1, NEARNESS["none"], np.uint8)
    near[-1] = len(NEARNESS)
    if request.place.code in grounds.codes or (municipalities < grounds.loaded).any():
        home = columns.catalog.territory.municipality(request.place.code)
        near[grounds.districts[home.district]] = NEARNESS["district"]
        near[grounds.orps[home.orp]] = NEARNESS["orp"]
        near[grounds.codes[home.code]] = NEARNESS["municipality"]
    return near.take(municipalities)


def _client_reasons(asking: Asking, rows: Ints, standing: Standing) -> Iterator[Bytes]:
    """Yield columns of zeros and ones: the reasons that hold wherever the client lives."""
    columns, request = standing.columns, asking.request
    if request.age is not None:
        outside = columns.lowest.take(rows) > request.age
        outside |= columns.highest.take(rows) < request.age
        yield outside.view(np.uint8)
    if request.sex is not None:
        sex = columns.sex.take(rows)
        yield ((sex != 0) & (sex != SEXES.index(request.sex))).view(np.uint8)
    if request.groups:
        inside = touching(asking.client.touched_by_sure, rows, columns)
        yield (~inside).view(np.uint8) & columns.declared.take(rows)
    for barrier in sorted(request.barriers):
        yield standing.excluding(barrier).take(rows)


def meeting(groups: frozenset[str], rows: Ints, columns: Columns) -> Bools:
    """Tell of which offers' circles somebody of the groups may be, as ``overlapping`` does."""
    touched = overlapping(frozenset(columns.groups), groups, columns.catalog.vocabulary)
    return touching(touched, rows, columns)


def touching(groups: frozenset[str], rows: Ints, columns: Columns) -> Bools:
    """Tell the circles of which offers hold one of the groups."""
    found = np.zeros(len(rows), np.bool_)
    for circle, wanted in zip(columns.circle, words(groups, columns.groups), strict=True):
        if wanted:
            found |= (circle.take(rows) & np.uint64(wanted)) != 0
    return found


def _refused(request: ReferralRequest, standing: Standing) -> Mapping[int, int]:
    """Return the rows of services that hold to their refusal, with the number of refusals."""
    columns = standing.columns
    found: dict[int, int] = {}
    for service_id in dict.fromkeys(one.service_id for one in request.refusals):
        if service_id not in columns.positions:
            continue
        position = columns.positions[service_id]
        reasons = client_exclusions(
            columns.services[position],
            request=request,
            vocabulary=columns.catalog.vocabulary,
            policy=standing.policy,
            today=standing.today,
        )
        held = sum(reason.kind is ExclusionCode.REFUSED for reason in reasons)
        if held:
            found |= dict.fromkeys(columns.rows_of(position), held)
    return found
