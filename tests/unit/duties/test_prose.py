"""Units inside sentences."""

from __future__ import annotations

import pytest

from tracker.domain.table import NO_ROLES, Roles
from tracker.duties.prose import prose_asks, prose_roles, unassigned_sentences


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("修桥。由县水利局牵头，6月底前完工。", Roles(("县水利局",))),
        (
            "修桥。由县水利局牵头，县财政局、各乡镇配合，重新选址。",
            Roles(("县水利局",), ("县财政局", "各乡镇")),
        ),
        ("修桥。由县水利局牵头，会同县财政局提出方案。", Roles(("县水利局",), ("县财政局",))),
        (
            "修桥。由县水利局牵头，县财政局等部门按职责分工负责，每季度检查一次。",
            Roles(("县水利局",), responsible=("县财政局",)),
        ),
        ("修桥。按照统一标准，由县水利局结合实际制定办法。", Roles(("县水利局",))),
        (
            "修桥。县水利局会同县财政局、县审计局定期抽查。",
            Roles(("县水利局",), ("县财政局", "县审计局")),
        ),
        ("修桥。请县水利局会同县财政局立即核查。", Roles(("县水利局",), ("县财政局",))),
    ],
)
def test_sentences_assign_in_a_document_without_notes(text: str, roles: Roles) -> None:
    assert prose_roles(text, anywhere=True).roles == roles


def test_beside_notes_only_a_sentence_that_opens_with_it_assigns() -> None:
    assert prose_roles("修桥。由县水利局牵头。", anywhere=False).roles == Roles(("县水利局",))
    assert prose_roles("修桥。按标准由县水利局牵头。", anywhere=False).roles == NO_ROLES
    assert prose_roles("修桥。县水利局会同县财政局抽查。", anywhere=False).roles == NO_ROLES


def test_a_leader_is_a_person() -> None:
    spoken = prose_roles("由县委常委、副县长王明山牵头，县水利局负责。", anywhere=True)
    assert spoken.persons == ("王明山",)
    assert spoken.roles.responsible == ("县水利局",)


@pytest.mark.parametrize(
    "text",
    [
        "修桥。县水利局要抓紧。",
        "修桥。由企业主要负责人担任组长。",
        "修桥。由市财政给予全额贴息。",
        "修桥。请各单位高度重视。",
        "修桥。由此产生的费用自理。",
    ],
)
def test_other_sentences_assign_nothing(text: str) -> None:
    assert not prose_roles(text, anywhere=True)


def test_what_units_must_do_is_asked() -> None:
    text = "修桥。县水利局要抓紧设计。由县财政局负责拨款。各级干部要担当。各单位要重视。"
    assert unassigned_sentences(text) == ["县水利局要抓紧设计。"]


def test_a_request_opens_with_a_unit() -> None:
    assert prose_asks("情况已悉。请县水利局会同县财政局核查。")
    assert not prose_asks("县水利局会同县财政局开展了检查。")
