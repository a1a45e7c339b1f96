"""The gap report by ORP, and how evenly a capacity is shared."""

from dataclasses import replace

import pytest

from referral.network.gaps import Equity, GapStatus
from referral.web.gaps_orp import orp_picture, unknown_sentence, unknown_share
from referral.web.gaps_presenter import gaps_view
from referral.web.lorenz import equity_views
from support.gaps import a_gap_catalog, a_gap_report

CATALOG = a_gap_catalog()


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def rows_of(rule, report=None):
    report = report or a_gap_report()
    picture = orp_picture(report, CATALOG, gaps_view(report, CATALOG, rule=rule))
    return {row.code: row for row in picture.rows}


def test_an_orp_says_which_share_of_its_people_live_in_a_gap():
    rows = rows_of("40")
    assert plain(rows["Dolany"].value) == "67 % lidí v mezeře"
    assert plain(rows["Dolany"].detail) == "4 100 lidí v 1 obci; neznámo: 33 %"
    assert rows["Dolany"].key == "s4"
    assert plain(rows["Bystrá"].detail) == "mezera tu není; neznámo: 0 %"
    assert rows["Bystrá"].key == "s0"
    assert rows["Bystrá"].population == "12\u202f655"


def test_the_worst_orp_stands_first():
    assert list(rows_of("40")) == ["Dolany", "Bystrá"]


def test_under_all_rules_an_orp_has_the_mean_share_of_rules_with_a_gap():
    rows = rows_of("")
    # Dolany: 4,100 people have three gaps in three rules, 2,000 have one.
    share = (3 * 4_100 + 2_000) / (3 * 6_100)
    assert plain(rows["Dolany"].value) == f"{100 * share:.0f} % pravidel má mezeru"


def test_an_orp_of_which_mostly_nothing_is_known_is_not_shown_as_served():
    report = a_gap_report()
    results = tuple(replace(one, status=GapStatus.UNKNOWN) for one in report.results)
    assert {row.key for row in rows_of("40", replace(report, results=results)).values()} == {"sx"}


def test_a_little_is_never_told_as_nothing():
    report = a_gap_report()
    results = tuple(
        replace(
            one,
            status=GapStatus.GAP if one.municipality == "500011" else GapStatus.MET,
            population=10 if one.municipality == "500011" else one.population,
        )
        for one in report.results
    )
    rows = rows_of("40", replace(report, results=results))
    assert plain(rows["Bystrá"].value) == "méně než 1 % lidí v mezeře"
    assert rows["Bystrá"].key == "s1"


def test_nobody_counted_is_no_division():
    report = a_gap_report()
    results = tuple(replace(one, population=None) for one in report.results)
    assert rows_of("40", replace(report, results=results))["Dolany"].key == "s0"
    assert unknown_share(results) == 0.0


def test_how_much_rests_on_unknown_data_is_weighed_by_people():
    report = a_gap_report()
    assert plain(unknown_sentence(report, "40")) == "Výsledek nestojí na žádném neznámém údaji."
    results = tuple(
        replace(one, unknown_share=0.5 if one.municipality == "500021" else 0.0)
        for one in report.results
    )
    told = plain(unknown_sentence(replace(report, results=results), "40"))
    share = 0.5 * 2_000 / (12_345 + 310 + 4_100 + 2_000)
    assert f"stojí {100 * share:.0f} % výsledku" in told


def an_equity(**values):
    usual = {
        "rule": "40",
        "gini_if_zero": 0.25,
        "gini_if_median": 0.25,
        "lorenz_if_zero": ((0.0, 0.0), (0.5, 0.25), (1.0, 1.0)),
        "lorenz_if_median": ((0.0, 0.0), (0.5, 0.25), (1.0, 1.0)),
        "people": 100,
        "known_people": 100,
        "sure_people": 100,
    }
    return Equity(**{**usual, **values})


def views(*equity, rule=""):
    return equity_views(replace(a_gap_report(), equity=equity), CATALOG, rule)


def test_a_curve_is_drawn_and_told_in_words():
    (view,) = views(an_equity())
    assert view.least == "M0 100L50 75L100 0"
    assert view.most == ""
    assert "dosáhne dohromady na 25 % kapacity" in plain(view.reading)
    assert view.name.startswith("Pečovatelská služba")


def test_two_curves_are_drawn_where_the_unknown_matters():
    (view,) = views(an_equity(gini_if_median=0.1, lorenz_if_median=((0.0, 0.0), (1.0, 1.0))))
    assert view.most == "M0 100L100 0"


def test_the_half_is_read_between_two_points():
    (view,) = views(an_equity(lorenz_if_zero=((0.0, 0.0), (0.4, 0.2), (0.8, 0.6), (1.0, 1.0))))
    assert "na 30 % kapacity" in plain(view.reading)


def test_without_a_curve_there_is_a_sentence_alone():
    (view,) = views(
        an_equity(gini_if_zero=None, gini_if_median=None, lorenz_if_zero=(), lorenz_if_median=())
    )
    assert (view.least, view.most, view.reading) == ("", "", "")
    assert "nejde spočítat" in view.sentence


def test_points_that_lie_too_near_are_left_out_of_the_drawing():
    curve = tuple((at / 1000, at / 1000) for at in range(1001))
    (view,) = views(an_equity(lorenz_if_zero=curve))
    assert view.least.count("L") <= 201


@pytest.mark.parametrize(("rule", "count"), [("", 1), ("40", 1), ("49", 0)])
def test_a_page_of_one_rule_shows_the_inequality_of_that_rule(rule, count):
    assert len(views(an_equity(), rule=rule)) == count
