"""Time in a test's hands."""

from datetime import timedelta

from referral.bootstrap import Program
from support.build import TODAY


def on_day(program: Program, days: int) -> Program:
    """Return the program after so many days have passed."""
    program.today = lambda: TODAY + timedelta(days=days)
    return program
