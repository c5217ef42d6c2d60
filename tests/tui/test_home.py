"""The first screen: what can be played and how, what to go on with, what has ended, and a library that is broken."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.tui.support import SIZES, TOY, run, table
from wargame.bots.bots import Bots, default_plays
from wargame.content.load import load_with_bundle
from wargame.model.errors import SessionError
from wargame.model.text import Language
from wargame.session.library import Library
from wargame.session.newest import LAST, typed_session
from wargame.session.session import Session, Setting
from wargame.tui.app import Asked
from wargame.tui.panel import Panel
from wargame.tui.trouble import Trouble, beside, trouble_with


@pytest.fixture(autouse=True)
def _nothing_else_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wargame.tui.home.scenario_names", lambda: ())


def keep(folder: Path, turns: int, *, short: bool = True) -> str:
    """Play some turns of a session for the list; return its id."""
    scenario, bundle = load_with_bundle(TOY)
    with Library(folder / "library.sqlite") as library:
        setting = Setting(turns, default_plays(scenario, ["presidency"]), scenario.lens, short, "")
        session = Session.create(library, scenario, bundle, setting, Bots)
        while len(session.reports) < turns and not session.ended:
            session.resolve()
        return session.id


def test_what_has_ended_stands_under_replays(tmp_path: Path) -> None:
    begun, ended = keep(tmp_path, 1), keep(tmp_path, 99)

    async def test() -> None:
        async with table(tmp_path, Asked(TOY, seed=7)) as at:
            assert [row.key for row in at.app.screen.query_one("#sessions", Panel).rows] == [begun]
            assert [row.key for row in at.app.screen.query_one("#replays", Panel).rows] == [ended]
            await at.press("r")
            await at.until(lambda: at.app.play is not None)
            assert at.app.sitting.session.id == begun  # type: ignore[union-attr]

    run(test)


@pytest.mark.parametrize(("language", "label"), [(Language.EN, "your score"), (Language.ES, "su puntaje")])
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_replays_say_how_well_it_went(tmp_path: Path, language: Language, label: str, size: tuple[int, int]) -> None:
    ended = keep(tmp_path, 99)
    with Library(tmp_path / "library.sqlite") as library:
        summary = library.sessions()[0]
        end = next(record for record in library.records(ended) if record.kind == "end")
    assert summary.people == ("presidency",)
    assert summary.scores == end.payload["scores"]

    async def test() -> None:
        async with table(tmp_path, Asked(TOY, seed=7), language, size) as at:
            await at.until(lambda: TOY in at.app.screen.reports)  # type: ignore[attr-defined]
            score = at.app.figures.share(summary.scores["presidency"])
            assert score in at.text
            assert label in at.text

    run(test)


def test_the_newest_unfinished_session_is_meant_without_an_id(tmp_path: Path) -> None:
    begun, _ = keep(tmp_path, 1), keep(tmp_path, 99)
    with Library(tmp_path / "library.sqlite") as library:
        assert typed_session(library, LAST) == begun
        library.delete_session(begun)
        with pytest.raises(SessionError):
            typed_session(library, LAST)

    async def test() -> None:
        async with table(tmp_path, Asked(TOY, seed=7)) as at:
            await at.press("r")
            await at.until(lambda: any("No unfinished session" in said for said in at.notices))
            assert at.app.place == "home"

    run(test)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("language", list(Language))
def test_everything_to_choose_is_there(tmp_path: Path, language: Language, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, seed=7), language, size) as at:
            await at.until(lambda: TOY in at.app.screen.reports)  # type: ignore[attr-defined]
            words = {
                Language.EN: ("GO ON WITH", "No session yet", "difficulty", "length", "seed", "7", "turns"),
                Language.ES: ("SEGUIR CON", "Aún no hay sesiones", "dificultad", "duración", "semilla", "7", "turnos"),
            }[language]
            for word in words:
                assert word in at.text, at.text
            assert "…" not in "".join(line[:4] for line in at.lines)
            options = at.app.screen.query_one("#options", Panel)
            assert [row.key for row in options.rows] == [
                "level",
                "lens",
                "length",
                "opponents",
                "seed",
                "language",
                "theme",
            ]
            options.focus()
            for _ in range(2):
                await at.press("down")
            await at.press("enter")
            assert {Language.EN: "short", Language.ES: "corta"}[language] in at.text
            while options.key != "language":
                await at.press("down")
            await at.press("enter")
            assert at.app.language is not language

    run(test)


@pytest.mark.parametrize("language", list(Language))
def test_the_first_screen_names_the_key_for_help_even_on_the_smallest_terminal(
    tmp_path: Path, language: Language
) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, seed=7), language, (80, 24)) as at:
            await at.until(lambda: TOY in at.app.screen.reports)  # type: ignore[attr-defined]
            at.app.screen.query_one("#seats", Panel).focus()
            await at.until(lambda: {Language.EN: "start:", Language.ES: "empezar:"}[language] in at.lines[-1])
            assert "F1" in at.lines[-1]

    run(test)


# ── a library that cannot be used ────────────────────────────────────────────────────────────────────────────


def broken(folder: Path) -> Path:
    keep(folder, 1)
    path = folder / "library.sqlite"
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x55" * (len(content) - 4096)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("language", list(Language))
def test_a_broken_library_is_named_and_left_alone(tmp_path: Path, language: Language) -> None:
    path = broken(tmp_path)
    before = path.read_bytes()

    async def test() -> None:
        error = trouble_with(path)
        assert error is not None
        app = Trouble(path, error, language)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            said = "".join("".join(s.text for s in strip) for strip in app.screen._compositor.render_strips())
            assert path.name in said
            assert "--library" in said
            await pilot.press("enter")
            await pilot.pause()
        assert app.return_value == path.with_name("library-2.sqlite")
        assert not app.return_value.exists()

    run(test)
    assert path.read_bytes() == before


def test_a_library_that_was_begun_beside_it_is_offered_again(tmp_path: Path) -> None:
    path = broken(tmp_path)
    second = path.with_name("library-2.sqlite")
    Library(second, create=True).close()
    assert beside(path) == ([second], path.with_name("library-3.sqlite"))
    assert trouble_with(second) is None


def test_a_library_that_breaks_while_it_is_open_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wargame.session.database import damaged

    async def test() -> None:
        async with table(tmp_path, Asked(TOY, seed=7)) as at:

            def sessions() -> None:
                raise damaged(tmp_path, "types")

            monkeypatch.setattr(at.app.library, "sessions", sessions)
            at.app.refill()
            await at.until(lambda: "damaged" in at.text)

    run(test)


def test_those_who_have_finished_nothing_are_told_where_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wargame.tui.home.scenario_names", lambda: ("la-pampa-2019",))

    async def test() -> None:
        async with table(tmp_path, Asked()) as at:
            assert "start here:" in at.text
            await at.until(lambda: "la-pampa-2019" in at.app.screen.reports)  # type: ignore[attr-defined]
            assert "2019–2020" not in at.text
            at.app.screen.query_one("#options", Panel).focus()
            await at.press("down", "down", "right")
            assert "short, 3 turns" in at.text
            assert "Short session: 3 turns (full: 4)." in at.text
            at.app.screen.query_one("#seats", Panel).focus()
            await at.until(lambda: "start: Government in Lima, short, 3 turns" in at.lines[-1])
            at.app.screen.query_one("#options", Panel).focus()
            await at.press("left")
            assert "full, 4 turns" in at.text

    run(test)
    keep(tmp_path, 99)

    async def later() -> None:
        async with table(tmp_path, Asked()) as at:
            assert "start here" not in at.text

    run(later)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_cases_stand_apart_and_no_title_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr("wargame.tui.home.scenario_names", lambda: ("la-pampa-2019", "venezuela-2018"))

    async def test() -> None:
        async with table(tmp_path, Asked(), size=size) as at:
            for title, said in (("Primeros pasos: oro en La Pampa", "Máxima presión"), ("First steps", "Maximum")):
                await at.press("f2")
                first, case = (next(n for n, line in enumerate(at.lines) if t in line) for t in (title, said))
                assert any("Casos:" in line or "Cases:" in line for line in at.lines[first + 1 : case])
                assert "…" not in at.lines[first][: size[0] // 2]
            assert at.lines[-1].split()[0] == "Enter"
            await at.press("f2")
            assert at.lines[-1].split()[0] == "Intro"

    run(test)


def test_where_no_library_can_be_made_one_is_offered_in_the_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    (tmp_path / "file").write_text("not a folder")
    place = tmp_path / "file" / "library.sqlite"
    error = trouble_with(place)
    assert error is not None
    assert "is not a folder" in error.message.en
    assert "Errno" not in error.message.en
    assert beside(place) == ([], tmp_path / "library-2.sqlite")


def test_where_a_disk_is_full_a_library_is_offered_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, full = tmp_path / "own", tmp_path / "full"
    own.mkdir()
    full.mkdir()
    monkeypatch.setenv("HOME", str(own))
    monkeypatch.setattr("pathlib.Path.home", lambda: own)
    assert beside(full / "library.sqlite")[1].parent == full
    monkeypatch.setattr("shutil.disk_usage", lambda place: SimpleNamespace(free=4096))
    assert beside(full / "library.sqlite") == ([], own / "library-2.sqlite")


def test_what_to_go_on_with_stands_right_above_what_has_ended(tmp_path: Path) -> None:
    keep(tmp_path, 1)
    keep(tmp_path, 99)

    async def test() -> None:
        async with table(tmp_path, Asked(TOY, seed=7)) as at:
            sessions, replays = (at.app.screen.query_one(f"#{name}", Panel).region for name in ("sessions", "replays"))
            assert replays.y - sessions.y <= 3, "one session under its title, and a blank line"

    run(test)


@pytest.mark.parametrize(("language", "said"), [(Language.EN, "60 columns"), (Language.ES, "60 columnas")])
def test_a_terminal_that_is_too_small_is_told_its_size(tmp_path: Path, language: Language, said: str) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, seed=7), language, (60, 20)) as at:
            await at.until(lambda: said in at.text)
            assert "wargame play --line" in at.text

    run(test)


def test_no_key_does_anything_unseen_on_a_terminal_that_is_too_small(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7)) as at:
            sitting = at.app.sitting
            assert sitting is not None
            await at.press("4", "f")
            await at.pilot.resize_terminal(20, 5)
            await at.until(lambda: "20×5 is too small" in " ".join(at.text.split()))
            await at.press("e", "enter", "x")
            assert sitting.session.turn == 1
            await at.pilot.resize_terminal(120, 40)
            await at.until(lambda: "THIS TURN" in at.text)
            assert len(sitting.session.filed[sitting.seat.id]) == 1
            await at.press("e", "enter")
            await at.until(lambda: sitting.session.turn == 2)
            await at.pilot.resize_terminal(20, 5)
            await at.press("q")
            assert at.app.play is None or not at.app.is_running

    run(test)
