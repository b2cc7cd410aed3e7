"""Random circulars on paper, as Word document and our own PDF: 22 lines of 28 characters a page."""

from __future__ import annotations

import random
import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.helpers.pages import need_office, read_lines, to_pdf
from tests.helpers.random_contents import UNDRAWN, random_sentence
from tracker.domain.circular import Circular, Level, Passage
from tracker.printing.fonts import drawing_application
from tracker.printing.pages import write_pages
from tracker.reports.circular_docx import write_circular_docx
from tracker.reports.circular_pages import circular_pages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.pages import DrawnLine

pytestmark = pytest.mark.office

_MM = 72 / 25.4
_LEFT, _RIGHT = 28 * _MM, (210 - 26) * _MM
_LINES, _CHARACTERS, _PITCH = 22, 28, 28.9
_SLACK = 1.1
_HANGS = 8.0
"""A mark that closes may hang over the right edge by half a character, as in Word."""
_HEADINGS = (
    Passage("一、总体情况", Level.FIRST),
    Passage("（一）已过时限仍未完成的事项", Level.SECOND),
    Passage("1. 有关要求", Level.THIRD),
)
_SHUT = "，。；：、！？）》”’…%％"
_OPEN = "（《“‘"


def random_circular(seed: int, *, headings: bool) -> Circular:
    """Return a circular of some pages; every third one of Han characters and marks alone."""
    rng = random.Random(f"letter {seed}")
    body = []
    for _ in range(rng.randint(14, 34)):
        if headings and rng.random() < 0.25:
            body.append(rng.choice(_HEADINGS))
        text = "".join(random_sentence(rng) for _ in range(rng.randint(1, 14)))
        if seed % 3 == 0:
            text = re.sub("[^一-龥，。；]", "", text)
            text = re.sub("[，。；]+([，。；])", r"\1", text).strip("，。；") + "。"
        body.append(Passage("".join(c for c in text if c not in UNDRAWN)))
    return Circular(
        "关于全县重点工作" * rng.randint(1, 3) + "落实情况的通报",
        tuple(body),
        number=rng.choice(["", "县督〔2026〕3号"]),
        addressee=rng.choice(["", "各镇人民政府、县政府各部门"]),
        annexes=rng.choice([(), ("重点工作落实情况表", "未反馈单位名单")]),
        signature="县人民政府办公室督查室",
        date=date(2026, 10, 9),
        note="此件主动公开",
    )


def circular_faults(seeds: range, folder: Path) -> list[str]:
    """Print a circular for each seed both ways and say what is not as the standard wants it."""
    need_office()
    letters = {seed: random_circular(seed, headings=seed % 2 == 1) for seed in seeds}
    files = [folder / f"{seed}.docx" for seed in letters]
    with drawing_application():
        for (seed, letter), file in zip(letters.items(), files, strict=True):
            assert write_circular_docx(letter, file) == ()
            write_pages(circular_pages(letter), letter.title, folder / f"{seed}.pdf")
    found = []
    for (seed, letter), pdf in zip(letters.items(), to_pdf(files, folder / "pdf"), strict=True):
        word, own = read_lines(pdf), read_lines(folder / f"{seed}.pdf")
        for name, pages in ((f"{seed} docx", word), (f"{seed} pdf", own)):
            found += [f"{name} {each}" for each in _faults(letter, pages, seed)]
        # a word more or less on a line now and then takes the signature to the next page
        if abs(len(word) - len(own)) > 1:
            found.append(f"{seed}: {len(word)} pages in Word, {len(own)} of our own")
    return found


def _faults(letter: Circular, pages: list[list[DrawnLine]], seed: int) -> list[str]:
    found = []
    for number, page in enumerate(pages, 1):
        *lines, foot = page
        side = foot.left > (_LEFT + _RIGHT) / 2
        if foot.text != f"—{number}—" or side != (number % 2 == 1):
            found.append(f"page {number}: foot {foot}")
        found += [f"page {number}: {each}" for each in _misplaced(lines)]
        # what is signed takes its last paragraph along, so the page before may be short
        if 1 < number < len(pages) - 1:
            found += [f"page {number}: {each}" for each in _not_full(lines, seed)]
    words = "".join(line.text for page in pages for line in page[:-1])
    for passage in letter.body:
        if "".join(passage.text.split()) not in words:
            found.append(f"not on paper: {passage.text}")
    return found


def _misplaced(lines: list[DrawnLine]) -> list[str]:
    return [
        f"{line}"
        for line in lines
        if line.left < _LEFT - _SLACK
        or line.right > _RIGHT + (_HANGS if line.text[-1] in _SHUT else _SLACK)
        or line.text[0] in _SHUT
        or line.text[-1] in _OPEN
    ]


def _not_full(lines: list[DrawnLine], seed: int) -> list[str]:
    """Say how a page inside of a letter is not filled; a heading goes with its text."""
    least = _LINES - 3 if seed % 2 else _LINES
    found = [] if least <= len(lines) <= _LINES else [f"{len(lines)} lines"]
    for upper, lower in pairwise(lines):
        if abs(upper.baseline - lower.baseline - _PITCH) > 0.3:
            found.append(f"{upper.baseline - lower.baseline:.2f} points to the next line: {upper}")
        goes_on = max(upper.left, lower.left) < _LEFT + _PITCH / 2
        if seed % 3 == 0 and goes_on and upper.right > _RIGHT - 2 * _PITCH:
            most = _CHARACTERS
            kept_together = lower.text[:2].strip("，。；") != lower.text[:2]
            hangs = upper.text[-1] in _SHUT
            if not most - 1 - kept_together <= len(upper.text) <= most + hangs:
                found.append(f"{len(upper.text)} characters: {upper}")
    return found


def test_a_few_random_circulars_are_set_as_the_standard_wants_it(tmp_path: Path) -> None:
    assert circular_faults(range(4), tmp_path) == []


@pytest.mark.long
@pytest.mark.parametrize("start", range(0, 100, 20))
def test_a_hundred_random_circulars_are_set_as_the_standard_wants_it(
    tmp_path: Path, start: int
) -> None:
    assert circular_faults(range(start, start + 20), tmp_path) == []
