"""Every command: what goes to stdout, what to stderr, and with which exit code it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.support import ROOT, TOY, play, process, session_in, wargame
from wargame.cli.exits import ExitCode
from wargame.content.listing import scenario_names

BOTH = pytest.mark.parametrize("language", ["en", "es"])


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("library") / "library.sqlite"


@pytest.fixture(scope="module")
def session(library: Path) -> str:
    """A session of the toy that has ended."""
    return session_in(play(["file 1.1", *["end"] * 8], library=library))


# ── content ──────────────────────────────────────────────────────────────────────────────────────────────────────


@BOTH
def test_list_tells_scenarios_with_seats_lenses_and_levels(language: str) -> None:
    done = wargame("list", "--lang", language)
    assert done.returncode == ExitCode.OK
    assert done.stderr == ""
    assert "vraem-2020: " in done.stdout
    assert ("Seats:" if language == "en" else "Puestos:") in done.stdout
    assert "presidency: " in done.stdout
    assert "money-as-terrain: " in done.stdout


def test_list_finds_what_lies_in_the_working_folder() -> None:
    found = json.loads(wargame("list", "--json", cwd=ROOT / "tests" / "samples").stdout)
    assert {"toy-accord", "toy-league", "toy-valley", "vraem-2020"} <= {scenario["id"] for scenario in found}
    toy = next(s for s in found if s["id"] == "toy-valley")
    assert toy["turns"] == {"full": 8, "short": 4, "step": "quarter"}
    assert [seat["id"] for seat in toy["seats"]] == ["presidency", "bosses", "neighbour-cell"]


@BOTH
def test_check_of_good_content_says_so(language: str) -> None:
    done = wargame("check", "--lang", language)
    assert done.returncode == ExitCode.OK
    assert ("vraem-2020: good (8 seats" if language == "en" else "vraem-2020: bien (8 puestos") in done.stderr


@BOTH
def test_check_tells_every_problem_with_its_place(language: str, tmp_path: Path) -> None:
    folder = tmp_path / "scenarios" / "broken"
    folder.mkdir(parents=True)
    text = (Path(TOY) / "scenario.yaml").read_text(encoding="utf-8").replace("toy-valley", "broken")
    (folder / "scenario.yaml").write_text(text.replace("packs: [toy]", "packs: [toi]\n  colour: red"), encoding="utf-8")
    done = wargame("check", str(tmp_path), "--lang", language, cwd=ROOT / "tests" / "samples")
    assert done.returncode == ExitCode.CONTENT
    assert re.search(r"scenario\.yaml:\d+:\d+: ", done.stdout)
    assert "toi" in done.stdout
    assert "colour" in done.stdout
    assert re.search(r"broken: \d+ problem", done.stderr)


def test_check_of_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    done = wargame("check", str(tmp_path / "nothing"))
    assert done.returncode == ExitCode.CONTENT
    assert "there is no scenario or rule pack here" in done.stdout


# ── simulate ─────────────────────────────────────────────────────────────────────────────────────────────────────


@BOTH
def test_simulate_writes_a_table_with_intervals(language: str) -> None:
    done = wargame("simulate", TOY, "-n", "40", "--seed", "3", "--lang", language)
    assert done.returncode == ExitCode.OK
    title = "How sessions end (share of sessions)" if language == "en" else "Cómo terminan las sesiones (proporción)"
    assert title in done.stdout
    assert re.search(r"\d[.,]\d % – \d+[.,]\d %", done.stdout)
    assert "3: 40 " in done.stderr.replace("seed ", "").replace("semilla ", "")


def test_simulate_gives_json_and_files_that_say_how_to_get_them_again(tmp_path: Path) -> None:
    asked = ("simulate", TOY, "-n", "30", "--seed", "3", "--lens", "money-first", "--bot", "bosses=corruptor", "--json")
    done = wargame(*asked, "--out", str(tmp_path / "out"))
    found = json.loads(done.stdout)
    assert found == json.loads(wargame(*asked, "--chunk", "7", "--workers", "2").stdout)
    assert found["manifest"]["plays"]["bosses"] == "corruptor"
    assert found["manifest"]["lens"] == "money-first"
    assert set(found["manifest"]["versions"]) == {"wargame", "python", "numpy"}
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")) == found["manifest"]
    assert json.loads((tmp_path / "out" / "table.json").read_text(encoding="utf-8")) == found["table"]
    rows = (tmp_path / "out" / "sessions.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 31
    assert rows[0].startswith("session,seed,ending,turn,noted:splinter-seen,score:presidency")


def ensemble(*asked: str) -> dict[str, Any]:
    """Return what a small ensemble says of itself, and its table."""
    usual = ("vraem-2020", "-n", "40", "--seed", "3", "--short", "--json")
    found: dict[str, Any] = json.loads(wargame("simulate", *usual, *asked).stdout)
    return found


def test_a_level_says_how_sharply_bots_choose() -> None:
    usual, sharp = ensemble(), ensemble("--level", "hard")
    assert (usual["manifest"]["level"], usual["manifest"]["sharpness"]) == ("standard", 0.8)
    assert (sharp["manifest"]["level"], sharp["manifest"]["sharpness"]) == ("hard", 1.0)
    assert usual["table"] != sharp["table"]
    assert usual["table"] == ensemble("--level", "standard")["table"]


def test_seats_that_people_would_play_start_with_the_means_of_the_level() -> None:
    alone, asked = ensemble("--level", "hard"), ensemble("--level", "hard", "--seat", "presidency")
    assert alone["manifest"]["resources"] == {}
    assert asked["manifest"]["resources"] == {"presidency": 0.8}
    assert asked["table"] != alone["table"]
    assert asked["manifest"]["command"].endswith("--level hard --seat presidency --short")


@BOTH
def test_a_level_without_seats_says_what_it_does_not_change(language: str) -> None:
    done = wargame("simulate", TOY, "-n", "5", "--seed", "3", "--level", "hard", "--lang", language)
    assert ("for people" if language == "en" else "para personas") in done.stderr


@pytest.mark.parametrize(
    ("asked", "code", "sentence"),
    [
        (
            ["nowhere"],
            ExitCode.NOT_FOUND,
            f"There is no scenario 'nowhere'. Known: {', '.join(sorted(scenario_names()))}.",
        ),
        (["vraem-2002"], ExitCode.NOT_FOUND, "There is no scenario 'vraem-2002'; did you mean 'vraem-2020'?"),
        (
            [TOY, "--lens", "mony-first"],
            ExitCode.NOT_FOUND,
            "There is no lens 'mony-first'; did you mean 'money-first'?",
        ),
        ([TOY, "--bot", "bosses"], ExitCode.NOT_FOUND, "'bosses' is not of the form SEAT=DOCTRINE."),
        ([TOY, "--bot", "boses=first"], ExitCode.NOT_FOUND, "There is no seat 'boses'; did you mean 'bosses'?"),
        ([TOY, "--bot", "bosses=fist"], ExitCode.NOT_FOUND, "There is no doctrine 'fist'; did you mean 'first'?"),
        ([TOY, "--level", "esy"], ExitCode.NOT_FOUND, "There is no level 'esy'. Known: standard, hard."),
        ([TOY, "--level", "hard", "--seat", "pres"], ExitCode.NOT_FOUND, "There is no seat 'pres'"),
        ([TOY, "-n", "0"], ExitCode.USAGE, "This must be 1 or more."),
        ([TOY, "-n", "many"], ExitCode.USAGE, "This must be a whole number."),
        ([TOY, "--seed", "-4"], ExitCode.USAGE, "This must be 0 or more."),
    ],
    ids=str,
)
def test_simulate_refuses_in_sentences(asked: list[str], code: ExitCode, sentence: str) -> None:
    done = wargame("simulate", *asked)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr


# ── history ──────────────────────────────────────────────────────────────────────────────────────────────────────


@BOTH
def test_why_prints_the_tree_with_its_basis(language: str, library: Path, session: str) -> None:
    done = wargame("why", session, "uplands.crop_ha", "--turn", "1", "--lang", language, "--library", str(library))
    assert done.returncode == ExitCode.OK
    for words in {
        "en": (
            "CROP AREA (UPLANDS), TURN 1",
            "order by The government: Eradicate crops",
            " %, draw ",
            "Assumption: invented for the toy",
        ),
        "es": (
            "SUPERFICIE CULTIVADA (TIERRAS ALTAS), TURNO 1",
            "orden de El gobierno: Erradicar cultivos",
            "Supuesto: inventado para el juguete",
        ),
    }[language]:
        assert words in done.stdout


def test_why_cites_documents_with_author_or_section(library: Path) -> None:
    said = play(["end"], scenario="vraem-2020", seat="congress", library=library, short=True)
    number = ("vizcatan.crop_ha", "--turn", "1", "--library", str(library))
    done = wargame("why", session_in(said), *number)
    assert "Source: Demand + profit → supply always appears (South American regional" in done.stdout
    spanish = wargame("why", session_in(said), *number, "--lang", "es")
    assert "Fuente: Demanda + ganancia → la oferta siempre aparece (Seminario regional" in spanish.stdout
    as_seat = wargame("why", session_in(said), *number, "--seat", "congress")
    assert "the rest: error of your estimate, or causes hidden from you" in " ".join(as_seat.stdout.split())


def test_a_number_may_be_named_in_words(library: Path, session: str) -> None:
    done = wargame("why", session, "crop area uplands", "--turn", "2", "--library", str(library))
    assert "CROP AREA (UPLANDS), TURN 2" in done.stdout


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["zzz", "uplands.crop_ha", "--turn", "1"], "There is no session 'zzz'"),
        (["SESSION", "uplands.zzz", "--turn", "1"], "There is no number 'uplands.zzz'"),
        (["SESSION", "uplands.crop_ha", "--turn", "99"], "Turn 99 has not been played; turns 1 to 8 have."),
        (
            ["SESSION", "uplands.crop_ha", "--turn", "1", "--seat", "boses"],
            "There is no seat 'boses'; did you mean 'bosses'?",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_why_refuses_in_sentences(asked: list[str], sentence: str, library: Path, session: str) -> None:
    done = wargame("why", *(session if word == "SESSION" else word for word in asked), "--library", str(library))
    assert (done.returncode, done.stdout) == (ExitCode.NOT_FOUND, "")
    assert sentence in done.stderr


@BOTH
def test_verify_says_equal(language: str, library: Path, session: str) -> None:
    done = wargame("verify", session[:6], "--lang", language, "--library", str(library))
    assert done.returncode == ExitCode.OK
    assert f"{session}: {'equal' if language == 'en' else 'igual'}." in done.stdout


def test_replay_hides_nothing_unless_a_seat_is_named(library: Path, session: str) -> None:
    everything = wargame("replay", session, "--library", str(library)).stdout
    assert "Expected: The cell compares zones." in everything
    assert re.search(r"Bribe officials — .*: \w+ \(odds [\d.]+ %, draw [\d.]+ %\); (covert|exposed)", everything)
    assert "THE END: " in everything
    one = wargame("replay", session, "--turn", "2", "--library", str(library), "--lang", "es").stdout
    assert "TURNO 2: ABRIL A JUNIO DE 2020" in one
    assert "TURNO 3" not in one


def test_replay_for_a_seat_of_a_running_session_keeps_its_secrets(library: Path) -> None:
    session = session_in(play(["end", "end"], library=library))
    done = wargame("replay", session, "--seat", "presidency", "--library", str(library))
    assert "Expected:" not in done.stdout
    assert "covert" not in done.stdout
    assert "hidden from you" in done.stdout


@BOTH
def test_fork_gives_the_id_of_the_branch(language: str, library: Path, session: str) -> None:
    done = wargame("fork", session, "--turn", "3", "--lang", language, "--library", str(library))
    branch = done.stdout.strip()
    assert re.fullmatch(r"\w{10}", branch)
    assert f"wargame play --resume {branch}" in " ".join(done.stderr.split())
    assert wargame("verify", branch, "--library", str(library)).returncode == ExitCode.OK


def test_fork_to_a_turn_that_was_not_reached_is_refused(library: Path, session: str) -> None:
    done = wargame("fork", session, "--turn", "40", "--library", str(library))
    assert done.returncode == ExitCode.NOT_FOUND
    assert "turns 1 to 8 can be" in done.stderr


def test_sessions_go_out_and_come_in_equal(library: Path, session: str, tmp_path: Path) -> None:
    file, other = str(tmp_path / "one.session"), str(tmp_path / "other.sqlite")
    assert wargame("sessions", "export", session, file, "--library", str(library)).returncode == ExitCode.OK
    assert wargame("verify", file).stdout.startswith(f"{session}: equal.")
    assert wargame("sessions", "import", file, "--library", other).stdout.strip() == session
    assert "already" in wargame("sessions", "import", file, "--library", other).stderr
    shown = [json.loads(wargame("sessions", "show", session, "--library", at).stdout) for at in (str(library), other)]
    assert shown[0] == shown[1]
    listed = json.loads(wargame("sessions", "--json", "--library", other).stdout)
    assert [s["session"] for s in listed] == [session]
    assert set(listed[0]) >= {"ended", "scores"}
    assert "score" in wargame("sessions", "--library", other, "--lang", "en").stdout.splitlines()[0]


def test_a_changed_byte_of_an_exported_file_is_found(library: Path, session: str, tmp_path: Path) -> None:
    file = tmp_path / "one.session"
    wargame("sessions", "export", session, str(file), "--library", str(library))
    text = file.read_bytes()
    file.write_bytes(text.replace(b'"amount":1', b'"amount":2', 1))
    done = wargame("verify", str(file))
    assert done.returncode in (ExitCode.DIFFERS, ExitCode.LIBRARY)
    assert "Traceback" not in done.stderr


def test_a_deleted_session_is_gone(tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    session = session_in(play(["end"], library=library))
    done = wargame("sessions", "delete", session, "--library", str(library))
    assert done.returncode == ExitCode.OK
    assert "head hash" in done.stderr
    assert wargame("sessions", "show", session, "--library", str(library)).returncode == ExitCode.NOT_FOUND
    assert "has no sessions" in wargame("sessions", "--library", str(library)).stderr


@BOTH
def test_sessions_are_listed(language: str, library: Path, session: str) -> None:
    done = wargame("sessions", "--lang", language, "--library", str(library))
    assert session in done.stdout
    assert "toy-valley" in done.stdout


@pytest.mark.parametrize("command", ["show", "delete"])
def test_sessions_refuse_what_is_not_there(command: str, library: Path) -> None:
    done = wargame("sessions", command, "nothere", "--library", str(library))
    assert done.returncode == ExitCode.NOT_FOUND


def test_a_file_that_is_no_library_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "not.sqlite"
    path.write_text("hello", encoding="utf-8")
    done = wargame("sessions", "--library", str(path))
    assert done.returncode == ExitCode.LIBRARY
    assert "Traceback" not in done.stderr


# ── in a process of its own ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        (["list"], ExitCode.OK, "vraem-2020: The valley in a pandemic"),
        (["check", TOY], ExitCode.OK, "toy-valley: good"),
        (["simulate", TOY, "-n", "5", "--seed", "1"], ExitCode.OK, "How sessions end"),
        (["sessions"], ExitCode.OK, ""),
        (["replay", "nothere"], ExitCode.NOT_FOUND, ""),
        (["play", TOY, "--line", "--seed", "1", "--lang", "es"], ExitCode.OK, "EL VALLE DE JUGUETE"),
        (
            ["play", "nowhere"],
            ExitCode.NOT_FOUND,
            f"There is no scenario 'nowhere'. Known: {', '.join(sorted(scenario_names()))}.",
        ),
        (["play", TOY, "--lang", "es", "--seat", "nadie"], ExitCode.NOT_FOUND, "No existe el puesto «nadie»."),
        (["play", "--resume", "zzz"], ExitCode.NOT_FOUND, ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_ends_with_its_code_and_without_a_traceback(asked: list[str], code: ExitCode, words: str) -> None:
    done = process(*asked)
    assert done.returncode == code, done.stderr
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


# ── the line itself ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "english", "spanish"),
    [
        (["fory", "x"], "No such command 'fory'.", "No existe el comando «fory»."),
        (["why", "x"], "Missing argument 'number'.", "Falta el argumento «number»."),
        (["list", "--colour"], "No such option: --colour", "No existe la opción --colour"),
        (["play", "--seat"], "Option '--seat' requires an argument.", "La opción «--seat» necesita un valor."),
        (["list", "extra"], "Got unexpected extra argument(s) (extra)", "Sobra en la línea: extra."),
        (["simulate", "x", "-n", "0"], "This must be 1 or more.", "Debe ser 1 o más."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_line_that_cannot_be_read_is_a_sentence(asked: list[str], english: str, spanish: str) -> None:
    for language, sentence in (("en", english), ("es", spanish)):
        done = wargame(*asked, *([] if asked[-1] == "--seat" else ["--lang", language]), *[])
        if asked[-1] == "--seat":
            done = wargame("--lang", language, *asked)
        assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
        assert sentence in done.stderr


def test_an_unknown_language_is_refused() -> None:
    done = wargame("list", "--lang", "fr")
    assert done.returncode == ExitCode.USAGE
    assert "'fr' is not one of 'en', 'es'." in done.stderr


def test_help_is_in_the_language_asked_for() -> None:
    words = wargame("simulate", "--help", "--lang", "es").stdout + wargame("--lang", "es", "--help").stdout
    for spanish in ("Uso:", "Opciones:", "Argumentos:", "Comandos:", "Mostrar esta ayuda y salir.", "[obligatorio]"):
        assert spanish in words
    for english in ("Usage", "Options", "Arguments", "Commands", "Show this", "default", "required"):
        assert english not in words


def test_bytes_that_are_no_text_are_answered_with_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wargame", "play", TOY, "--line", "--lang", "en", "--seat", "bosses", "--seed", "1"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=b"file \xff\xfe\x80\n\xc3\n\n   \n\x00\nquit\n",
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == ExitCode.OK
    assert b"Traceback" not in done.stderr
    assert done.stdout.count(b"There is no command") == 2
    assert b"None of your moves is called" in done.stdout


def test_a_game_whose_reader_has_gone_stops_without_a_word(tmp_path: Path) -> None:
    program = f"{sys.executable} -m wargame play {TOY} --line --lang en --seat bosses --library {tmp_path}/l.sqlite"
    lines = "help\norders\n" + "end\n" * 8
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {program} | head -n 3"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=lines.encode(),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (ExitCode.OK, b"")
    assert len(done.stdout.splitlines()) == 3


def test_whoever_stops_reading_is_not_an_error() -> None:
    program = [sys.executable, "-m", "wargame", "replay", "x"]
    with subprocess.Popen(
        [*program[:3], "list"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
        assert process.wait(60) == ExitCode.OK
    assert errors == ""
