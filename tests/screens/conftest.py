"""What tests of windows share: an offscreen application, recorded messages, an office."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import sys
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QSettings

from tests.conftest import NOW
from tests.helpers.samples import situation_text
from tracker.ops.import_table import apply_import, propose_import, read_text
from tracker.ops.ledgers import list_ledgers
from tracker.ops.rounds import list_rounds
from tracker.ui.hub import Hub
from tracker.ui.kit import Kit
from tracker.ui.recent import Choices
from tracker.ui.run import Runner
from tracker.ui.theme import Theme, load_fonts


@dataclass
class Recorded:
    """Stands in for the user: notes what is said, gives the answers prepared."""

    said: list[str] = field(default_factory=list)
    links: list[tuple[str, object]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answers: list[object] = field(default_factory=list)

    def tell(self, sentence, link="", act=None):
        self.said.append(sentence)
        self.links.append((link, act))

    def problem(self, error):
        self.problems.append(str(error))

    def _answer(self, question):
        self.asked.append(question)
        return self.answers.pop(0)

    def confirm(self, what, why, yes):
        return self._answer(what)

    def choose(self, what, why, answers):
        return self._answer(what)

    def ask_text(self, title, label, text=""):
        return self._answer(title)

    def ask_password(self, what, label):
        return self._answer(f"{what}{label}")

    def ask_open(self, title, kinds):
        return self._answer(title)

    def ask_open_several(self, title, kinds):
        return self._answer(title)

    def ask_folder(self, title, folder=""):
        return self._answer(title)

    def ask_save(self, title, name, kinds):
        return self._answer(title)


@pytest.fixture(scope="session")
def qapp_args():
    return ["责任分解落实台账"]


@pytest.fixture
def theme(qapp):
    qapp.setStyle("Fusion")
    load_fonts()
    return Theme(qapp)


@pytest.fixture
def messages():
    return Recorded()


@pytest.fixture
def kit(qtbot, theme, messages, tmp_path):
    """A kit without an office."""
    hub = Hub("张三", lambda: NOW)
    runner = Runner(hub, messages)
    kept = QSettings(str(tmp_path / "choices.ini"), QSettings.Format.IniFormat)
    yield Kit(hub, runner, messages, theme, Choices(kept))
    try:
        qtbot.waitUntil(lambda: not runner.is_busy)
    finally:  # no worker outlives its test, not even one that failed
        runner.finish()


@pytest.fixture
def office_with_table(office):
    """An office with one ledger of four tasks and one round."""
    plan = propose_import(office, read_text(situation_text()))
    apply_import(office, plan, who="张三", now=NOW)
    return office


@pytest.fixture
def kit_with_table(kit, office_with_table):
    """A kit that shows the office of four tasks."""
    (ledger,) = list_ledgers(office_with_table)
    kit.hub.show(office_with_table, ledger, list_rounds(office_with_table, ledger)[-1])
    return kit


@pytest.fixture(autouse=True)
def no_exception_in_a_slot(monkeypatch):
    """An exception in a slot fails the test instead of vanishing."""
    caught = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: caught.append(error))
    yield
    assert not caught, caught


@pytest.fixture
def settled_memory():
    """What was loaded so far is left alone by the collector, as in the started program."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
