"""What every screen is given: the shared state, the workers, the messages, the looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.ui.hub import Hub
    from tracker.ui.messages import Messages
    from tracker.ui.recent import Choices
    from tracker.ui.run import Runner
    from tracker.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Kit:
    """Passed to every view's constructor; a view keeps it and asks for nothing else."""

    hub: Hub
    runner: Runner
    messages: Messages
    theme: Theme
    choices: Choices
