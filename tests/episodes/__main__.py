"""Write the table of episodes: `python -m tests.episodes [--json] [--remake] [episode …]`."""

from __future__ import annotations

import json
import sys

from tests.episodes import table
from tests.episodes.facts import HERE


def main(words: list[str]) -> None:
    wanted = [w for w in words if not w.startswith("--")]
    rows = [table.row(e) for e in table.episodes() if not wanted or e["id"] in wanted]
    found = json.dumps(table.as_json(rows), indent=1, ensure_ascii=False)
    if "--remake" in words:
        (HERE / "baseline.json").write_text(found + "\n", encoding="utf-8")
    sys.stdout.write((found if "--json" in words else table.as_text(rows)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
