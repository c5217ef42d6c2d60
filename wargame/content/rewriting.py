"""New values for parameters, written where the old ones stand; comments and everything else stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from wargame.model.errors import ContentError, Place, Problem
from wargame.model.text import Text

_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def rewrite(values: Mapping[Place, tuple[float, float]]) -> list[Path]:
    """Write new values (place → old, new) into their files and return these; raise ContentError before any is changed.

    A place must hold the old value: a file that has changed since it was read is left alone.
    """
    by_file: dict[str, list[tuple[Place, float, float]]] = {}
    for place, (old, new) in values.items():
        by_file.setdefault(place.file, []).append((place, old, new))
    written = {Path(file): _rewritten(Path(file), some) for file, some in by_file.items()}
    for path, text in written.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(written)


def _rewritten(path: Path, changes: list[tuple[Place, float, float]]) -> str:
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    for place, old, new in sorted(changes, key=lambda c: (c[0].line, -c[0].column)):
        line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        found = _NUMBER.match(line, place.column - 1)
        if found is None or float(found.group()) != old:
            raise ContentError((Problem(place, "moved-value", _MOVED.fill(old=f"{old:.12g}")),))
        lines[place.line - 1] = line[: found.start()] + f"{new:.12g}" + line[found.end() :]
    return "\n".join(lines)


_MOVED: Final = Text("the value {old} does not stand here any more", "el valor {old} ya no está aquí")
