"""The commands of the line mode: their names in both languages, what they do, and how a typed line finds one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wargame.cli import debrief, deeds
from wargame.formula.suggest import nearest
from wargame.model.errors import RefusedOrder, SessionError, WargameError
from wargame.model.text import Text
from wargame.telling import agenda, bargaining, bodies, filing, foreseeing, looking, offers
from wargame.telling.game import Game
from wargame.telling.glossary import WORDS
from wargame.telling.menu import UnknownMove
from wargame.telling.typed import matching, plain

LONGEST = 2000
"""Longer lines are not commands."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``names`` and ``nombres`` are what may be typed; the first ones are shown."""

    names: tuple[str, ...]
    nombres: tuple[str, ...]
    usage: Text
    help: Text
    run: Callable[[Game, Sequence[str]], None]
    in_play: bool = False
    """Only while the session is in play."""
    in_full: bool = False
    """It cannot be undone, so a part of its name is not enough."""

    @property
    def name(self) -> Text:
        """Return the name that is shown."""
        return Text(self.names[0], self.nombres[0])


def obey(game: Game, line: str) -> None:
    """Do what a typed line says, or say why not."""
    words = line.split()
    if not words:
        return
    try:
        if len(line) > LONGEST:
            raise SessionError(Text("That line is too long.", "Esa línea es demasiado larga."))
        command, rest = _find(words)
        if command.in_play and game.session.ended:
            raise SessionError(_OVER)
        command.run(game, rest)
    except UnknownMove as error:
        _propose(game, error)
    except RefusedOrder as error:
        game.talk.say(Text("Not filed: {why}", "No se presentó: {why}").fill(why=error.message))
    except WargameError as error:
        game.talk.say(error.message)


def _propose(game: Game, error: UnknownMove) -> None:
    """Say which moves may have been meant, each with what it does."""
    game.talk.say(error.message)
    for offer in error.near:
        said = game.talk.of(offer.title)
        does = offer.move.text
        game.talk.item(f"{offer.number}.", f"{said}: {game.talk.of(does)}" if does is not None else said)


def _find(words: Sequence[str]) -> tuple[Command, list[str]]:
    """Return the command that is meant, and the words after it; a bare number shows a move."""
    if words[0].replace(".", "", 1).isdecimal() and words[0].isascii():
        return _BY_NAME["orders"], list(words)
    for count in (2, 1):
        names = [plain(word) or word for word in words[:count]]
        if len(names) == count and (name := " ".join(names)) in _BY_NAME:
            return _BY_NAME[name], list(words[count:])
    typed = plain(words[0])
    close = [command for name, command in _BY_NAME.items() if typed and name.startswith(typed) and not command.in_full]
    if len(set(map(id, close))) == 1:
        return close[0], list(words[1:])
    raise SessionError(_unknown(words[0], typed))


def _unknown(word: str, typed: str) -> Text:
    text = Text(
        "There is no command '{word}'{hint} Type help for the list.",
        "No existe el comando «{word}»{hint} Escriba ayuda para ver la lista.",
    )
    near = nearest(typed, _BY_NAME)
    hint = Text(".", ".")
    if near is not None:
        hint = Text("; did you mean '{near}'?", "; ¿quiso decir «{near}»?").fill(near=_BY_NAME[near].name)
    return text.fill(word=repr(word[:40])[1:-1], hint=hint)


def _help(game: Game, words: Sequence[str]) -> None:
    if words:
        _help_about(game, " ".join(words))
        return
    for command in COMMANDS:
        game.talk.item(f"{game.talk.of(command.usage)}:", command.help)
    listed = ", ".join(game.talk.of(word) for word in WORDS)
    game.talk.say(
        Text("Words explained by help WORD: {all}.", "Palabras que explica ayuda PALABRA: {all}.").fill(all=listed)
    )


def _help_about(game: Game, typed: str) -> None:
    rules = game.session.scenario.ruleset
    found = [(w, t) for w, t in WORDS.items() if plain(typed) in (plain(w.en), plain(w.es))]
    if not found and plain(typed) in _BY_NAME:
        command = _BY_NAME[plain(typed)]
        found = [(command.usage, command.help)]
    if not found:
        known = [
            *WORDS.items(),
            *((a.title, a.text) for a in (*rules.attributes, *(d.attribute for d in rules.derived)) if a.text),
            *((m.title, m.text) for m in rules.moves.values() if m.text),
        ]
        found = [known[i] for i in matching(typed, {i: (w.en, w.es) for i, (w, _) in enumerate(known)})][:5]
    for word, text in found:
        game.talk.item(f"{game.talk.of(word)}:", text)
    if not found:
        raise SessionError(
            Text(
                "There is no help about '{word}'. Type help for the list.",
                "No hay ayuda sobre «{word}». Escriba ayuda para ver la lista.",
            ).fill(word=repr(typed[:40])[1:-1])
        )


# ── their names ──────────────────────────────────────────────────────────────────────────────────────────────

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
    Command(
        ("offers",),
        ("ofertas",),
        Text("offers", "ofertas"),
        Text("the deals offered this turn, by you and to you", "los tratos ofrecidos este turno, por usted y a usted"),
        bargaining.show_offers,
        in_play=True,
    ),
    Command(
        ("offer",),
        ("ofrecer",),
        Text("offer [2 give 1=3 ask 4 for 2]", "ofrecer [2 dar 1=3 pedir 4 por 2]"),
        Text(
            "offer another seat a deal; alone: what there is to offer, step by step",
            "ofrecer un trato a otro puesto; solo: qué hay para ofrecer, paso a paso",
        ),
        bargaining.make_offer,
        in_play=True,
    ),
    Command(
        ("accept",),
        ("aceptar",),
        Text("accept 1", "aceptar 1"),
        Text("accept an offer", "aceptar una oferta"),
        bargaining.accept,
        in_play=True,
    ),
    Command(
        ("decline",),
        ("declinar",),
        Text("decline 1", "declinar 1"),
        Text("decline an offer", "no aceptar una oferta"),
        bargaining.decline,
        in_play=True,
    ),
    Command(
        ("counter",),
        ("contraofertar",),
        Text("counter 1 [give … ask … for …]", "contraofertar 1 [dar … pedir … por …]"),
        Text("answer an offer with another", "responder una oferta con otra"),
        bargaining.counter,
        in_play=True,
    ),
    Command(
        ("retract",),
        ("retractar",),
        Text("retract 1", "retractar 1"),
        Text("take back an offer that nobody has answered", "retirar una oferta que nadie ha respondido"),
        bargaining.retract,
        in_play=True,
    ),
    Command(
        ("promises",),
        ("promesas",),
        Text("promises", "promesas"),
        Text("what you have promised and been promised", "lo que ha prometido y lo que le han prometido"),
        bargaining.show_promises,
    ),
    Command(
        ("break",),
        ("incumplir",),
        Text("break 1 [amount]", "incumplir 1 [cantidad]"),
        Text(
            "not keep a promise this turn, or deliver less",
            "no cumplir una promesa este turno, o entregar menos",
        ),
        bargaining.break_promise,
        in_play=True,
    ),
    Command(
        ("keep",),
        ("cumplir",),
        Text("keep 1", "cumplir 1"),
        Text("keep it after all", "cumplirla después de todo"),
        bargaining.keep_promise,
        in_play=True,
    ),
    Command(
        ("say",),
        ("decir",),
        Text("say SEAT TEXT", "decir PUESTO TEXTO"),
        Text("say something to another seat; bots answer", "decirle algo a otro puesto; los bots responden"),
        bargaining.say,
        in_play=True,
    ),
    Command(
        ("messages",),
        ("mensajes",),
        Text("messages", "mensajes"),
        Text("what was said by you and to you", "lo que dijo y lo que le dijeron"),
        bargaining.show_messages,
    ),
    Command(
        ("bodies",),
        ("organismos",),
        Text("bodies", "organismos"),
        Text("the bodies to which you belong, and how they are", "los organismos a que pertenece, y cómo están"),
        bodies.show_bodies,
    ),
    Command(
        ("body",),
        ("organismo",),
        Text("body NAME", "organismo NOMBRE"),
        Text(
            "its members, its charter, and what can be proposed there",
            "sus miembros, su estatuto y lo que se puede proponer allí",
        ),
        bodies.show_body,
    ),
    Command(
        ("agenda",),
        ("agenda",),
        Text("agenda [1]", "agenda [1]"),
        Text(
            "what is to be voted; how each member may vote, and why",
            "lo que se va a votar; cómo puede votar cada miembro, y por qué",
        ),
        agenda.show_agenda,
    ),
    Command(
        ("vote", "v"),
        ("votar", "v"),
        Text("vote 1 yes", "votar 1 sí"),
        Text(
            "yes, no or abstain, once orders are closed with end",
            "sí, no o abstención, una vez cerradas las órdenes con terminar",
        ),
        agenda.cast_vote,
        in_play=True,
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
        ("sources",),
        ("fuentes",),
        Text("sources [id]", "fuentes [id]"),
        Text("what a source says it is, or on what a rule rests", "qué es una fuente, o en qué se apoya una regla"),
        looking.show_sources,
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

_BY_NAME = {plain(name): command for command in COMMANDS for name in (*command.names, *command.nombres)} | {
    "?": next(command for command in COMMANDS if "help" in command.names)
}
del _BY_NAME[""]

_OVER = Text(
    "The session has ended. You can still ask (why, results, look, sources, fork) or quit.",
    "La sesión ha terminado. Todavía puede preguntar (porqué, resultados, mirar, fuentes, bifurcar) o salir.",
)
