"""What a unit does, said behind its verb inside a note."""

from __future__ import annotations

import pytest

from tracker.domain.table import Roles
from tracker.duties.objects import without_objects
from tracker.duties.passages import find_notes
from tracker.duties.reading import read_note


@pytest.mark.parametrize(
    ("note", "roles"),
    [
        (
            "（县水利局负责日常巡查，县财政局负责资金拨付）",
            Roles(responsible=("县水利局", "县财政局")),
        ),
        (
            "（县水利局牵头组织，县气象局负责预报）",
            Roles(("县水利局",), responsible=("县气象局",)),
        ),
        ("（县水利局负责巡查，各乡镇配合清障）", Roles((), ("各乡镇",), ("县水利局",))),
    ],
)
def test_a_unit_with_its_own_work_is_charged_with_it(note: str, roles: Roles) -> None:
    text = f"修堤。{note}"
    (found,) = find_notes(text, text, 0, len(text))
    assert read_note(text[found.start : found.end]).roles == roles


@pytest.mark.parametrize(
    "words",
    [
        "县水利局负责",
        "县水利局负责落实",
        "县水利局负责督导检查",
        "县水利局负责人调整",
        "含县医院配合改革的内容",
        "本预案由县应急局负责解释",
        "群众负责监督举报",
    ],
)
def test_other_words_stay_as_they_are(words: str) -> None:
    assert without_objects(words) == words
