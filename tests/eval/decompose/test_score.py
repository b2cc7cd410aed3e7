"""The score of `decompose` on the travelling documents does not fall, nor the scorer mislead."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.eval.decompose.damages import DAMAGES
from tests.eval.decompose.gold import CORPUS, TRAVELLING, GoldDocument, GoldTask, load_folder
from tests.eval.decompose.laws import broken_laws, in_order
from tests.eval.decompose.matching import key_text, plain
from tests.eval.decompose.score import FLOOR, main, score_damaged
from tests.eval.decompose.scoring import figures, score_document, score_made
from tracker.domain.deadline import Deadline
from tracker.domain.draft import DecomposedDocument, DocumentKind, Draft, Member, Quote, Roster
from tracker.domain.table import Roles
from tracker.domain.terms import Recurrence
from tracker.files.reader import read_bytes
from tracker.files.reading import Request
from tracker.ops.decompose import decompose_source

GOLDS = load_folder(TRAVELLING)
FLOORS = json.loads(FLOOR.read_text(encoding="utf-8"))
LESS_IS_BETTER = ("invented", "unitless")


def answer(gold: GoldDocument) -> DecomposedDocument:
    """Return the result that a label asks for."""
    kind = DocumentKind(sorted(gold.kinds)[0])
    members = tuple(Member(name, post) for name, post in gold.members)
    drafts = tuple(draft_of(task) for task in gold.tasks)
    rosters = (Roster("指挥部", members, Quote(0, 0)),)
    return DecomposedDocument(kind, drafts=drafts, rosters=rosters, warnings=gold.warnings)


def draft_of(task: GoldTask) -> Draft:
    """Return the draft that a labelled task asks for."""
    roles = Roles(**{role: tuple(names) for role, names in task.answers[-1].items()})
    due = Deadline(
        "",
        date.fromisoformat(task.dates[0]) if task.dates else None,
        Recurrence(task.recurring) if task.recurring else None,
        task.day,
        task.doubtful,
    )
    text = task.starts + task.ends
    persons = tuple(task.persons)
    return Draft(task.number, (), "", text, Quote(0, 0), roles, persons, due)


@pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold.name)
def test_a_label_holds_only_words_of_its_text(gold: GoldDocument) -> None:
    text = plain(gold.text)
    for task in gold.tasks:
        assert in_order(key_text(task.starts), key_text(text))
        assert in_order(key_text(task.ends), key_text(text))
        names = [n for answer in task.answers for units in answer.values() for n in units]
        for name in (*names, *task.persons):
            assert plain(name) in text or in_order(plain(name), text), name


@pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold.name)
def test_the_labels_themselves_score_full_marks(gold: GoldDocument) -> None:
    score = score_made(gold, answer(gold))
    assert score.wrong == []
    asked = sum(not task.optional for task in gold.tasks)
    assert set(figures([score]).values()) <= {0, 1, asked}


def test_every_slip_costs_marks() -> None:
    gold = next(g for g in GOLDS if g.name == "24-roster")
    made = answer(gold)
    first, second, *rest = made.drafts
    slips = {
        "found": [second, *rest],
        "unit_role_f1": [replace(first, roles=Roles(("县城管局", "县公安局"))), second, *rest],
        "deadline_f1": [replace(first, deadline=None), second, *rest],
        "person_f1": [replace(first, persons=("步青云",)), second, *rest],
        "numbers": [replace(first, number="（九）"), second, *rest],
    }
    for measure, drafts in slips.items():
        score = score_made(gold, replace(made, drafts=tuple(drafts)))
        assert figures([score])[measure] < 1, measure
        assert score.wrong
    more = replace(first, text="另有一事", title="")
    invented = score_made(gold, replace(made, drafts=(*made.drafts, more)))
    assert figures([invented])["invented"] == 1
    assert figures([score_made(gold, replace(made, rosters=()))])["rosters"] == 0


def test_a_result_with_words_of_its_own_breaks_the_laws() -> None:
    text = "一、修路。（责任单位：县交通局）"
    result = decompose_source(read_bytes(text.encode(), Request("a.txt", ".txt")))
    draft = Draft("一", (), "修路", "修路。", Quote(0, len(text)), Roles(("县交通局",)))
    spoilt = [
        replace(draft, quote=Quote(0, 99)),
        replace(draft, text="修桥。", title="修桥"),
        replace(draft, title="路"),
        replace(draft, roles=Roles(("县交通运输局",))),
        replace(draft, deadline=Deadline("6月底前")),
    ]
    fine = replace(result, document=DecomposedDocument(DocumentKind.PLAN, drafts=(draft,)))
    assert broken_laws(fine) == []
    for one in spoilt:
        document = DecomposedDocument(DocumentKind.PLAN, drafts=(one,))
        assert len(broken_laws(replace(result, document=document))) == 1


def test_a_deadline_put_together_must_come_from_rows_of_one_table() -> None:
    rows = "1\t修路\t县交通局\t6月底前\n\t\t县财政局\t9月底前"
    for text, broken in ((rows, 0), (rows.replace("\t", "\n\n"), 1)):
        result = decompose_source(read_bytes(text.encode(), Request("a.txt", ".txt")))
        draft = Draft("1", (), "修路", "修路", Quote(0, len(text)))
        draft = replace(draft, deadline=Deadline("6月底前\n9月底前"))
        document = DecomposedDocument(DocumentKind.PLAN, drafts=(draft,))
        assert len(broken_laws(replace(result, document=document))) == broken


@pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold.name)
def test_nothing_stands_in_a_result_that_the_text_does_not_say(gold: GoldDocument) -> None:
    source = read_bytes(gold.text.encode(), Request(f"{gold.name}.txt", ".txt"))
    assert broken_laws(decompose_source(source, date=gold.date)) == []


def test_the_score_does_not_fall() -> None:
    assert_not_below(FLOORS["as they are"], figures(score_document(gold) for gold in GOLDS))


@pytest.mark.parametrize("name", DAMAGES)
def test_the_score_does_not_fall_for_damaged_texts(name: str) -> None:
    assert_not_below(FLOORS[name], figures(score_damaged(GOLDS, name)))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus does not lie beside the project")
def test_the_score_does_not_fall_for_the_corpus() -> None:
    now = figures(score_document(gold) for gold in load_folder(CORPUS))
    assert_not_below(FLOORS["corpus"], now)


def test_a_saved_run_tells_what_changed(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path_factory.mktemp("run") / "run.json"
    main(["--dir", str(TRAVELLING), "--save", str(saved)])
    run = json.loads(saved.read_text(encoding="utf-8"))
    run["01-plan"]["wrong"].append({"task": "1·1", "field": "lead", "wanted": "甲", "got": ""})
    saved.write_text(json.dumps(run), encoding="utf-8")
    main(["--dir", str(TRAVELLING), "--compare", str(saved)])
    printed = capsys.readouterr().out
    assert "improved: 1\n   01-plan | 1·1 | lead | 甲" in printed
    assert "regressed: 0" in printed


def assert_not_below(floor: dict[str, float], now: dict[str, float]) -> None:
    """Fail with the measures that fell."""
    fell = {
        key: (value, now[key])
        for key, value in floor.items()
        if (now[key] > value if key in LESS_IS_BETTER else now[key] < value)
    }
    assert not fell
