"""Hypothesis strategies: rules of every kind, and catalogues in which they find something."""

from datetime import date

from hypothesis import strategies as st

from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.network.norms import Level, Metric, Neighbourhood, Norm, NormStatus, Rule
from support.matching import VOCABULARY, a_world, catalogs


@st.composite
def rules(draw) -> Rule:
    need = draw(st.sampled_from([one for one in VOCABULARY.needs.values() if one.service_types]))
    metric = draw(st.sampled_from([one for one in Metric if one.counts or one.by_way]))
    threshold = draw(st.integers(1, 3) if metric.counts else st.floats(1, 120))
    return Rule(
        code="R",
        type=draw(st.sampled_from(need.service_types)),
        need=need.code,
        metric=metric,
        threshold=threshold,
        unit="",
        source="zkouška",
        form=draw(st.none() | st.sampled_from(Form)),
        partial=draw(st.none() | st.just(1 if metric.counts else threshold + 20)),
        group=draw(st.none() | st.sampled_from(sorted(VOCABULARY.groups))),
        age=draw(st.none() | st.integers(0, 90)),
        count=draw(st.integers(1, 2)) if metric.by_way else 1,
        level=draw(st.sampled_from([Level.MUNICIPALITY, Level.ORP]))
        if metric is Metric.PRESENCE
        else Level.MUNICIPALITY,
    )


@st.composite
def norms(draw) -> Norm:
    return Norm(
        id="n",
        name="Zkušební",
        status=NormStatus.GUIDE,
        source="zkouška",
        territory="nikde",
        authority="nikdo",
        valid_from=date(2026, 1, 1),
        rules=(draw(rules()),),
        undecided_within=draw(st.sampled_from(Neighbourhood)),
        undecided_elsewhere=draw(st.booleans()),
    )


@st.composite
def questions(draw, *, places: int = 2) -> tuple[Catalog, Norm]:
    """Draw a norm of one rule and a catalogue in which most services are of the rule's type."""
    norm = draw(norms())
    catalog = draw(catalogs(of_type=norm.rules[0].type))
    few = (one for one in catalog.services.values() if len(one.locations) <= places)
    return a_world(*few), norm
