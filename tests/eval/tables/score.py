"""Scores the reading of tables on the labelled layouts, in every format.

python -m tests.eval.tables.score [--layout NAME]… [--format NAME]… [--save F] [--compare F]
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.eval.tables.builder import FORMATS
from tests.eval.tables.layouts import every_layout
from tests.eval.tables.scoring import score, skips

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.eval.tables.scoring import Score

Run = dict[str, Any]  # Any: JSON


def main(arguments: Sequence[str] | None = None) -> None:
    """Score, print, and save or compare as asked."""
    options = _options(arguments)
    scores = [
        score(layout, kind)
        for layout in every_layout()
        if not options.layout or layout.name in options.layout
        for kind in options.format or FORMATS
        if not skips(layout, kind)
    ]
    _print(scores)
    run = {f"{s.layout} | {s.format}": _saved(s) for s in scores}
    if options.compare:
        print_comparison(json.loads(options.compare.read_text(encoding="utf-8")), run)
    if options.save:
        text = json.dumps(run, ensure_ascii=False, indent=1, sort_keys=True)
        options.save.write_text(text + "\n", encoding="utf-8")


def print_comparison(before: Run, now: Run) -> None:
    """Print what improved and what regressed."""
    both = before.keys() & now.keys()
    old = {(name, *wrong) for name in both for wrong in _keys(before[name])}
    new = {(name, *wrong) for name in both for wrong in _keys(now[name])}
    for title, keys in (("improved", old - new), ("regressed", new - old)):
        print(f"{title}: {len(keys)}")
        for key in sorted(keys):
            print("  ", " | ".join(key))


def _keys(saved: Run) -> list[tuple[str, str, str]]:
    return [(wrong["row"], wrong["field"], wrong["wanted"]) for wrong in saved["wrong"]]


def _saved(one: Score) -> Run:
    return {"right": one.right, "wrong": [asdict(wrong) for wrong in one.wrong]}


def _print(scores: Sequence[Score]) -> None:
    for one in scores:
        if one.wrong:
            print(f"{one.layout} | {one.format}: {one.right} right, {len(one.wrong)} wrong")
        for wrong in one.wrong:
            print(f"    {wrong.row} {wrong.field}: wanted {wrong.wanted}, got {wrong.got}")
    for kind in dict.fromkeys(one.format for one in scores):
        here = [one for one in scores if one.format == kind]
        right, wrong = sum(s.right for s in here), sum(len(s.wrong) for s in here)
        print(f"{kind}: {len(here)} layouts, {right} fields right, {wrong} wrong")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Scores the reading of labelled tables.")
    parser.add_argument("--layout", action="append", help="only this layout (repeatable)")
    parser.add_argument("--format", action="append", choices=FORMATS, help="only this format")
    parser.add_argument("--save", type=Path, help="write this run to a file")
    parser.add_argument("--compare", type=Path, help="compare with a run written before")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
