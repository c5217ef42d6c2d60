"""Which phases of a turn come before which, and in which of them rules of a kind run."""

from __future__ import annotations

from typing import Final

from wargame.engine.turn import Phase
from wargame.model.ledger import CauseKind

BEFORE: Final = {
    Phase.VOTE: (),
    Phase.ADJUDICATE: (Phase.VOTE,),
    Phase.DYNAMICS: (Phase.VOTE, Phase.ADJUDICATE),
    Phase.EVENTS: (Phase.VOTE, Phase.ADJUDICATE, Phase.DYNAMICS),
    Phase.REPORT: (Phase.VOTE, Phase.ADJUDICATE, Phase.DYNAMICS, Phase.EVENTS),
}
PHASES: Final = {
    CauseKind.MECHANISM: Phase.DYNAMICS,
    CauseKind.INTEREST: Phase.VOTE,
    CauseKind.RESOLUTION: Phase.VOTE,
    CauseKind.EVENT: Phase.EVENTS,
    CauseKind.INJECT: Phase.REPORT,
}
"""When rules run."""
VOTES: Final = (CauseKind.INTEREST, CauseKind.RESOLUTION)
STEPS: Final = (CauseKind.MOVE, CauseKind.COST), (CauseKind.MOVE, CauseKind.COST, CauseKind.INTEREST, CauseKind.VOTE)
"""What the vote phase has changed when members lean, and when what was adopted takes effect."""
