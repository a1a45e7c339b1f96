"""E2SFCA by PySAL's ``access``: on pairs that it is given, and with a search of its own."""

from collections.abc import Sequence
from types import ModuleType

import numpy as np

from referral.geo.travel import DEFAULT_ESTIMATE, Ints, Spots
from referral.network.catchment import STEPS
from referral.network.supply import Supply

FAR_KM = DEFAULT_ESTIMATE.straight_within(STEPS[-1][0])


def installed() -> ModuleType | None:
    """Return the package, or None where it is not installed: it is no dependency."""
    try:
        import access  # noqa: PLC0415 - only where it is installed
    except ImportError:
        return None
    else:
        return access


def on_pairs(
    demand: np.ndarray, amount: np.ndarray, *, origin: Ints, destination: Ints, minutes: np.ndarray
) -> np.ndarray:
    """Return what a thousand people reach, from pairs with their minutes."""
    import pandas as pd  # noqa: PLC0415 - comes with access
    from access import Access, weights  # noqa: PLC0415 - only where it is installed

    theirs = Access(
        demand_df=pd.DataFrame({"id": np.arange(len(demand)), "people": demand}),
        demand_index="id",
        demand_value="people",
        supply_df=pd.DataFrame({"id": np.arange(len(amount)), "amount": amount}),
        supply_index="id",
        supply_value="amount",
        cost_df=pd.DataFrame({"origin": origin, "dest": destination, "minutes": minutes}),
        cost_origin="origin",
        cost_dest="dest",
        cost_name="minutes",
    )
    step = weights.step_fn({int(limit): weight for limit, weight in STEPS})
    theirs.enhanced_two_stage_fca(name="e", max_cost=STEPS[-1][0], weight_fn=step)
    found = theirs.access_df["e_amount"].reindex(np.arange(len(demand))).fillna(0.0)
    return found.to_numpy() * 1000


def with_its_search(places: Spots, demand: np.ndarray, supply: Supply, slots: Ints) -> np.ndarray:
    """Return the same from points alone: straight lines by ``create_euclidean_distance``.

    Steps are km that correspond to the minutes, so the answer is the same.
    """
    import geopandas as gpd  # noqa: PLC0415 - comes with access
    from access import Access, weights  # noqa: PLC0415 - only where it is installed

    def layer(x: np.ndarray, y: np.ndarray, **values: Sequence[float]) -> gpd.GeoDataFrame:
        points = gpd.points_from_xy(x / 1000, y / 1000)
        return gpd.GeoDataFrame({"id": np.arange(len(x)), **values}, geometry=points)

    theirs = Access(
        demand_df=layer(places.x, places.y, people=demand),
        demand_index="id",
        demand_value="people",
        supply_df=layer(supply.x[slots], supply.y[slots], amount=supply.amount[slots]),
        supply_index="id",
        supply_value="amount",
    )
    theirs.create_euclidean_distance(name="km", threshold=FAR_KM * (1 + 1e-12))
    steps = {DEFAULT_ESTIMATE.straight_within(limit): weight for limit, weight in STEPS}
    theirs.enhanced_two_stage_fca(
        name="e", cost="km", max_cost=FAR_KM, weight_fn=weights.step_fn(steps)
    )
    found = theirs.access_df["e_amount"].reindex(np.arange(len(demand))).fillna(0.0)
    return found.to_numpy() * 1000
