"""The commands that put the model to the test: against history, and against its own assumptions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.options import AsJson, Lang, Lens, ScenarioName, Seed, t, voice
from wargame.cli.usage import Command

Workers = Annotated[int | None, typer.Option("--workers", min=1, help=t("Processes at once.", "Procesos a la vez."))]


def add_to(app: typer.Typer) -> None:
    """Give an application the commands that test the model."""
    app.command(
        "hindcast",
        cls=Command,
        help=t(
            "Play a case of history many times and score the model against what happened.",
            "Jugar muchas veces un caso de la historia y calificar el modelo con lo que ocurrió.",
        ),
    )(hindcast)
    app.command(
        "calibrate",
        cls=Command,
        help=t(
            "Seek values of shared parameters that tell all cases of history better, within their ranges.",
            "Buscar valores de parámetros comunes que cuenten mejor todos los casos, dentro de sus márgenes.",
        ),
    )(calibrate)
    app.command(
        "sensitivity",
        cls=Command,
        help=t(
            "Which ten assumptions decide a scenario, with their places and what they rest on.",
            "Qué diez supuestos deciden un escenario, con su lugar y aquello en que se apoyan.",
        ),
    )(sensitivity)


def hindcast(
    case: Annotated[str, typer.Argument(help=t("Case: a name or a folder.", "Caso: un nombre o una carpeta."))],
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            help=t(
                "Table of figures to score instead of the case's own (same columns).",
                "Tabla de cifras con que calificar en vez de las del caso (mismas columnas).",
            ),
        ),
    ] = None,
    sessions: Annotated[int, typer.Option("-n", "--sessions", min=1, help=t("How many.", "Cuántas."))] = 1000,
    seed: Seed = None,
    lens: Lens = "",
    workers: Workers = None,
    as_json: AsJson = False,
    lang: Lang = voice.language,
) -> None:
    """Score a case."""
    from wargame.cli.hindcasting import Asked, hindcast_case

    raise typer.Exit(hindcast_case(voice, Asked(case, against, sessions, seed, lens, workers, as_json)))


def calibrate(
    cases: Annotated[list[str], typer.Argument(help=t("Cases: names or folders.", "Casos: nombres o carpetas."))],
    leave_one_out: Annotated[
        bool,
        typer.Option(
            "--leave-one-out",
            help=t("Tune again without each case, and test on it.", "Ajustar otra vez sin cada caso, y probar con él."),
        ),
    ] = False,
    sessions: Annotated[
        int,
        typer.Option(
            "--sessions", min=1, help=t("Sessions of a candidate and case.", "Sesiones por candidato y caso.")
        ),
    ] = 10,
    rounds: Annotated[
        int, typer.Option("--rounds", min=1, help=t("Rounds of the search.", "Rondas de la búsqueda."))
    ] = 12,
    seed: Seed = None,
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            help=t(
                "Write the new values into the rule packs if left-out cases do better.",
                "Escribir los valores nuevos en los paquetes de reglas si los casos dejados fuera mejoran.",
            ),
        ),
    ] = False,
    workers: Workers = None,
    as_json: AsJson = False,
    lang: Lang = voice.language,
) -> None:
    """Calibrate."""
    from wargame.cli.calibrating import Asked, calibrate_cases

    asked = Asked(cases, leave_one_out, sessions, rounds, seed, write, workers, as_json)
    raise typer.Exit(calibrate_cases(voice, asked))


def sensitivity(
    scenario: ScenarioName,
    objective: Annotated[
        str,
        typer.Option("--objective", help=t("SEAT/OBJECTIVE to look at.", "PUESTO/OBJETIVO que se examina.")),
    ] = "",
    measure: Annotated[
        str,
        typer.Option(
            "--measure",
            help=t("Measure to look at; else all of them.", "Indicador que se examina; si no, todos."),
        ),
    ] = "",
    sessions: Annotated[
        int,
        typer.Option(
            "--sessions",
            min=100,
            help=t(
                "About how many in all; raised to the least needed.", "Cuántas en total, más o menos; sube al mínimo."
            ),
        ),
    ] = 16000,
    seed: Seed = None,
    workers: Workers = None,
    as_json: AsJson = False,
    lang: Lang = voice.language,
) -> None:
    """Say what decides."""
    from wargame.cli.assumptions import Asked, sensitivity_of

    raise typer.Exit(sensitivity_of(voice, Asked(scenario, objective, measure, sessions, seed, workers, as_json)))
