"""Numbers as a sheet shows them: decimals, thousands, percent, literals between digits."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.files.format_code import Section, Token

_WIDE = Context(prec=700)
_WHOLE = re.compile(r"-?\d{1,40}")


def general_text(raw: str, number: float) -> str:
    """Return a number in the format General, with 15 digits as a formula bar shows it."""
    if _WHOLE.fullmatch(raw):  # long codes keep every digit the file holds
        return str(int(raw))
    value = Decimal(f"{number:.15g}")
    if value == 0:
        return "0"
    if Decimal("1e-9") <= abs(value) < Decimal("1e21"):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{number:.15g}".upper()


def show_number(section: Section, raw: str, number: float) -> str:
    """Return `number`, written `raw` in the file, as the format's section shows it."""
    kinds = section.kinds()
    if not kinds.isdisjoint({"general", "text"}) or _is_fraction(section):
        return _with_general(section, general_text(raw, number) if number else "0", number)
    if "exponent" in kinds:
        return _with_exponent(section, number)
    if "digit" not in kinds:
        return "".join(t.text for t in section.tokens if t.kind == "literal").strip(" ")
    value = Decimal(f"{number:.15g}") * 100 ** sum(t.kind == "percent" for t in section.tokens)
    head, tail, thousands, scale = _layout(section)
    value = value.scaleb(-3 * scale)
    decimals = sum(token.kind == "digit" for token in tail)
    step = Decimal(1).scaleb(-decimals)
    whole, _, fraction = format(
        abs(value).quantize(step, ROUND_HALF_UP, context=_WIDE), "f"
    ).partition(".")
    minus = "-" if value < 0 and (whole.strip("0") or fraction.strip("0")) else ""
    shown = _place_whole(head, whole, thousands=thousands) + _place_fraction(tail, fraction)
    # The sign stands before everything, a currency sign too.
    return (minus + shown.strip(" ")).strip(" ")


def _is_fraction(section: Section) -> bool:
    texts = [token.text for token in section.tokens]
    return "/" in texts and "digit" in section.kinds()


def _with_general(section: Section, general: str, number: float) -> str:
    if _is_fraction(section):
        return general
    unsigned = general.lstrip("-") if number >= 0 else general
    parts = [
        unsigned if token.kind in ("general", "text") else token.text for token in section.tokens
    ]
    return "".join(parts).strip(" ")


def _with_exponent(section: Section, number: float) -> str:
    texts = [token.kind for token in section.tokens]
    mantissa = section.tokens[texts.index("point") :] if "point" in texts else ()
    decimals = 0
    for token in mantissa[1:]:
        if token.kind != "digit":
            break
        decimals += 1
    return f"{number:.{decimals}E}"


def _layout(section: Section) -> tuple[list[Token], list[Token], bool, int]:
    """Split a section at its point; return also whether thousands are cut and how often scaled."""
    tokens = list(section.tokens)
    digits = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    last = digits[-1]
    scale = 0
    for token in tokens[last + 1 :]:
        if token.kind != "comma":
            break
        scale += 1
    point = next((i for i, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    before_point = [i for i in digits if i < point]
    if point < len(tokens) and before_point and not scale:
        for token in tokens[before_point[-1] + 1 : point]:
            scale += token.kind == "comma"
    thousands = bool(before_point) and any(
        token.kind == "comma" for token in tokens[before_point[0] : before_point[-1]]
    )
    kept = [(i, token) for i, token in enumerate(tokens) if token.kind != "comma" or i < digits[0]]
    head = [token for i, token in kept if i < point]
    return head, [token for i, token in kept if i >= point], thousands, scale


def _place_whole(tokens: list[Token], whole: str, *, thousands: bool) -> str:
    """Lay the digits over the placeholders from the right; the first takes all that is left."""
    rest = "" if whole.strip("0") == "" else whole.lstrip("0")
    places = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    shown: list[str] = []
    count = 0

    def put(digit: str) -> None:
        nonlocal count
        if thousands and count and count % 3 == 0:
            shown.append(",")
        shown.append(digit)
        count += 1

    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.kind != "digit":
            shown.append(token.text[::-1])
            continue
        if rest:
            put(rest[-1])
            rest = rest[:-1]
        elif token.text == "0":
            put("0")
        if index == places[0]:
            for digit in reversed(rest):
                put(digit)
            rest = ""
    joined = "".join(shown)[::-1]
    return joined if places else rest + joined


def _place_fraction(tokens: list[Token], fraction: str) -> str:
    needed = len(fraction.rstrip("0"))
    shown, place = [], 0
    for token in tokens:
        if token.kind == "digit":
            if token.text == "0" or place < needed:
                shown.append(fraction[place])
            place += 1
        else:
            shown.append(token.text)
    return "".join(shown)
