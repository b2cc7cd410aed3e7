"""What the situation table asks for is what the whole tasks and entries say."""

from __future__ import annotations

from tests.helpers.offices import add_tasks
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.rounds import choose_round, new_round


def test_what_is_printed_agrees_with_tasks_and_entries(office, now):
    new_ledger(office, "七号", who="张三", now=now)
    ledger = choose_ledger(office, None)
    codes = add_tasks(office, ledger, now)
    new_round(office, ledger, who="张三", now=now)
    round_ = choose_round(office, ledger, None)
    write_entry(office, codes[1], EntryWords(progress="已建成书屋2处。"), who="张三", now=now)
    with office.read() as view:
        printed = view.printed(ledger.id, round_.id)
        tasks, entries = view.tasks(ledger.id), view.entries(round_.id)
    assert [(p.number, p.text, p.units_text, p.lead, p.responsible) for p in printed] == [
        (t.number, t.text, t.units_text, t.roles.lead, t.roles.responsible) for t in tasks
    ]
    assert [p.progress for p in printed] == [
        entries[t.id].text if t.id in entries else "" for t in tasks
    ]
    assert any(p.progress for p in printed)
    assert any(p.responsible for p in printed)
