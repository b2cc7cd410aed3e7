"""What a document says of itself: title, number, issuer, date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.domain.draft import DocumentHead
from tracker.duties.units import ends_as_unit
from tracker.duties.vocabulary import any_of
from tracker.text.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.decompose.frame import Frame
    from tracker.decompose.view import View

_NUMBER = re.compile(
    r"[一-鿿A-Za-z]{0,14}[〔\[（(【［]\s*(?:19|20)\d{2}\s*[〕\]）)】］]\s*第?\s*\d{1,4}\s*号"
)
_ISSUE = re.compile(r"第\s*[\d一二三四五六七八九十百]{1,4}\s*[期号]")
_MINUTES = re.compile("纪要|会议记录")
_HELD = re.compile(r"(?P<day>(?:19|20)\d{2}\s*年[^，。]{3,14}日)[^。]{0,60}(?:召开|主持)")
_LONGEST_TITLE = 90
_MOST_HEAD_BLOCKS = 40
_SHORTEST_TITLE, _LONGEST_PLAIN = 5, 40
_MOST_ABOVE = 3
_ANNEX = re.compile(r"附\s*[件表]\s*\d{0,2}\s*[：:]?")
_NO_TITLE = re.compile(r"[。；;：:，,！!？?]$|^[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|[|\t]")


@dataclass(frozen=True, slots=True)
class Head:
    """The head with what the kind of the document is told by.

    Attributes:
        titles: the lines that may be a title, in the order printed.
    """

    head: DocumentHead
    titles: tuple[str, ...]


def read_head(view: View, matched: str, frame: Frame, body: int, given: date | None) -> Head:
    """Return title, number, issuer and date of the document.

    Args:
        view: the whole document.
        matched: its text in the form words are matched in.
        frame: what is no body.
        body: where the first numbered measure begins in the view's text.
        given: the document's date as the user gives it; it goes before the printed one.
    """
    printed = [view.text[block.start : block.end] for block in view.blocks]
    texts = [matched[block.start : block.end] for block in view.blocks]
    count = sum(1 for block in view.blocks if block.start < body)
    front = texts[: min(count, _MOST_HEAD_BLOCKS)]
    titles = _titles(front, printed)
    title = titles[-1] if titles else _labelled(front, printed, "title_labels")
    if not title:
        title = _first_words(texts[:_MOST_ABOVE], printed)
        titles = (title,) if ends_as_title(title) else ()
    day = given or _date(texts, front, frame)
    if day is None and any(_MINUTES.search(one) for one in titles):
        day = _day_of_meeting(front)
    issuer = _issuer(titles, texts, frame) or _labelled(front, printed, "issuer_labels")
    return Head(DocumentHead(_closed_up(title), _number(front, printed), issuer, day), titles)


def year_of(titles: Sequence[str]) -> date | None:
    """Return the first day of the only year that the titles name; None without one."""
    years = {
        int(found) for title in titles for found in re.findall(r"(?<!\d)(20\d\d)\s*年?", title)
    }
    return date(years.pop(), 1, 1) if len(years) == 1 else None


def _titles(front: Sequence[str], printed: Sequence[str]) -> tuple[str, ...]:
    """Return the lines that end as titles do; a title in several lines is joined."""
    found: list[str] = []
    words = _title_endings()
    start = 0
    for index, text in enumerate(front):
        bare = _closed_up(text)
        if _NO_TITLE.search(bare) or _NUMBER.fullmatch(bare) or len(bare) > _LONGEST_TITLE:
            start = index + 1
            continue
        if words.search(bare):
            lines = printed[_first_line(front, start, index) : index + 1]
            found.append("".join(_closed_up(line) for line in lines))
            start = index + 1
    return tuple(found)


def _first_words(front: Sequence[str], printed: Sequence[str]) -> str:
    """Return the first line, or that below 附件1, where it says something and is no sentence."""
    for text, words in zip(front, printed, strict=False):
        bare = _closed_up(text)
        if _ANNEX.fullmatch(bare):
            continue
        short = _SHORTEST_TITLE <= len(bare) <= _LONGEST_PLAIN
        sentence = _NO_TITLE.search(bare) or re.search("[，。；：]", bare) or _NUMBER.search(bare)
        plain_words = short and not sentence and not find_dates(bare[:_SHORTEST_TITLE])
        return words if plain_words and not ends_as_unit(bare) else ""
    return ""


def _first_line(front: Sequence[str], start: int, last: int) -> int:
    """Return the first line of a title that ends in line `last`: 关于… may stand lines above."""
    for index in range(last, max(start, last - 3) - 1, -1):
        if re.search(r"关于|印发|转发", front[index]) and index < last:
            above = index - 1
            return above if above >= start and ends_as_unit(front[above].strip()) else index
    if "关于" in front[last] or last == start:
        return last
    above = last - 1
    return above if above >= start and ends_as_unit(front[above].strip()) else last


def _number(front: Sequence[str], printed: Sequence[str]) -> str:
    """Return the document's own number, not one it refers to."""
    for text, words in zip(front, printed, strict=False):
        found = _NUMBER.search(text)
        alone = (
            found is not None
            and not text[: found.start()].strip()
            and (not text[found.end() :].strip() or text[found.end() :].strip()[0] in "签（(")
        )
        if found is not None and alone:
            return "".join(words[found.start() : found.end()].split())
    labelled = _labelled(front, printed, "number_labels")
    found = _NUMBER.search(labelled)
    return "".join(found.group().split()) if found else ""


def _labelled(front: Sequence[str], printed: Sequence[str], labels: str) -> str:
    pattern = _labels(labels)
    for text, words in zip(front, printed, strict=False):
        found = pattern.search(text)
        if found and found["what"].strip():
            return words[found.start("what") : found.end("what")].strip()
    return ""


def _date(texts: Sequence[str], front: Sequence[str], frame: Frame) -> date | None:
    """Return the printed date: labelled, that of the signature, that of publication."""
    for labels in ("date_labels",):
        day = _day_in(_labelled(front, front, labels))
        if day:
            return day
    for index in frame.days:
        day = _day_in(texts[index])
        if day:
            return day
    for text in texts:
        if "印发" in text[-4:] and (day := _day_in(text[-20:])):
            return day
    return _day_in(_labelled(front, front, "published_labels"))


def _day_of_meeting(front: Sequence[str]) -> date | None:
    """Return the day on which a sentence above the measures says that a meeting was held."""
    for text in front:
        held = _HELD.match(text.strip())
        day = _day_in(held["day"]) if held is not None else None
        if day:
            return day
    return None


def _day_in(text: str) -> date | None:
    for phrase in find_dates(text, cell=True):
        if phrase.year is not None and phrase.day is not None and not phrase.damaged:
            return phrase.last_day()
    return None


def _issuer(titles: Sequence[str], texts: Sequence[str], frame: Frame) -> str:
    for title in titles:
        name = re.split(r"关于|印发|转发", title)[0].strip()
        if name and name != title and ends_as_unit(name):
            return _closed_up(name)
    for index in frame.days:
        above = texts[index - 1].strip() if index else ""
        if index - 1 in frame.outside and ends_as_unit(above):
            return _closed_up(above)
    return ""


def _closed_up(text: str) -> str:
    """Take blanks between Chinese letters out: 关于 印发 is a broken line."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", text.strip().strip("#*").strip())


def ends_as_title(text: str) -> bool:
    """Return whether a line ends as titles do (…的通知, …方案)."""
    return _title_endings().search(text.strip()) is not None


def opens_with_entry(text: str) -> bool:
    """Return whether a line begins as the entries above a web page do (成文日期：…)."""
    return _entries().match(text) is not None


@cache
def _entries() -> re.Pattern[str]:
    frame = load("documents.toml")["frame"]
    words = [word for key, listed in frame.items() if key.endswith("_labels") for word in listed]
    return re.compile(rf"(?:{'|'.join(_spaced(word) for word in words)})\s*[：:]")


def _spaced(word: str) -> str:
    return r"\s*".join(map(re.escape, word))


@cache
def _title_endings() -> re.Pattern[str]:
    kinds = load("documents.toml")["kinds"]
    words = tuple(word for listed in kinds.values() for word in listed)
    return re.compile(rf"{any_of(words)}(?:[（(][^（()）]{{1,20}}[)）])*$")


@cache
def _labels(key: str) -> re.Pattern[str]:
    words = load("documents.toml")["frame"][key]
    spaced = "|".join(_spaced(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(
        rf"(?:^|\s)(?:{spaced})\s*[：:]\s*(?P<what>[^：:\n]*?)(?=\s+(?:[^\s：:]{{2,6}}|(?:[^\s：:]\s+){{1,4}}[^\s：:])\s*[：:]|$)"
    )
