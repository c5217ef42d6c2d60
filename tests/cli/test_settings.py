"""The saved choice of language: who wins over it, how it is kept, and that a broken file costs nobody a command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import wargame
from wargame.cli.exits import ExitCode
from wargame.cli.settings import read_settings, save_language
from wargame.model.text import Language
from wargame.session.paths import settings_path


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of settings of this test alone, and a machine that speaks English."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("WARGAME_LANG", raising=False)
    return settings_path()


def test_nothing_is_saved_until_somebody_chooses(place: Path) -> None:
    done = wargame("language")
    assert (done.returncode, done.stdout) == (ExitCode.OK, "en\n")
    assert "English, from the settings of this machine" in done.stderr
    assert not place.exists()


def test_a_choice_is_kept_and_every_command_speaks_it(place: Path) -> None:
    done = wargame("language", "es")
    assert (done.returncode, done.stdout) == (ExitCode.OK, "es\n")
    assert done.stderr == f"Guardado en {place}: desde ahora, español.\n"
    assert "Puestos:" in wargame("list").stdout
    assert "Uso:" in wargame("--help").stdout
    assert "español, su elección guardada" in wargame("language").stderr


def test_lang_wins_over_the_environment_and_that_over_the_saved_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    save_language(Language.ES)
    assert wargame("language", "--lang", "en").stdout == "en\n"
    monkeypatch.setenv("WARGAME_LANG", "en")
    assert wargame("language").stdout == "en\n"
    assert wargame("language", "--lang", "es").stdout == "es\n"


def test_the_saved_choice_wins_over_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "es_PE.UTF-8")
    assert wargame("language").stdout == "es\n"
    save_language(Language.EN)
    assert wargame("language").stdout == "en\n"


def test_a_choice_can_be_taken_back() -> None:
    save_language(Language.ES)
    done = wargame("language", "auto")
    assert "that of this machine decides: English" in done.stderr
    assert wargame("language").stdout == "en\n"


def test_a_language_that_is_not_spoken_here_is_refused(place: Path) -> None:
    done = wargame("language", "fr")
    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    assert "'fr' is not one of 'en', 'es', 'auto'." in done.stderr
    assert not place.exists()


@pytest.mark.parametrize(
    "written",
    [b"", b"{", b"[1, 2]", b'"es"', b"\xff\xfe\x00", b'{"language": "fr"}', b'{"language": ["es"]}', b"[" * 100_000],
    ids=["empty", "cut short", "a list", "a word", "no text", "another language", "no language", "too deep"],
)
def test_a_broken_file_is_said_to_be_broken_and_the_command_goes_on(written: bytes, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(written)
    done = wargame("sessions")
    assert done.returncode == ExitCode.OK
    assert str(place) in done.stderr
    assert wargame("language", "es").returncode == ExitCode.OK
    assert read_settings().language is Language.ES


def test_a_folder_in_place_of_the_file_is_no_traceback(place: Path) -> None:
    place.mkdir(parents=True)
    assert wargame("sessions").returncode == ExitCode.OK
    done = wargame("language", "es")
    assert done.returncode == ExitCode.FAILED
    assert "The machine refused" in done.stderr
    assert sorted(path.name for path in place.parent.iterdir()) == [place.name]


def test_what_other_versions_keep_in_the_file_stays_there(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text('{"theme": "dark", "language": "en"}', encoding="utf-8")
    save_language(Language.ES)
    assert json.loads(place.read_text(encoding="utf-8")) == {"theme": "dark", "language": "es"}
    save_language(None)
    assert json.loads(place.read_text(encoding="utf-8")) == {"theme": "dark"}
