"""The commands about sessions that were played: why, again, otherwise, and the library that keeps them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.options import AsJson, Lang, Library, Seed, SessionId, t, voice
from wargame.cli.usage import Command, Group


def add_to(app: typer.Typer) -> None:
    """Give an application the commands about sessions."""
    app.command(
        "why",
        cls=Command,
        help=t("Why a number moved in a turn, with sources.", "Por qué cambió un indicador en un turno, con fuentes."),
    )(why)
    app.command(
        "fork",
        cls=Command,
        help=t("Start a new session from a past turn.", "Empezar una sesión nueva desde un turno pasado."),
    )(fork)
    app.command(
        "verify",
        cls=Command,
        help=t("Re-run a session and compare every turn.", "Volver a ejecutar una sesión y comparar cada turno."),
    )(verify)
    app.command(
        "compare",
        cls=Command,
        help=t(
            "Two sessions side by side: orders, numbers, objectives, endings.",
            "Dos sesiones lado a lado: órdenes, indicadores, objetivos, desenlaces.",
        ),
    )(compare)
    app.command(
        "decisions",
        cls=Command,
        help=t(
            "Which decisions of a session mattered, each against its absence.",
            "Qué decisiones de una sesión pesaron, cada una frente a su ausencia.",
        ),
    )(decisions)
    app.command(
        "report", cls=Command, help=t("A report of a session in Markdown.", "Un reporte de una sesión en Markdown.")
    )(report)
    app.command("replay", cls=Command, help=t("Show a session turn by turn.", "Mostrar una sesión turno por turno."))(
        replay
    )
    app.add_typer(_library(), name="sessions")


def _library() -> typer.Typer:
    """Return the commands of ``wargame sessions``."""
    kept = typer.Typer(
        cls=Group,
        help=t(
            "List, show, delete, export and import sessions.", "Listar, mostrar, borrar, exportar e importar sesiones."
        ),
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    kept.callback()(sessions_default)
    kept.command(
        "show",
        cls=Command,
        help=t("Show the header and length of a session.", "Mostrar la cabecera y la extensión de una sesión."),
    )(sessions_show)
    kept.command(
        "delete",
        cls=Command,
        help=t("Delete a session whole; a tombstone stays.", "Borrar una sesión entera; queda una lápida."),
    )(sessions_delete)
    kept.command(
        "export",
        cls=Command,
        help=t("Write a session to one portable file.", "Escribir una sesión en un archivo portátil."),
    )(sessions_export)
    kept.command(
        "import",
        cls=Command,
        help=t("Take in a session from a portable file.", "Incorporar una sesión desde un archivo portátil."),
    )(sessions_import)
    return kept


def why(
    session: SessionId,
    number: Annotated[
        str, typer.Argument(help=t("Number, such as vizcatan.crop_ha.", "Indicador, por ejemplo vizcatan.crop_ha."))
    ],
    turn: Annotated[int, typer.Option("--turn", min=1, help=t("Turn.", "Turno."))],
    seat: Annotated[
        str, typer.Option("--seat", help=t("As this seat may see it.", "Como puede verlo este puesto."))
    ] = "",
    library: Library = None,
    lang: Lang = voice.language,
) -> None:
    """Explain a number."""
    from wargame.cli.history import tell_why

    tell_why(voice, library, session, number, turn, seat)


def fork(
    session: SessionId,
    turn: Annotated[int, typer.Option("--turn", min=1, help=t("Turn to go back to.", "Turno al que se vuelve."))],
    new_luck: Annotated[
        bool, typer.Option("--new-luck", help=t("Draw anew from there on.", "Sortear de nuevo desde ahí."))
    ] = False,
    seed: Seed = None,
    library: Library = None,
    lang: Lang = voice.language,
) -> None:
    """Branch off."""
    from wargame.cli.history import fork_session

    fork_session(voice, library, session, turn, new_luck, seed)


def verify(
    session: Annotated[str, typer.Argument(help=t("Session, or an exported file.", "Sesión, o un archivo exportado."))],
    library: Library = None,
    lang: Lang = voice.language,
) -> None:
    """Compare with a re-run."""
    from wargame.cli.history import verify_session

    raise typer.Exit(verify_session(voice, library, session))


def compare(
    first: Annotated[str, typer.Argument(help=t("One session (A).", "Una sesión (A)."))],
    second: Annotated[str, typer.Argument(help=t("The other (B).", "La otra (B)."))],
    seat: Annotated[
        str, typer.Option("--seat", help=t("As this seat may see them.", "Como puede verlas este puesto."))
    ] = "",
    number: Annotated[
        list[str] | None,
        typer.Option(
            "--number", help=t("Number to follow; may be repeated.", "Indicador que se sigue; puede repetirse.")
        ),
    ] = None,
    as_json: AsJson = False,
    library: Library = None,
    lang: Lang = voice.language,
) -> None:
    """Hold two sessions against each other."""
    from wargame.cli.comparing import compare_sessions

    compare_sessions(voice, library, (first, second), seat, number or [], as_json)


def decisions(
    session: SessionId,
    seat: Annotated[
        str, typer.Option("--seat", help=t("Whose (else the first seat of people).", "De quién (si no, el primero)."))
    ] = "",
    most: Annotated[int, typer.Option("--most", "-n", min=1, help=t("How many.", "Cuántas."))] = 5,
    as_json: AsJson = False,
    library: Library = None,
    lang: Lang = voice.language,
) -> None:
    """Weigh decisions."""
    from wargame.cli.debrief import decisions_of

    decisions_of(voice, library, session, seat, most, as_json)


def report(
    session: SessionId,
    seat: Annotated[
        str, typer.Option("--seat", help=t("Whose (else the first seat of people).", "De quién (si no, el primero)."))
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help=t("Write to this file.", "Escribir en este archivo."))
    ] = None,
    short: Annotated[
        bool, typer.Option("--short", help=t("Only the first two pages.", "Solo las dos primeras páginas."))
    ] = False,
    library: Library = None,
    lang: Lang = voice.language,
) -> None:
    """Report on a session."""
    from wargame.cli.debrief import report_of

    report_of(voice, library, session, seat, out, short=short)


def replay(
    session: SessionId,
    text: Annotated[bool, typer.Option("--text", help=t("As plain text.", "Como texto."))] = True,
    turn: Annotated[int | None, typer.Option("--turn", min=1, help=t("Only this turn.", "Solo este turno."))] = None,
    seat: Annotated[
        str, typer.Option("--seat", help=t("As this seat may see it.", "Como puede verlo este puesto."))
    ] = "",
    library: Library = None,
    lang: Lang = voice.language,
) -> None:
    """Show again."""
    from wargame.cli.history import replay_session

    replay_session(voice, library, session, turn, seat)


def sessions_default(
    context: typer.Context, library: Library = None, as_json: AsJson = False, lang: Lang = voice.language
) -> None:
    """List sessions when no command is named."""
    if context.invoked_subcommand is None:
        from wargame.cli.history import list_sessions

        list_sessions(voice, library, as_json)


def sessions_show(session: SessionId, library: Library = None, lang: Lang = voice.language) -> None:
    """Show one session."""
    from wargame.cli.history import show_session

    show_session(voice, library, session)


def sessions_delete(session: SessionId, library: Library = None, lang: Lang = voice.language) -> None:
    """Delete a session."""
    from wargame.cli.history import delete_session

    delete_session(voice, library, session)


def sessions_export(session: SessionId, file: Path, library: Library = None, lang: Lang = voice.language) -> None:
    """Export a session."""
    from wargame.cli.history import export_to

    export_to(voice, library, session, file)


def sessions_import(file: Path, library: Library = None, lang: Lang = voice.language) -> None:
    """Import a session."""
    from wargame.cli.history import import_from

    import_from(voice, library, file)
