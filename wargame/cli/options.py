"""The options and arguments that several commands share, and the voice in which all of them speak."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.settings import read_settings
from wargame.cli.speech import Voice, language_of
from wargame.model.text import Language, Text

SEEDS = 2**63
"""Seeds are whole numbers below this."""


class Choice(StrEnum):
    """What ``wargame language`` may be told."""

    EN = "en"
    ES = "es"
    AUTO = "auto"


class Opponents(StrEnum):
    """What plays the seats that no person plays."""

    DOCTRINE = "doctrine"
    PLANNER = "planner"


settings = read_settings()
_language, language_from = language_of(sys.argv[1:], settings.language)
voice = Voice(_language)


def t(en: str, es: str) -> str:
    """Return words in the language of the command."""
    return voice.of(Text(en, es))


_LANG_HELP = t("Language: en or es.", "Idioma: en o es.")
Lang = Annotated[Language, typer.Option("--lang", help=_LANG_HELP)]
Library = Annotated[
    Path | None,
    typer.Option("--library", help=t("File that keeps the sessions.", "Archivo que guarda las sesiones.")),
]
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed",
        min=0,
        max=SEEDS - 1,
        help=t("Seed of the luck; printed if left out.", "Semilla del azar; si falta, se elige y se muestra."),
    ),
]
Lens = Annotated[str, typer.Option("--lens", help=t("Lens of an author or school.", "Enfoque de un autor o escuela."))]
Level = Annotated[
    str,
    typer.Option(
        "--level",
        help=t(
            "Level of difficulty: how well bots choose, and what people start with.",
            "Nivel de dificultad: qué tan bien eligen los bots y con qué empiezan las personas.",
        ),
    ),
]
Short = Annotated[bool, typer.Option("--short", help=t("Play the short length.", "Jugar la duración corta."))]
AsJson = Annotated[bool, typer.Option("--json", help=t("Write JSON.", "Escribir JSON."))]
SessionId = Annotated[
    str, typer.Argument(help=t("Session, or how its id begins.", "Sesión, o cómo empieza su identificador."))
]
Against = Annotated[
    Opponents,
    typer.Option(
        "--opponents",
        help=t(
            "What plays the other seats: doctrine (at once) or planner (each thinks ahead from what it knows).",
            "Qué juega los otros puestos: doctrine (al instante) o planner (cada uno piensa por adelantado, según lo "
            "que sabe).",
        ),
    ),
]
Think = Annotated[
    float,
    typer.Option(
        "--think",
        min=0.0,
        max=3600.0,
        help=t("Seconds a turn for planners, all together.", "Segundos por turno para los que piensan, entre todos."),
    ),
]
ScenarioName = Annotated[
    str, typer.Argument(help=t("Scenario: a name or a folder.", "Escenario: un nombre o una carpeta."))
]
People = Annotated[
    list[str] | None,
    typer.Option(
        "--seat",
        help=t(
            "Seat that starts with the means of the level, as if people played it; may be repeated.",
            "Puesto que empieza con los medios del nivel, como si lo jugaran personas; puede repetirse.",
        ),
    ),
]
Plays = Annotated[
    list[str] | None,
    typer.Option(
        "--bot",
        help=t(
            "SEAT=DOCTRINE (or random, first); may be repeated.",
            "PUESTO=DOCTRINA (o random, first); puede repetirse.",
        ),
    ),
]
Results = Annotated[
    Path | None,
    typer.Option(
        "--out",
        help=t(
            "Folder for sessions.csv, table.json and manifest.json.",
            "Carpeta para sessions.csv, table.json y manifest.json.",
        ),
    ),
]
