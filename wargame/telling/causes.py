"""Why a number moved: the largest causes in a few lines, or the whole tree with workings, luck and sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wargame.model.kinds import Sight
from wargame.model.ledger import CauseKind
from wargame.model.text import Text, counted, join
from wargame.session.why import Why
from wargame.session.wording import Entry, Given
from wargame.telling.figures import decimals_of
from wargame.telling.origin import tell_where_from
from wargame.telling.resting import tell_basis
from wargame.telling.scene import Scene, is_flag

LARGEST = 3
"""How many causes are told of each change."""

_LONGEST_WORKING = 160
"""Longer workings are left to ``why``."""

_OUTSIDE = Text(
    "from outside: the course that the scenario gives it, with some luck around it",
    "viene de afuera: el curso que le da el escenario, con algo de azar",
)


def tell_change(scene: Scene, number: int, why: Why) -> None:
    """Tell one change with its largest causes."""
    label = f"{number}."
    scene.talk.item(label, f"{scene.talk.of(scene.name(scene.reasons.row(why.row)))}: {scene.change(why)}")
    causes = [entry for entry in why.entries if not entry.rest]
    if why.entries and _is_outside(why):
        scene.talk.item("-", _OUTSIDE, len(label) + 1)
        return
    decimals, margin = decimals_of(why), len(label) + 1
    if is_flag(why):
        for entry in causes[:LARGEST]:
            scene.talk.item("-", entry.title, margin)
        return
    for entry in causes[:LARGEST]:
        _tell_cause(scene, entry, decimals, margin, short=True)
    _tell_smaller(scene, causes[LARGEST:], decimals, margin)
    for entry in why.entries:
        if entry.rest and _is_shown(entry.amount, decimals):
            scene.talk.item(scene.figures.signed(entry.amount, decimals), entry.title, margin)


def _is_outside(why: Why) -> bool:
    """Say whether a number moved only because the outside world did."""
    return all(entry.kind is CauseKind.SERIES for entry in why.entries)


def _tell_smaller(scene: Scene, entries: Iterable[Entry], decimals: int, margin: int) -> None:
    rest = [entry for entry in entries if _is_shown(entry.amount, decimals)]
    total = sum(entry.amount for entry in rest)
    if len(rest) == 1:
        _tell_cause(scene, rest[0], decimals, margin, short=True)
    elif rest:
        text = Text("{n} smaller causes together", "{n} causas menores en conjunto").fill(n=len(rest))
        scene.talk.item(scene.figures.signed(total, decimals), text, margin)


def _is_shown(amount: float, decimals: int) -> bool:
    return bool(round(amount, decimals))


def _tell_cause(scene: Scene, entry: Entry, decimals: int, margin: int, *, short: bool) -> None:
    amount = scene.figures.signed(entry.amount, decimals)
    if _is_shown(entry.amount, decimals) or not short:
        scene.talk.item(amount, entry.title, margin)
        if short and entry.parts:
            _tell_parts(scene, entry, decimals, margin + 4)
        _tell_working(scene, entry, margin + 4, short=short)


def _tell_parts(scene: Scene, entry: Entry, decimals: int, margin: int) -> None:
    """Tell where, or about whom, most of a cause was that was taken together from several."""
    amounts: dict[Text, float] = {}
    several = len({part.place for part in entry.parts}) > 1
    for part in entry.parts:
        name = part.place if several else part.whom
        if name is not None and name.en:
            amounts[name] = amounts.get(name, 0.0) + part.amount
    largest = sorted(amounts.items(), key=lambda found: -abs(found[1]))[:LARGEST]
    said = [f"{scene.talk.of(p)} {scene.figures.signed(a, decimals)}" for p, a in largest if _is_shown(a, decimals)]
    if len(said) > 1:
        scene.talk.say("; ".join(said), margin)


def _tell_working(scene: Scene, entry: Entry, margin: int, *, short: bool) -> None:
    talk = scene.talk
    working = talk.of(entry.working) if entry.working is not None else ""
    if _says_nothing(working):
        working = ""
    if working and (not short or len(working) <= _LONGEST_WORKING):
        talk.say(working, margin)
    for name, size in entry.factors:
        talk.say(f"× {scene.talk.voice.number(size, 3)}: {talk.of(name)}", margin)
    if entry.luck is not None and not short:
        talk.say(entry.luck, margin)


def _says_nothing(working: str) -> bool:
    """Say whether a formula is a bare number: ``2.5 = 2.5``."""
    formula, _, result = working.rpartition(" = ")
    return formula == result


def tell_why(scene: Scene, why: Why) -> None:
    """Tell the whole tree of one change."""
    talk = scene.talk
    when = Text("{name}, turn {turn}", "{name}, turno {turn}").fill(name=why.name, turn=why.turn)
    talk.head(when)
    if why.sight is Sight.HIDDEN:
        talk.say(Text("Your seat cannot see this number.", "Su puesto no puede ver este indicador."))
        return
    if not why.change:
        same = scene.figures.value(why.after, why.attribute, why.unit, None)
        talk.say(Text("It stayed at {value}.", "Se quedó en {value}.").fill(value=same))
        _tell_balance(scene, why)
    else:
        talk.say(scene.change(why, exactly=True))
    if why.sight is not Sight.EXACT and why.entries:
        talk.say(_BY_ESTIMATE)
    if why.working is not None:
        talk.say(Text("It is now: {working}", "Es ahora: {working}").fill(working=why.working))
        _tell_numbers(scene, why.numbers, 4)
    decimals = decimals_of(why) + (1 if abs(why.change) < 10 else 0)
    causes = [entry for entry in why.entries if entry.kind is not None]
    inputs = [entry for entry in why.entries if entry.kind is None and not entry.rest]
    for entry in _shown(causes, decimals):
        talk.gap()
        tell_entry(scene, entry, decimals, 0)
    if inputs:
        talk.gap()
    for entry in _shown(inputs, decimals):
        _tell_cause(scene, entry, decimals, 0, short=False)
    _tell_what_is_left(scene, why, causes, inputs, decimals)
    if not why.change:
        tell_where_from(scene, scene.reasons.row(why.row), why.turn)


def _tell_balance(scene: Scene, why: Why) -> None:
    """Tell how much pulled a number up and how much down in a turn in which it stayed where it was."""
    decimals = decimals_of(why) + 1
    left_over = any(entry.rest and _is_shown(entry.amount, decimals) for entry in why.entries)
    up = sum(entry.amount for entry in why.entries if entry.amount > 0.0)
    if _is_shown(up, decimals) and not left_over:
        signed = scene.figures.signed
        scene.talk.say(_BALANCE.fill(up=signed(up, decimals), down=signed(-up, decimals)))


def _shown(entries: Iterable[Entry], decimals: int) -> list[Entry]:
    return [entry for entry in entries if _is_shown(entry.amount, decimals)]


def _tell_what_is_left(scene: Scene, why: Why, causes: list[Entry], inputs: list[Entry], decimals: int) -> None:
    """Tell how many causes and inputs were too small to show, and what all of them leave over."""
    for entries, words in ((causes, _SMALL_CAUSES), (inputs, _SMALL_INPUTS)):
        small = len(entries) - len(_shown(entries, decimals))
        if small:
            scene.talk.gap()
            scene.talk.say(counted(small, *words))
    for entry in why.entries:
        if entry.rest and _is_shown(entry.amount, decimals):
            scene.talk.gap()
            _tell_cause(scene, entry, decimals, 0, short=False)


def tell_entry(scene: Scene, entry: Entry, decimals: int, margin: int) -> None:
    """Tell one cause: what the rule does in words, its working, its parts, its parameters and its sources."""
    scene.talk.item(scene.figures.signed(entry.amount, decimals), entry.title, margin)
    said = _in_words(scene, entry)
    if said is not None:
        scene.talk.say(said, margin + 4)
    _tell_working(scene, entry, margin + 4, short=False)
    several = len({part.place for part in entry.parts}) > 1
    for part in _shown(entry.parts, decimals):
        names = [part.place, part.whom] if several else [part.whom]
        _tell_part(scene, part, join([n for n in names if n is not None and n.en], " — "), decimals, margin + 4)
    if entry.because:
        _tell_leaning(scene, entry.because, margin + 4)
    _tell_numbers(scene, entry.numbers, margin + 4)
    if entry.basis is not None:
        told = any(given.parameter.basis.assumption == entry.basis.assumption for given in entry.numbers)
        tell_basis(scene, replace(entry.basis, assumption=None) if told else entry.basis, margin + 4)


def _in_words(scene: Scene, entry: Entry) -> Text | None:
    """Return what a mechanism does, in the words of the rules; its name alone may not tell."""
    if entry.kind is not CauseKind.MECHANISM:
        return None
    scenario = scene.session.scenario
    known = (*scenario.ruleset.mechanisms, *scenario.mechanisms)
    return next((mechanism.text for mechanism in known if mechanism.id == entry.rule), None)


def _tell_leaning(scene: Scene, reasons: Iterable[Entry], margin: int) -> None:
    """Tell by which interests a member leaned."""
    known = list(reasons)
    text = _LEANED_AS_FAR if any(entry.guess for entry in known) else _LEANED
    scene.talk.say(text.fill(n=scene.figures.signed(sum(entry.amount for entry in known), 1)), margin)
    for entry in known:
        _tell_cause(scene, entry, 1, margin, short=False)
        if entry.basis is not None:
            tell_basis(scene, entry.basis, margin + 4)


_LEANED = Text("It leaned by {n} (above zero is yes):", "Se inclinaba en {n} (sobre cero, a favor):")
_LEANED_AS_FAR = Text(
    "As far as you can tell, it leaned by {n} (above zero is yes):",
    "Hasta donde usted puede saber, se inclinaba en {n} (sobre cero, a favor):",
)


def _tell_part(scene: Scene, part: Entry, name: Text, decimals: int, margin: int) -> None:
    scene.talk.item(scene.figures.signed(part.amount, decimals), name if name.en else part.title, margin)
    _tell_working(scene, part, margin + 4, short=False)


def _tell_numbers(scene: Scene, numbers: Iterable[Given], margin: int) -> None:
    """Tell the parameters of a working, with their ranges and on what they rest.

    Their names are words of rule files, which are English; in Spanish they go by their values, as in the working.
    """
    talk, number = scene.talk, scene.talk.voice.number
    for given in numbers:
        parameter, value = given.parameter, number(given.value, 4)
        text = Text("Parameter {name}: {value}", "Parámetro: {value}")
        if parameter.low < parameter.high:
            text = Text("Parameter {name}: {value} (from {low} to {high})", "Parámetro: {value} (de {low} a {high})")
        low, high = number(parameter.low, 4), number(parameter.high, 4)
        talk.say(text.fill(name=parameter.name.replace("_", " "), value=value, low=low, high=high), margin)
        tell_basis(scene, parameter.basis, margin + 4)


_SMALL_CAUSES = (
    Text("One more cause was too small to show.", "Otra causa fue demasiado pequeña para mostrarla."),
    Text("{n} more causes were too small to show.", "Otras {n} causas fueron demasiado pequeñas para mostrarlas."),
)
_SMALL_INPUTS = (
    Text("One more input made no difference.", "Otro dato no hizo diferencia."),
    Text("{n} more inputs made no difference.", "Otros {n} datos no hicieron diferencia."),
)
_BALANCE = Text(
    "It was pulled both ways, by {up} and by {down}, which cancel out:",
    "Tiraron de él en los dos sentidos, {up} y {down}, que se anulan:",
)
_BY_ESTIMATE = Text(
    "The causes are reckoned from the rules and from your own estimates; the last line is what they leave over.",
    "Las causas se calculan con las reglas y con sus propias estimaciones; la última línea es lo que sobra.",
)
