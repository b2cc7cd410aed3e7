"""What the clerk changed in one circular before it was printed; the wording stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.domain.circular import Level, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.domain.circular import Circular

FIELDS = (
    "red_head",
    "number",
    "title",
    "addressee",
    "signature",
    "note",
    "copies",
    "printed_by",
)
"""What stands around the text, as a text of its own; the date comes beside them."""
LATE = frozenset({"number", "date"})
"""What may be filled in after the round was closed."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """A paragraph in the clerk's words.

    Attributes:
        text: the clerk's words.
        before: the composed words they stand in place of.
    """

    text: str
    before: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A paragraph of the clerk's own.

    Attributes:
        key: its own, given once (“added:1”).
        after: the key of the paragraph it follows; empty for the beginning.
    """

    key: str
    after: str
    text: str
    level: Level = Level.BODY


@dataclass(frozen=True, slots=True)
class CircularEdits:
    """All that was changed in the circular of one round.

    Attributes:
        fields: what stands around the text, by name (`FIELDS`, and `date` as ISO text).
        reworded: paragraphs by key.
        removed: keys of paragraphs left out.
        added: in the order in which they stand behind the same paragraph.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    reworded: Mapping[str, Rewording] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    added: tuple[Addition, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.reworded or self.removed or self.added)

    def applied(self, circular: Circular) -> Circular:
        """Return the circular with these changes."""
        body = tuple(self._body(circular.body))
        return replace(self.with_fields(circular), body=body)

    def with_fields(self, circular: Circular, only: frozenset[str] | None = None) -> Circular:
        """Return the circular with what stands around its text changed.

        Args:
            only: the fields that may change; None for all.
        """
        wanted = {
            name: words for name, words in self.fields.items() if only is None or name in only
        }
        day = wanted.pop("date", None)
        changed = replace(circular, **wanted)  # type: ignore[arg-type]  # names of text fields
        return changed if day is None else replace(changed, date=_day(day))

    def _body(self, composed: tuple[Passage, ...]) -> Iterator[Passage]:
        behind: dict[str, list[Addition]] = {}
        known = {passage.key for passage in composed} | {each.key for each in self.added}
        last = composed[-1].key if composed else ""
        for each in self.added:
            after = each.after if each.after in known or not each.after else last
            behind.setdefault(after, []).append(each)
        yield from self._added("", behind)
        for passage in composed:
            if passage.key not in self.removed:
                yield self._worded(passage)
            yield from self._added(passage.key, behind)

    def _worded(self, passage: Passage) -> Passage:
        changed = self.reworded.get(passage.key)
        if changed is None:
            return passage
        return replace(
            passage,
            text=changed.text,
            before=passage.text,
            is_stale=changed.before != passage.text,
        )

    def _added(self, key: str, behind: dict[str, list[Addition]]) -> Iterator[Passage]:
        for each in behind.pop(key, ()):
            yield Passage(each.text, each.level, key=each.key, before="")
            yield from self._added(each.key, behind)

    def as_json(self) -> dict[str, Any]:  # Any: a JSON document
        """Return the changes as they are kept."""
        return {
            "fields": dict(self.fields),
            "reworded": {k: {"text": r.text, "before": r.before} for k, r in self.reworded.items()},
            "removed": list(self.removed),
            "added": [
                {"key": a.key, "after": a.after, "text": a.text, "level": int(a.level)}
                for a in self.added
            ],
        }

    @classmethod
    def from_json(cls, kept: Any) -> CircularEdits:  # Any: whatever JSON the office's file holds
        """Return the changes that were kept; none where another program wrote what it reads."""
        if not isinstance(kept, Mapping):
            return cls()
        try:
            return cls(
                {str(k): str(v) for k, v in kept["fields"].items() if k in (*FIELDS, "date")},
                {str(k): Rewording(r["text"], r["before"]) for k, r in kept["reworded"].items()},
                tuple(map(str, kept["removed"])),
                tuple(
                    Addition(a["key"], a["after"], a["text"], Level(a["level"]))
                    for a in kept["added"]
                ),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            return cls()


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None
