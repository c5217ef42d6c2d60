"""A case with and without one order, under every lens: what docs/hindcasts.md tells users to do by hand."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from wargame.analysis.hindcast import hindcast
from wargame.content.bundle import Bundle
from wargame.content.load import load_with_bundle
from wargame.model.ticks import Floats

CASE = Path(__file__).parents[2] / "scenarios" / "colombia-2012"
LENSES = ("pressure-decides", "money-as-terrain", "promises-decide")
SESSIONS, SEED = 40, 1


def with_planes(folder: Path) -> Path:
    """Write the case without the order that grounds the planes, the flights of 2015 going on every year."""
    copy = folder / CASE.name
    shutil.copytree(CASE, copy)
    injects = copy / "injects.yaml"
    text = injects.read_text(encoding="utf-8")
    order = re.compile(r"  - id: the-planes-stay-down.*?(?=  - id: )", flags=re.DOTALL)
    injects.write_text(order.sub("", text), encoding="utf-8")
    chapter = copy / "hindcast.yaml"
    text = chapter.read_text(encoding="utf-8")
    flights = re.findall(r"^    - \{on: 2015-\d\d-15.* move: fly-over-the-fields.*$", text, flags=re.MULTILINE)
    last = [f.replace("2015-08-", "2015-11-") for f in flights if "on: 2015-08-" in f]
    later = [f.replace("on: 2015-", f"on: {year}-") for year in range(2016, 2021) for f in (*flights, *last)]
    start = "    # the accord\n"
    assert start in text
    assert len(last) == 4
    chapter.write_text(text.replace(start, "\n".join((*last, *later)) + "\n" + start), encoding="utf-8")
    return copy


def coca(bundle: Bundle, lens: str) -> Floats:
    """Return what each session says of the coca at the end of 2018."""
    found = hindcast(bundle, lens, SESSIONS, SEED, workers=1).series["coca_col_unodc"]
    (row,) = (number for number, row in enumerate(found.rows) if row.end.year == 2018)
    said: Floats = found.points.said[row]
    return said


@pytest.mark.slow
def test_fewer_fields_where_the_planes_fly_on_most_of_all_where_pressure_decides(tmp_path: Path) -> None:
    _, grounded = load_with_bundle(CASE)
    _, flying = load_with_bundle(with_planes(tmp_path))
    less = {lens: float(np.median(coca(grounded, lens) - coca(flying, lens))) for lens in LENSES}
    assert all(hectares > 10_000 for hectares in less.values()), less
    assert less["pressure-decides"] > less["promises-decide"], less
