"""A fault of the program itself: the screens end at once, the session is kept, and the trace is in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.support import TOY
from wargame.cli.exits import ExitCode
from wargame.cli.play import Table, play_on_screens
from wargame.cli.speech import Voice
from wargame.model.errors import ProgramError
from wargame.model.text import Language
from wargame.session.library import Library
from wargame.tui import app
from wargame.tui.app import Asked, WargameApp
from wargame.tui.fault import told
from wargame.tui.open import play_on_screen


class _BreaksAsItOpens(WargameApp):
    CSS_PATH = str(Path(app.__file__).with_name("app.tcss"))

    def run(self, **_: object) -> None:
        super().run(headless=True)

    def on_mount(self) -> None:
        everything = dict.fromkeys(range(100_000), "x" * 1000)  # which would be drawn
        raise LookupError(str(len(everything)))


def test_a_fault_ends_the_screens_without_drawing_its_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("wargame.tui.open.WargameApp", _BreaksAsItOpens)
    library = tmp_path / "library.sqlite"
    session, other, fault = play_on_screen(library, Language.EN, Asked(TOY), lambda *_: None)
    assert (session, other) == ("", None)
    assert isinstance(fault, ProgramError)
    assert "LookupError: 100000" in Path(fault.file).read_text(encoding="utf-8")
    assert "Traceback" not in capsys.readouterr().err
    with Library(library) as kept:
        assert not kept.sessions()


def test_what_failed_is_said_after_how_to_go_on(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    fault = told(LookupError("lost"), tmp_path / "library.sqlite")
    voice = Voice(Language.ES)
    with pytest.raises(ProgramError) as caught:
        play_on_screens(voice, Table(), lambda *_: ("abc", None, fault))
    assert "--resume abc" in capsys.readouterr().err
    assert voice.fail(caught.value) is ExitCode.FAILED
    said = " ".join(capsys.readouterr().err.split())
    assert said.startswith("El programa falló (LookupError). No se perdió nada confirmado.")
    assert "wargame-fault.txt" in said


def test_without_a_place_for_the_trace_the_sentence_stands_alone(tmp_path: Path) -> None:
    fault = told(LookupError("lost"), tmp_path / "nowhere" / "library.sqlite")
    assert fault.message.en == "The program failed (LookupError). Nothing acknowledged was lost."
