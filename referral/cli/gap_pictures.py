"""The map of a gap report as a picture for a report, and its table for Excel."""

from pathlib import Path

from referral.bootstrap import Program
from referral.catalog.snapshot import Catalog
from referral.cli.console import say, write
from referral.network.errors import PlacementError
from referral.network.gaps import GapReport
from referral.web.boundaries import Boundaries, boundaries_of
from referral.web.gaps_presenter import ALL_RULES, gaps_view


def write_pictures(
    report: GapReport,
    program: Program,
    *,
    rule: str | None,
    csv_file: Path | None,
    svg_file: Path | None,
    png_file: Path | None,
) -> None:
    """Write those files that are asked for; maps show one rule (its code), or all together.

    Raises:
        PlacementError: the norm has no such rule.
    """
    catalog = program.catalog()
    if csv_file:
        from referral.web.gaps_csv import gaps_csv  # noqa: PLC0415 - rarely asked for

        write(csv_file, gaps_csv(report, catalog))
        say(f"Tabulka: {csv_file}")
    if svg_file or png_file:
        # The typesetter that makes the PNG takes a while to load.
        from referral.web.drawing import drawn_svg, png_of  # noqa: PLC0415 - see above
        from referral.web.pictures import picture_of  # noqa: PLC0415 - as above

        shown = gaps_view(report, catalog, rule=_rule(report, rule))
        picture = picture_of(shown, report.municipalities)
        drawn = drawn_svg(picture, catalog, _borders(catalog, program))
        if svg_file:
            write(svg_file, drawn)
            say(f"Obrázek: {svg_file}")
        if png_file:
            write(png_file, png_of(drawn))
            say(f"Obrázek: {png_file}")


def _rule(report: GapReport, code: str | None) -> str:
    codes = [one.code for one in report.norm.rules]
    if code is not None and code not in codes:
        told = f"pravidlo „{code}“ v normě „{report.norm.name}“ není; pravidla jsou: "
        raise PlacementError(told + ", ".join(codes))
    return code or ALL_RULES


def _borders(catalog: Catalog, program: Program) -> Boundaries:
    return boundaries_of(catalog.territory, program.boundaries())
