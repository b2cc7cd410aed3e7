"""What a policy document is taken apart into, before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.domain.table import NO_ROLES, Roles

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.table import Item


class DocumentKind(StrEnum):
    """What sort of document it is; the values stand in the JSON."""

    PLAN = "plan"
    SPEECH = "speech"
    WORK_REPORT = "work_report"
    MINUTES = "minutes"
    INSTRUCTION = "instruction"
    CIRCULAR = "circular"
    PROGRESS_TABLE = "progress_table"
    ARTICLE = "article"
    REGULATION = "regulation"
    OTHER = "other"


DOCUMENT_KIND_WORDS = {
    DocumentKind.PLAN: "方案、意见、措施",
    DocumentKind.SPEECH: "领导讲话",
    DocumentKind.WORK_REPORT: "政府工作报告",
    DocumentKind.MINUTES: "会议纪要",
    DocumentKind.INSTRUCTION: "批示、交办件",
    DocumentKind.CIRCULAR: "通报",
    DocumentKind.PROGRESS_TABLE: "进展表",
    DocumentKind.ARTICLE: "新闻报道",
    DocumentKind.REGULATION: "法规、办法",
    DocumentKind.OTHER: "其他",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """Where something stands: the characters `start` to `end` of the text as read."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The words a field of a draft was taken from.

    Attributes:
        field: `number`, `text`, `note` (the whole assignment note), a role's value, `persons`,
            `deadline` or `figure`.
        value: what was taken: the unit's name, the deadline's words …; empty for `text`, `note`.
    """

    field: str
    value: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity worth following in later rounds (51个前期项目).

    Attributes:
        name: what is counted, as the text calls it; empty where it does not say.
        value: the number to the letter, with 约, 多 and the like.
        unit: what it is counted in (个, 亿元, %).
    """

    name: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A task as proposed from a document; it waits for the clerk.

    Attributes:
        number: the printed number (`13`, `（二）`, `第三条`; `13.2` for a part with its own note).
        path: the headings above as printed, outermost first.
        title: the first sentence without its 。.
        text: the words with the title to the letter; line breaks inside a paragraph, number and
            assignment note are left out.
        roles: units as printed; empty where the parts carry units of their own.
        full_names: names that leave out a prefix → the whole name (工信局 → 区工信局).
        quote: the whole passage, number and note included.
        passages: where each field comes from, in the order they stand.
        doubts: what the clerk should look at, in Chinese.
    """

    number: str
    path: tuple[str, ...]
    title: str
    text: str
    quote: Quote
    roles: Roles = NO_ROLES
    persons: tuple[str, ...] = ()
    deadline: Deadline | None = None
    items: tuple[Item, ...] = ()
    figures: tuple[Figure, ...] = ()
    full_names: tuple[tuple[str, str], ...] = ()
    passages: tuple[Passage, ...] = ()
    doubts: tuple[str, ...] = ()

    def all_roles(self) -> Roles:
        """Return the units of the task and of its parts together."""
        roles = self.roles
        for item in self.items:
            roles = roles.joined(item.roles)
        return roles


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a roster; the name as printed but for the blanks in it."""

    name: str
    post: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """The members of a body (指挥部, 专班) that a document sets up."""

    body: str
    members: tuple[Member, ...]
    quote: Quote


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """What a document says of itself; empty where it does not say."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class DecomposedDocument:
    """A document and the drafts made from it."""

    kind: DocumentKind
    head: DocumentHead = DocumentHead()
    drafts: tuple[Draft, ...] = ()
    rosters: tuple[Roster, ...] = ()
    warnings: tuple[str, ...] = ()

    def has_doubts(self) -> bool:
        """Return whether anything waits for a look before it is accepted."""
        doubtful = (d.doubts or (d.deadline and d.deadline.doubtful) for d in self.drafts)
        return bool(self.warnings) or any(doubtful)
