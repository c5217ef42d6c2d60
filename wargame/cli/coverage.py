"""Which sources the scenarios rest on: a table, the same as data, or a page with every source and every reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from wargame.cli.checking import Check, reports_on
from wargame.cli.exits import ExitCode
from wargame.cli.lines import table
from wargame.cli.speech import Voice
from wargame.content import coverage as covering
from wargame.content.coverage import Coverage, Reason
from wargame.content.listing import pack_names
from wargame.content.sources import DOCUMENTS, Source
from wargame.model.text import Text

REASONS: Final = Path("docs") / "uncovered.yaml"
"""Where the reasons are kept why some sources are not covered, below the working folder."""


def tell_coverage(voice: Voice, check: Check, markdown: bool) -> ExitCode:
    """Write which sources of the index are covered by what the scenarios load."""
    reports = reports_on(check.paths)
    found = covering.cover(reports, pack_names())
    reasons = covering.read_reasons(REASONS) if REASONS.is_file() else ()
    if markdown:
        for line in _page(voice, found, reasons):
            voice.data(line)
    elif check.as_json:
        voice.data(json.dumps(_coverage_json(found, reasons), ensure_ascii=False, indent=2))
    else:
        for line in table(*_table(voice, found)):
            voice.data(line)
    _narrate(voice, found, reasons)
    return ExitCode.CONTENT if any(report.problems for report in reports) else ExitCode.OK


def _narrate(voice: Voice, found: Coverage, reasons: Sequence[Reason]) -> None:
    voice.narrate(_COUNTED.fill(scenarios=", ".join(found.scenarios) or "–"))
    if found.idle:
        voice.narrate(_IDLE.fill(packs=", ".join(found.idle)))
    given = {name for reason in reasons for name in reason.sources}
    bare = [s.id for kind in covering.KINDS for s in found.of(kind)[1] if s.id not in given]
    if bare and reasons:
        voice.narrate(_BARE.fill(n=len(bare), first=", ".join(bare[:8])))
    late = sorted(given & found.citations.keys())
    if late:
        voice.narrate(_LATE.fill(n=len(late), first=", ".join(late[:8])))


def _table(voice: Voice, found: Coverage) -> tuple[list[str], list[list[str]]]:
    """Return the table: a row for each kind, and below it one for each document."""
    rows = []
    for kind in covering.KINDS:
        rows.append([voice.of(_KINDS[kind]), *_share(voice, found, kind)])
        documents = _documents(found, kind)
        if len(documents) > 1:
            rows += [[f"  {document}", *_share(voice, found, kind, document)] for document in documents]
    return [voice.of(text) for text in _HEAD], rows


def _share(voice: Voice, found: Coverage, kind: str, document: str = "") -> list[str]:
    have, lack = found.of(kind, document)
    total = len(have) + len(lack)
    return [str(len(have)), str(total), voice.percent(len(have) / total)]


def _documents(found: Coverage, kind: str) -> list[str]:
    have, lack = found.of(kind)
    return sorted({source.document for source in (*have, *lack)})


def _coverage_json(found: Coverage, reasons: Sequence[Reason]) -> dict[str, Any]:
    kinds = {}
    for kind in covering.KINDS:
        have, lack = found.of(kind)
        kinds[kind] = {
            "covered": len(have),
            "all": len(have) + len(lack),
            "documents": {d: [len(part) for part in found.of(kind, d)] for d in _documents(found, kind)},
            "missing": [source.id for source in lack],
        }
    cited = {
        name: [{"file": c.place.file, "line": c.place.line, "entry": c.entry} for c in places]
        for name, places in sorted(found.citations.items())
    }
    why = [{"title": _both(r.title), "why": _both(r.why), "sources": list(r.sources)} for r in reasons]
    return {
        "scenarios": list(found.scenarios),
        "packs": list(found.packs),
        "packs_not_loaded": list(found.idle),
        "kinds": kinds,
        "citations": cited,
        "reasons": why,
    }


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "es": text.es}


def _page(voice: Voice, found: Coverage, reasons: Sequence[Reason]) -> Iterator[str]:
    """Yield the page: the table, what covers each source, and why the others are not covered."""
    yield from (f"# {voice.of(_TITLE)}", "", voice.of(_INTRO.fill(scenarios=", ".join(found.scenarios))))
    if found.idle:
        yield from ("", voice.of(_IDLE.fill(packs=", ".join(found.idle))))
    head, rows = _table(voice, found)
    yield from ("", f"| {' | '.join(head)} |", "|---|---:|---:|---:|")
    yield from (f"| {' | '.join(cell.replace('  ', '· ') for cell in row)} |" for row in rows)
    yield from ("", f"## {voice.of(_NOT_COVERED)}", "")
    yield from _uncovered(voice, found, reasons)
    for kind in covering.KINDS:
        have = found.of(kind)[0]
        if have:
            yield from ("", f"## {voice.of(_KINDS[kind])}", "", f"| {' | '.join(voice.of(t) for t in _COLUMNS)} |")
            yield "|---|---|---|"
            yield from (_covered(voice, source, found) for source in have)


def _covered(voice: Voice, source: Source, found: Coverage) -> str:
    places = found.citations[source.id]
    told = [f"`{c.entry}` ({c.place.file}:{c.place.line})" for c in places[:_MOST]]
    more = f", +{len(places) - _MOST}" if len(places) > _MOST else ""
    return f"| {source.id} | {_cell(voice, source)} | {', '.join(told)}{more} |"


_MOST: Final = 3
"""How many entries are named for one source."""


def _uncovered(voice: Voice, found: Coverage, reasons: Sequence[Reason]) -> Iterator[str]:
    left = {s.id: s for kind in covering.KINDS for s in found.of(kind)[1]}
    for reason in reasons:
        own = [left.pop(name) for name in reason.sources if name in left]
        if own:
            yield from (f"### {voice.of(reason.title)}", "", voice.of(reason.why), "")
            yield from (f"- {s.id}: {_cell(voice, s)}" for s in own)
            yield ""
    if left:
        yield from (f"### {voice.of(_NO_REASON)}", "")
        yield from (f"- {s.id} ({DOCUMENTS[s.document].say(voice.language)}): {_cell(voice, s)}" for s in left.values())
        yield ""


def _cell(voice: Voice, source: Source) -> str:
    return voice.of(source.title).replace("|", "/")


_HEAD = (Text("sources", "fuentes"), Text("covered", "cubiertas"), Text("all", "todas"), Text("share", "parte"))
_KINDS = {
    "mechanism": Text("Mechanisms", "Mecanismos"),
    "move": Text("Moves", "Acciones"),
    "situation": Text("Situations", "Situaciones"),
    "inject": Text("Injects", "Inyectos"),
    "body": Text("Bodies", "Organismos"),
    "loop": Text("Loops", "Círculos causales"),
}
_COLUMNS = (Text("source", "fuente"), Text("what it is", "qué es"), Text("covered by", "cubierta por"))
_TITLE = Text("Coverage", "Cobertura")
_INTRO = Text(
    "Which sources of the index the shipped scenarios rest on: a source is covered where an entry that one of "
    "them loads names it under `source`. Counted: {scenarios}. Made with `wargame check --coverage --markdown`; the "
    "reasons below are kept in `docs/uncovered.yaml`.",
    "En qué fuentes del índice se apoyan los escenarios: una fuente está cubierta donde una entrada que carga "
    "alguno la nombra en `source`. Se cuentan: {scenarios}. Hecho con `wargame check --coverage --markdown`; las "
    "razones de abajo están en `docs/uncovered.yaml`.",
)
_NOT_COVERED = Text("Not covered, and why", "Lo que no está cubierto, y por qué")
_NO_REASON = Text("No reason given yet", "Todavía sin razón")
_COUNTED = Text("Counted: what these scenarios load: {scenarios}.", "Se cuenta lo que cargan: {scenarios}.")
_IDLE = Text(
    "Not counted, for no scenario loads them: {packs}.", "No se cuentan, pues ningún escenario los carga: {packs}."
)
_BARE = Text(
    "{n} sources are neither covered nor given a reason in docs/uncovered.yaml: {first}…",
    "{n} fuentes no están cubiertas ni tienen razón en docs/uncovered.yaml: {first}…",
)
_LATE = Text(
    "{n} sources have a reason in docs/uncovered.yaml and are covered by now: {first}…",
    "{n} fuentes tienen razón en docs/uncovered.yaml y ya están cubiertas: {first}…",
)
