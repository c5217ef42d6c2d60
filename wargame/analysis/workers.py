"""Processes that work for this one: started afresh, deaf to Ctrl-C, and let go when the work is broken off."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

_Item = TypeVar("_Item")
_Done = TypeVar("_Done")


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


def for_each(
    work: Callable[..., _Done], items: Sequence[_Item], given: tuple[Any, ...], processes: int
) -> Iterator[_Done]:
    """Yield ``work(item, *given)`` for each item in order, several at once; in this process if there is only one."""
    if processes == 1 or len(items) < 2:
        yield from (work(item, *given) for item in items)
        return
    with workers(min(processes, len(items))) as pool:
        jobs = [pool.submit(work, item, *given) for item in items]
        yield from (job.result() for job in jobs)


def _begin(prepare: Callable[..., Any] | None, given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that collects
    if prepare is not None:
        prepare(*given)
