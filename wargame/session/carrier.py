"""The file that carries one session: plain JSON Lines in UTF-8; the same session always gives the same bytes.

    {"header":{…},"wargame":1}                                 what it is, and the header
    {"content":{"digest":"…","text":"…"}}                      the pinned content ("base64" where that is shorter)
    {"record":{"seq":0, … ,"previous":"…","hash":"…"}}         one line for each record
    {"end":{"head":"…","records":214,"sha256":"…"}}            closes all lines before with their SHA-256

Each line is canonical JSON and ends with one line feed; nothing follows the last, which every version of the file
will have. Whatever changes a byte therefore shows: in a line that is not canonical, in a hash of the chain, in the
digest of the content, or in the closing sum. Nothing is compressed: compressors differ between systems, and a
compressed file from a stranger may unfold to anything.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from wargame.model.errors import LibraryError, SessionError, VerificationError
from wargame.model.text import Text, same
from wargame.session.canonical import MAX_DEPTH, canonical, parse
from wargame.session.chain import SLICE, Chain, ChainError, checked_content
from wargame.session.header import Header, checked_header, header_of
from wargame.session.records import Record
from wargame.session.store import MAX_CONTENT, Store

SUFFIX = ".wargame"
VERSION = 1
"""The version of the file; a reader of this version refuses later ones."""

MAX_LINE = MAX_CONTENT // 3 * 4 + 4096
"""The longest line, in bytes: the longest content in base64, and longer than the longest record."""

_RECORD = {
    "seq": int, "time": str, "turn": int, "phase": str, "game_date": str, "seat": str, "kind": str, "payload": dict,
    "previous": str, "hash": str,
}  # fmt: skip


class FileError(VerificationError):
    """The first line of a session file that is not what was written."""

    def __init__(self, path: Path, line: int, why: Text) -> None:
        super().__init__(
            Text(
                "{file} is not what was exported, line {line}: {why}",
                "{file} no es lo que se exportó, línea {line}: {why}",
            ).fill(file=path.name, line=line, why=why)
        )
        self.line = line


@dataclass(frozen=True, slots=True)
class Export:
    """An open session file: its header, its content, and its records to be read once, in order, to the end."""

    header: Header
    content: bytes
    records: Iterator[Record]


# ── out ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def export_lines(store: Store, session: str, count: int) -> Iterator[bytes]:
    """Return the lines of the file that holds the first ``count`` records of a session."""
    total, chain = sha256(), Chain(store.header(session))
    for value in _values(store, chain, count):
        line = _line(value)
        total.update(line)
        yield line
    yield _line({"end": _end(chain, total.hexdigest())})


def _values(store: Store, chain: Chain, count: int) -> Iterator[dict[str, Any]]:
    """Return what stands in each line but the last; a damaged session is not handed on."""
    session = chain.header.session
    yield {"header": chain.header.plain(), "wargame": VERSION}
    yield {"content": {"digest": chain.header.content, **_packed(store.content(session))}}
    for start in range(0, count, SLICE):
        for record in store.records(session, start, min(start + SLICE, count)):
            chain.take(record)
            yield {"record": record.plain()}


def _packed(content: bytes) -> dict[str, str]:
    """Return content as text if that is no longer than base64."""
    coded = base64.b64encode(content).decode("ascii")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": coded}
    readable = len(canonical(text).encode("utf-8")) <= len(coded) + 2
    return {"text": text} if readable else {"base64": coded}


def _end(chain: Chain, total: str) -> dict[str, Any]:
    return {"head": chain.head, "records": chain.count, "sha256": total}


def _line(value: object) -> bytes:
    return canonical(value, MAX_DEPTH + 2).encode("utf-8") + b"\n"


# ── in ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_export(path: Path, stream: BinaryIO) -> Export:
    """Begin to read a session file. Only when its records have been read to the end is all of it known to be sound."""
    reader = _Reader(path, stream)
    header = reader.header()
    return Export(header, reader.content(header), reader.records(header))


class _Reader:
    """Reads a session file line by line and refuses the first line that cannot be what was written."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self.path, self.stream = path, stream
        self.line = 0
        self.total = sha256()
        self.before = ""

    def header(self) -> Header:
        """Read the first line."""
        value = self._next()
        version = value.get("wargame")
        if type(version) is not int or value.keys() != {"header", "wargame"}:
            raise self._error(_NOT_CANONICAL)
        try:
            if version > VERSION:
                raise _newer(self.path, version)
            return checked_header(header_of(value["header"]))
        except LibraryError:
            self._refuse_broken_sum()
            raise
        except (VerificationError, SessionError, TypeError) as error:
            raise self._error(error.message if isinstance(error, VerificationError) else _NOT_CANONICAL) from error

    def content(self, header: Header) -> bytes:
        """Read the second line."""
        value = self._next()
        packed = value.get("content")
        if len(value) != 1 or not isinstance(packed, dict) or packed.pop("digest", None) != header.content:
            raise self._error(_NOT_CONTENT)
        try:
            content = checked_content(header, _unpacked(packed))
        except (VerificationError, SessionError, ValueError, TypeError) as error:
            raise self._error(_NOT_CONTENT) from error
        if _packed(content) != packed:
            raise self._error(_NOT_CONTENT)
        return content

    def records(self, header: Header) -> Iterator[Record]:
        """Read the lines of records, then the closing line."""
        chain = Chain(header)
        while "record" in (value := self._next()):
            record = self._record(value)
            with self._placed():
                chain.take(record)
            yield record
        with self._placed():
            chain.close()
        if _line(value) != _line({"end": _end(chain, self.before)}):
            raise self._error(_WRONG_SUM)
        self._refuse_more()

    def _record(self, value: dict[str, Any]) -> Record:
        fields = value["record"]
        if len(value) != 1 or not isinstance(fields, dict) or fields.keys() != _RECORD.keys():
            raise self._error(_NOT_CANONICAL)
        if any(type(fields[name]) is not kind for name, kind in _RECORD.items()):
            raise self._error(_NOT_CANONICAL)
        return Record(**fields)

    def _next(self) -> dict[str, Any]:
        """Return the value of the next line, which must be canonical."""
        raw = self._raw()
        try:
            value = parse(raw.decode("utf-8"))
            exact = isinstance(value, dict) and _line(value) == raw
        except (ValueError, SessionError) as error:
            raise self._error(_NOT_CANONICAL) from error
        if not exact:
            raise self._error(_NOT_CANONICAL)
        return dict(value)

    def _raw(self) -> bytes:
        try:
            raw = self.stream.readline(MAX_LINE + 1)
        except OSError as error:
            raise unusable(self.path, UNREAD, why=same(str(error))) from error
        self.line += 1
        self.before = self.total.hexdigest()
        self.total.update(raw)
        if len(raw) > MAX_LINE:
            raise self._error(_TOO_LONG)
        if not raw.endswith(b"\n"):
            raise self._error(_CUT)
        return raw

    def _refuse_broken_sum(self) -> None:
        """Read on to the closing line of a file whose other lines are not known."""
        first = self.line
        value: dict[str, Any] = {}
        while not isinstance(value.get("end"), dict):
            value = self._next()
        if value["end"].get("sha256") != self.before:
            self.line = first
            raise self._error(_NOT_CANONICAL)
        self._refuse_more()

    def _refuse_more(self) -> None:
        if self.stream.read(1):
            self.line += 1
            raise self._error(_TOO_MUCH)

    @contextmanager
    def _placed(self) -> Iterator[None]:
        """Say the line with what is wrong in the chain; the header stands in the first."""
        try:
            yield
        except ChainError as error:
            raise FileError(self.path, 1 if error.seq is None else self.line, error.message) from error

    def _error(self, why: Text) -> FileError:
        return FileError(self.path, self.line, why)


def _unpacked(packed: dict[str, Any]) -> bytes:
    ((form, text),) = packed.items()
    if form not in {"text", "base64"} or not isinstance(text, str):
        raise ValueError(form)
    return text.encode("utf-8") if form == "text" else base64.b64decode(text, validate=True)


# ── sentences ────────────────────────────────────────────────────────────────────────────────────────────────────

UNREAD = Text("reading it failed ({why})", "falló la lectura ({why})")

_NOT_CONTENT = Text("this is not the pinned content.", "este no es el contenido fijado.")
_WRONG_SUM = Text(
    "the closing sum does not fit the lines before.", "la suma de cierre no corresponde a las líneas anteriores."
)
_TOO_MUCH = Text("something follows the closing line.", "hay algo después de la línea de cierre.")
_TOO_LONG = Text("the line is too long.", "la línea es demasiado larga.")
_CUT = Text("the file ends too early.", "el archivo termina antes de tiempo.")
_NOT_CANONICAL = Text(
    "the line is not as wargame writes it (is this a session file? Some programs also rewrite line ends or spaces).",
    "la línea no es como la escribe wargame (¿es un archivo de sesión? Algunos programas también reescriben los "
    "finales de línea o los espacios).",
)


def unusable(path: Path, what: Text, **values: object) -> LibraryError:
    """Return the error for a session file that cannot be read or written at all."""
    return LibraryError(
        Text(
            "The session file {path} cannot be used: {why}.", "No se puede usar el archivo de sesión {path}: {why}."
        ).fill(path=path, why=what.fill(**values))
    )


def _newer(path: Path, version: int) -> LibraryError:
    newer = Text(
        "a newer wargame wrote it (version {version} of the file)",
        "lo escribió una versión más nueva de wargame (versión {version} del archivo)",
    )
    return unusable(path, newer, version=version)
