from __future__ import annotations

import pytest

from tracker.domain.terms import COMPLETION_WORDS, Completion, Pace
from tracker.tables.states import read_state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("已完成", (Completion.DONE, None)),
        (" 已 办结 ", (Completion.DONE, None)),
        ("提前完成", (Completion.DONE, Pace.AHEAD)),
        ("正常推进", (Completion.IN_PROGRESS, Pace.ON_TRACK)),
        ("推进中（达序时）", (Completion.IN_PROGRESS, Pace.ON_TRACK)),
        ("滞后", (Completion.IN_PROGRESS, Pace.BEHIND)),
        ("受阻", (None, Pace.BLOCKED)),
        ("未启动", (Completion.NOT_STARTED, None)),
        ("未启动、受阻", (Completion.NOT_STARTED, Pace.BLOCKED)),
        ("销号", (Completion.CLOSED, None)),
        ("不再实施", (Completion.EXCLUDED, None)),
    ],
)
def test_a_status_word_gives_both_axes(text: str, state: tuple[object, object]) -> None:
    assert read_state(text) == state


@pytest.mark.parametrize("text", ["", "基本完成", "未完成", "完成一半", "已完成、未启动", "见备注"])
def test_what_is_not_certain_says_nothing(text: str) -> None:
    assert read_state(text) == (None, None)


@pytest.mark.parametrize("completion", Completion)
def test_our_own_words_read_back(completion: Completion) -> None:
    assert read_state(COMPLETION_WORDS[completion])[0] == completion
