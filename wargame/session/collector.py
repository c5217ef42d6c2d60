"""When Python's garbage collector may run: not over what stays for good, and not while somebody waits for a turn."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def spare_what_is_there() -> None:
    """Take everything that is there now for good: without this a turn may wait 100 ms for the collector."""
    gc.freeze()


@contextmanager
def put_off() -> Iterator[None]:
    """Put the collector off; it looks at what has gathered after the block."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
