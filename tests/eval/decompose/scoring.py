"""Scores what `decompose` makes of labelled documents."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.eval.decompose.gold import ROLES, GoldDocument, GoldTask, Names
from tests.eval.decompose.matching import Found, flatten, pair, plain, plain_name
from tracker.files.reader import read_bytes
from tracker.files.reading import Request
from tracker.ops.decompose import decompose_source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.draft import DecomposedDocument


NOTHING = Found("", "", "", {}, frozenset(), None)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that differs from the label; `task` is empty for the document as a whole."""

    task: str
    field: str
    wanted: str
    got: str


@dataclass(slots=True)
class Score:
    """What one document came to.

    Attributes:
        counts: per measure `right`, `missed`, `extra`; see `figures`.
        wrong: each difference, once.
    """

    name: str
    features: tuple[str, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[Wrong] = field(default_factory=list)

    def compare(self, measure: str, wanted: frozenset[str], got: frozenset[str]) -> bool:
        """Count two sets under a measure and return whether they agree."""
        self.counts[f"{measure} right"] += len(wanted & got)
        self.counts[f"{measure} missed"] += len(wanted - got)
        self.counts[f"{measure} extra"] += len(got - wanted)
        return wanted == got

    def note(self, task: str, what: str, wanted: object, got: object) -> None:
        """Keep a difference."""
        self.wrong.append(Wrong(task, what, _shown(wanted), _shown(got)))


def score_document(gold: GoldDocument, text: str | None = None) -> Score:
    """Take a document (or a damaged text of it) apart and compare with its labels."""
    data = (gold.text if text is None else text).encode("utf-8")
    source = read_bytes(data, Request(f"{gold.name}.txt", ".txt"))
    return score_made(gold, decompose_source(source, date=gold.date).document)


def score_made(gold: GoldDocument, made: DecomposedDocument) -> Score:
    """Compare what was made of a document with its labels."""
    score = Score(gold.name, gold.features)
    _score_head(score, gold, made)
    found = flatten(made.drafts)
    places = pair(gold.tasks, found)
    for at, (task, place) in enumerate(zip(gold.tasks, places, strict=True), 1):
        if not task.optional:
            _score_task(score, f"{at}·{task.number}", task, None if place is None else found[place])
    _score_rest(score, [f for i, f in enumerate(found) if i not in places])
    return score


def figures(scores: Iterable[Score]) -> dict[str, float]:
    """Return the totals: shares between 0 and 1, and plain counts of what was invented."""
    total: Counter[str] = Counter()
    for score in scores:
        total.update(score.counts)
    shares = {m: _f1(total, m) for m in ("unit_role", "unit", "person", "deadline")}
    found, missed = total["tasks right"], total["tasks missed"]
    return {
        "tasks": found + missed,
        "found": _share(found, missed),
        **{f"{name}_f1": value for name, value in shares.items()},
        "recurring": _share(total["recurring right"], total["recurring missed"]),
        "numbers": _share(total["number right"], total["number missed"]),
        "doubts": _share(total["doubtful right"], total["doubtful missed"]),
        "kinds": _share(total["kind right"], total["kind missed"]),
        "rosters": _share(total["member right"], total["member missed"]),
        "invented": total["invented"],
        "unitless": total["unitless"],
    }


def _score_head(score: Score, gold: GoldDocument, made: DecomposedDocument) -> None:
    if gold.kinds:
        right = made.kind.value in gold.kinds
        score.counts["kind right" if right else "kind missed"] += 1
        if not right:
            score.note("", "kind", sorted(gold.kinds), made.kind.value)
    members = {m.name: plain(m.post) for roster in made.rosters for m in roster.members}
    for name, post in gold.members:
        right = members.get(name) == plain(post)
        score.counts["member right" if right else "member missed"] += 1
        if not right:
            score.note(name, "member", post, members.get(name))
    for words in gold.warnings:
        if not any(plain(words) in plain(warning) for warning in made.warnings):
            score.note("", "warning", words, made.warnings)


def _score_task(score: Score, key: str, task: GoldTask, found: Found | None) -> None:
    score.counts["tasks missed" if found is None else "tasks right"] += 1
    if found is None:
        score.note(key, "task", task.starts, None)
    _score_number(score, key, task, found)
    found = found or NOTHING
    _score_units(score, key, task, found)
    persons = frozenset(map(plain_name, task.persons))
    if not score.compare("person", persons, found.persons):
        score.note(key, "persons", persons - found.persons, found.persons - persons)
    _score_deadline(score, key, task, found)


def _score_number(score: Score, key: str, task: GoldTask, found: Found | None) -> None:
    if found is None or not task.number:
        return
    wanted, got = plain(task.number), plain(found.number)
    right = got == wanted or got.startswith(wanted + ".")
    score.counts["number right" if right else "number missed"] += 1
    if not right:
        score.note(key, "number", task.number, found.number)


def _score_units(score: Score, key: str, task: GoldTask, found: Found) -> None:
    got: Names = {role: found.units.get(role, frozenset()) for role in ROLES}
    answers = [{r: frozenset(map(plain_name, a[r])) for r in ROLES} for a in task.answers]
    wanted = min(answers, key=lambda a: sum(len(a[role] ^ got[role]) for role in ROLES))
    for role in ROLES:
        if not score.compare("unit_role", wanted[role], got[role]):
            score.note(key, role, wanted[role] - got[role], got[role] - wanted[role])
    everyone = (frozenset[str]().union(*names.values()) for names in (wanted, got))
    score.compare("unit", *everyone)


def _score_deadline(score: Score, key: str, task: GoldTask, found: Found) -> None:
    due = found.deadline
    day = due.date.isoformat() if due and due.date else ""
    if day and day in task.dates:
        score.counts["deadline right"] += 1
    elif day or task.dates:
        score.counts["deadline missed"] += bool(task.dates)
        score.counts["deadline extra"] += bool(day)
        score.note(key, "deadline", task.dates, (day, due and due.text))
    if task.recurring:
        got = (due.recurrence, due.day) if due else (None, None)
        right = got == (task.recurring, task.day)
        score.counts["recurring right" if right else "recurring missed"] += 1
        if not right:
            score.note(key, "recurring", (task.recurring, task.day), got)
    if task.doubtful:
        right = bool(due and due.doubtful)
        score.counts["doubtful right" if right else "doubtful missed"] += 1
        if not right:
            score.note(key, "doubtful", True, due)


def _score_rest(score: Score, rest: list[Found]) -> None:
    for found in rest:
        charged = found.has_units()
        score.counts["invented" if charged else "unitless"] += 1
        if charged:
            names = [name for units in found.units.values() for name in units]
            score.counts["unit_role extra"] += len(names)
            score.counts["unit extra"] += len(set(names))
            score.note(plain(found.text)[:20], "invented", None, sorted(names))


def _f1(total: Counter[str], measure: str) -> float:
    right, missed, extra = (total[f"{measure} {part}"] for part in ("right", "missed", "extra"))
    return 2 * right / (2 * right + missed + extra) if right + missed + extra else 1.0


def _share(right: int, missed: int) -> float:
    return right / (right + missed) if right + missed else 1.0


def _shown(value: object) -> str:
    if isinstance(value, frozenset | list | tuple):
        return "、".join(sorted(str(v) for v in value if v))
    return "" if value is None else str(value)
