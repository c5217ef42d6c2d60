"""The commands. Each imports what it needs when it is called, so that ``wargame --help`` stays fast."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from wargame.cli import authoring, recorded, testing
from wargame.cli.exits import ExitCode
from wargame.cli.options import (
    Against,
    AsJson,
    Choice,
    Lang,
    Lens,
    Level,
    Library,
    Opponents,
    People,
    Plays,
    Results,
    ScenarioName,
    Seed,
    Short,
    Think,
    language_from,
    settings,
    t,
    voice,
)
from wargame.cli.speech import STOPPED, Voice
from wargame.cli.usage import Command, Group, Interrupted, PipeClosed, refused
from wargame.model.errors import WargameError
from wargame.model.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from wargame.cli.play import Table
    from wargame.model.errors import ProgramError

Screens: TypeAlias = "Callable[[Voice, Table], tuple[str, Path | None, ProgramError | None]]"
"""What opens the screens: the session played last, its library if another, and what failed, if the program did."""

app = typer.Typer(
    cls=Group,
    help=t(
        "Scenario wargames and tabletop exercises on security policy in Latin America.",
        "Juegos de escenario y ejercicios de mesa sobre política de seguridad en América Latina.",
    ),
    context_settings={"obj": voice.language},
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def everything(lang: Lang = voice.language) -> None:
    """Take the language also before the name of the command."""


authoring.add_to(app)


@app.command(cls=Command, help=t("Play a scenario alone against bots.", "Jugar un escenario a solas contra bots."))
def play(
    scenario: Annotated[
        str, typer.Argument(help=t("Scenario: a name or a folder.", "Escenario: un nombre o una carpeta."))
    ] = "",
    seat: Annotated[str, typer.Option("--seat", help=t("Seat to play.", "Puesto que se juega."))] = "",
    line: Annotated[
        bool,
        typer.Option(
            "--line",
            help=t(
                "Plain lines, for pipes and screen readers.", "Líneas de texto, para tuberías y lectores de pantalla."
            ),
        ),
    ] = False,
    resume: Annotated[
        str,
        typer.Option(
            "--resume",
            help=t("Go on with a session; without an id, the newest.", "Continuar una sesión; sin id, la última."),
        ),
    ] = "",
    level: Level = "",
    seed: Seed = None,
    lens: Lens = "",
    short: Short = False,
    opponents: Against = Opponents.DOCTRINE,
    think: Think = 5.0,
    library: Library = None,
    lang: Lang = voice.language,
) -> None:
    """Play alone."""
    from wargame.cli.play import Table, play_in_lines, play_on_screens

    ahead = opponents is Opponents.PLANNER
    table = Table(scenario, seat, resume, level, seed, lens, short, library, ahead, think)
    if _screens is None or line or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise typer.Exit(play_in_lines(voice, table))
    raise typer.Exit(play_on_screens(voice, table, _screens))


@app.command(
    cls=Command,
    help=t(
        "Play many sessions by bots and show how they end.", "Jugar muchas sesiones con bots y mostrar cómo terminan."
    ),
)
def simulate(
    scenario: ScenarioName,
    sessions: Annotated[int, typer.Option("-n", "--sessions", min=1, help=t("How many.", "Cuántas."))] = 1000,
    seed: Seed = None,
    lens: Lens = "",
    level: Level = "",
    people: People = None,
    short: Short = False,
    plays: Plays = None,
    out: Results = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help=t("Processes at once.", "Procesos a la vez."))
    ] = None,
    chunk: Annotated[int, typer.Option("--chunk", min=1, help=t("Sessions per batch.", "Sesiones por lote."))] = 1000,
    as_json: AsJson = False,
    lang: Lang = voice.language,
) -> None:
    """Play an ensemble."""
    from wargame.cli.simulate import Run, simulate_scenario

    run = Run(scenario, sessions, seed, lens, level, people or [], short, plays or [], out, workers, chunk, as_json)
    raise typer.Exit(simulate_scenario(voice, run))


@app.command(
    cls=Command,
    help=t(
        "Is it a game? Who wins, which doctrines beat which, what is never used.",
        "¿Es un juego? Quién gana, qué doctrinas vencen a cuáles, qué no se usa nunca.",
    ),
)
def balance(
    scenario: ScenarioName,
    sessions: Annotated[
        int, typer.Option("--sessions", "-n", min=1, help=t("Sessions per pairing.", "Partidas por emparejamiento."))
    ] = 200,
    states: Annotated[
        int,
        typer.Option(
            "--states",
            min=0,
            help=t(
                "Situations of each seat in which every move is tried alone; 0: none.",
                "Situaciones de cada puesto en que se prueba cada acción por sí sola; 0: ninguna.",
            ),
        ),
    ] = 24,
    planner: Annotated[
        bool,
        typer.Option(
            "--planner",
            help=t(
                "Let each seat think ahead against its own doctrine; takes minutes.",
                "Hacer que cada puesto piense por adelantado contra su propia doctrina; tarda minutos.",
            ),
        ),
    ] = False,
    pairs: Annotated[
        int, typer.Option("--pairs", min=1, help=t("Pairs of sessions for --planner.", "Pares de sesiones."))
    ] = 20,
    short: Short = False,
    seed: Seed = None,
    lens: Lens = "",
    as_json: AsJson = False,
    lang: Lang = voice.language,
) -> None:
    """Weigh a scenario."""
    from wargame.cli.balancing import Weighing, balance_of

    asked = Weighing(scenario, lens, sessions, seed, as_json, states, planner, pairs, short)
    raise typer.Exit(balance_of(voice, asked))


testing.add_to(app)
recorded.add_to(app)


@app.command(
    "language",
    cls=Command,
    help=t(
        "Show the language, or choose one for good: en, es, or auto (that of this machine).",
        "Mostrar el idioma, o elegir uno para siempre: en, es o auto (el de este equipo).",
    ),
)
def choose_language(
    choice: Annotated[Choice | None, typer.Argument(help=t("en, es or auto.", "en, es o auto."))] = None,
    lang: Lang = voice.language,
) -> None:
    """Show or keep the language."""
    from wargame.cli.language import keep_language, show_language

    if choice is None:
        show_language(voice, language_from)
    else:
        keep_language(choice)


_screens: Screens | None = None
"""What opens the screens; the roof brings it, since front ends do not know each other."""


def run(screens: Screens | None = None) -> int:
    """Run the command line and return the exit code; no traceback for what a user may do wrong."""
    global _screens
    _screens = screens
    _write_utf8()
    if settings.problem is not None:
        voice.narrate(settings.problem)
    return int(_guarded(lambda: app(standalone_mode=False)))


def _guarded(call: Callable[[], Any]) -> ExitCode | int:
    try:
        code = call()
    except WargameError as error:
        return voice.fail(error)
    except Interrupted:
        voice.narrate(STOPPED)
        return ExitCode.INTERRUPTED
    except PipeClosed:
        _let_go_of_stdout()
        return ExitCode.OK
    except OSError as error:
        voice.narrate(Text("The machine refused: {why}.", "El equipo lo impidió: {why}.").fill(why=error))
        return ExitCode.FAILED
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        voice.narrate(refused(error.format_message(), voice.language))
        return ExitCode.USAGE
    return code if isinstance(code, int) else ExitCode.OK


def _let_go_of_stdout() -> None:
    """Let nothing more be written to a pipe that nobody reads."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_utf8() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
