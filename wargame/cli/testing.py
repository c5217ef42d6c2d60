"""The commands that put the model to the test: against history, and against its own assumptions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.options import AsJson, Lang, Lens, Seed, t, voice
from wargame.cli.usage import Command


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
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help=t("Processes at once.", "Procesos a la vez."))
    ] = None,
    as_json: AsJson = False,
    lang: Lang = voice.language,
) -> None:
    """Score a case."""
    from wargame.cli.hindcasting import Asked, hindcast_case

    raise typer.Exit(hindcast_case(voice, Asked(case, against, sessions, seed, lens, workers, as_json)))
