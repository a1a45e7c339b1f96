"""Maps drawn on the server: everything that explains them is in the drawing."""

import re
from dataclasses import replace

import pytest
from lxml import etree

from referral.web.boundaries import approximate_boundaries
from referral.web.drawing import drawn_png, drawn_svg
from referral.web.gaps_orp import orp_picture
from referral.web.gaps_presenter import gaps_view
from referral.web.pictures import LOOKS, Pin, legend_of, picture_of
from support.gaps import a_faultless_report, a_gap_catalog, a_gap_report

CATALOG = a_gap_catalog()
BORDERS = approximate_boundaries(CATALOG.territory)
SVG = "{http://www.w3.org/2000/svg}"


def picture(rule="40", report=None):
    report = report or a_gap_report()
    return picture_of(gaps_view(report, CATALOG, rule=rule), report.municipalities)


def drawn(one=None):
    return drawn_svg(one or picture(), CATALOG, BORDERS)


def read(svg: str):
    return etree.fromstring(svg.encode())


def texts(svg: str) -> str:
    found = (node.text or "" for node in read(svg).iter(f"{SVG}text"))
    return " ".join(found).replace("\u00a0", " ").replace("\u202f", " ")


def test_every_municipality_is_a_shape_that_tells_its_name_and_status():
    titles = [node.text for node in read(drawn()).iter(f"{SVG}title")]
    assert titles[0].startswith("Pečovatelská služba (§\u00a040)")
    assert sorted(titles[1:]) == sorted(
        [
            "Bystrá: splněno",
            "Lhota: splněno",
            "=Nová Ves: částečně",
            "Dolany: mezera",
            "Žďár: neznámo",
        ]
    )


def test_title_legend_norm_source_and_date_are_in_the_drawing():
    told = texts(drawn())
    assert "Pečovatelská služba (§ 40) – Zkušební kraj" in told
    assert "mezera (1)" in told
    assert "nejisté: rozhoduje odhad cesty" in told
    assert "není úředním standardem" in told
    assert "Zkušební norma" in told
    assert "Vypočteno 1. 9. 2026." in told
    assert "Thiessenovy polygony" in told
    assert re.search(r"\d+ km", told)


def test_patterns_are_drawn_beside_the_colours_and_only_those_that_are_used():
    svg = drawn()
    patterns = {node.get("id") for node in read(svg).iter(f"{SVG}pattern")}
    assert patterns == {"p-partial", "p-gap", "p-unknown"}
    assert set(re.findall(r"url\(#(p-[a-z0-9]+)\)", svg)) == patterns


def test_what_hangs_on_the_estimate_of_the_way_is_dashed_and_lies_on_top():
    svg = drawn()
    assert svg.index("=Nová Ves: ") > svg.index("Bystrá: splněno")
    assert "stroke-dasharray" in svg
    assert "stroke-dasharray" not in drawn(picture(report=a_faultless_report()))


def test_a_drawing_fetches_nothing_and_equal_pictures_make_equal_files():
    assert drawn() == drawn()
    assert not re.search(r"href|<image|<script|@import|http(?!://www\.w3\.org/2000/svg)", drawn())


def test_markup_in_a_name_stays_a_name():
    named = replace(picture(), caption="<script>alert(1)</script> & spol.", lead="")
    svg = drawn(named)
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
    assert read(svg) is not None


def test_pins_carry_their_numbers():
    place = CATALOG.territory.municipality("500020")
    pin = Pin(number="7", name="Dolany", point=place.point, text="místo 7")
    svg = drawn(replace(picture(), pins=(pin,)))
    assert "Dolany: místo 7" in svg
    assert ">7</text>" in svg


def test_a_name_that_would_cover_a_larger_town_is_left_out():
    told = texts(drawn())
    assert "Bystrá" in told
    assert "Dolany" in told


def test_orps_are_drawn_as_wholes():
    report = a_gap_report()
    view = gaps_view(report, CATALOG, rule="40")
    titles = [
        node.text for node in read(drawn(orp_picture(report, CATALOG, view))).iter(f"{SVG}title")
    ]
    assert len(titles) == 1 + 2


def test_the_png_is_made_of_the_same_drawing_without_the_fonts_of_the_computer():
    png = drawn_png(picture(), CATALOG, BORDERS)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20], "big") == 2000


@pytest.mark.parametrize("key", LOOKS)
def test_every_key_has_a_look_and_those_of_one_map_differ_without_colour(key):
    look = LOOKS[key]
    assert re.fullmatch(r"#[0-9a-f]{6}", look.fill)
    assert bool(look.pattern) == bool(look.ink)


@pytest.mark.parametrize(
    "keys",
    [
        ("s0", "s1", "s2", "s3", "s4", "sx"),
        ("new", "lost", "weaker", "n0"),
        ("b00", "b10", "b20", "b01", "b11", "b21", "b02", "b12", "b22", "bxx"),
    ],
)
def test_looks_of_one_map_are_told_apart_by_lightness_or_pattern(keys):
    seen = {(round(_light(LOOKS[key].fill), 2), LOOKS[key].pattern) for key in keys}
    assert len(seen) == len(keys)


def _light(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2


def test_a_legend_counts_what_the_rows_show():
    rows = picture().rows
    found = legend_of(rows, {"met": "splněno", "gap": "mezera"})
    assert [(item.key, item.count) for item in found] == [("met", "2"), ("gap", "1")]
