"""Processes that work for this one: started afresh, deaf to Ctrl-C, and let go when the work is broken off."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any


def worker_pool(processes: int, prepare: Callable[..., Any] | None = None, *given: Any) -> ProcessPoolExecutor:
    """Return a pool; each of its processes calls ``prepare`` once, with what is given."""
    context = get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(prepare, given))


@contextmanager
def workers(processes: int, prepare: Callable[..., Any] | None = None, *given: Any) -> Iterator[ProcessPoolExecutor]:
    """Give a pool for a while; what is still waiting is dropped if the while ends early."""
    with worker_pool(processes, prepare, *given) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _begin(prepare: Callable[..., Any] | None, given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that collects
    if prepare is not None:
        prepare(*given)
