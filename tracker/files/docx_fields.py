"""Fields of a document that hold no ready result: characters set over one another, form boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.files.docx_styles import is_on, whole
from tracker.text.numerals import circled

_RINGS = frozenset("○〇◯ＯO●⚪□△◇")
_RING = frozenset("○〇◯ＯO⚪")
_RUBY = re.compile(r"\\\*\s*(?:jc|hps)\d", re.IGNORECASE)
_SWITCH = re.compile(r"\\\*\s*(?:\"[^\"]*\"|\w+)|\\[a-z]{1,2}\d*(?:\s*-?\d+)?", re.IGNORECASE)
_EQUATION = re.compile(r"\s*eq\b", re.IGNORECASE)
_MOST_DEPTH = 30


@dataclass(slots=True)
class Field:
    """A field being read: its instruction until the result begins.

    Attributes:
        in_result: past the separator; what follows is shown.
        is_filled: a result was shown.
        choices: the entries of a drop-down box of an old form; `chosen` is the one shown.
        ticked: state of a tick box of an old form; None for any other field.
    """

    instruction: list[str] = field(default_factory=list)
    in_result: bool = False
    is_filled: bool = False
    choices: list[str] = field(default_factory=list)
    chosen: int | None = None
    ticked: bool | None = None
    _default: int = 0

    def set_default(self, value: str | None) -> None:
        """Take the state of a form box that nobody changed."""
        if self.ticked is None:
            self._default = whole(value) or 0
        else:
            self.ticked = is_on(value)

    def shown(self) -> str:
        """Return what the field shows where it holds no result."""
        if self.is_filled:
            return ""
        if self.ticked is not None:
            return "☑" if self.ticked else "☐"
        if self.choices:
            at = self._default if self.chosen is None else self.chosen
            return self.choices[at] if 0 <= at < len(self.choices) else ""
        return equation_text("".join(self.instruction))


def equation_text(instruction: str) -> str:
    r"""Return the words of an EQ field (`eq \o\ac(○,1)` → ①); empty for any other field."""
    found = _EQUATION.match(instruction)
    if found is None:
        return ""
    is_ruby = _RUBY.search(instruction) is not None
    return _words(instruction[found.end() :], is_ruby, 0)


def _words(text: str, is_ruby: bool, depth: int) -> str:
    opened = text.find("(")
    closed = text.rfind(")")
    if opened < 0 or closed < opened or depth > _MOST_DEPTH:
        return _SWITCH.sub("", text).strip()
    switches = text[:opened].lower().replace(" ", "")
    before = _SWITCH.sub("", text[:opened]).strip()
    inner = [_words(part, is_ruby, depth + 1) for part in _parts(text[opened + 1 : closed])]
    own = _joined(switches, inner, is_ruby)
    return before + own + _SWITCH.sub("", text[closed + 1 :]).strip()


def _joined(switches: str, parts: list[str], is_ruby: bool) -> str:
    if r"\f" in switches and len(parts) == 2:
        return "/".join(parts)
    if r"\o" not in switches:
        return "".join(parts)
    if is_ruby:
        return parts[-1]
    plain = [part for part in parts if part not in _RINGS]
    if len(plain) == len(parts):
        return "".join(parts)
    words = "".join(plain)
    ringed = any(part in _RING for part in parts)
    value = int(words) if words.isascii() and words.isdigit() and len(words) < 3 else 0
    return circled(value) if ringed and 0 < value <= 50 else words


def _parts(text: str) -> list[str]:
    """Cut the arguments at commas that stand in no inner bracket."""
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        elif sign in ",;" and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]
