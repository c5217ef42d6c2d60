"""The tabs, in the order of a turn."""

from __future__ import annotations

from wargame.tui.views.body import Body
from wargame.tui.views.brief import Brief
from wargame.tui.views.deals import Deals
from wargame.tui.views.end import End
from wargame.tui.views.orders import Orders
from wargame.tui.views.results import Results
from wargame.tui.views.situation import Situation
from wargame.tui.views.timeline import Timeline
from wargame.tui.views.view import View

VIEWS: tuple[type[View], ...] = (Brief, Situation, Deals, Orders, Body, Results, Timeline, End)
