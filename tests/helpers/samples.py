"""Invented progress tables, as an office sends them round."""

from __future__ import annotations

HEADER = "序号\t具体目标任务\t牵头责任单位\t落实情况"

ROWS = (
    (
        "1",
        "12月底前完成城东滨河步道二期建设。",
        "县住建局 县水利局",
        "步道基础已完成 3.2 公里，占总长的 64%，正在铺设面层。",
    ),
    (
        "2",
        "<p>要盘活闲置厂房，引进农产品加工企业。</p>",
        "<p>县招商办 县工信局 (园区办)</p>",
        "<p><b>县招商办：</b>已对接 6 家，签约 2 家。<b>县工信局：</b>摸底 14 处，增速<5%。</p>",
    ),
    (
        "3",
        "①整治背街小巷10条；②新增停车位500个；③办好夜间集市。",
        "第①、②项由县城管局牵头，第③项由县商务局、东关街道办事处共同负责",
        "①已完成4条。②已划线320个，其余正在选址。③每周五、周六开市。",
    ),
    ("4", "抓紧制定校车管理办法。", "县教育局", "=已形成初稿，正在征求意见。"),
)


def situation_text(rows=ROWS, *, title="王县长在全县干部大会上的讲话部署落实情况表") -> str:
    """Return a document with its table, the header repeated at each page as a copy gives it."""
    lines = [
        "关于王县长讲话部署落实情况的通报",
        "各乡镇人民政府，县直各单位：",
        "现将落实情况予以通报。",
        "2026年2月20日",
        "附件",
        title,
        "",
    ]
    for index in range(0, len(rows), 2):
        lines += [HEADER, *("\t".join(row) for row in rows[index : index + 2]), ""]
    return "\n".join(lines)
