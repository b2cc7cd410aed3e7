"""Signs that a document takes from a symbol font (`w:sym`) → the characters they look like."""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "⧫", 0x75: "◆",
    0x76: "❖", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "☐", 0xAB: "★",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS |= {0x81 + n: chr(0x2460 + n) for n in range(10)}
_WINGDINGS |= {0x8C + n: chr(0x2776 + n) for n in range(10)}
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x96: "●", 0x97: "●",
    0x98: "●", 0x99: "○", 0x9A: "○", 0xA2: "■", 0xA3: "☐", 0xAE: "◆", 0xEA: "★",
}  # fmt: skip
_WINGDINGS_2 |= {0x6A + n: chr(0x2460 + n) for n in range(10)}
_WINGDINGS_2 |= {0x75 + n: chr(0x2776 + n) for n in range(10)}
_SYMBOL = {
    0x2D: "−", 0x61: "α", 0x62: "β", 0x6D: "μ", 0x70: "π", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔",
    0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xD0: "∠", 0xD7: "⋅", 0xDE: "⇒",
    0x44: "Δ", 0x53: "Σ", 0x57: "Ω",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(font: str, code: str) -> str:
    """Return the character of a sign given by its font and its code in hexadecimal digits.

    A sign that is not known stays the private character that the file names, so that none is lost.
    """
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    if not 0x20 <= value <= 0xFFFF or 0xD800 <= value <= 0xDFFF:
        return ""
    table = _FONTS.get(font.strip().lower())
    if table is not None:
        plain = value & 0xFF if 0xF000 <= value <= 0xF0FF or value <= 0xFF else value
        if plain in table:
            return table[plain]
    return chr(value)
