"""What every mark means, place by place, for F1; the map and the graph have legends of their own beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from wargame.model.text import Text, capitalised
from wargame.tui.theatre import kind_mark

if TYPE_CHECKING:
    from wargame.tui.sitting import Sitting

Meaning = tuple[str, Text]
"""Marks, and what they mean."""

_SURE: Meaning = (
    "≈ ± « » ? –",
    Text("≈ your estimate with its margin ±, « » as reported, ? hidden from you, – no such number",
         "≈ su estimación con su margen ±, « » según los informes, ? oculto para usted, – no existe tal indicador"),
)  # fmt: skip
_CHANGES: Meaning = (
    "▲ ▼ ↑ ↓ + − ·",
    Text("up or down since last turn: ▲ ▼ against you, ↑ ↓ for you, + − neither; · unchanged",
         "subió o bajó desde el último turno: ▲ ▼ contra usted, ↑ ↓ a su favor, + − ni lo uno ni lo otro; · igual"),
)  # fmt: skip
_HISTORY: Meaning = (
    "▁▂▃▄▅▆▇",
    Text("the last turns, low to high on a scale of their own", "los últimos turnos, de bajo a alto en su escala"),
)
_TRACK: Meaning = (
    "·●─·",
    Text("where a number stands from its least to its most; ─ the truth lies on it two times in three",
         "dónde está un indicador entre su mínimo y su máximo; ─ ahí está lo cierto dos veces de cada tres"),
)  # fmt: skip

EVERYWHERE: tuple[Meaning, ...] = (
    (
        "► ━ ─",
        Text(
            "► the row at the cursor; ━ the panel with the focus, ─ the others",
            "► la fila bajo el cursor; ━ el panel con el foco, ─ los demás",
        ),
    ),
    ("↑ ↓", Text("in a title: there is more above or below", "en un título: hay más arriba o abajo")),
    ("● 3", Text("behind a tab: so much waits there", "tras una pestaña: cuánto espera ahí")),
    ("■", Text("above: the phase of the turn", "arriba: la fase del turno")),
    ("× …", Text("× refused or failed; … there was no room for the rest",
                 "× rechazado o fallido; … no hubo lugar para el resto")),
    ("§ →", Text("§ a source, s shows its card; → what follows from it",
                   "§ una fuente, s muestra su ficha; → lo que se sigue")),
)  # fmt: skip

PLACES: Mapping[str, tuple[Meaning, ...]] = {
    "home": (
        ("×", Text("cannot be read or has problems", "no se puede leer o tiene problemas")),
        ("└T3", Text("a session that branched off in that turn", "una sesión que partió de ese turno")),
    ),
    "brief": (
        ("■ ◊ □", Text("an objective reached: three quarters and more, 40 % and more, less",
                       "un objetivo alcanzado: tres cuartos o más, 40 % o más, menos")),
        ("↑ ↓", Text("beside a number: you want more, or less, of it",
                     "junto a un indicador: usted quiere más, o menos")),
        _SURE,
    ),
    "situation": (
        ("← → ↑ ↓", Text("on the map: where a route leads", "en el mapa: adónde lleva una ruta")),
        _SURE, _CHANGES, _HISTORY, _TRACK,
    ),
    "deals": (("• ×", Text("a promise that stands; one of yours that you will not keep",
                           "una promesa en pie; una suya que no cumplirá")),),
    "orders": (
        ("■ □", Text("twenty squares: so many times in twenty it succeeds (odds by your estimates)",
                     "veinte cuadros: tantas veces de veinte tiene éxito (probabilidad según sus estimaciones)")),
        ("·", Text("under one of your means: it costs nothing of it",
                   "bajo uno de sus medios: no cuesta nada de él")),
        ("● ○", Text("in a forecast: with the order, without it", "en un pronóstico: con la orden, sin ella")),
        _SURE,
    ),
    "body": (
        ("■ ◊ □ ·", Text("a member: yes, open, no, absent; the track: how often it says yes, from 0 to 100 %",
                         "un miembro: sí, en duda, no, ausente; la pista: cuán seguido dice sí, de 0 a 100 %")),
        _SURE,
    ),
    "results": (
        ("■ □ ▪", Text("how much a cause weighs: ■ against you, □ for you, ▪ neither",
                       "cuánto pesa una causa: ■ contra usted, □ a su favor, ▪ ni lo uno ni lo otro")),
        ("+ −", Text("before a cause: Enter unfolds it, or folds it again; before a circle: it reinforces itself, or "
                     "keeps itself in check (± both)",
                     "ante una causa: Intro la despliega o la pliega; ante un círculo: se refuerza, o se frena "
                     "(± ambas)")),
        _CHANGES, _SURE, _TRACK,
    ),
    "timeline": (
        ("● ○", Text("the number at the start of each turn; ○ in the session compared with",
                     "el indicador al comienzo de cada turno; ○ en la sesión con que se compara")),
        ("│ └ ─", Text("the axes of the plot", "los ejes del gráfico")),
        ("2 ! ▪", Text("under the turns: how many orders of yours, ! news; ▪ one of your orders",
                       "bajo los turnos: cuántas órdenes suyas, ! noticias; ▪ una de sus órdenes")),
        ("└ ≠", Text("where two sessions part, and differ again",
                     "dónde se separan dos sesiones, y dónde vuelven a diferir")),
        ("← →", Text("another turn", "otro turno")),
        _CHANGES, _HISTORY, _SURE,
    ),
    "end": (
        ("■ ◊ □", Text("an objective reached: three quarters and more, 40 % and more, less",
                       "un objetivo alcanzado: tres cuartos o más, 40 % o más, menos")),
        ("■ ·", Text("a degree or a score, of ten squares", "un grado o un puntaje, sobre diez cuadros")),
        ("▇█ ▲", Text("how the scores of bots lie between 0 and 1; ▲ yours",
                      "cómo se reparten los puntajes de los bots entre 0 y 1; ▲ el suyo")),
        ("!", Text("the truth lay outside what you believed", "lo cierto quedó fuera de lo que creía")),
        _CHANGES, _TRACK, _HISTORY, _SURE,
    ),
}  # fmt: skip


def meanings(place: str, sitting: Sitting | None) -> Iterator[Meaning]:
    """Yield the marks of a place with what they mean; first its own, then those of all places."""
    yield from PLACES.get(place, ())
    if place == "situation" and sitting is not None:
        yield from _kinds(sitting)
    if sitting is not None:
        yield from EVERYWHERE
    else:
        yield from EVERYWHERE[:2]


def _kinds(sitting: Sitting) -> Iterator[Meaning]:
    """Yield the marks of the kinds of actors that are in play."""
    around = sitting.surroundings
    kinds = around.session.scenario.ruleset.kinds
    marks = {entity.kind: kind_mark(around, entity) for entity in around.actors}
    for kind, mark in marks.items():
        yield mark, capitalised(kinds[kind].title)
