"""Bytes → text: UTF-8, UTF-16 and GB18030, strictly; what cannot be decided is refused."""

from __future__ import annotations

import codecs
import re

from tracker.base.errors import FileProblem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ADVICE = "请用记事本打开它，看文字是否正常，再另存为 UTF-8 编码的文本后导入"
# Signs that a Chinese text is made of; what GB18030 makes of other bytes is mostly outside.
_USUAL = re.compile(
    "[\t-\r -~\u00a0-\u04ff\u2000-\u2bff\u2e80-\u33ff\u4e00-\u9fff\ufe30-\ufe4f\uff01-\uffee]"
)
_PLAUSIBLE = 0.9
_SAMPLE = 200_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x7f]")


def decode(data: bytes, name: str) -> str:
    """Return the text of `data` with every line end as `\\n`.

    Raises:
        FileProblem: the bytes are no text, or their encoding cannot be told for certain.
    """
    text = _decoded(data, name)
    if "\0" in text or len(_CONTROL.findall(text)) * 20 > len(text):
        raise _no_text(name)
    return unify_line_ends(text)


def unify_line_ends(text: str) -> str:
    """Return `text` with `\\r\\n` and `\\r` as `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name)
    if b"\0" in data:
        return _strict(data, _wide_encoding(data, name), name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise FileProblem(
                f"“{name}”的文字有损坏", f"第 {error.start + 1} 个字节处不是 UTF-8 文字", _ADVICE
            ) from error
    text = _strict(data, "gb18030", name)
    if _plausibility(text) < _PLAUSIBLE:
        raise _no_text(name)
    return text


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(name) from error


def _no_text(name: str) -> FileProblem:
    why = "它不是文本文件，或者用了少见的编码"
    return FileProblem(f"“{name}”里的文字认不出来", why, _ADVICE)


def _wide_encoding(data: bytes, name: str) -> str:
    """Tell in which order the bytes of UTF-16 without a mark make usual signs."""
    scores = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        sample = data[: 2 * _SAMPLE].decode(encoding, errors="replace")
        scores[encoding] = _plausibility(sample)
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < _PLAUSIBLE:
        raise _no_text(name)
    return best


def _plausibility(text: str) -> float:
    """Return the share of usual signs in the beginning of `text`."""
    sample = text[:_SAMPLE]
    return len(_USUAL.findall(sample)) / max(1, len(sample))


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell a UTF-8 text with a few bad bytes, which GB18030 would read as wrong characters."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", errors="ignore")) - bad
    return good > bad
