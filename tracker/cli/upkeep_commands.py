"""Commands that look after the file: `check`, `backup`, `restore`, `history`, `smoke`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.context import WrongUsage, add_database, add_json, complain
from tracker.ops.history import list_steps, redo_step, undo_step
from tracker.ops.smoke import run_smoke
from tracker.ops.upkeep import backup_office, check_office, restore_office

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    check = commands.add_parser("check", help="检查台账文件是否完好")
    check.add_argument("db", metavar="DB", help="台账文件")
    add_json(check)
    check.set_defaults(run=_check)
    backup = commands.add_parser("backup", help="备份台账文件")
    backup.add_argument("db", metavar="DB", help="台账文件")
    backup.add_argument("--out", metavar="文件", help="备份写到哪里；默认在台账旁的“备份”文件夹")
    add_json(backup)
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="用备份恢复；被换下的文件另存一份")
    restore.add_argument("backup", metavar="备份", help="备份文件")
    restore.add_argument("--to", required=True, metavar="DB", help="要恢复成的台账文件")
    restore.add_argument("--who", metavar="姓名", help="经办人，记入留痕")
    add_json(restore)
    restore.set_defaults(run=_restore)
    history = commands.add_parser("history", help="留痕：列出、撤销、重做")
    kinds = history.add_subparsers(dest="action", metavar="操作", required=True)
    for name, run, text in (
        ("list", _steps, "列出每一步"),
        ("undo", _undo, "撤销最后一步"),
        ("redo", _redo, "重做撤销的一步"),
    ):
        command = kinds.add_parser(name, help=text)
        add_database(command, ledger=False)
        command.set_defaults(run=run)
    smoke = commands.add_parser("smoke", help="自检：建台账、导入、输出、画图、备份各走一遍")
    smoke.add_argument("--window", action="store_true", help="再打开窗口看一看示例，然后关上")
    add_json(smoke)
    smoke.set_defaults(run=_smoke)


def _check(context: Context) -> int:
    path = Path(context.arguments.db)
    problems = check_office(path, context.now)
    if context.arguments.json:
        context.put({"ok": not problems, "problems": list(problems)}, [])
    elif not problems:
        context.put(None, [f"台账文件完好：{path.name}"])
    if problems:
        complain(f"错误：台账文件有 {len(problems)} 处问题：{'；'.join(problems)}\n")
    return 1 if problems else 0


def _backup(context: Context) -> int:
    out = context.arguments.out
    written = backup_office(Path(context.arguments.db), context.now, Path(out) if out else None)
    context.put({"path": str(written)}, [f"已备份到 {written}"])
    return 0


def _restore(context: Context) -> int:
    target = Path(context.arguments.to)
    backup = Path(context.arguments.backup)
    kept = restore_office(backup, target, who=context.who, now=context.now)
    lines = [f"已恢复到 {target}"] + ([f"原来的文件另存为 {kept}"] if kept else [])
    context.put({"path": str(target), "kept": str(kept) if kept else None}, lines)
    return 0


def _steps(context: Context) -> int:
    with context.office() as office:
        steps = list_steps(office)
    lines = [f"{s.at:%Y-%m-%d %H:%M}　{s.who}　{s.label}" for s in steps]
    value = [
        {"at": s.at.isoformat(), "who": s.who, "label": s.label, "kind": s.kind} for s in steps
    ]
    context.put(value, lines)
    return 0


def _undo(context: Context) -> int:
    with context.office() as office:
        outcome = undo_step(office, who=context.who, now=context.now)
    context.put({"undone": outcome.value.label}, [outcome.sentence])
    return 0


def _redo(context: Context) -> int:
    with context.office() as office:
        outcome = redo_step(office, who=context.who, now=context.now)
    context.put({"redone": outcome.value.label}, [outcome.sentence])
    return 0


def _smoke(context: Context) -> int:
    window = context.try_window if context.arguments.window else None
    if context.arguments.window and window is None:
        raise WrongUsage("这里没有窗口可以打开")
    done = run_smoke(context.now)
    if window is not None:
        done = (*done, *window())
    context.put({"ok": True, "steps": list(done)}, [*done, "自检通过"])
    return 0
