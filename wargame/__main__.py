"""The roof: picks a front end, and imports nothing before it knows which.

``wargame``, ``python -m wargame`` and ``make play`` all arrive here.
"""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit code (``wargame.cli.exits``)."""
    from wargame.cli.app import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
