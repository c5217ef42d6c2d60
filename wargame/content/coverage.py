"""Which sources of the index the scenarios rest on, and by which entries: what is covered, and what is not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wargame.content.problems import Problems
from wargame.content.reports import Report
from wargame.content.sources import Source, index
from wargame.content.yaml_source import Mapping as YamlMapping
from wargame.content.yaml_source import Node, Scalar, Sequence, read_yaml
from wargame.model.errors import ContentError, Place
from wargame.model.text import Text

KINDS: Final = ("mechanism", "move", "situation", "inject", "body", "loop")
"""The kinds of sources that are meant to become rules, moves, scenarios and injects; others are only cited."""
_UNDER: Final = ("source", "sources")


@dataclass(frozen=True, slots=True)
class Citation:
    """One entry that rests on a source."""

    source: str
    place: Place
    entry: str


@dataclass(frozen=True)
class Coverage:
    """What is cited by everything that some scenarios load."""

    scenarios: tuple[str, ...]
    packs: tuple[str, ...]
    """Rule packs that some scenario loads."""
    idle: tuple[str, ...]
    """Rule packs that none loads: they do not count."""
    citations: Mapping[str, tuple[Citation, ...]]
    """Source → where it is cited."""

    def of(self, kind: str, document: str = "") -> tuple[list[Source], list[Source]]:
        """Return the sources of a kind (and document) that are covered, and those that are not."""
        wanted = [s for s in index().values() if s.kind == kind and document in ("", s.document)]
        return [s for s in wanted if s.id in self.citations], [s for s in wanted if s.id not in self.citations]


def cover(reports: Iterable[Report], packs: Iterable[str]) -> Coverage:
    """Return what good scenarios cover; ``packs`` are all rule packs that there are."""
    texts: dict[str, str] = {}
    scenarios = []
    for report in reports:
        if report.scenario is not None and report.bundle is not None:
            scenarios.append(report.name)
            texts |= report.bundle.files
    loaded = {path.split("/")[1] for path in texts if path.startswith("rules/")}
    found: dict[str, dict[Citation, None]] = {}
    for path, text in sorted(texts.items()):
        root = read_yaml(text, path, Problems()) if path.endswith((".yaml", ".yml")) else None
        for citation in _cited(root, path) if root is not None else ():
            found.setdefault(citation.source, {})[citation] = None
    return Coverage(
        tuple(scenarios),
        tuple(sorted(loaded)),
        tuple(sorted(set(packs) - loaded)),
        {name: tuple(cited) for name, cited in found.items()},
    )


def _cited(root: YamlMapping, path: str) -> Iterator[Citation]:
    for section, (_, node) in root.entries.items():
        yield from _inside(node, path, section)


def _inside(node: Node, path: str, entry: str) -> Iterator[Citation]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _inside(item, path, entry)
    elif isinstance(node, YamlMapping):
        entry = _name(node) or entry
        for key, (_, value) in node.entries.items():
            if key in _UNDER and isinstance(value, Sequence):
                words = [item for item in value.items if isinstance(item, Scalar)]
                yield from (Citation(w.text, Place(path, w.line), entry) for w in words)
            else:
                yield from _inside(value, path, entry)


def _name(node: YamlMapping) -> str:
    """Return the id of an entry, or the name of a tie."""
    found = {key: value.text for key, (_, value) in node.entries.items() if isinstance(value, Scalar)}
    if "id" in found:
        return found["id"]
    ends = [found.get(key, "") for key in ("type", "from", "to")]
    return f"{ends[0]}({ends[1]}, {ends[2]})" if all(ends) else ""


# ── why something is not covered ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some sources are not covered."""

    title: Text
    why: Text
    sources: tuple[str, ...]


def read_reasons(path: Path) -> tuple[Reason, ...]:
    """Return the reasons of a file: a list ``uncovered`` of {title, why, sources}; raise ContentError."""
    problems = Problems()
    root = read_yaml(path.read_text(encoding="utf-8"), path.name, problems)
    listed = root.plain().get("uncovered") if root is not None else None  # type: ignore[union-attr]
    known, found = index(), []
    for number, entry in enumerate(listed if isinstance(listed, list) else ()):
        reason = _reason(entry)
        if reason is None:
            problems.add(Place(path.name), "wrong-type", _WRONG.fill(n=number + 1))
            continue
        for name in (name for name in reason.sources if name not in known):
            problems.unknown(Place(path.name), "source", name, known)
        found.append(reason)
    if problems.errors:
        raise ContentError(problems.errors)
    return tuple(found)


def _reason(entry: object) -> Reason | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("sources"), list):
        return None
    words = [entry.get(key) for key in ("title", "why")]
    if not all(isinstance(w, dict) and {"en", "es"} <= w.keys() for w in words):
        return None
    title, why = (Text(str(w["en"]), str(w["es"])) for w in words)  # type: ignore[index]
    return Reason(title, why, tuple(str(name) for name in entry["sources"]))


_WRONG: Final = Text(
    "entry {n} of 'uncovered' needs title and why in both languages, and a list of sources",
    "la entrada {n} de «uncovered» necesita title y why en ambos idiomas, y una lista de fuentes",
)
