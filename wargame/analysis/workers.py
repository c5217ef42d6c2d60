"""Processes that work for this one: started afresh, deaf to Ctrl-C, and ended when the work is broken off.

Ctrl-C reaches every process of a terminal. It is for the process that collects: the others do not hear it from their
first instruction on, since a signal that is held back stays so in a process that is started meanwhile.
"""

from __future__ import annotations

import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, ParamSpec, TypeVar

_Item = TypeVar("_Item")
_Done = TypeVar("_Done")
_Given = ParamSpec("_Given")
_Prepare = Callable[..., Any] | None
_Task = tuple[Callable[..., Any], tuple[Any, ...]]
_ENDED = "A process ended before its work was done."


class Pool(ProcessPoolExecutor):
    """A pool whose processes start deaf to Ctrl-C."""

    def submit(self, fn: Callable[_Given, _Done], /, *args: _Given.args, **kwargs: _Given.kwargs) -> Future[_Done]:
        """Start a process if one is wanting, and give it the work."""
        with _deaf():
            return super().submit(fn, *args, **kwargs)


def worker_pool(processes: int, prepare: _Prepare = None, *given: Any) -> Pool:
    """Return a pool; each of its processes calls ``prepare`` once, with what is given."""
    return Pool(processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(prepare, given))


class Workers:
    """Some processes that each do one task at a time, started when they are first wanted."""

    def __init__(self, processes: int, prepare: _Prepare = None, *given: Any) -> None:
        self.processes = processes
        self._begin_with = prepare, given
        self._idle: list[tuple[SpawnProcess, Connection]] = []

    def each(self, work: Callable[..., _Done], tasks: Sequence[tuple[Any, ...]]) -> Iterator[_Done]:
        """Yield ``work(*task)`` for each task in order, several at once.

        Processes that are at work when this is broken off are ended; others take their place when there is more to do.
        """
        waiting, done, told = deque(range(len(tasks))), dict[int, _Done](), 0
        busy: dict[Connection, tuple[SpawnProcess, int]] = {}
        try:
            while told < len(tasks):
                while waiting and len(busy) < self.processes:
                    process, line = self._idle.pop() if self._idle else _started(*self._begin_with)
                    busy[line] = process, waiting[0]
                    _ask(line, (work, tasks[waiting.popleft()]))
                ready = wait(list(busy))
                for line in [line for line in busy if line in ready]:
                    done[busy[line][1]] = _answer(line)
                    self._idle.append((busy.pop(line)[0], line))
                while told in done:
                    yield done.pop(told)
                    told += 1
        finally:
            for line, (process, _) in busy.items():
                _end(process, line)

    def end(self) -> None:
        """End all processes."""
        while self._idle:
            _end(*self._idle.pop())


@contextmanager
def workers(processes: int, prepare: _Prepare = None, *given: Any) -> Iterator[Workers]:
    """Give some processes for a while; each calls ``prepare`` once, with what is given."""
    found = Workers(processes, prepare, *given)
    try:
        yield found
    finally:
        found.end()


def for_each(
    work: Callable[..., _Done], items: Sequence[_Item], given: tuple[Any, ...], processes: int
) -> Iterator[_Done]:
    """Yield ``work(item, *given)`` for each item in order, several at once; in this process if there is only one."""
    if processes == 1 or len(items) < 2:
        yield from (work(item, *given) for item in items)
        return
    with workers(min(processes, len(items))) as some:
        yield from some.each(work, [(item, *given) for item in items])


def _started(prepare: _Prepare, given: tuple[Any, ...]) -> tuple[SpawnProcess, Connection]:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, prepare, given), daemon=True)
    with _deaf():
        process.start()
    there.close()
    return process, here


def _ask(line: Connection, task: _Task) -> None:
    try:
        line.send(task)
    except OSError as error:
        raise BrokenProcessPool(_ENDED) from error


def _answer(line: Connection) -> Any:
    try:
        good, found = line.recv()
    except (EOFError, OSError) as error:
        raise BrokenProcessPool(_ENDED) from error
    if not good:
        raise found
    return found


def _end(process: SpawnProcess, line: Connection) -> None:
    process.terminate()
    process.join()
    line.close()


@contextmanager
def _deaf() -> Iterator[None]:
    """Hold Ctrl-C back from this thread, and from what it starts, for a moment."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # would let the signal through again if it were started meanwhile
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ── in the processes ─────────────────────────────────────────────────────────────────────────────────────────


def _serve(line: Connection, prepare: _Prepare, given: tuple[Any, ...]) -> None:
    """Do what is asked until nobody asks any more."""
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        problem: Exception | None = None
        try:
            _begin(prepare, given)
        except Exception as error:
            problem = _told(error)
        while True:
            task: _Task = line.recv()
            if problem is not None:
                line.send((False, problem))
                continue
            try:
                found = True, task[0](*task[1])
            except Exception as error:
                found = False, _told(error)
            line.send(found)


def _told(error: Exception) -> Exception:
    error.add_note("".join(traceback.format_exception(error)))
    return error


def _begin(prepare: _Prepare, given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where signals cannot be held back
    if prepare is not None:
        prepare(*given)
