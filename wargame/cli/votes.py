"""What the votes of a turn came to: counts, single votes as far as they are public, verdicts, and what they did."""

from __future__ import annotations

from collections.abc import Iterable

from wargame.cli.scene import Scene
from wargame.engine.naming import enumerated
from wargame.model.institutions import Verdict
from wargame.model.rules import AttributeType
from wargame.model.text import Text
from wargame.session.counts import VOTES, Count

LARGEST = 4
"""How many numbers are told that a resolution moved."""


def show_votes(scene: Scene, turn: int) -> None:
    """Say every vote of a turn that the seat may know of, and who came, went, or took a chair."""
    reasons = scene.reasons
    report = reasons.report(turn)
    counts, changes = reasons.counts.of(report), reasons.counts.changes(report)
    if counts:
        scene.talk.head(Text("What was voted", "Lo que se votó"))
    for count in counts:
        _say_count(scene, count, turn)
    if changes:
        scene.talk.head(Text("In the bodies", "En los organismos"))
    for change in changes:
        scene.talk.item("-", capitalised(change))


def capitalised(text: Text) -> Text:
    """Return a sentence with a capital at its beginning: titles stand in lower case within sentences."""
    return Text(text.en[:1].upper() + text.en[1:], text.es[:1].upper() + text.es[1:])


def _say_count(scene: Scene, count: Count, turn: int) -> None:
    talk, counts = scene.talk, scene.reasons.counts
    title = capitalised(scene.session.names.owner(count.proposal))
    talk.item("-", f"{talk.of(title)}: {talk.of(counts.totals(count))}.")
    talk.say(capitalised(counts.verdict(count)), 2)
    if count.verdict is not Verdict.NO_BODY:
        _say_voters(scene, count)
    effects = scene.reasons.effects_of(count.proposal, scene.reasons.report(turn))
    _say_effects(scene, effects)


def _say_voters(scene: Scene, count: Count) -> None:
    talk, known = scene.talk, [vote for vote in count.votes if vote.vote is not None]
    if any(vote.vote is None for vote in count.votes):
        said = talk.of(Text("The vote was secret.", "El voto fue secreto."))
        if known:
            own = Text("You: {votes}.", "Usted: {votes}.").fill(votes=_own_votes(scene, count))
            said += f" {talk.of(own)}"
        talk.say(said, 2)
        return
    parts = []
    for vote, text in _SIDES.items():
        members = [v.member for v in known if (v.vote == vote and v.cast if vote is not None else not v.cast)]
        if members:
            who = enumerated([scene.session.names.owner(member) for member in members])
            parts.append(talk.of(text.fill(who=who)))
    talk.say("; ".join(parts) + "." if parts else "", 2)


def _own_votes(scene: Scene, count: Count) -> Text:
    own = [v for v in count.votes if v.vote is not None]
    words = [VOTES[v.vote] if v.cast else Text("absent", "ausente") for v in own if v.vote is not None]
    return words[0] if len(words) == 1 else enumerated(words)


# ── effects ──────────────────────────────────────────────────────────────────────────────────────────────────


def _say_effects(scene: Scene, effects: Iterable[tuple[int, float, bool]]) -> None:
    """Say the largest changes that a resolution made, those of one attribute together."""
    groups: dict[str, list[tuple[int, float, bool]]] = {}
    for row, amount, guess in effects:
        owner = scene.session.engine.layout.owners[row]
        groups.setdefault(scene.session.engine.layout.names[row][len(owner) + 1 :], []).append((row, amount, guess))
    ranked = sorted(groups.values(), key=lambda some: -max(_share(scene, row, amount) for row, amount, _ in some))
    for some in ranked[:LARGEST]:
        scene.talk.item("→", _effect(scene, some), 2)
    if len(ranked) > LARGEST:
        text = Text("and {n} smaller changes", "y {n} cambios menores").fill(n=len(ranked) - LARGEST)
        scene.talk.item("→", text, 2)


def _effect(scene: Scene, some: list[tuple[int, float, bool]]) -> str:
    some = sorted(some, key=lambda effect: -abs(effect[1]))
    told = [f"{_whose(scene, row)} {_amount(scene, row, amount, guess)}" for row, amount, guess in some[:LARGEST]]
    said = f"{scene.talk.of(scene.attribute_name(some[0][0]))}: {', '.join(told)}"
    if len(some) > LARGEST:
        more = Text("and {n} more", "y {n} más").fill(n=len(some) - LARGEST)
        said += f" {scene.talk.of(more)}"
    return said


def _whose(scene: Scene, row: int) -> str:
    owner, ties = scene.session.engine.layout.owners[row], scene.session.engine.cast.ties
    name = ties[owner].source if owner in ties else owner
    return scene.talk.of(scene.session.names.owner(name))


def _amount(scene: Scene, row: int, amount: float, guess: bool) -> str:
    decimals = 0 if abs(amount) >= 100 else 1
    about = f"{scene.talk.of(Text('about', 'cerca de'))} " if guess else ""
    attribute = scene.attribute(row)
    if attribute is not None and attribute.type is AttributeType.FLAG:
        yes, no = Text("yes", "sí"), Text("no", "no")
        return scene.talk.of(yes if amount > 0 else no)
    return about + scene.figures.signed(amount, decimals)


def _share(scene: Scene, row: int, amount: float) -> float:
    """Return how large a change is, as a share of the range of its number (of a stock: of the number itself)."""
    attribute, layout = scene.attribute(row), scene.session.engine.layout
    if attribute is not None and attribute.type is AttributeType.STOCK:
        width = 2 * max(abs(scene.reading(row).value), 1.0)
    else:
        width = float(layout.high[row] - layout.low[row])
    return abs(amount) / width


_SIDES = {
    1: Text("for: {who}", "a favor: {who}"),
    -1: Text("against: {who}", "en contra: {who}"),
    0: Text("abstaining: {who}", "abstenciones: {who}"),
    None: Text("absent: {who}", "ausentes: {who}"),
}
