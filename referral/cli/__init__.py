"""The command line: results on stdout, messages on stderr; exit 0 done, 1 bad input, 2 usage."""

from referral.cli.main import main

__all__ = ["main"]
