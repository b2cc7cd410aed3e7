"""The sentences of a circular (通报): each from stored facts, each figure with its tasks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tracker.domain.circular import Circular, Figure, Level, Passage
from tracker.domain.stamp import Stamp
from tracker.domain.terms import COMPLETION_WORDS, PACE_WORDS, Completion, Pace
from tracker.insight.owners import NO_UNIT, UnitBook
from tracker.insight.rates import state_of, state_word
from tracker.insight.round_stats import round_stats
from tracker.insight.shares import shares
from tracker.ops.circular_groups import by_section, by_unit, compared, due
from tracker.ops.round_facts import counted_on
from tracker.text.days import long_date
from tracker.text.numerals import number_in_chinese
from tracker.text.wording import filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from tracker.domain.board import Board
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.insight.round_stats import RoundStats
    from tracker.ops.circular_groups import RateBefore
    from tracker.ops.round_facts import RoundContent

_SLOW = frozenset({Pace.BEHIND, Pace.BLOCKED})
_LISTED = (Completion.CLOSED, Completion.DONE, Completion.IN_PROGRESS, Completion.NOT_STARTED)


@dataclass(slots=True)
class Composer:
    """Makes the passages of one circular.

    Attributes:
        words: the wording, with every entry of `resources/circular.toml`.
        before: the rate of the round before, where it is known.
    """

    content: RoundContent
    words: Mapping[str, Any]  # Any: values of TOML
    ledger: LedgerRow
    round_: RoundRow
    today: date
    before: RateBefore | None = None
    values: dict[str, str] = field(init=False)
    stats: RoundStats = field(init=False)
    book: UnitBook = field(init=False)

    def __post_init__(self) -> None:
        self.book = UnitBook.of(self.content.units)
        as_of = self.content.as_of or counted_on(self.round_, self.today)
        self.stats = round_stats(self.content.tasks, self.content.entries, as_of, self.book)
        self.values = {
            "发文机关": self.ledger.office,
            "专项": self.ledger.name,
            "期": str(self.round_.number),
            "文件": self._source(),
            "截至": long_date(as_of),
        }

    def compose(self, shown: Board, now: datetime) -> Circular:
        """Return the whole circular."""
        words = self.words
        return Circular(
            title=filled(words["title"], self.values),
            body=tuple(passage for passage in self._body(shown) if passage.text),
            red_head=filled(words["red_head"], self.values),
            number=self.round_.circular_number,
            addressee=filled(words["addressee"], self.values),
            annexes=tuple(filled(annex, self.values) for annex in words["annexes"]),
            signature=self.ledger.office,
            date=self.today,
            note=filled(words["note"], self.values),
            copies=filled(words["copies"], self.values),
            printed_by=filled(words["printed_by"], self.values),
            properties=Stamp(self.ledger.name, self.round_.number, now).properties(),
            created=now,
        )

    def _body(self, shown: Board) -> Iterator[Passage]:
        yield Passage(filled(self.words["basis"], self.values), key="basis")
        yield from self._overall()
        yield from self._problems(shown)
        yield from self._next()

    def _source(self) -> str:
        """Name the document that the tasks came from, where there is one that says its number."""
        named = [d for d in self.content.documents if d.title and d.kind != "progress_table"]
        if len(named) != 1:
            return ""
        number = f"（{named[0].number}）" if named[0].number else ""
        return f"《{named[0].title}》{number}"

    def _overall(self) -> Iterator[Passage]:
        words, stats = self.words["overall"], self.stats
        yield Passage(words["heading"], Level.FIRST, key="overall.heading")
        counted = dict(stats.completions)
        order = [c for c in (*_LISTED, Completion.EXCLUDED) if c in counted]
        listed = [(COMPLETION_WORDS[c], counted[c]) for c in order]
        parts = shares([count.number for _, count in listed])
        several = len(listed) > 1
        values = self.values | {
            "总数": str(stats.total.number),
            "分类": "、".join(f"{word}{count.number}项" for word, count in listed),
            "占比": "、".join(f"{share}%" for share in parts) if several else "",
            "剔除": str(stats.rate.excluded.number or ""),
            "应完成": str(stats.rate.of.number or ""),
            "完成": str(stats.rate.done.number),
            "完成率": stats.rate.percent,
        }
        figures = [Figure("任务总数", values["总数"], stats.total.codes)]
        figures += [Figure(word, str(count.number), count.codes) for word, count in listed]
        if several:
            figures += [
                Figure(f"{word}占比", f"{share}%", count.codes)
                for (word, count), share in zip(listed, parts, strict=True)
            ]
        rate = stats.rate
        if rate.excluded.number:
            figures.append(Figure("调整/取消", str(rate.excluded.number), rate.excluded.codes))
        figures += [
            Figure("应完成", str(rate.of.number), rate.of.codes),
            Figure("已完成（含已销号）", str(rate.done.number), rate.done.codes),
            Figure("完成率", f"{rate.percent}%", rate.done.codes),
        ]
        yield Passage(filled(words["total"], values), figures=tuple(figures), key="overall.total")
        for key, (text, stated) in (
            ("compare", compared(words, self.values, stats.rate, self.before)),
            ("due", due(words, self.values, self.content, stats)),
        ):
            if text:
                yield Passage(text, figures=stated, key=f"overall.{key}")
        yield from self._paces()
        yield from self._groups()
        yield from self._units()

    def _groups(self) -> Iterator[Passage]:
        words, content = self.words["overall"], self.content
        done = frozenset(self.stats.rate.done.codes)
        out = frozenset(self.stats.rate.excluded.codes)
        if words["by_section"]:
            text, stated = by_section(words, self.values, content.tasks, done, out)
            if text:
                yield Passage(text, figures=stated, key="overall.sections")
        if words["by_unit"]:
            text, stated = by_unit(words, self.values, content.tasks, done, out, self.book)
            if text:
                yield Passage(text, figures=stated, key="overall.by_units")

    def _paces(self) -> Iterator[Passage]:
        paces = [(PACE_WORDS[pace], count) for pace, count in self.stats.paces]
        said = "、".join(f"{word}{count.number}项" for word, count in paces)
        text = filled(self.words["overall"]["pace"], self.values | {"进度": said})
        if text:
            figures = tuple(Figure(w, str(count.number), count.codes) for w, count in paces)
            yield Passage(text, figures=figures, key="overall.pace")

    def _units(self) -> Iterator[Passage]:
        units = [unit for unit in self.stats.units if unit.unit != NO_UNIT]
        whole = [unit for unit in units if unit.done.number == unit.total.number]
        values = self.values | {
            "单位家数": str(len(units) or ""),
            "完成家数": str(len(whole) or ""),
            "完成单位": "、".join(f"{unit.unit}（{unit.total.number}项）" for unit in whole),
        }
        if whole:
            theirs = tuple(dict.fromkeys(code for unit in whole for code in unit.total.codes))
            figures = (
                Figure("牵头（责任）单位", str(len(units)), self.stats.total.codes),
                Figure("全部完成的单位", str(len(whole)), theirs),
                *(Figure(unit.unit, str(unit.done.number), unit.done.codes) for unit in whole),
            )
            text = filled(self.words["overall"]["units"], values)
            yield Passage(text, figures=figures, key="overall.units")

    def _problems(self, shown: Board) -> Iterator[Passage]:
        words = self.words["problems"]
        overdue = self._tasks(self.stats.overdue.codes)
        slow = [t for t in self.content.tasks if self._state(t)[1] in _SLOW]
        others = [task for task in slow if task not in overdue]
        feedback = shown.by_form and shown.expected
        yield Passage(words["heading"], Level.FIRST, key="problems.heading")
        if not overdue and not others:
            yield Passage(filled(words["none"], self.values), key="problems.none")
        clause = 0
        for key, tasks in (("overdue", overdue), ("slow", others)):
            if tasks:
                clause += 1
                yield from self._listed(key, tasks, clause, len(slow) - len(others))
        yield from self._doubtful()
        if feedback:
            values = self.values | {"款": number_in_chinese(clause + 1)}
            text = filled(words["returns"], values)
            yield Passage(text, Level.SECOND, key="problems.returns")
            text = filled(words["returned"], self.values | _returns(shown))
            yield Passage(text, figures=_returned(shown), key="problems.returned")

    def _listed(
        self, key: str, tasks: Sequence[TaskRow], clause: int, above: int
    ) -> Iterator[Passage]:
        """Yield the heading of one kind of problem and a line for each task.

        Args:
            key: the kind, as the wording names it.
            tasks: the tasks.
            clause: which clause of the section it is.
            above: how many slow tasks stand among those past their date.
        """
        words = self.words["problems"]
        values = self.values | {
            "项数": str(len(tasks)),
            "款": number_in_chinese(clause),
            "另列": str(above or ""),
        }
        codes = tuple(task.code for task in tasks)
        figure = Figure("存在问题", str(len(tasks)), codes)
        yield Passage(filled(words[key], values), Level.SECOND, (figure,), f"problems.{key}")
        for task in tasks:
            text = filled(words[f"{key}_item"], self.values | self._about(task))
            stated = (Figure("任务", "1", (task.code,)),)
            yield Passage(text, figures=stated, key=f"problems.{key}:{task.code}")

    def _about(self, task: TaskRow) -> dict[str, str]:
        deadline = task.deadline
        day = deadline.date if deadline else None
        units = [unit for unit in self.book.owners(task) if unit != NO_UNIT]
        as_of = self.stats.as_of
        return {
            "序号": task.number or task.code,
            "任务": task.title,
            "单位": "、".join(units),
            "时限": (deadline.text if deadline else "") or (long_date(day) if day else ""),
            "天数": str((as_of - day).days) if day and day < as_of else "",
            "状态": state_word(self._state(task)),
        }

    def _doubtful(self) -> Iterator[Passage]:
        doubtful = [
            task
            for task in self.content.tasks
            if task.deadline is not None
            and task.deadline.doubtful
            and self._state(task)[0] in (Completion.IN_PROGRESS, Completion.NOT_STARTED)
        ]
        if doubtful:
            values = self.values | {"存疑": str(len(doubtful))}
            codes = tuple(task.code for task in doubtful)
            text = filled(self.words["problems"]["doubtful"], values)
            stated = (Figure("时限待核", str(len(doubtful)), codes),)
            yield Passage(text, figures=stated, key="problems.doubtful")

    def _next(self) -> Iterator[Passage]:
        words = self.words["next"]
        if words["paragraphs"]:
            yield Passage(words["heading"], Level.FIRST, key="next.heading")
        for number, paragraph in enumerate(words["paragraphs"], 1):
            yield Passage(filled(paragraph, self.values), key=f"next:{number}")

    def _tasks(self, codes: Sequence[str]) -> list[TaskRow]:
        wanted = set(codes)
        return [task for task in self.content.tasks if task.code in wanted]

    def _state(self, task: TaskRow) -> tuple[Completion, Pace | None]:
        return state_of(task, self.content.entries.get(task.id))


def _returns(shown: Board) -> dict[str, str]:
    missing = [row.unit for row in shown.missing]
    late = [row.unit for row in shown.late]
    return {
        "应报": str(shown.expected),
        "已报": str(shown.returned),
        "未报家数": str(len(missing) or ""),
        "未报": "、".join(missing),
        "迟报家数": str(len(late) or ""),
        "迟报": "、".join(late),
    }


def _returned(shown: Board) -> tuple[Figure, ...]:
    counts = (("应报", shown.expected), ("已报", shown.returned))
    units = (("未报家数", len(shown.missing)), ("迟报家数", len(shown.late)))
    listed = (*counts, *((name, count) for name, count in units if count))
    return tuple(Figure(name, str(count)) for name, count in listed)
