"""What a feedback form says beside its rows, and the note that goes out with it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from tracker.base.errors import FileProblem
from tracker.base.resources import load
from tracker.domain.form import FIXED, NUMBER_LABEL, OPEN, SIGNATURE
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from tracker.domain.form import Form

_FILE = "form_words.toml"
_GAP = "　　"
_WEEKDAYS = "一二三四五六日"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日(?:（星期[一二三四五六日]）)?")


def title_of(ledger: str) -> str:
    """Return the title of a ledger's forms."""
    return _filled((_words()["title"],), {"专项": ledger})


def states() -> tuple[str, ...]:
    """Return the words offered for the state."""
    return tuple(_words()["states"])


def line_of(form: Form) -> str:
    """Return the line under the title: unit, round, days."""
    return _GAP.join(_sentences(_words()["line"], _values(form)))


def guide_of(form: Form) -> str:
    """Return how the form is to be filled in."""
    return _filled(_words()["guide"], _values(form))


def number_line(form: Form) -> str:
    """Return the form's number as it is printed; empty where it has none."""
    return f"{NUMBER_LABEL}{form.number}" if form.number else ""


def signature_labels() -> dict[str, str]:
    """Return the labels of the cells below the table, by field, as printed."""
    words = _words()
    labels = {**SIGNATURE, "filled_on": words["filled_on"], "seal": words["seal"]}
    return {field: f"{label}：" for field, label in labels.items()}


def covering_note(form: Form, file: str, contact: str) -> str:
    """Return the text that goes out with a form by phone or OA.

    Args:
        file: the name of the form's file.
        contact: who answers questions, with the phone number; empty where nobody is known.
    """
    values = {**_values(form), "文件": file, "联系人": contact}
    return _filled(_words()["note"], values)


def is_form_text(text: str, form: Form) -> bool:
    """Return whether a cell or paragraph says only what the form itself says beside its rows.

    Blanks and days are no matter: a cut-off may have been moved since the form was sent.
    """
    return _bare(text) in _own_texts(form)


def spoken_day(day: date) -> str:
    """Return a day with its weekday: 2026年3月31日（星期二）."""
    return f"{day.year}年{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）"


def _own_texts(form: Form) -> frozenset[str]:
    values = _values(form)
    said = (
        form.title,
        line_of(form),
        *_sentences(_words()["line"], {**values, "截至": _ANY_DAY, "期限": _ANY_DAY}),
        guide_of(form),
        number_line(form),
        line_of(form) + number_line(form),
        *FIXED.values(),
        *OPEN.values(),
        *(f(label) for label in signature_labels().values() for f in (str, _without_colon)),
    )
    return frozenset(map(_bare, said))


def _without_colon(label: str) -> str:
    return label.rstrip("：")


_ANY_DAY = "2000年1月1日"


def _bare(text: str) -> str:
    """Return a text without blanks and with all days alike."""
    return _DATE.sub(_ANY_DAY, re.sub(r"\s", "", text))


def _values(form: Form) -> dict[str, str]:
    day = form.cut_off
    return {
        "单位": form.unit,
        "专项": form.stamp.ledger,
        "期": str(form.round),
        "项数": str(len(form.rows)),
        "截至": long_date(day) if day else "",
        "期限": spoken_day(form.due) if form.due else "",
        "状态": "、".join(form.states),
    }


def _filled(sentences: Iterable[str], values: Mapping[str, str]) -> str:
    return "".join(_sentences(sentences, values))


def _sentences(sentences: Iterable[str], values: Mapping[str, str]) -> list[str]:
    """Return the sentences with their values in place, those without a value left out."""
    kept = []
    for sentence in sentences:
        asked = _PLACEHOLDER.findall(sentence)
        if all(values[name] for name in asked):
            kept.append(_PLACEHOLDER.sub(lambda found: values[found[1]], sentence))
    return kept


@cache
def _words() -> Mapping[str, Any]:  # Any: values of TOML
    """Return the office's words, checked."""
    words = load(_FILE)
    known = {"title": {"专项"}, "line": _OF_FORMS, "guide": _OF_FORMS, "note": _OF_NOTES}
    for part in ("title", "line", "guide", "states", "filled_on", "seal", "note"):
        if part not in words:
            raise _broken(f"缺少 {part}")
        for asked in _PLACEHOLDER.findall("".join(words[part])):
            if asked not in known.get(part, ()):
                raise _broken(f"{part} 里的 {{{asked}}} 程序填不了")
    return words


_OF_FORMS = frozenset({"单位", "专项", "期", "项数", "截至", "期限", "状态"})
_OF_NOTES = _OF_FORMS | {"文件", "联系人"}


def _broken(why: str) -> FileProblem:
    return FileProblem(f"资料“{_FILE}”的写法有误", why, "请改正该文件或重新安装程序")
