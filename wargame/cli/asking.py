"""The commands of the line mode that ask: about results and causes, other runs, who and what there is, and notes."""

from __future__ import annotations

from wargame.cli import comparing, debrief, deeds, teaching
from wargame.cli.command import Command
from wargame.model.text import Text
from wargame.telling import believed, feedback, history, looking, source_cards

ASKING: tuple[Command, ...] = (
    Command(
        ("results", "report", "r"),
        ("resultados", "reporte", "r"),
        Text("results [turn]", "resultados [turno]"),
        Text("what a turn brought, and why", "qué trajo un turno, y por qué"),
        deeds.show_results,
    ),
    Command(
        ("why", "w"),
        ("porqué", "por qué"),
        Text("why 2, or why NUMBER [turn]", "porqué 2, o porqué INDICADOR [turno]"),
        Text(
            "every cause of a number of the last list, or of any number",
            "todas las causas de un indicador de la última lista, o de cualquiera",
        ),
        looking.why,
    ),
    Command(
        ("history",),
        ("historia",),
        Text("history 2, or history NUMBER", "historia 2, o historia INDICADOR"),
        Text("a number at the start of every turn", "un indicador al comenzar cada turno"),
        history.show_history,
    ),
    Command(
        ("loops",),
        ("círculos",),
        Text("loops 2, or loops NUMBER [turn]", "círculos 2, o círculos INDICADOR [turno]"),
        Text(
            "which causal loops a change feeds, reinforcing or checking themselves",
            "qué círculos causales alimenta un cambio, que se refuerzan o se frenan",
        ),
        feedback.show_loops,
    ),
    Command(
        ("believed",),
        ("creído",),
        Text("believed [turn]", "creído [turno]"),
        Text(
            "what you believed when you ordered, and what you know now",
            "lo que creía al ordenar, y lo que sabe ahora",
        ),
        believed.show_believed,
    ),
    Command(
        ("compare",),
        ("comparar",),
        Text("compare [SESSION]", "comparar [SESIÓN]"),
        Text(
            "this session beside another; alone: beside the one it was forked from",
            "esta sesión junto a otra; solo: junto a aquella de la que es rama",
        ),
        comparing.compare_here,
    ),
    Command(
        ("decisions",),
        ("decisiones",),
        Text("decisions", "decisiones"),
        Text(
            "after the end: which of your decisions mattered most",
            "después del final: cuáles de sus decisiones importaron más",
        ),
        debrief.show_decisions,
    ),
    Command(
        ("standing",),
        ("posición",),
        Text("standing", "posición"),
        Text(
            "after the end: your run among 1,000 of bots",
            "después del final: su sesión entre 1000 de los bots",
        ),
        debrief.show_standing,
    ),
    Command(
        ("look", "l"),
        ("mirar", "m"),
        Text("look WHO or WHERE", "mirar QUIÉN o DÓNDE"),
        Text(
            "every number of an actor, zone or group, and its ties",
            "todos los indicadores de un actor, zona o grupo, y sus vínculos",
        ),
        looking.look,
    ),
    Command(
        ("actors",), ("actores",), Text("actors", "actores"), Text("who there is", "quiénes hay"), looking.show_actors
    ),
    Command(
        ("zones",),
        ("zonas",),
        Text("zones", "zonas"),
        Text("where things happen", "dónde pasan las cosas"),
        looking.show_zones,
    ),
    Command(
        ("news",),
        ("noticias",),
        Text("news", "noticias"),
        Text("what you were told at the beginning of this turn", "lo que se le comunicó al comenzar este turno"),
        deeds.show_news,
    ),
    Command(
        ("objectives",),
        ("objetivos",),
        Text("objectives", "objetivos"),
        Text("your objectives, as far as you can tell", "sus objetivos, hasta donde puede saberse"),
        deeds.show_objectives,
    ),
    Command(
        ("sources", "source"),
        ("fuentes", "fuente"),
        Text("sources [id]", "fuentes [id]"),
        Text(
            "the card of a source and what rests on it; or on what a rule rests",
            "la ficha de una fuente y lo que se apoya en ella; o en qué se apoya una regla",
        ),
        source_cards.show_sources,
    ),
    Command(
        ("note",),
        ("nota", "anotar"),
        Text("note TEXT", "nota TEXTO"),
        Text("keep a note with the turn", "guardar una nota con el turno"),
        deeds.note,
    ),
    Command(("notes",), ("notas",), Text("notes", "notas"), Text("your notes", "sus notas"), deeds.show_notes),
    Command(
        ("fork",),
        ("bifurcar",),
        Text("fork 3 [new]", "bifurcar 3 [nueva]"),
        Text(
            "start again from a past turn, with the same luck or new luck",
            "empezar de nuevo desde un turno pasado, con la misma suerte u otra",
        ),
        deeds.fork_here,
    ),
    Command(
        ("save",),
        ("guardar",),
        Text("save", "guardar"),
        Text("not needed: everything is kept as it happens", "no hace falta: todo se guarda en el momento"),
        deeds.save,
    ),
    *teaching.COMMANDS,
)
