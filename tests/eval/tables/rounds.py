"""Stored ledgers and next rounds' tables with the match that a careful clerk would make.

The mark of a row: “=3” it is the third stored task, beyond doubt; “?3” it may be, the clerk must
be asked; “~3” either is right; “+” it is new.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.eval.tables.builder import clip
from tests.eval.tables.picture import draw
from tests.helpers.proposals import stored_task
from tracker.files.reader import read_pasted
from tracker.tables.match import match_rows
from tracker.tables.pipeline import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.domain.table import TableRow
    from tracker.tables.match import Pair


@dataclass(frozen=True, slots=True)
class Round:
    """A stored table, the next one, and the mark of each of its rows."""

    name: str
    stored: str
    next: str
    marks: str


@dataclass(frozen=True, slots=True)
class Matched:
    """How a round was matched.

    Attributes:
        wrong: rows surely taken for a task they are not: the worst.
        missed: rows not recognised, which would be stored twice, or asked about the wrong task.
        asked: rows asked about though there is no doubt.
    """

    wrong: tuple[str, ...]
    missed: tuple[str, ...]
    asked: tuple[str, ...]
    rows: int


def rows_of(picture: str) -> tuple[TableRow, ...]:
    """Return the rows of a drawn table."""
    return read_table(read_pasted(clip(draw(picture, "", {})))).rows


def match(case: Round) -> Matched:
    """Match a round and compare with its marks."""
    tasks = [stored_task(row, number) for number, row in enumerate(rows_of(case.stored), 1)]
    rows = rows_of(case.next)
    marks = case.marks.split()
    if len(marks) != len(rows):
        raise ValueError(f"{case.name}: {len(marks)} marks for {len(rows)} rows")
    pairs = {pair.row: pair for pair in match_rows(rows, tasks)}
    verdicts = [
        (verdict, f"{case.name}: {row.number} {row.task[:24]} {mark} {_told(pairs.get(at))}")
        for at, (row, mark) in enumerate(zip(rows, marks, strict=True))
        for verdict in _verdict(mark, pairs.get(at))
    ]
    by_kind = {kind: tuple(text for each, text in verdicts if each == kind) for kind in _KINDS}
    return Matched(by_kind["wrong"], by_kind["missed"], by_kind["asked"], len(rows))


_KINDS = ("wrong", "missed", "asked")


def _verdict(mark: str, pair: Pair | None) -> Iterator[str]:
    if mark == "+":
        if pair is not None:
            yield "wrong" if pair.sure else "asked"
        return
    meant = int(mark[1:]) - 1
    if pair is None:
        yield "missed"
    elif pair.sure:
        if pair.task != meant or mark[0] == "?":
            yield "wrong"
    elif meant not in (pair.task, *(other.task for other in pair.others)):
        yield "missed"
    elif mark[0] == "=":
        yield "asked"


def _told(pair: Pair | None) -> str:
    if pair is None:
        return "新"
    return f"{'＝' if pair.sure else '？'}{pair.task + 1}（{'，'.join(pair.reasons)}）"


_HEAD = "序号 | 工作任务 | 牵头单位 | 完成时限 | 落实情况"
_PLAN = f"""
{_HEAD}
1 | 建设县城第二水厂，日供水能力达到5万吨 | 县水利局 | 2026年11月底前 | 完成勘察。
2 | 新建改建乡镇卫生院6所，配齐数字影像设备 | 县卫健局 | 2026年10月底前 | 开工4所。
3 | 完成全县农村宅基地房地一体确权登记发证 | 县自然资源局 | 2026年12月底前 | 发证3.2万本。
4 | 打造城区十五分钟便民生活圈8个 | 县商务局 | 2026年9月底前 | 建成3个。
5 | 推进化工园区封闭管理和智慧化改造 | 县工信局 | 2026年8月底前 | 卡口建成。
6 | 举办第三届全民健身运动会 | 县教体局 | 2026年5月底前 | 已制定方案。
"""

ROUNDS = (
    Round("unchanged", _PLAN, _PLAN, "=1 =2 =3 =4 =5 =6"),
    Round(
        "reworded",
        _PLAN,
        f"""
{_HEAD}
1 | 加快建设县城第二水厂，确保日供水能力达到5万吨 | 县水利局 | 2026年11月底前 | 主体施工。
2 | 新建、改建乡镇卫生院6所，并配齐数字化影像设备 | 县卫健局 | 2026年10月底前 | 完工5所。
3 | 全面完成农村宅基地房地一体确权登记发证工作 | 县自然资源局 | 2026年12月底前 | 发证4万本。
4 | 在城区打造8个十五分钟便民生活圈 | 县商务局 | 2026年9月底前 | 建成6个。
5 | 化工园区封闭管理、智慧化改造 | 县工信局 | 2026年8月底前 | 平台上线。
6 | 办好第三届全民健身运动会 | 县教体局 | 2026年5月底前 | 已闭幕。
""",
        "=1 =2 =3 ~4 =5 =6",
    ),
    Round(
        "renumbered-one-removed-one-added",
        _PLAN,
        f"""
{_HEAD}
1 | 新建改建乡镇卫生院6所，配齐数字影像设备 | 县卫健局 | 2026年10月底前 | 完工5所。
2 | 完成全县农村宅基地房地一体确权登记发证 | 县自然资源局 | 2026年12月底前 | 发证4万本。
3 | 建立企业首席服务员制度 | 县工商联 | 2026年7月底前 | 选派60名。
4 | 打造城区十五分钟便民生活圈8个 | 县商务局 | 2026年9月底前 | 建成6个。
5 | 推进化工园区封闭管理和智慧化改造 | 县工信局 | 2026年8月底前 | 平台上线。
6 | 举办第三届全民健身运动会 | 县教体局 | 2026年5月底前 | 已闭幕。
""",
        "=2 =3 + =4 =5 =6",
    ),
    Round(
        "renumbered-and-reworded",
        _PLAN,
        f"""
{_HEAD}
7 | 加快县城第二水厂建设，日供水能力达到5万吨 | 县水利局 | 2026年11月底前 | 主体施工。
8 | 新改建乡镇卫生院6所，配齐数字影像设备 | 县卫健局 | 2026年10月底前 | 完工5所。
9 | 推进化工园区封闭化管理和智慧化改造 | 县工信局 | 2026年8月底前 | 平台上线。
""",
        "=1 =2 =5",
    ),
    Round(
        "swapped",
        _PLAN,
        f"""
{_HEAD}
1 | 新建改建乡镇卫生院6所，配齐数字影像设备 | 县卫健局 | 2026年10月底前 | 完工5所。
2 | 建设县城第二水厂，日供水能力达到5万吨 | 县水利局 | 2026年11月底前 | 主体施工。
3 | 完成全县农村宅基地房地一体确权登记发证 | 县自然资源局 | 2026年12月底前 | 发证4万本。
""",
        "=2 =1 =3",
    ),
    Round(
        "deadline-changed",
        _PLAN,
        f"""
{_HEAD}
1 | 建设县城第二水厂，日供水能力达到5万吨 | 县水利局 | 2027年3月底前 | 主体施工。
4 | 打造城区十五分钟便民生活圈8个 | 县商务局 | 2026年12月底前 | 建成6个。
""",
        "=1 =4",
    ),
    Round(
        "units-renamed",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 办理人口与家庭公共服务事项 | 县卫计局 | 办理210件。
2 | 编制国土空间详细规划 | 县国土局 | 完成初稿。
3 | 排查危险化学品生产企业隐患 | 县安监局 | 排查19家。
""",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 办理人口与家庭公共服务事项 | 县卫健局 | 办理380件。
2 | 编制完善国土空间详细规划 | 县自然资源局 | 征求意见。
3 | 排查治理危险化学品企业隐患 | 县应急局 | 排查33家。
""",
        "=1 =2 =3",
    ),
    Round(
        "twins-by-place",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 完成城东片区雨污分流改造 | 县住建局 | 完成一半。
2 | 完成城西片区雨污分流改造 | 县住建局 | 未开工。
3 | 完成城南片区雨污分流改造 | 县住建局 | 完成设计。
""",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 完成城西片区雨污分流改造 | 县住建局 | 开工。
2 | 完成城东片区雨污分流改造 | 县住建局 | 完工。
3 | 完成城北片区雨污分流改造 | 县住建局 | 新列。
""",
        "=2 =1 ?3",
    ),
    Round(
        "twin-in-place-of-a-removed-one",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 建设柳林镇文化站并免费开放 | 县文旅局 | 已开放。
2 | 建设石桥镇文化站并免费开放 | 县文旅局 | 装修。
""",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 建设东湖镇文化站并免费开放 | 县文旅局 | 选址。
2 | 建设石桥镇文化站并免费开放 | 县文旅局 | 已开放。
""",
        "?1 =2",
    ),
    Round(
        "twins-by-figure",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 改造3号泵站并投入运行 | 县水利局 | 完成。
2 | 改造4号泵站并投入运行 | 县水利局 | 施工。
""",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
3 | 改造5号泵站并投入运行 | 县水利局 | 设计。
4 | 改造4号泵站并投入运行 | 县水利局 | 完成。
""",
        "?1 =2",
    ),
    Round(
        "twins-by-kind",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 开展小学生近视防控筛查 | 县教育局 | 筛查8000人。
2 | 开展中学生近视防控筛查 | 县教育局 | 筛查6000人。
""",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 开展中学生近视防控筛查 | 县教育局 | 筛查9000人。
2 | 开展小学生近视防控筛查 | 县教育局 | 筛查12000人。
""",
        "=2 =1",
    ),
    Round(
        "same-words-other-units",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 完成年度招商引资任务 | 柳林镇 | 到资2亿元。
2 | 完成年度招商引资任务 | 石桥镇 | 到资1亿元。
3 | 完成年度招商引资任务 | 东湖街道 | 到资3亿元。
""",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 完成年度招商引资任务 | 石桥镇 | 到资1.6亿元。
2 | 完成年度招商引资任务 | 东湖街道 | 到资3.5亿元。
3 | 完成年度招商引资任务 | 柳林镇 | 到资2.2亿元。
""",
        "=2 =3 =1",
    ),
    Round(
        "same-words-one-removed",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 开展防汛应急演练 | 柳林镇 | 演练2次。
2 | 开展防汛应急演练 | 石桥镇 | 演练1次。
""",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 开展防汛应急演练 | 石桥镇 | 演练3次。
""",
        "=2",
    ),
    Round(
        "split",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 建设图书馆新馆和博物馆新馆，年内对外开放 | 县文旅局 | 主体完工。
2 | 修订景区管理办法 | 县文旅局 | 初稿。
""",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 建设图书馆新馆，年内对外开放 | 县文旅局 | 布展。
2 | 建设博物馆新馆，年内对外开放 | 县文旅局 | 装修。
3 | 修订景区管理办法 | 县文旅局 | 印发。
""",
        "?1 ?1 =2",
    ),
    Round(
        "merged",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 整治河道乱占乱建问题 | 县水利局 | 清理12处。
2 | 整治河道乱采乱堆问题 | 县水利局 | 清理9处。
""",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 整治河道乱占乱建乱采乱堆问题 | 县水利局 | 清理26处。
""",
        "?1",
    ),
    Round(
        "code-column",
        _PLAN,
        """
任务编码 | 序号 | 工作任务 | 牵头单位 | 落实情况
1-004 | 1 | 建好便民生活圈 | 县商务局 | 建成8个。
1-001 | 2 | 推进二水厂工程 | 县水利局 | 通水。
1-006 | 3 | 举办第三届全民健身运动会 | 县教体局 | 已闭幕。
""",
        "=4 ~1 =6",
    ),
    Round(
        "code-of-another-task",
        _PLAN,
        """
编号 | 工作任务 | 牵头单位 | 落实情况
1-001 | 举办第三届全民健身运动会 | 县教体局 | 已闭幕。
1-002 | 制定夜间经济扶持政策 | 县商务局 | 起草。
""",
        "~6 +",
    ),
    Round(
        "other-tasks-of-the-same-unit",
        _PLAN,
        f"""
{_HEAD}
1 | 整治城区供水管网漏损 | 县水利局 | 2026年11月底前 | 检漏80公里。
2 | 组织百名医师进乡村义诊 | 县卫健局 | 2026年10月底前 | 义诊5场。
3 | 查处违法占用耕地案件 | 县自然资源局 | 2026年12月底前 | 立案7件。
""",
        "+ + +",
    ),
    Round(
        "shortened-to-its-name",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 实施老旧小区改造。年内改造老旧小区22个，惠及居民4600户，同步加装电梯15部。 | 县住建局 | 开工。
2 | 实施棚户区改造。年内新开工安置房800套，基本建成1200套。 | 县住建局 | 开工。
""",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
1 | 实施老旧小区改造 | 县住建局 | 完工12个。
2 | 实施棚户区改造 | 县住建局 | 建成900套。
""",
        "~1 ~2",
    ),
    Round(
        "figure-of-the-goal-raised",
        _PLAN,
        f"""
{_HEAD}
2 | 新建改建乡镇卫生院9所，配齐数字影像设备 | 县卫健局 | 2026年10月底前 | 完工5所。
4 | 打造城区十五分钟便民生活圈10个 | 县商务局 | 2026年9月底前 | 建成6个。
""",
        "=2 =4",
    ),
    Round(
        "towns-after-one-pattern",
        """
序号 | 工作任务 | 责任单位 | 落实情况
1 | 整治柳林镇集镇环境秩序 | 柳林镇 | 完成。
2 | 整治石桥镇集镇环境秩序 | 石桥镇 | 推进。
3 | 整治大王庄镇集镇环境秩序 | 大王庄镇 | 推进。
""",
        """
序号 | 工作任务 | 责任单位 | 落实情况
1 | 持续整治石桥镇集镇环境秩序 | 石桥镇 | 完成。
2 | 持续整治大王庄镇集镇环境秩序 | 大王庄镇 | 完成。
3 | 持续整治清溪镇集镇环境秩序 | 清溪镇 | 新列。
""",
        "=2 =3 +",
    ),
    Round(
        "numbers-start-again-in-each-part",
        """
序号 | 工作任务 | 责任单位 | 落实情况
一、农业 | | |
1 | 完成高标准农田建设任务 | 县农业农村局 | 完成。
2 | 开展农资打假 | 县农业农村局 | 立案2起。
二、工业 | | |
1 | 完成技改投资任务 | 县工信局 | 完成八成。
2 | 开展企业帮扶 | 县工信局 | 走访60家。
""",
        """
序号 | 工作任务 | 责任单位 | 落实情况
一、工业 | | |
1 | 完成技术改造投资任务 | 县工信局 | 完成。
2 | 开展企业帮扶活动 | 县工信局 | 走访90家。
二、农业 | | |
1 | 完成高标准农田建设年度任务 | 县农业农村局 | 完成。
2 | 开展农资打假 | 县农业农村局 | 立案3起。
""",
        "=3 =4 =1 =2",
    ),
    Round(
        "typing-errors-and-signs",
        _PLAN,
        f"""
{_HEAD}
1 | 建设县城第二水厂,日供水能力达到５万吨。 | 县水利局 | 2026年11月底前 | 主体施工。
2 | 新建改建乡镇卫生院6所，配其数字影像设备 | 县卫健局 | 2026年10月底前 | 完工5所。
3 | 完成全县农村宅基地“房地一体”确权登记发证； | 县自然资源局 | 2026年12月底前 | 发证4万本。
5 | 推进化工园区封闭管理和智慧化改造（新增） | 县工信局 | 2026年8月底前 | 平台上线。
""",
        "=1 =2 =3 =5",
    ),
    Round(
        "moved-to-another-unit",
        _PLAN,
        f"""
{_HEAD}
4 | 打造城区十五分钟便民生活圈8个 | 县城管局 | 2026年9月底前 | 建成6个。
5 | 推进化工园区封闭管理及智慧化改造 | 县应急局 | 2026年8月底前 | 平台上线。
""",
        "=4 =5",
    ),
    Round(
        "renumbered-figure-raised",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
8 | 建设农村充电桩120个并联网运行 | 县发改局 | 建成70个。
9 | 开展电力保供演练 | 县供电公司 | 演练1次。
""",
        """
序号 | 工作任务 | 牵头单位 | 落实情况
3 | 建设农村充电桩150个并联网运行 | 县发改局 | 建成130个。
""",
        "~1",
    ),
    Round(
        "everything-new-with-the-same-numbers",
        _PLAN,
        f"""
{_HEAD}
1 | 修缮清水河两岸堤防12公里 | 县水利局 | 2026年11月底前 | 修缮8公里。
2 | 建成县中医院新院区 | 县卫健局 | 2026年10月底前 | 主体封顶。
3 | 办结不动产历史遗留问题 | 县自然资源局 | 2026年12月底前 | 办结44个小区。
4 | 举办年货购物节 | 县商务局 | 2026年1月底前 | 已闭幕。
""",
        "+ + + +",
    ),
)
