"""Why a number moved: the largest causes in a few lines, or the whole tree with workings, luck and sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wargame.cli.figures import decimals_of
from wargame.cli.scene import Scene
from wargame.content.sources import source
from wargame.model.ledger import CauseKind
from wargame.model.rules import Basis, Confidence, Sight
from wargame.model.text import Text
from wargame.session.why import Why
from wargame.session.wording import Entry

LARGEST = 3
"""How many causes are told of each change."""

_LONGEST_WORKING = 160
"""Longer workings are left to ``why``."""

_CONFIDENCE = {
    Confidence.HIGH: Text("high", "alta"),
    Confidence.MEDIUM: Text("medium", "media"),
    Confidence.LOW: Text("low", "baja"),
}


def tell_change(scene: Scene, number: int, why: Why) -> None:
    """Tell one change with its largest causes."""
    label = f"{number}."
    scene.talk.item(label, f"{scene.talk.of(scene.name(scene.reasons.row(why.row)))}: {scene.change(why)}")
    causes = _by_title([entry for entry in why.entries if not entry.rest])
    if _is_outside(why):
        return
    decimals, margin = decimals_of(why), len(label) + 1
    for entry in causes[:LARGEST]:
        _tell_cause(scene, entry, decimals, margin, short=True)
    _tell_smaller(scene, causes[LARGEST:], decimals, margin)
    for entry in why.entries:
        if entry.rest and _is_shown(entry.amount, decimals):
            scene.talk.item(scene.figures.signed(entry.amount, decimals), entry.title, margin)


def _by_title(entries: Iterable[Entry]) -> list[Entry]:
    """Return causes of the same name as one, as the several effects of one order on a number."""
    found: dict[Text, Entry] = {}
    for entry in entries:
        same = found.get(entry.title)
        found[entry.title] = entry if same is None else replace(same, amount=same.amount + entry.amount, working=None)
    return sorted(found.values(), key=lambda entry: -abs(entry.amount))


def _is_outside(why: Why) -> bool:
    """Say whether a number moved only because the outside world did."""
    return all(entry.kind is CauseKind.SERIES for entry in why.entries)


def _tell_smaller(scene: Scene, entries: Iterable[Entry], decimals: int, margin: int) -> None:
    rest = [entry for entry in entries if _is_shown(entry.amount, decimals)]
    total = sum(entry.amount for entry in rest)
    if len(rest) == 1:
        _tell_cause(scene, rest[0], decimals, margin, short=True)
    elif rest:
        text = Text("in {n} smaller causes", "en {n} causas menores").fill(n=len(rest))
        scene.talk.item(scene.figures.signed(total, decimals), text, margin)


def _is_shown(amount: float, decimals: int) -> bool:
    return bool(round(amount, decimals))


def _tell_cause(scene: Scene, entry: Entry, decimals: int, margin: int, *, short: bool) -> None:
    amount = scene.figures.signed(entry.amount, decimals)
    if _is_shown(entry.amount, decimals) or not short:
        scene.talk.item(amount, entry.title, margin)
        if short and entry.parts:
            _tell_places(scene, entry, decimals, margin + 4)
        _tell_working(scene, entry, margin + 4, short=short)


def _tell_places(scene: Scene, entry: Entry, decimals: int, margin: int) -> None:
    """Tell where most of a cause lies that was taken together from several places."""
    by_place: dict[Text, float] = {}
    for part in entry.parts:
        if part.place is not None:
            by_place[part.place] = by_place.get(part.place, 0.0) + part.amount
    largest = sorted(by_place.items(), key=lambda found: -abs(found[1]))[:LARGEST]
    said = [f"{scene.talk.of(p)} {scene.figures.signed(a, decimals)}" for p, a in largest if _is_shown(a, decimals)]
    if len(said) > 1:
        scene.talk.say("; ".join(said), margin)


def _tell_working(scene: Scene, entry: Entry, margin: int, *, short: bool) -> None:
    talk = scene.talk
    working = talk.of(entry.working) if entry.working is not None else ""
    if working and (not short or len(working) <= _LONGEST_WORKING):
        talk.say(working, margin)
    for name, size in entry.factors:
        talk.say(f"× {scene.talk.voice.number(size, 3)}: {talk.of(name)}", margin)
    if entry.luck is not None and not short:
        talk.say(entry.luck, margin)


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
    else:
        talk.say(scene.change(why))
    if why.sight is not Sight.EXACT:
        talk.say(_BY_ESTIMATE)
    if why.working is not None:
        talk.say(Text("It is now: {working}", "Es ahora: {working}").fill(working=why.working))
    decimals = decimals_of(why) + (1 if abs(why.change) < 10 else 0)
    for entry in why.entries:
        if _is_input(entry):
            continue
        talk.gap()
        _tell_entry(scene, entry, decimals, 0)
    _tell_inputs(scene, [entry for entry in why.entries if _is_input(entry)], decimals)


def _is_input(entry: Entry) -> bool:
    """Say whether it is an input of a derived number, and not a cause."""
    return entry.kind is None and not entry.rest


def _tell_inputs(scene: Scene, entries: list[Entry], decimals: int) -> None:
    shown = [entry for entry in entries if _is_shown(entry.amount, decimals)]
    for entry in shown:
        _tell_cause(scene, entry, decimals, 0, short=False)
    if len(shown) < len(entries):
        text = Text("{n} more inputs made no difference.", "{n} datos más no hicieron diferencia.")
        scene.talk.say(text.fill(n=len(entries) - len(shown)))


def _tell_entry(scene: Scene, entry: Entry, decimals: int, margin: int) -> None:
    _tell_cause(scene, entry, decimals, margin, short=False)
    for part in entry.parts:
        _tell_part(scene, part, decimals, margin + 4)
    if entry.because:
        _tell_leaning(scene, entry.because, margin + 4)
    if entry.basis is not None:
        tell_basis(scene, entry.basis, margin + 4)


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


def _tell_part(scene: Scene, part: Entry, decimals: int, margin: int) -> None:
    amount = scene.figures.signed(part.amount, decimals)
    said = scene.talk.of(part.place if part.place is not None else part.title)
    if part.place is not None and part.whom is not None and part.whom.en:
        said += f" — {scene.talk.of(part.whom)}"
    scene.talk.item(amount, said, margin)
    _tell_working(scene, part, margin + 4, short=False)
    for inner in part.parts:
        _tell_part(scene, inner, decimals, margin + 4)


def tell_basis(scene: Scene, basis: Basis, margin: int) -> None:
    """Tell on what something rests: its sources with document and author or section, and its assumption."""
    talk = scene.talk
    for name in basis.sources:
        found = source(name)
        said = talk.of(found.cite()) if found is not None else f"[{name}]"
        talk.say(f"{talk.of(Text('Source', 'Fuente'))}: {said}", margin)
    if basis.assumption is not None:
        talk.say(f"{talk.of(Text('Assumption', 'Supuesto'))}: {talk.of(basis.assumption)}", margin)
    if basis.confidence is not None:
        text = Text("Confidence in the direction: {level}", "Confianza en el sentido: {level}")
        talk.say(text.fill(level=_CONFIDENCE[basis.confidence]), margin)


_BY_ESTIMATE = Text(
    "The causes are reckoned from the rules and from your own estimates; the last line is what they leave over.",
    "Las causas se calculan con las reglas y con sus propias estimaciones; la última línea es lo que sobra.",
)
