"""All commands, in the order in which they are listed."""

from __future__ import annotations

from wargame.tui.commands import general, home, tabs, turn
from wargame.tui.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    home.ResumeLast(), home.Seed(),
    general.ShowBrief(), general.ShowSituation(), general.ShowDeals(), general.ShowOrders(), general.ShowBody(),
    general.ShowResults(), general.ShowTimeline(), general.ShowEnd(),
    turn.EndPhase(), turn.Why(), turn.Look(), turn.ShowGraph(), turn.TryAgain(),
    turn.Recount(), turn.Loops(), turn.Believed(), turn.Compare(), turn.NextLesson(), turn.LessonBefore(),
    tabs.Layer(), tabs.ZoomIn(), tabs.ZoomOut(), tabs.WholeMap(), tabs.OrderHere(),
    tabs.FileOrder(), tabs.More(), tabs.Less(), tabs.Rationale(),
    tabs.Forecast(), tabs.Withdraw(), tabs.Earlier(), tabs.Later(),
    tabs.FindMove(), tabs.Refused(),
    tabs.Offer(), tabs.Accept(), tabs.Decline(), tabs.Counter(), tabs.Break(), tabs.Say(),
    tabs.VoteYes(), tabs.VoteNo(), tabs.Abstain(), tabs.TableText(), tabs.Weigh(), tabs.Report(),
    general.Note(), general.Sources(), general.SwitchLanguage(), general.SwitchTheme(), general.SwitchGlyphs(),
    general.Palette(),
    general.Glossary(), general.Help(), general.GoHome(), general.Leave(),
)  # fmt: skip
BY_NAME = {command.name: command for command in COMMANDS}
