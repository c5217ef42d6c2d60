"""What was measured, as tables and as bars that are met or missed."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.clock import Rates, Waits

CAREFUL, NATIVE = "careful Python", "C"


@dataclass(frozen=True, slots=True)
class Bar:
    """Something promised: a number that must be at least, or at most, a limit."""

    what: str
    value: float
    limit: float
    unit: str = ""
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Say whether it is kept."""
        return self.value <= self.limit if self.at_most else self.value >= self.limit

    def line(self) -> tuple[str, ...]:
        """Return the bar as a line of a table."""
        sign = "≤" if self.at_most else "≥"
        word = "met" if self.met else "MISSED"
        return self.what, f"{sign} {_number(self.limit)} {self.unit}".strip(), _number(self.value), word


def print_machine() -> None:
    """Print on what it was measured."""
    versions = f"Python {platform.python_version()} · numpy {np.__version__}"
    print(f"{_processor()} · {os.cpu_count()} processors · {versions}{_load()}")


def print_rates(title: str, rates: Mapping[str, Rates], references: Sequence[str] = ()) -> None:
    """Print sessions per second, and how many times each reference that is."""
    known = [name for name in references if name in rates]
    head = ("", "sessions/s per core", "lowest–highest", *(f"× {name}" for name in known))
    lines = [
        (
            name,
            f"{rate.median:,.0f}",
            f"{min(rate.rounds):,.0f}–{max(rate.rounds):,.0f}",
            *(f"{rate.against(rates[other]):.3g}" for other in known),
        )
        for name, rate in rates.items()
    ]
    _print_table(title, head, lines)


def print_waits(title: str, waits: Mapping[str, Waits]) -> None:
    """Print milliseconds."""
    lines = [(name, f"{wait.median:.1f}", f"{wait.longest:.1f}", f"{wait.worked:.1f}") for name, wait in waits.items()]
    _print_table(title, ("", "ms, median", "longest", "of processor time, median"), lines)


def print_bars(bars: Sequence[Bar]) -> None:
    """Print what was promised and what came of it."""
    _print_table("Bars", ("", "promised", "measured", ""), [bar.line() for bar in bars])


def _print_table(title: str, head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> None:
    rows = [head, *lines]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    print(f"\n{title}")
    for row in rows:
        first, *others = (
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        print("  " + "   ".join((first, *others)).rstrip())


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _load() -> str:
    """Say how busy the machine is already; more than a little makes waits longer and rates lower."""
    try:
        return f" · load before {os.getloadavg()[0]:.1f}"
    except (AttributeError, OSError):
        return ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
