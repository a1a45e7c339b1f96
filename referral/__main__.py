"""Run the program as ``python -m referral``."""

from referral.cli import main

if __name__ == "__main__":
    main()
