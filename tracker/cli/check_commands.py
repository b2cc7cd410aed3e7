"""The command that lists sums that do not agree in a round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.cli.context import WAITING, add_database, positive
from tracker.domain.sum_check import KIND_WORDS
from tracker.ops.ledgers import choose_ledger
from tracker.ops.rounds import choose_round

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.domain.sum_check import SumFinding


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    checks = commands.add_parser("checks", help="核对本期通报和各单位所报数字，列出对不上的地方")
    checks.add_argument("--round", type=positive, metavar="N", help="期数；默认当前一期")
    checks.add_argument("--all", action="store_true", help="已核对无误的也列出")
    add_database(checks)
    checks.set_defaults(run=_checks)


def _checks(context: Context) -> int:
    from tracker.ops.report_checks import check_round, finding_line, waiting

    arguments = context.arguments
    with context.office() as office:
        ledger = choose_ledger(office, arguments.ledger)
        round_ = choose_round(office, ledger, arguments.round)
        findings = check_round(office, ledger, round_, context.now)
    left = waiting(findings)
    shown = findings if arguments.all else left
    result = {
        "ledger": ledger.name,
        "round": round_.number,
        "waiting": len(left),
        "waved": len(findings) - len(left),
        "findings": [_as_json(finding) for finding in shown],
    }
    lines = [("已核　" if f.waved else "") + finding_line(f) for f in shown]
    waved = len(findings) - len(left)
    lines.append(
        (f"有 {len(left)} 处数字请核对" if left else "没有发现对不上的数字")
        + (f"，另有 {waved} 处已核对无误" if waved else "")
    )
    context.put(result, lines)
    return WAITING if left else 0


def _as_json(finding: SumFinding) -> dict[str, Any]:  # Any: a JSON document
    return {
        "kind": finding.kind.value,
        "name": KIND_WORDS[finding.kind],
        "reckoning": finding.reckoning,
        "waved": finding.waved,
        "passages": [
            {
                "source": passage.place.source.value,
                "place": passage.place.words,
                "task": passage.place.code,
                "number": passage.place.number,
                "unit": passage.place.unit,
                "field": passage.place.field,
                "text": passage.text,
                "numbers": [passage.text[start:end] for start, end in passage.spans],
            }
            for passage in finding.passages
        ],
    }
