"""Hands sessions on: from a store to a file, from a file to a store, checked to the last byte (see ``carrier``)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from wargame.model.errors import SessionError
from wargame.model.text import Text, same
from wargame.session.carrier import UNREAD, Export, export_lines, read_export, unusable
from wargame.session.chain import SLICE
from wargame.session.records import Record
from wargame.session.store import Store

MAX_FILE = 2**30
"""The largest session file, in bytes."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A session that was exported, imported or verified; ``new`` tells whether an import added it to the store."""

    session: str
    records: int
    head: str
    new: bool = False


def export_session(store: Store, session: str, path: Path, *, overwrite: bool = False) -> Carried:
    """Write a session to a file, whole or not at all; what is appended while it is written stays out."""
    last = store.last(session)
    size = 0
    with _new_file(path, overwrite=overwrite) as file:
        for line in export_lines(store, session, last.seq + 1):
            size += len(line)
            if size > MAX_FILE:
                raise unusable(path, _TOO_LARGE)
            file.write(line)
    return Carried(session, last.seq + 1, last.hash)


def import_session(path: Path, store: Store) -> Carried:
    """Take a session file into a store, or leave the store as it was. A session that is there and equal is no error."""
    with open_export(path) as export:
        session = export.header.session
        if store.has(session):
            return _compare(path, export, store)
        store.restore(export.header, export.content, export.records)
    last = store.last(session)
    return Carried(session, last.seq + 1, last.hash, new=True)


def verify_export(path: Path) -> Carried:
    """Check a session file to its last byte without a store; FileError says where it differs."""
    with open_export(path) as export:
        for record in export.records:
            last = record
    return Carried(export.header.session, last.seq + 1, last.hash)


@contextmanager
def open_export(path: Path) -> Iterator[Export]:
    """Open a session file for reading; its records check themselves, and the end of the file, as they are read."""
    try:
        if not path.is_file():
            raise unusable(path, _NOT_A_FILE)
        if path.stat().st_size > MAX_FILE:
            raise unusable(path, _TOO_LARGE)
        stream = path.open("rb")
    except OSError as error:
        raise unusable(path, UNREAD, why=same(str(error))) from error
    with stream:
        yield read_export(path, stream)


@contextmanager
def _new_file(path: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """Give a file beside the one wanted, which takes its name once it is complete and on the disk."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        if not overwrite and path.exists():
            raise unusable(path, _EXISTS)
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except (OSError, ValueError) as error:
        raise unusable(path, _UNWRITTEN, why=same(str(error))) from error
    finally:
        with suppress(OSError, ValueError):
            beside.unlink(missing_ok=True)


def _compare(path: Path, export: Export, store: Store) -> Carried:
    """Answer for a session that is there already: equal, or where it differs."""
    session = export.header.session
    if export.header.hash != store.header(session).hash:
        raise _differs(path, session, _HEADERS)
    here = store.last(session).seq + 1
    for record, ours in zip(export.records, _without_end(store, session), strict=False):
        if ours is not None and ours.hash != record.hash:
            raise _differs(path, session, _FROM_RECORD.fill(seq=record.seq))
        last = record
    if here != last.seq + 1:
        raise _differs(path, session, _LENGTHS.fill(here=here, there=last.seq + 1))
    return Carried(session, here, last.hash)


def _without_end(store: Store, session: str) -> Iterator[Record | None]:
    """Return the records of a session and then None for ever, so that the file is read to its end."""
    start = 0
    while records := store.records(session, start, start + SLICE):
        yield from records
        start += len(records)
    while True:
        yield None


_NOT_A_FILE = Text("there is no such file", "no existe ese archivo")
_EXISTS = Text("there is such a file already", "ya existe ese archivo")
_TOO_LARGE = Text("it is larger than a session file may be", "es más grande de lo que puede ser un archivo de sesión")
_UNWRITTEN = Text("writing it failed ({why})", "falló la escritura ({why})")
_HEADERS = Text("the headers differ", "las cabeceras difieren")
_FROM_RECORD = Text("they differ from record {seq} on", "difieren a partir del registro {seq}")
_LENGTHS = Text(
    "the library has {here} records of it, the file {there}; the shorter is the beginning of the longer",
    "la biblioteca tiene {here} registros, el archivo {there}; el más corto es el comienzo del más largo",
)


def _differs(path: Path, session: str, how: Text) -> SessionError:
    return SessionError(
        Text(
            "The library has another session {id} than {file}: {how}. Nothing was changed.",
            "La biblioteca tiene una sesión {id} distinta de la de {file}: {how}. No se cambió nada.",
        ).fill(id=session, file=path.name, how=how)
    )
