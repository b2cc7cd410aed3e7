"""A plan of measures with their units and dates taken apart, from the document to the drafts."""

from __future__ import annotations

import random
from time import perf_counter
from typing import TYPE_CHECKING

from tests.benchmarks.harness import Benchmark, Way

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIZES = (51, 500, 2_000)
_FIRST = "first.docx"
_UNITS = tuple(
    f"县{name}局"
    for name in ["住建", "水利", "教育", "民政", "财政", "文旅", "商务", "工信", "司法", "林业"]
)
_WORKS = (
    "完成城东片区雨污管网改造{n}公里，消除易涝点{k}处",
    "新建改建农村公路{n}公里，实施危桥改造{k}座",
    "培育规模以上工业企业{k}家，完成技改投资{n}亿元",
    "建成公办幼儿园{k}所，新增学位{n}个",
    "实施老旧小区改造{k}个，惠及居民{n}户",
)
_MORE = (
    "各责任单位要倒排工期、挂图作战，及时协调解决征地拆迁、资金拨付等问题。",
    "对进度滞后的项目实行周调度、月通报，确保按时完成。",
    "鼓励各乡镇结合实际探索做法，总结推广可复制的经验。",
)
_DATES = ("{m}月底前", "年底前", "三季度末前", "每月25日前", "2026年{m}月底前")


def ours(path: Path) -> float:
    """From the document to drafts with units, persons, deadlines and figures.

    Both ways read another, small document before: neither imports, lists of words and patterns
    nor python-docx's own first steps count, but what a document costs.
    """
    from tracker.ops.decompose import decompose_source
    from tracker.ops.import_table import read_source

    decompose_source(read_source(path.parent / _FIRST))
    start = perf_counter()
    decomposed = decompose_source(read_source(path))
    taken = perf_counter() - start
    assert len(decomposed.document.drafts) == measures_in(path)
    return taken


def python_docx(path: Path) -> float:
    """From the same document to the texts of its paragraphs, another one read before."""
    import docx

    def texts(of: Path) -> list[str]:
        return [paragraph.text for paragraph in docx.Document(str(of)).paragraphs]

    texts(path.parent / _FIRST)
    start = perf_counter()
    read = texts(path)
    taken = perf_counter() - start
    assert len(read) > measures_in(path)
    return taken


def plain(path: Path) -> float:
    """The same from the document's XML by the parser alone."""
    from xml.parsers import expat
    from zipfile import ZipFile

    start = perf_counter()
    texts: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = texts.append
    with ZipFile(path) as package:
        parser.Parse(package.read("word/document.xml"), True)
    return perf_counter() - start


def make_plan(folder: Path, size: int) -> Path:
    """Write a plan of so many measures as a Word document, and the one read first; return it."""
    path = folder / f"plan {size}.docx"
    _write(folder / _FIRST, 20, seed=3)
    _write(path, size, seed=51)
    return path


def _write(path: Path, size: int, seed: int) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("望川县2026年重点工作任务实施方案")
    for text in _measures(size, seed):
        document.add_paragraph(text)
    document.save(str(path))


def measures_in(path: Path) -> int:
    """Return how many measures a document of `make_plan` holds."""
    return int(path.stem.split()[-1])


def _measures(size: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    for number in range(1, size + 1):
        numbers = {"n": chance.randrange(2, 99), "k": chance.randrange(2, 30)}
        work = chance.choice(_WORKS).format(**numbers)
        due = chance.choice(_DATES).format(m=chance.randrange(2, 12))
        units = chance.sample(_UNITS, 3)
        more = "".join(chance.sample(_MORE, 2))
        yield (
            f"{number}.{work}。{due}完成。{more}（责任人：张某某；牵头单位：{units[0]}；"
            f"责任单位：{units[1]}、{units[2]}）"
        )


DECOMPOSE = Benchmark(
    name="decompose",
    work="take a plan apart",
    unit="s",
    prepare=make_plan,
    ours=ours,
    peers=(Way("python-docx", python_docx, needs=("docx",), at_most=3, at_sizes=(51,)),),
    limit=Way("unzip + expat", plain),
    sizes=SIZES,
)
