"""The commands of the line mode: their names in both languages, what they do, and in which order help has them."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.cli import comparing, debrief, deeds, negotiating, teaching
from wargame.cli.command import Command
from wargame.cli.help import show_help
from wargame.model.text import Text
from wargame.telling import believed, feedback, filing, foreseeing, looking, offers, source_cards
from wargame.telling.game import Game


def _help(game: Game, words: Sequence[str]) -> None:
    show_help(game, words, COMMANDS)


COMMANDS: tuple[Command, ...] = (
    Command(
        ("brief",),
        ("informe",),
        Text("brief", "informe"),
        Text("who you are and what you want", "quién es usted y qué quiere"),
        deeds.show_brief,
    ),
    Command(
        ("situation", "s"),
        ("situación", "s"),
        Text("situation", "situación"),
        Text(
            "your means, objectives and the numbers that decide them",
            "sus medios, sus objetivos y los indicadores que los deciden",
        ),
        deeds.show_situation,
    ),
    Command(
        ("orders", "o", "moves"),
        ("órdenes", "o", "acciones"),
        Text("orders [4 or 4.2]", "órdenes [4 o 4.2]"),
        Text(
            "what you may order; a move; what an order would do there",
            "lo que puede ordenar; una acción; qué haría una orden allí",
        ),
        offers.show_orders,
        in_play=True,
    ),
    Command(
        ("refused",),
        ("rechazadas",),
        Text("refused [4]", "rechazadas [4]"),
        Text("what you may not order now, and why", "lo que no puede ordenar ahora, y por qué"),
        offers.show_refused,
        in_play=True,
    ),
    Command(
        ("file", "f"),
        ("presentar", "p", "ordenar"),
        Text("file 4.2 [amount] [because …]", "presentar 4.2 [cantidad] [porque …]"),
        Text(
            "give an order; names do as well: file MOVE PLACE",
            "dar una orden; también con nombres: presentar ACCIÓN LUGAR",
        ),
        filing.file_order,
        in_play=True,
    ),
    Command(
        ("forecast",),
        ("pronóstico",),
        Text("forecast 4.2 [amount]", "pronóstico 4.2 [cantidad]"),
        Text(
            "what an order may come to, against not giving it; alone: how forecasts have borne out",
            "en qué puede acabar una orden, frente a no darla; solo: cómo han resultado los pronósticos",
        ),
        foreseeing.forecast,
        in_play=True,
    ),
    Command(
        ("mine",),
        ("mías",),
        Text("mine", "mías"),
        Text("the orders you have filed", "las órdenes que ha presentado"),
        filing.show_filed,
        in_play=True,
    ),
    Command(
        ("withdraw",),
        ("retirar",),
        Text("withdraw 1", "retirar 1"),
        Text("take an order back", "retirar una orden"),
        filing.withdraw,
        in_play=True,
    ),
    Command(
        ("up",),
        ("subir",),
        Text("up 2", "subir 2"),
        Text("put an order further up in your priorities", "subir una orden en sus prioridades"),
        filing.move_up,
        in_play=True,
    ),
    *negotiating.COMMANDS,
    Command(
        ("roll",),
        ("nominal",),
        Text("roll [turn]", "nominal [turno]"),
        Text(
            "how each member of your bodies was called, and what inclined it",
            "cómo votó cada miembro de sus organismos, y qué lo inclinó",
        ),
        deeds.show_roll,
    ),
    Command(
        ("end",),
        ("terminar", "fin"),
        Text("end", "terminar"),
        Text("play the turn out and see the results", "jugar el turno y ver los resultados"),
        deeds.end_turn,
        in_play=True,
        in_full=True,
    ),
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
            "después del final: su partida entre 1000 de los bots",
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
    Command(
        ("help", "h", "?"),
        ("ayuda", "?"),
        Text("help [word]", "ayuda [palabra]"),
        Text("this list, or what a word means", "esta lista, o qué significa una palabra"),
        _help,
    ),
    Command(
        ("quit", "q", "exit"),
        ("salir", "q"),
        Text("quit", "salir"),
        Text("leave; the session can be resumed", "salir; la sesión se puede retomar"),
        deeds.quit,
        in_full=True,
    ),
)
