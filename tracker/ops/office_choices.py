"""What an office chooses for its file: under which set of lights it counts, who is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.form import CONTACT_SETTING
from tracker.domain.light_rules import LightRules, light_rules, load_light_rules
from tracker.ops.browse import LIGHT_SETTING
from tracker.ops.outcome import Outcome
from tracker.store.models import Setting

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.ops.office import Office


def light_sets() -> tuple[LightRules, ...]:
    """Return the sets of lights an office can choose from, the default one first."""
    return load_light_rules()


def light_set(office: Office) -> LightRules:
    """Return the set of lights by which the office counts."""
    with office.read() as view:
        return light_rules(view.setting(LIGHT_SETTING) or "")


def choose_light_set(office: Office, name: str, *, who: str, now: datetime) -> Outcome[str]:
    """Count by another set of lights; closed rounds keep theirs.

    Raises:
        UserError: there is no set of that name.
    """
    chosen = light_rules(name).name
    return _keep(office, LIGHT_SETTING, chosen, f"亮灯规则改为“{chosen}”", who=who, now=now)


def keep_contact(office: Office, contact: str, *, who: str, now: datetime) -> Outcome[str]:
    """Keep who answers the units' questions, as forms and reminders name them; empty for nobody."""
    contact = " ".join(contact.split())
    words = f"本办联系人改为“{contact}”" if contact else "清除本办联系人"
    return _keep(office, CONTACT_SETTING, contact, words, who=who, now=now)


def _keep(
    office: Office, key: str, value: str, words: str, *, who: str, now: datetime
) -> Outcome[str]:
    with office.change(words, who, now) as work:
        kept = work.find_setting(key)
        if kept is None:
            if value:
                work.add(Setting(key=key, value=value))
        elif kept.value != value:
            kept.value = value
    return Outcome(value, work.changes, words if work.changes else "没有改动")
