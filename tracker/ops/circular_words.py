"""The wording of the circular as the office edits it; kept in its file, shared as TOML."""

from __future__ import annotations

import json
import tomllib
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from tracker.base.atomic import replace_file
from tracker.base.errors import FileProblem, UserError
from tracker.base.resources import load
from tracker.domain.history import Changes
from tracker.domain.wording import Sentence, WordKind
from tracker.ops.outcome import Outcome
from tracker.store.models import Setting
from tracker.text.wording import places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from tracker.ops.office import Office
    from tracker.store.queries import View

    Words = dict[str, Any]  # Any: values of TOML

WORDS_SETTING = "circular_words"
BREAK = "｜"
"""Stands between the parts of a sentence where it is typed in one line."""
_FILE = "circular.toml"
_COMMON = ("发文机关", "专项", "期", "文件", "截至")
_RATES = ("项数", "剔除", "完成", "完成率")
_ITEM = ("序号", "任务", "单位", "时限", "天数", "状态")
_RETURNS = ("应报", "已报", "未报家数", "未报", "迟报家数", "迟报")
_TOTAL = ("总数", "分类", "占比", "剔除", "应完成", "完成", "完成率")
_T, _P = WordKind.TEXT, WordKind.PARTS
_HEAD, _ALL, _BAD, _NEXT = "文首与文尾", "总体情况", "存在问题", "下一步要求"

SENTENCES = tuple(
    Sentence(section, name, group, label, kind, (*_COMMON, *more) if kind is not _T else _COMMON)
    for section, name, group, label, kind, more in (
        ("", "title", _HEAD, "标题", _P, ()),
        ("", "red_head", _HEAD, "红头（发文机关标志）", _T, ()),
        ("", "addressee", _HEAD, "主送机关", _T, ()),
        ("", "basis", _HEAD, "依据（正文第一段）", _P, ()),
        ("", "annexes", _HEAD, "附件说明（一行一个）", WordKind.LISTED, ()),
        ("", "note", _HEAD, "附注", _T, ()),
        ("", "copies", _HEAD, "抄送机关", _T, ()),
        ("", "printed_by", _HEAD, "印发机关", _T, ()),
        ("overall", "heading", _ALL, "小标题", _T, ()),
        ("overall", "total", _ALL, "总数、分类、完成率", _P, _TOTAL),
        (
            "overall",
            "compare",
            _ALL,
            "与上期比较",
            _P,
            ("上期", "上期完成率", "提高", "下降", "持平"),
        ),
        ("overall", "due", _ALL, "到期未办结", _P, ("到期", "到期办结", "逾期", "逾期率")),
        ("overall", "pace", _ALL, "推进中的进度", _P, ("进度",)),
        ("overall", "by_section", _ALL, "写“按类别看”一段", WordKind.SWITCH, ()),
        ("overall", "sections", _ALL, "按类别看", _P, ("各类",)),
        ("overall", "section_item", _ALL, "按类别看的每一类", _P, ("类别", *_RATES)),
        ("overall", "by_unit", _ALL, "写“按单位看”一段", WordKind.SWITCH, ()),
        ("overall", "by_units", _ALL, "按单位看", _P, ("各单位", "计法")),
        ("overall", "unit_item", _ALL, "按单位看的每一家", _P, ("单位", *_RATES)),
        (
            "overall",
            "units",
            _ALL,
            "全部完成的单位",
            _P,
            ("单位家数", "完成家数", "完成单位"),
        ),
        ("problems", "heading", _BAD, "小标题", _T, ()),
        ("problems", "overdue", _BAD, "逾期一款的标题", _P, ("款", "项数", "另列")),
        ("problems", "overdue_item", _BAD, "逾期的每一项", _P, _ITEM),
        ("problems", "slow", _BAD, "滞后、受阻一款的标题", _P, ("款", "项数", "另列")),
        ("problems", "slow_item", _BAD, "滞后、受阻的每一项", _P, _ITEM),
        ("problems", "returns", _BAD, "反馈一款的标题", _P, ("款",)),
        ("problems", "returned", _BAD, "反馈情况", _P, _RETURNS),
        ("problems", "none", _BAD, "没有问题时", _P, ()),
        ("problems", "doubtful", _BAD, "时限待核的", _P, ("存疑",)),
        ("next", "heading", _NEXT, "小标题", _T, ()),
        ("next", "paragraphs", _NEXT, "要求（一行一段）", WordKind.LINES, ()),
    )
)
"""Every wording of the circular in the order it is printed."""
_NEEDED = frozenset({"title", "overall.heading", "overall.total", "problems.heading"})


def default_words() -> Words:
    """Return the wording that comes with the program.

    Raises:
        FileProblem: `resources/circular.toml` is broken.
    """
    words = load(_FILE)
    try:
        return _checked(words)
    except UserError as error:
        raise FileProblem(
            f"资料“{_FILE}”的写法有误", str(error), "请改正该文件或重新安装程序"
        ) from error


def read_words(office: Office) -> Words:
    """Return the office's wording, whole; where it says nothing, the program's."""
    with office.read() as view:
        return words_in(view)


def words_in(view: View) -> Words:
    """Return the office's wording from an open view."""
    kept = view.setting(WORDS_SETTING)
    return _over(default_words(), _usable(kept)) if isinstance(kept, dict) else default_words()


def is_own(office: Office) -> bool:
    """Tell whether the office has a wording of its own."""
    with office.read() as view:
        return isinstance(view.setting(WORDS_SETTING), dict)


def save_words(
    office: Office, words: Mapping[str, Any], *, who: str, now: datetime
) -> Outcome[Words]:
    """Keep a wording in the office's file, in place of the program's.

    Raises:
        UserError: a sentence that cannot be filled in; it says which and why.
    """
    checked = _checked(words)
    own = _difference(checked, default_words())
    with office.change("修改通报用语", who, now) as work:
        kept = work.find_setting(WORDS_SETTING)
        if kept is None:
            if own:
                work.add(Setting(key=WORDS_SETTING, value=own))
        elif not own:
            work.remove(kept)
        elif kept.value != own:
            kept.value = own
    said = "通报用语已保存" if own else "通报用语与默认相同，未另存"
    return Outcome(checked, work.changes, said)


def reset_words(office: Office, *, who: str, now: datetime) -> Outcome[Words]:
    """Take the program's wording again."""
    if not is_own(office):
        return Outcome(default_words(), Changes(), "通报用语本来就是默认的")
    with office.change("恢复默认通报用语", who, now) as work:
        kept = work.find_setting(WORDS_SETTING)
        if kept is not None:
            work.remove(kept)
    return Outcome(default_words(), work.changes, "通报用语已恢复默认")


def load_words(path: Path) -> Words:
    """Return the wording of a file that an office shared.

    Raises:
        FileProblem: it cannot be read.
        UserError: a sentence of it cannot be filled in.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        why = error.strerror or str(error)
        raise FileProblem(f"用语文件“{path.name}”读不出", why, "请检查路径") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FileProblem(
            f"用语文件“{path.name}”的写法有误", str(error), "请另存一份默认用语，对照着改"
        ) from error
    return _checked(_over(default_words(), _known(data, path.name)))


def share_words(words: Mapping[str, Any], target: Path) -> None:
    """Write a wording as a file that another office can load.

    Raises:
        UserError: it cannot be written.
    """
    text = words_as_toml(words)
    replace_file(target, lambda path: _write(path, text))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def words_as_toml(words: Mapping[str, Any]) -> str:
    """Return a wording as a TOML file with a remark on each sentence."""
    lines = ["# 通报用语。占位（花括号里的）没有内容时，它所在的那一段不写。"]
    section = ""
    for sentence in SENTENCES:
        if sentence.section != section:
            section = sentence.section
            lines += ["", f"[{section}]"]
        told = "、".join(f"{{{name}}}" for name in sentence.places)
        remark = "" if sentence.kind is WordKind.SWITCH else f"：{told}"
        lines.append(f"# {sentence.label}{remark}")
        value = json.dumps(value_of(words, sentence), ensure_ascii=False)
        lines.append(f"{sentence.name} = {value}")
    return "\n".join(lines) + "\n"


def value_of(words: Mapping[str, Any], sentence: Sentence) -> Any:  # Any: a value of TOML
    """Return the value of one sentence."""
    return words[sentence.section][sentence.name] if sentence.section else words[sentence.name]


def with_value(words: Mapping[str, Any], sentence: Sentence, value: Any) -> Words:  # Any: as above
    """Return a wording with another value for one sentence."""
    changed: Words = deepcopy(dict(words))
    held = changed[sentence.section] if sentence.section else changed
    held[sentence.name] = value
    return changed


def as_typed(sentence: Sentence, value: Any) -> str:  # Any: as above
    """Return a value as it is typed: parts with a stroke between, paragraphs on lines."""
    if sentence.kind is WordKind.PARTS:
        return BREAK.join(value)
    if sentence.kind is WordKind.LINES:
        return "\n".join(value)
    if sentence.kind is WordKind.LISTED:
        return "\n".join(BREAK.join(parts) for parts in value)
    return str(value)


def from_typed(sentence: Sentence, typed: str) -> Any:  # Any: as above
    """Return the value that was typed.

    Raises:
        UserError: it cannot be filled in.
    """
    lines = [line.strip() for line in typed.split("\n") if line.strip()]
    value: Any = "".join(lines)
    if sentence.kind is WordKind.PARTS:
        value = _parts("".join(lines))
    elif sentence.kind is WordKind.LINES:
        value = lines
    elif sentence.kind is WordKind.LISTED:
        value = [_parts(line) for line in lines]
    check_value(sentence, value)
    return value


def check_value(sentence: Sentence, value: Any) -> None:  # Any: as above
    """Refuse a value that cannot be filled in.

    Raises:
        UserError: it says why.
    """
    if not _is_kind(sentence.kind, value):
        raise UserError(f"“{sentence.label}”的写法不对", _SHAPES[sentence.kind], "请改正后再保存")
    if sentence.path in _NEEDED and not "".join(value).strip():
        raise UserError(f"“{sentence.label}”不能为空", "", "请写上，或恢复默认")
    for text in _texts(value):
        _check_braces(sentence, text)
        unknown = sorted(places(text) - set(sentence.places))
        if unknown:
            known = "、".join(f"{{{name}}}" for name in sentence.places)
            raise UserError(
                f"“{sentence.label}”里没有{{{unknown[0]}}}这个占位",
                f"这一句可用：{known}",
                "请改正后再保存",
            )


_SHAPES = {
    WordKind.TEXT: "应是一段文字",
    WordKind.PARTS: "应是由几段文字组成的一句",
    WordKind.LINES: "应是一行一段的文字",
    WordKind.LISTED: "应是一行一条，每条由几段文字组成",
    WordKind.SWITCH: "应是 true（写）或 false（不写）",
}


def _is_kind(kind: WordKind, value: Any) -> bool:  # Any: whatever TOML holds
    if kind is WordKind.SWITCH:
        return isinstance(value, bool)
    if kind is WordKind.TEXT:
        return isinstance(value, str)
    if kind is WordKind.LISTED:
        return isinstance(value, list) and all(_is_kind(WordKind.PARTS, each) for each in value)
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _texts(value: Any) -> Sequence[str]:  # Any: as above
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return ()


def _check_braces(sentence: Sentence, text: str) -> None:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth not in (0, 1):
            break
    if depth:
        raise UserError(
            f"“{sentence.label}”里的花括号不成对",
            f"写的是：{text}",
            "占位要写成{名称}的样子，请改正后再保存",
        )


def _parts(line: str) -> list[str]:
    return [part for part in line.split(BREAK) if part]


def _checked(words: Mapping[str, Any]) -> Words:
    for sentence in SENTENCES:
        try:
            value = value_of(words, sentence)
        except (KeyError, TypeError):
            raise UserError(
                f"用语里缺少“{sentence.label}”（{sentence.path}）",
                "",
                "请补上这一句，或恢复默认的用语",
            ) from None
        check_value(sentence, value)
    return deepcopy(dict(words))


def _known(data: Mapping[str, Any], name: str) -> Words:
    """Return what a file says; refuse an entry that nothing prints."""
    known = {sentence.path for sentence in SENTENCES}
    paths = [
        f"{key}.{inner}" if isinstance(value, dict) else key
        for key, value in data.items()
        for inner in (value if isinstance(value, dict) else ("",))
    ]
    unknown = [path for path in paths if path not in known]
    if unknown:
        raise UserError(
            f"用语文件“{name}”里的“{unknown[0]}”没有用处",
            "可能写错了名称",
            "请另存一份默认用语，对照着改",
        )
    return dict(data)


def _over(base: Words, own: Mapping[str, Any]) -> Words:
    """Return a wording that takes what it does not say itself from another one."""
    joined = deepcopy(base)
    for sentence in SENTENCES:
        held = own.get(sentence.section) if sentence.section else own
        if isinstance(held, dict) and sentence.name in held:
            joined = with_value(joined, sentence, held[sentence.name])
    return joined


def _usable(kept: Words) -> Words:
    """Return of the office's wording what this program can fill in."""
    usable: Words = {}
    for sentence in SENTENCES:
        held = kept.get(sentence.section) if sentence.section else kept
        if not isinstance(held, dict) or sentence.name not in held:
            continue
        try:
            check_value(sentence, held[sentence.name])
        except UserError:  # kept by a later program; its sentence here is the program's
            continue
        into = usable.setdefault(sentence.section, {}) if sentence.section else usable
        into[sentence.name] = held[sentence.name]
    return usable


def _difference(words: Words, base: Words) -> Words:
    """Return what a wording says another way than its base."""
    own: Words = {}
    for sentence in SENTENCES:
        value = value_of(words, sentence)
        if value == value_of(base, sentence):
            continue
        held = own.setdefault(sentence.section, {}) if sentence.section else own
        held[sentence.name] = value
    return own
