"""Lines of a table that are no task: totals, signatures, remarks, marks of pages and annexes."""

from __future__ import annotations

import re

from tracker.tables.cells import squeezed
from tracker.text.numerals import to_half_width

_META = re.compile(
    r"^(?:填报|填表|制表|编制|报送|上报|汇总|统计)(?:单位|部门|科室|日期|时间|人)"
    r"(?:[（(](?:盖章|公章|签章|章)[）)])?[：:]"
    r"|^(?:单位|部门|日期|时间|期数)(?:[（(](?:盖章|公章|签章|章)[）)])?[：:]"
    r"|^[（(]?(?:统计|数据)?截[至止](?:到|时间|日期)?[：:]?.{0,12}(?:\d日?|底|末|止|目前)[）)]?$"
    r"|^[（(]?(?:计量)?单位[：:].{1,8}[）)]?$"
    r"|^[（(]?20\d\d年(?:第?[一二三四1-4]季度|\d{1,2}月份?|上半年|下半年)[）)]?$"
    r"|^第?[\d一二三四五六七八九十]+期$"
)
_MARK = re.compile(
    r"^(?:附件|附表|附)[\d一二三四五六七八九十\-－.]*(?:[（(]?续[）)]?)?[：:]?$"
    r"|^[（(]?续(?:表|上表|前表)?[）)]?[\d一二三]*$"
)
_CONTINUED = re.compile(r"[（(【〔]?续(?:表|上表|前表)?[\d一二三]*[）)】〕]?$")
_TOTAL = re.compile(
    r"^(?:合计|总计|小计|共计|累计|总数|平均|本页小计)(?:[：:（(].*|[\d.]+.{0,3})?$"
)
_SIGNATURE = re.compile(
    r"^(?:填表人|填报人|审核人|审批人|审签人|制表人|经办人|复核人|联系人|联络人|签发人|校对人|"
    r"(?:主要|分管|单位|部门|科室)?(?:领导|负责人|责任人)(?:签字|签名|签章|审签|意见)?|"
    r"(?:单位|部门)?[（(]?(?:盖章|公章|签章)[）)]?|联系电话|联系方式|电话|手机|填报日期|填表日期|填报时间|"
    r"填表时间|制表日期|填报单位|填表单位|报送单位|审核|审批|签字|签名)"
    r"(?:[（(](?:签字|签名|盖章|签章|公章)[）)])?[：:]"
)
_REMARK = re.compile(
    r"^[*※]?[（(【\[]?(?:注|备注|说明|图例|附注|注意|填报说明|填表说明|填写说明|有关说明|注意事项)"
    r"\d{0,2}[）)】\]]?[：:]|^[*※]{1,2}(?=\D)|^(?:填报说明|填表说明|填写说明)$"
)
_REMARK_POINT = re.compile(r"^(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳])")
_DATE_ONLY = re.compile(
    r"^(?:20\d\d[年./\-]\d{1,2}[月./\-](?:\d{1,2}日?)?|[二〇○零一二三四五六七八九十]{4}年[一二三四五六七八九十]{1,3}月"
    r"[一二三四五六七八九十]{1,3}日)$"
)
_PAGE = re.compile(r"^(?:第?\d+页(?:[,，/]?共\d+页)?|[—\-－–]+\d+[—\-－–]+|\d+/\d+|-\d+-)$")
_RULE = re.compile(r"^[-—=*_~－]{2,}$")

_TESTS = (
    (_TOTAL, "合计行"),
    (_REMARK, "说明"),
    (_SIGNATURE, "落款签字"),
    (_DATE_ONLY, "落款日期"),
    (_PAGE, "页码"),
    (_RULE, "分隔线"),
    (_MARK, "附件或续表标记"),
)


def notice(text: str) -> str:
    """Return why a line with this first text is no task; empty where nothing says so."""
    if text.isdecimal():
        return ""
    text = to_half_width(squeezed(text))
    return next((why for test, why in _TESTS if test.search(text)), "")


def is_meta(text: str) -> bool:
    """Tell whether a line tells about the table: who filled it in, when, up to when."""
    return not text.isdecimal() and _META.search(to_half_width(squeezed(text))) is not None


def is_mark(text: str) -> bool:
    """Tell whether a line is “附件1”, “续表” or the like."""
    return _MARK.search(to_half_width(squeezed(text))) is not None


def without_continued(text: str) -> str:
    """Return a repeated title or number without the （续） behind it, and without white space."""
    return _CONTINUED.sub("", squeezed(text))


def is_date_line(text: str) -> bool:
    """Tell whether a line is a date and nothing else."""
    return _DATE_ONLY.search(to_half_width(squeezed(text))) is not None


def is_rule(text: str) -> bool:
    """Tell whether a line is drawn, not written (“---”)."""
    return _RULE.search(squeezed(text)) is not None


def continues_remark(text: str) -> bool:
    """Tell whether a line below a remark is its next point."""
    return _REMARK_POINT.search(to_half_width(squeezed(text))) is not None
