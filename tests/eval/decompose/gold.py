"""Labelled documents: the text and what a careful reader finds in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROLES = ("lead", "cooperating", "responsible", "guiding")
TRAVELLING = Path(__file__).parent / "documents"
CORPUS = Path(__file__).parents[4] / "shared" / "corpus"

Names = dict[str, frozenset[str]]  # role → units


@dataclass(frozen=True, slots=True)
class GoldTask:
    """One task as labelled.

    Attributes:
        answers: the units by role; more than one where readers may differ.
        dates: the deadline, and others that are right too; empty where there is none.
        optional: finding it or not is both right; it is not scored.
    """

    number: str
    starts: str
    ends: str
    answers: tuple[Names, ...]
    persons: frozenset[str]
    dates: tuple[str, ...]
    recurring: str | None
    day: int | None
    doubtful: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its labels; `kinds` is empty where the kind is not labelled."""

    name: str
    text: str
    date: date | None
    kinds: frozenset[str]
    features: tuple[str, ...]
    tasks: tuple[GoldTask, ...]
    members: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def load_folder(folder: Path) -> list[GoldDocument]:
    """Return the labelled documents of a folder in the order of their names."""
    return [_document(path) for path in sorted(folder.glob("*.json"))]


def document_date(text: str | None) -> date | None:
    """Return the date that a label gives; a month counts from its first day, a bare year not."""
    if not text or len(text) < 7:
        return None
    return date.fromisoformat(text if len(text) >= 10 else f"{text}-01")


def _document(path: Path) -> GoldDocument:
    labels = json.loads(path.read_text(encoding="utf-8"))
    kinds = [labels["kind"]] if "kind" in labels else []
    return GoldDocument(
        path.stem,
        path.with_suffix(".txt").read_bytes().decode("utf-8"),
        document_date(labels.get("doc_date")),
        frozenset([*kinds, *labels.get("accept_kinds", [])]),
        tuple(labels.get("features", [])),
        tuple(_task(task) for task in labels["tasks"]),
        tuple((m["name"], m["post"]) for r in labels.get("rosters", []) for m in r["members"]),
        tuple(labels.get("warnings_contain", [])),
    )


def _task(labels: dict[str, Any]) -> GoldTask:  # Any: JSON
    answers = [{**labels, **other} for other in ({}, *labels.get("accept", []))]
    due = labels["deadline_date"]
    return GoldTask(
        labels["number"] or "",
        labels["starts_with"],
        labels["ends_with"],
        tuple({role: frozenset(a.get(role) or []) for role in ROLES} for a in answers),
        frozenset(labels["persons"]),
        (due, *labels.get("accept_dates", [])) if due else (),
        labels["recurring"],
        labels.get("day"),
        labels.get("doubtful", False),
        labels.get("optional", False),
    )
