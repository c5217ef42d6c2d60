"""What happens when the terminal goes away, or somebody ends the program: it leaves in order, and soon."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

HUNG_UP = 129
"""The exit code of a program that was hung up: 128 and the number of the signal."""
_PATIENCE = 2.0
"""Without its terminal a program may wait for ever; after so many seconds it waits no longer."""


def mind_hang_up(leave: Callable[[], object]) -> None:
    """Leave on SIGHUP and SIGTERM, where there are such signals and this is the main thread."""

    def hung_up() -> None:
        last = threading.Timer(_PATIENCE, os._exit, (HUNG_UP,))
        last.daemon = True
        last.start()
        leave()

    loop = asyncio.get_running_loop()
    for name in ("SIGHUP", "SIGTERM"):
        with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(getattr(signal, name), hung_up)
