"""Scores `decompose` on the labelled documents.

    python -m tests.eval.decompose.score [--dir DIR]… [--show] [--damages]
                                         [--save FILE] [--compare FILE] [--set-floor]

Without --dir: the documents that travel with the project, and the corpus beside the project
where it is there.
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.eval.decompose.damages import DAMAGES
from tests.eval.decompose.gold import CORPUS, TRAVELLING, GoldDocument, load_folder
from tests.eval.decompose.scoring import Score, figures, score_document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FLOOR = Path(__file__).parent / "floor.json"
# a table printed one cell a line says nothing more once its lines are gone
LINES_SPEAK = ("table_", "pipe_table")

Run = dict[str, Any]  # Any: JSON


def main(arguments: Sequence[str] | None = None) -> None:
    """Score, print, and save or compare as asked."""
    options = _options(arguments)
    folders = options.dir or [TRAVELLING, *([CORPUS] if CORPUS.is_dir() else [])]
    documents = {folder: load_folder(folder) for folder in folders}
    scores: list[Score] = []
    for folder, golds in documents.items():
        here = [score_document(gold) for gold in golds]
        print(f"{folder.name}: {_line(figures(here))}")
        scores += here
    print(f"all: {_line(figures(scores))}")
    if options.show:
        _show(scores)
    if options.damages:
        _print_damages([gold for golds in documents.values() for gold in golds], scores)
    run = {score.name: _saved(score) for score in scores}
    if options.compare:
        print_comparison(json.loads(options.compare.read_text(encoding="utf-8")), run)
    if options.save:
        options.save.write_text(_json(run), encoding="utf-8")
    if options.set_floor:
        FLOOR.write_text(_json(measure_floor()), encoding="utf-8")


def measure_floor() -> dict[str, dict[str, float]]:
    """Return the figures of the travelling documents, whole and damaged, and of the corpus.

    Shares are cut after the third decimal, so that the same result never falls below itself.
    """
    golds = load_folder(TRAVELLING)
    floor = {"as they are": figures(score_document(gold) for gold in golds)}
    for name in DAMAGES:
        floor[name] = figures(score_damaged(golds, name))
    if CORPUS.is_dir():
        floor["corpus"] = figures(score_document(gold) for gold in load_folder(CORPUS))
    return {
        name: {k: math.floor(v * 1000) / 1000 for k, v in f.items()} for name, f in floor.items()
    }


def score_damaged(golds: Sequence[GoldDocument], name: str) -> list[Score]:
    """Score the documents after the damage `name`."""
    damage: Callable[[str], str] = DAMAGES[name]
    return [score_document(g, damage(g.text)) for g in golds if bears(g, name)]


def bears(gold: GoldDocument, name: str) -> bool:
    """Return whether a document still says the same after a damage."""
    return name != "line breaks dropped" or not any(
        f.startswith(LINES_SPEAK) for f in gold.features
    )


def print_comparison(before: Run, now: Run) -> None:
    """Print what improved and what regressed: document, task, field."""
    old, new = _differences(before), _differences(now)
    both = set(before) & set(now)
    improved = [key for key in old if key not in new and key[0] in both]
    regressed = [key for key in new if key not in old and key[0] in both]
    for title, keys, run in (("improved", improved, old), ("regressed", regressed, new)):
        print(f"{title}: {len(keys)}")
        for key in keys:
            print("  ", " | ".join((*key, *run[key])))
    changed = [key for key in new if key in old and new[key] != old[key]]
    print(f"still wrong, in another way: {len(changed)}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Scores decompose on labelled documents.")
    parser.add_argument("--dir", type=Path, action="append", help="labelled documents (repeatable)")
    parser.add_argument("--show", action="store_true", help="every difference, and each feature")
    parser.add_argument("--damages", action="store_true", help="the same texts, damaged")
    parser.add_argument("--save", type=Path, help="write this run to a file")
    parser.add_argument("--compare", type=Path, help="compare with a run written before")
    parser.add_argument("--set-floor", action="store_true", help="record what must not be lost")
    return parser.parse_args(arguments)


def _show(scores: Sequence[Score]) -> None:
    for score in scores:
        for wrong in score.wrong:
            print(" | ".join((score.name, *asdict(wrong).values())))
    features = sorted({feature for score in scores for feature in score.features})
    tables = {f: figures(s for s in scores if f in s.features) for f in features}
    for feature, table in sorted(tables.items(), key=lambda pair: pair[1]["unit_role_f1"]):
        print(
            f"{table['unit_role_f1']:.3f} {table['deadline_f1']:.3f} "
            f"{table['tasks']:4.0f} {feature}"
        )


def _print_damages(golds: Sequence[GoldDocument], scores: Sequence[Score]) -> None:
    for name in DAMAGES:
        bearing = {gold.name for gold in golds if bears(gold, name)}
        whole = figures(s for s in scores if s.name in bearing)
        damaged = figures(score_damaged(golds, name))
        deltas = {key: damaged[key] - value for key, value in whole.items()}
        moved = "  ".join(f"{key} {delta:+.4g}" for key, delta in deltas.items() if delta)
        print(f"{name}: {moved or 'no change'}")


def _differences(run: Run) -> dict[tuple[str, str, str], tuple[str, str]]:
    return {
        (name, wrong["task"], wrong["field"]): (wrong["wanted"], wrong["got"])
        for name, document in run.items()
        for wrong in document["wrong"]
    }


def _saved(score: Score) -> Run:
    return {"counts": dict(score.counts), "wrong": [asdict(wrong) for wrong in score.wrong]}


def _line(table: dict[str, float]) -> str:
    return "  ".join(f"{key} {value:.4g}" for key, value in table.items())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    main()
