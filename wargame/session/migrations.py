"""The tables of a library file, as numbered steps; the file's ``user_version`` is the number of the last one taken.

A step is never edited once released: what must change becomes the next step. Each is a tuple of single statements,
run together in one transaction. Do not rename tables or columns: the schema that results is compared, word for word,
with the schema of the file, and SQLite words renamings differently from version to version.

Deleting is refused by triggers unless the session stands in ``deleting``. Only ``Library.delete_session`` puts it
there, and takes it out again before the same transaction ends: nobody else ever sees the guard open.
"""

from __future__ import annotations

from typing import TypeAlias

Step: TypeAlias = tuple[str, ...]

_FIRST: Step = (
    """
    CREATE TABLE content (
        digest TEXT NOT NULL PRIMARY KEY,
        body BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE session (
        id TEXT NOT NULL PRIMARY KEY,
        header TEXT NOT NULL,
        content TEXT NOT NULL REFERENCES content (digest)
    ) STRICT
    """,
    "CREATE INDEX session_by_content ON session (content)",
    """
    CREATE TABLE record (
        session TEXT NOT NULL REFERENCES session (id),
        seq INTEGER NOT NULL,
        time TEXT NOT NULL,
        turn INTEGER NOT NULL,
        phase TEXT NOT NULL,
        game_date TEXT NOT NULL,
        seat TEXT NOT NULL,
        kind TEXT NOT NULL,
        payload TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (session, seq)
    ) STRICT
    """,
    """
    CREATE TABLE tombstone (
        number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        session TEXT NOT NULL,
        head TEXT NOT NULL,
        records INTEGER NOT NULL,
        time TEXT NOT NULL
    ) STRICT
    """,
    "CREATE TABLE deleting (session TEXT NOT NULL PRIMARY KEY) STRICT",
    """
    CREATE TRIGGER record_follows BEFORE INSERT ON record
    WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM record WHERE session = NEW.session)
    BEGIN SELECT RAISE(ABORT, 'a record must be the next one'); END
    """,
    """
    CREATE TRIGGER record_is_linked BEFORE INSERT ON record
    WHEN NEW.seq > 0
     AND NEW.previous IS NOT (SELECT hash FROM record WHERE session = NEW.session AND seq = NEW.seq - 1)
    BEGIN SELECT RAISE(ABORT, 'a record must follow the hash before it'); END
    """,
    """
    CREATE TRIGGER record_stays BEFORE UPDATE ON record
    BEGIN SELECT RAISE(ABORT, 'records are never changed'); END
    """,
    """
    CREATE TRIGGER record_is_kept BEFORE DELETE ON record
    WHEN NOT EXISTS (SELECT 1 FROM deleting WHERE session = OLD.session)
    BEGIN SELECT RAISE(ABORT, 'records go only with their session'); END
    """,
    """
    CREATE TRIGGER session_is_new BEFORE INSERT ON session
    WHEN EXISTS (SELECT 1 FROM session WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'sessions are never replaced'); END
    """,
    """
    CREATE TRIGGER session_stays BEFORE UPDATE ON session
    BEGIN SELECT RAISE(ABORT, 'sessions are never changed'); END
    """,
    """
    CREATE TRIGGER session_is_kept BEFORE DELETE ON session
    WHEN NOT EXISTS (SELECT 1 FROM deleting WHERE session = OLD.id)
    BEGIN SELECT RAISE(ABORT, 'sessions are deleted by the program only'); END
    """,
    """
    CREATE TRIGGER content_is_new BEFORE INSERT ON content
    WHEN EXISTS (SELECT 1 FROM content WHERE digest = NEW.digest)
    BEGIN SELECT RAISE(ABORT, 'content is never replaced'); END
    """,
    """
    CREATE TRIGGER content_stays BEFORE UPDATE ON content
    BEGIN SELECT RAISE(ABORT, 'content is never changed'); END
    """,
    """
    CREATE TRIGGER content_is_kept BEFORE DELETE ON content
    WHEN NOT EXISTS (SELECT 1 FROM deleting)
    BEGIN SELECT RAISE(ABORT, 'content goes only with its last session'); END
    """,
    """
    CREATE TRIGGER tombstone_stays BEFORE UPDATE ON tombstone
    BEGIN SELECT RAISE(ABORT, 'tombstones are never changed'); END
    """,
    """
    CREATE TRIGGER tombstone_is_kept BEFORE DELETE ON tombstone
    BEGIN SELECT RAISE(ABORT, 'tombstones are kept'); END
    """,
    """
    CREATE TRIGGER tombstone_is_new BEFORE INSERT ON tombstone
    WHEN EXISTS (SELECT 1 FROM tombstone WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'tombstones are never replaced'); END
    """,
)

STEPS: tuple[Step, ...] = (_FIRST,)
"""All steps in order; step n (from 1) leads to version n."""
