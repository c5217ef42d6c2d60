"""What the votes of a turn came to: counts, single votes as far as they are public, verdicts, and what they did."""

from __future__ import annotations

from collections.abc import Iterable

from wargame.engine.naming import enumerated
from wargame.model.institutions import BALLOT, MEMBERSHIP, PROPOSAL, Verdict
from wargame.model.kinds import AttributeType
from wargame.model.text import Text, capitalised
from wargame.session.counts import VOTES, Count, plain
from wargame.telling.scene import Scene

LARGEST = 4
"""How many numbers are told that a resolution moved."""


def show_votes(scene: Scene, turn: int) -> None:
    """Say every vote of a turn that the seat may know of, and who came, went, or took a chair."""
    reasons, own = scene.reasons, own_bodies(scene)
    report = reasons.report(turn)
    counts = sorted(reasons.counts.of(report), key=lambda count: own is not None and count.body not in own)
    changes = reasons.comings.changes(report, own)
    if counts:
        scene.talk.head(Text("What was voted", "Lo que se votó"))
    for count in counts:
        _say_count(scene, count, turn, whole=own is None or count.body in own)
    if changes:
        scene.talk.head(Text("In the bodies", "En los organismos"))
    for change in changes:
        scene.talk.item("-", capitalised(change))


def own_bodies(scene: Scene) -> frozenset[str] | None:
    """Return the bodies to which the actors of the seat have a tie; None for those who follow all."""
    if scene.seat is None:
        return None
    actors, ties = scene.session.seat(scene.seat).actors, scene.session.engine.cast.of_type.get(MEMBERSHIP, ())
    return frozenset(tie.target for tie in ties if tie.source in actors)


def _say_count(scene: Scene, count: Count, turn: int, *, whole: bool) -> None:
    """Say one vote; the single votes only if ``whole``."""
    talk, counts = scene.talk, scene.reasons.counts
    title = capitalised(scene.session.names.owner(count.proposal))
    talk.item("-", f"{talk.of(title)}: {talk.of(counts.totals(count))}.")
    talk.say(capitalised(counts.verdict(count)), 2)
    if whole and count.verdict is not Verdict.NO_BODY:
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
        members = [v for v in known if (v.vote == vote and v.cast if vote is not None else not v.cast)]
        if members:
            who = enumerated([with_votes(scene.session.names.owner(v.member), v.weight) for v in members])
            parts.append(talk.of(text.fill(who=who)))
    talk.say("; ".join(parts) + "." if parts else "", 2)


def with_votes(name: Text, votes: float) -> Text:
    """Return a member, and for how many votes it speaks if not for one: ``Haiti and others (2 votes)``."""
    if votes in (0.0, 1.0):
        return name
    said = Text("{name} ({n} votes)", "{name} ({n} votos)")
    return said.fill(name=name, n=plain(votes))


def _own_votes(scene: Scene, count: Count) -> Text:
    own = [v for v in count.votes if v.vote is not None]
    words = [VOTES[v.vote] if v.cast else Text("absent", "ausente") for v in own if v.vote is not None]
    return words[0] if len(words) == 1 else enumerated(words)


# ── effects ──────────────────────────────────────────────────────────────────────────────────────────────────


def _say_effects(scene: Scene, effects: Iterable[tuple[int, float, bool]]) -> None:
    """Say the largest changes that a resolution made, those of one attribute together."""
    groups: dict[str, list[tuple[int, float, bool]]] = {}
    for row, amount, guess in _by_row(scene, effects):
        owner = scene.session.engine.layout.owners[row]
        groups.setdefault(scene.session.engine.layout.names[row][len(owner) + 1 :], []).append((row, amount, guess))
    ranked = sorted(groups.values(), key=lambda some: -max(_share(scene, row, amount) for row, amount, _ in some))
    for some in ranked[:LARGEST]:
        scene.talk.item("→", _effect(scene, some), 2)
    if len(ranked) > LARGEST:
        one, more = Text("1 smaller change", "1 cambio menor"), Text("{n} smaller changes", "{n} cambios menores")
        left = len(ranked) - LARGEST
        scene.talk.item("→", one if left == 1 else more.fill(n=left), 2)


def _by_row(scene: Scene, effects: Iterable[tuple[int, float, bool]]) -> list[tuple[int, float, bool]]:
    """Return one amount for each number, without the marks that texts keep of themselves."""
    found: dict[int, tuple[int, float, bool]] = {}
    entities, layout = scene.session.engine.cast.entities, scene.session.engine.layout
    for row, amount, guess in effects:
        entity = entities.get(layout.owners[row])
        if entity is None or entity.kind != PROPOSAL:
            _, before, guessed = found.get(row, (row, 0.0, False))
            found[row] = row, before + amount, guessed or guess
    return [effect for effect in found.values() if effect[1]]


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
    if owner not in ties:
        return scene.talk.of(scene.session.names.owner(owner))
    ends = [scene.talk.of(scene.session.names.owner(end)) for end in (ties[owner].source, ties[owner].target)]
    return ends[0] if ties[owner].type in (MEMBERSHIP, BALLOT) else " – ".join(ends)


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
