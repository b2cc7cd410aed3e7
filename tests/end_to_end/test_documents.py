"""A Word document goes the whole way: read, imported, imported again."""

from __future__ import annotations

from tests.helpers.command import command
from tests.helpers.documents import document, paragraph, row, table

HEADER = row("序号", "工作任务", "牵头单位", "完成时限", "落实情况")


def two_pages() -> bytes:
    return document(
        paragraph("云溪县重点工作落实情况表")
        + paragraph("填报单位：县督查室")
        + paragraph("截至2026年6月底")
        + table(
            HEADER,
            row("1", "建设园区道路", "县住建局", "2026年9月底前", "路基完成。"),
            row("2", "招商引资", "县商务局", "2026年底前", "签约三个，其中"),
        )
        + paragraph()
        + table(
            row("", "", "", "", "开工一个。"),
            row("3", "新建小学", "县教育局", "2026年8月底前", "已封顶。"),
        )
    )


def test_a_document_is_imported_once_and_found_the_same_again(tmp_path):
    path, office = tmp_path / "上期.docx", tmp_path / "台账.db"
    path.write_bytes(two_pages())
    read = command("table", path, "--json").json
    assert read["title"] == "云溪县重点工作落实情况表"
    assert read["date"] == "2026-06-30"
    assert [r["progress"] for r in read["rows"]] == [
        "路基完成。",
        "签约三个，其中开工一个。",
        "已封顶。",
    ]
    assert "略过表外文字（填报信息）：填报单位：县督查室" in command("table", path).out
    first = command("import", path, "--db", office, "--apply", "--json").json
    assert len(first["create"]) == 3
    again = command("import", path, "--db", office, "--json").json
    assert (again["create"], again["update"], again["same"]) == ([], [], 3)
