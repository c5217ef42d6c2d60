"""Telling screens look as they did when somebody last looked at them (see ``snapshots`` for how to renew them)."""

from __future__ import annotations

import pytest

from tests.tui.snapshots import FOLDER, SNAPSHOTS, Snapshot, taken


@pytest.mark.parametrize("snapshot", SNAPSHOTS, ids=lambda s: s.name)
def test_a_screen_looks_as_it_did(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    kept = (FOLDER / f"{snapshot.name}.svg").read_text(encoding="utf-8")
    now = taken(snapshot)
    old, new = (set(picture.splitlines()) for picture in (kept, now))
    assert now == kept, f"python -m tests.tui.snapshots {snapshot.name}, and look at it; new: {sorted(new - old)[:5]}"


def test_every_snapshot_is_of_a_screen_that_is_tested() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {snapshot.name for snapshot in SNAPSHOTS}
