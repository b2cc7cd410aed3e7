"""Returned files under review and what the clerk decided so far; knows nothing of Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.collection import ASKING, ReturnDecisions
from tracker.domain.returned import (
    FINDING_WORDS,
    FileKind,
    FindingKind,
    Standing,
)
from tracker.ui.returns.file_lines import FileChip, FileLine, FileState, Tone
from tracker.ui.returns.lines import Result, ReturnLine, What, lines_of

if TYPE_CHECKING:
    from collections.abc import Collection as Several
    from collections.abc import Iterable

    from tracker.domain.collection import CollectedFile
    from tracker.ui.returns.gathered import Gathered

NOT_WANTED = ""
"""Answers words without a task: they are kept with the file and go nowhere."""

_TONES = {
    FindingKind.UNREADABLE: Tone.WRONG,
    FindingKind.UNKNOWN_UNIT: Tone.WRONG,
    FindingKind.RETURNED_TWICE: Tone.PLAIN,
    FindingKind.EMPTY: Tone.SAME,
}
_BLIND = frozenset({FileKind.UNREADABLE, FileKind.SCAN})


class CollectReview:
    """Files, their lines, and the decisions on them.

    Args:
        gathered: what was read; it is never changed.
        before: what was decided before the files were read again.
    """

    def __init__(self, gathered: Gathered, before: CollectReview | None = None) -> None:
        self.gathered = gathered
        self._lines = lines_of(gathered)
        self._files = {file.hash: file for file in gathered.collection.files}
        # Everything that is counted at each key press is gathered once, in the worker.
        self._asking = {key: _asking(lines) for key, lines in self._lines.items()}
        self._changing = {key: any(line.changes for line in ls) for key, ls in self._lines.items()}
        every = [line for held in self._lines.values() for line in held]
        self._updated = len({line.code for line in every if line.group is Result.UPDATE})
        self._same = sum(line.group is Result.SAME for line in every) + gathered.collection.same
        self._reported = frozenset(note.code for note in gathered.collection.notes)
        self._settled: dict[tuple[str, str], int] = {}
        self._refused: set[str] = set()
        self._words: dict[tuple[str, int], str] = {}
        if before is not None:
            self._take_over(before)
        self._order = tuple(sorted(self._files, key=self._rank))

    def _take_over(self, before: CollectReview) -> None:
        """Keep the decisions that still speak of the same cells and words."""
        old = {c.task + c.field: c.values for c in before.gathered.collection.conflict}
        for conflict in self.gathered.collection.conflict:
            key = (conflict.task, conflict.field)
            if key in before._settled and old.get(key[0] + key[1]) == conflict.values:
                self._settled[key] = before._settled[key]
        changed = {change.task for change in self.gathered.collection.update}
        self._refused = before._refused & changed
        for (file, place), code in before._words.items():
            then, here = before._files.get(file), self._files.get(file)
            if then is not None and here is not None and then.unplaced == here.unplaced:
                self._words[file, place] = code

    # Files

    def files(self) -> tuple[FileLine, ...]:
        """Return the files: what nobody knows or can read first, then what waits."""
        return tuple(self._file_line(self._files[key]) for key in self._order)

    def file(self, key: str) -> CollectedFile | None:
        """Return a file by the hash of its bytes."""
        return self._files.get(key)

    def state(self, key: str) -> FileState:
        """Return what a file needs first."""
        file = self._files[key]
        if key in self.gathered.locked:
            return FileState.LOCKED
        if file.standing is Standing.COPY:
            return FileState.COPY
        if file.unit_id is None and file.kind is not FileKind.UNREADABLE:
            return FileState.UNKNOWN
        if file.kind in _BLIND:
            return FileState.UNREADABLE
        if file.standing is Standing.EARLIER:
            return FileState.EARLIER
        if any(self.is_open(line) for line in self._asking[key]):
            return FileState.WAITING
        if any(remark.kind is FindingKind.EMPTY for remark in file.remarks):
            return FileState.EMPTY
        return FileState.READ if self._changing[key] else FileState.SAME

    def asks(self, key: str) -> bool:
        """Tell whether the clerk must say something about a file: its password, or its unit."""
        return key in self.gathered.locked or self._files[key].unit_id is None

    def _rank(self, key: str) -> tuple[int, str, str]:
        file = self._files[key]
        return list(FileState).index(self.state(key)), file.unit, file.name

    def _file_line(self, file: CollectedFile) -> FileLine:
        notes = {line.code for line in self._lines[file.hash] if line.what is What.REPORT}
        state = self.state(file.hash)
        return FileLine(
            file.hash,
            file.name,
            file.unit,
            file.unit_reason,
            state,
            len(notes),
            len(file.stamp.codes) if file.stamp is not None else 0,
            tuple(chip for chip in _chips(file) if chip.text != state.value),
        )

    def fate(self, key: str) -> str:
        """Return what becomes of a file without lines, in a sentence."""
        file = self._files[key]
        kinds = {remark.kind for remark in file.remarks}
        if file.unit_id is None:
            return "先用“指定单位”说明是谁的来件；不说明也会存在本期，催报前再认领。"
        if self.state(key) is FileState.LOCKED:
            return f"输入密码后读取；不输也会存在本期，{file.unit}算“已报（待录入）”，不会被催报。"
        if FindingKind.EMPTY in kinds:
            return f"交回的表没有填写任何内容；{file.unit}还不算已报。"
        if file.standing is Standing.COPY:
            return f"作为盖章件，与{file.unit}的反馈表存在一起。"
        if file.kind in _BLIND:
            return f"读不出文字；写入后存在本期，{file.unit}算“已报（待录入）”，不会被催报。"
        if file.standing is Standing.EARLIER:
            return "这个单位有更晚的一份，以晚的为准；这份存档。"
        return "没有新内容；写入后只存这份来件。"

    # Lines

    def lines(self, key: str, shown: Several[Result]) -> list[ReturnLine]:
        """Return the lines of a file under the counters `shown`; findings always."""
        lines = self._lines.get(key, [])
        return [line for line in lines if line.group is None or line.group in shown]

    def is_open(self, line: ReturnLine) -> bool:
        """Tell whether a line still waits for a decision."""
        if line.what is What.DISPUTE:
            return line.key not in self._settled
        if line.what is What.WORDS:
            return (line.file, line.place) not in self._words
        return False

    def is_checked(self, line: ReturnLine) -> bool | None:
        """Tell whether a report goes to the entry; None where there is nothing to write."""
        if line.what is not What.REPORT or not line.changes:
            return None
        return line.code not in self._refused

    def word(self, line: ReturnLine) -> str:
        """Return what becomes of a line, in a word."""
        if self.is_open(line):
            return Result.WAITING.value
        if line.what is What.DISPUTE:
            return "采用反馈" if self._takes_report(line) else "保留核定稿"
        if line.what is What.WORDS:
            code = self._words[line.file, line.place]
            return "不用" if code == NOT_WANTED else "归到任务"
        if line.what is What.FOUND:
            return What.FOUND.value
        if line.group is None:
            return "已有更晚的"
        if line.group is Result.SAME:
            return Result.SAME.value
        return Result.UPDATE.value if self.is_checked(line) else "只存原报"

    def target(self, line: ReturnLine) -> str:
        """Return the code of the task that words were given to; empty for none."""
        return self._words.get((line.file, line.place), "") if line.what is What.WORDS else ""

    # Deciding

    def choices(self, line: ReturnLine) -> tuple[str, ...]:
        """Return what can be chosen for a line that waits or waited, in the user's words."""
        if line.what is What.WORDS:
            return ("归到任务…", "不用")
        conflict = line.conflict
        if conflict is None:
            return ()
        named = len(conflict.values) > 2 or None not in conflict.changes
        return tuple(
            "保留核定稿" if change is None else (f"采用{source}" if named else "采用反馈")
            for source, change in zip(conflict.sources, conflict.changes, strict=True)
        )

    def chosen(self, line: ReturnLine) -> int:
        """Return the number of the choice taken; 0 for none."""
        if self.is_open(line):
            return 0
        if line.what is What.WORDS:
            return 2 if self._words[line.file, line.place] == NOT_WANTED else 1
        return self._settled[line.key] + 1 if line.what is What.DISPUTE else 0

    def settle(self, line: ReturnLine, choice: int) -> None:
        """Take the choice with this number (from 1) on a disputed cell; 0 lets it wait again."""
        if line.conflict is None:
            return
        if choice == 0:
            self._settled.pop(line.key, None)
        elif 1 <= choice <= len(line.conflict.values):
            self._settled[line.key] = choice - 1

    def take_reports(self, key: str) -> int:
        """Take the report wherever it alone stands against the entry in a file; return how many."""
        taken = 0
        for line in self._asking[key]:
            conflict = line.conflict
            if conflict is None or not self.is_open(line):
                continue
            places = [at for at, change in enumerate(conflict.changes) if change is not None]
            if len(places) == 1:
                self._settled[line.key] = places[0]
                taken += 1
        return taken

    def place_words(self, line: ReturnLine, code: str | None) -> None:
        """Give words to a task, say that they are `NOT_WANTED`; None lets them wait again."""
        if line.what is not What.WORDS:
            return
        if code is None:
            self._words.pop((line.file, line.place), None)
        else:
            self._words[line.file, line.place] = code

    def drop_words(self, key: str) -> int:
        """Say that all words of a file that still wait are not wanted; return how many."""
        words = [line for line in self._asking[key] if line.what is What.WORDS]
        waiting = [line for line in words if self.is_open(line)]
        for line in waiting:
            self._words[line.file, line.place] = NOT_WANTED
        return len(waiting)

    def toggle(self, lines: Iterable[ReturnLine]) -> None:
        """Check the reports, or where all are checked uncheck them."""
        boxes = [line for line in lines if self.is_checked(line) is not None]
        codes = {line.code for line in boxes}
        if codes and not codes & self._refused:
            self._refused |= codes
        else:
            self._refused -= codes

    # Counting

    def counts(self) -> dict[Result, int]:
        """Return the counters: what waits, tasks to update, reports that agree."""
        return {
            Result.WAITING: self.waiting(),
            Result.UPDATE: self._updated,
            Result.SAME: self._same,
        }

    def waiting(self) -> int:
        """Return how much waits: files nobody knows or can open, disputed cells, words."""
        return self.files_waiting() + self.cells_waiting() + self.words_waiting()

    def files_waiting(self) -> int:
        """Return how many files nobody knows or can open."""
        return sum(self.asks(key) for key in self._files)

    def cells_waiting(self) -> int:
        """Return how many disputed cells wait; a cell of several units counts once."""
        return len({line.key for line in self._open() if line.what is What.DISPUTE})

    def words_waiting(self) -> int:
        """Return how many pieces of text have no place yet."""
        return sum(line.what is What.WORDS for line in self._open())

    def _open(self) -> list[ReturnLine]:
        return [line for held in self._asking.values() for line in held if self.is_open(line)]

    def to_write(self) -> int:
        """Return how many tasks get a report or a changed entry."""
        decided = {code for code, _field in self._settled}
        return len(self._reported | decided | set(filter(None, self._words.values())))

    def to_keep(self) -> int:
        """Return how many files are stored though they bring no report."""
        return len(self._files)

    def is_decided(self) -> bool:
        """Tell whether the user decided anything that giving up would lose."""
        return bool(self._settled or self._refused or self._words)

    def decisions(self) -> ReturnDecisions:
        """Return what was decided on the cells of entries."""
        refused = {
            (change.task, change.field)
            for change in self.gathered.collection.update
            if change.task in self._refused
        }
        return ReturnDecisions(frozenset(refused), dict(self._settled))

    def words(self) -> dict[tuple[str, int], str]:
        """Return what was said about words without a task, by file and place among its words."""
        return dict(self._words)

    def _takes_report(self, line: ReturnLine) -> bool:
        conflict = line.conflict
        return conflict is not None and conflict.changes[self._settled[line.key]] is not None


def _asking(lines: list[ReturnLine]) -> list[ReturnLine]:
    """Return the lines that the clerk must say something about."""
    return [line for line in lines if line.what in {What.DISPUTE, What.WORDS}]


def _chips(file: CollectedFile) -> tuple[FileChip, ...]:
    """Return the findings of a file, one chip for each kind."""
    details: dict[FindingKind, list[str]] = {}
    for remark in file.remarks:
        details.setdefault(remark.kind, []).append(remark.detail)
    chips = []
    for kind, said in details.items():
        count = f" {len(said)}处" if len(said) > 1 else ""
        tone = _TONES.get(kind, Tone.LOOK if kind in ASKING else Tone.PLAIN)
        chips.append(FileChip(f"{FINDING_WORDS[kind]}{count}", tone, "；".join(said)))
    return tuple(chips)
