"""People to ring up who stand in a cell for units, with their telephones."""

from __future__ import annotations

import re

from tracker.duties.units import ends_as_unit

_PHONE = (
    r"(?:(?:联系)?(?:电话|手机)\s*[:：]?\s*)?"
    r"(?<!\d)(?:1\d{10}|0\d{2,3}[-—－ ]?\d{7,8}|[2-8]\d{6,7})(?!\d)"
)
_LABEL = r"(?:联系人|联络人|联络员|经办人|联系方式|联系电话)"
_CONTACT = re.compile(
    rf"[（(][^（()）]{{0,20}}?{_PHONE}[^（()）]{{0,20}}[)）]"
    rf"|[（(]\s*{_LABEL}\s*[:：]?[^（()）]{{1,12}}[)）]"
    rf"|[\s,，;；]*{_LABEL}\s*[:：]\s*[一-鿿·]{{2,4}}(?:[\s,，、]*{_PHONE})?"
    rf"|(?:[\s,，]+(?P<name>[一-鿿·]{{2,4}}))?[\s,，]*{_PHONE}"
)


def without_contacts(text: str) -> str:
    """Return a cell for units without the people to ring up; the cell itself keeps them."""
    return _CONTACT.sub(_unit_kept, text).strip()


def _unit_kept(found: re.Match[str]) -> str:
    name = found["name"]
    return found[0][: found.end("name") - found.start()] if name and ends_as_unit(name) else ""
