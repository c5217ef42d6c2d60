"""When Python's garbage collector may run: not over what stays for good, and not while somebody waits."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def spare_what_is_there() -> None:
    """Take everything that is there now for good: without this a turn may wait 100 ms for the collector."""
    gc.freeze()


def wait_for_pauses() -> Callable[[], None]:
    """Let the collector go through everything only when it is told to, and not while somebody types.

    It takes longer than drawing the screen does. Returns what ends that.
    """
    usual = gc.get_threshold()
    gc.set_threshold(usual[0], usual[1], _NEVER)
    return lambda: gc.set_threshold(*usual)


def go_through() -> None:
    """Look for what nobody needs any more, and take the rest for good."""
    gc.collect()
    gc.freeze()


def go_through_if_due() -> None:
    """Do so if much has gathered since the last time."""
    if gc.get_count()[2] > _MUCH:
        go_through()


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


_NEVER = 1_000_000_000
_MUCH = 40
"""So many times the collector has looked at what was made last."""
