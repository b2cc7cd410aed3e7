"""Numbers and dates look as a sheet shows them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.files.format_code import builtin_format
from tracker.files.number_format import show

DAY = "46295"  # 2026-09-30


@pytest.mark.parametrize(
    ("raw", "code", "text"),
    [
        ("3", "General", "3"),
        ("3.0", "General", "3"),
        ("-0.5", "General", "-0.5"),
        ("0", "General", "0"),
        ("89.799999999999997", "General", "89.8"),
        ("0.30000000000000004", "General", "0.3"),
        ("1E-5", "General", "0.00001"),
        ("1.5E+300", "General", "1.5E+300"),
        ("123456789012", "G/通用格式", "123456789012"),
        ("110101199001011234", "General", "110101199001011234"),
        ("nan", "General", "nan"),
        ("x", "0.00", "x"),
        ("12", "@", "12"),
        ("0.89800000000000002", "0.0%", "89.8%"),
        ("0.89800000000000002", "0%", "90%"),
        ("1", "0.00%", "100.00%"),
        ("2.5", "0", "3"),
        ("-2.5", "0", "-3"),
        ("-0.2", "0", "0"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("1234567", "#,##0", "1,234,567"),
        ("12", "#,##0", "12"),
        ("-1234.5", "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        ("1234.5", "#,##0.00_);(#,##0.00)", "1,234.50"),
        ("1234.5", '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', "¥1,234.50"),
        ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        ("5", "000", "005"),
        ("7", '"第"0"项"', "第7项"),
        ("7", 'General"项"', "7项"),
        ("123456", '0!.0,"万"', "12.3万"),
        ("1234567", "0.0,,", "1.2"),
        ("12345", '#,##0"万元"', "12,345万元"),
        ("0.5", "#.##", ".5"),
        ("5", "[Red][>=5]0.0;[Blue]0", "5.0"),
        ("4", "[Red][>=5]0.0;[Blue]0", "4"),
        ("12345.678", "0.00E+00", "1.23E+04"),
        ("0.5", "# ?/?", "0.5"),
        ("13800001111", "000-0000-0000", "138-0000-1111"),
        ("8", ";;;", "8"),
        ("0", "0;-0;;@", ""),
        ("1", "[$¥-804]#,##0.00", "¥1.00"),
    ],
)
def test_a_number_looks_as_on_the_sheet(raw, code, text):
    assert show(raw, code)[0] == text


@pytest.mark.parametrize(
    ("raw", "code", "text"),
    [
        (DAY, "yyyy-mm-dd", "2026-09-30"),
        (DAY, "yyyy/m/d", "2026/9/30"),
        (DAY, "yyyy/m/d;@", "2026/9/30"),
        (DAY, 'yyyy"年"m"月"d"日";@', "2026年9月30日"),
        (DAY, "yyyy年m月d日", "2026年9月30日"),
        (DAY, '[$-804]yyyy"年"m"月"d"日"', "2026年9月30日"),
        (DAY, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2026年9月30日"),
        (DAY, 'm"月"d"日"', "9月30日"),
        (DAY, 'yyyy"年"m"月"', "2026年9月"),
        (DAY, "yyyy.mm.dd", "2026.09.30"),
        (DAY, "mmm-yy", "Sep-26"),
        (DAY, "aaaa", "星期三"),
        (DAY, "yyyy-mm-dd h:mm:ss", "2026-09-30"),
        (DAY + ".5", "yyyy-mm-dd h:mm:ss", "2026-09-30 12:00:00"),
        (DAY + ".5625", 'yyyy"年"m"月"d"日" 上午/下午h"时"mm"分"', "2026年9月30日 下午1时30分"),
        (DAY + ".99999999", "yyyy-mm-dd hh:mm", "2026-10-01 00:00"),
    ],
)
def test_a_date_looks_as_on_the_sheet_and_is_typed(raw, code, text):
    shown, value = show(raw, code)
    assert shown == text
    assert value == (date(2026, 10, 1) if "99999" in raw else date(2026, 9, 30))


@pytest.mark.parametrize(
    ("raw", "code", "text"),
    [
        ("0.5", "h:mm", "12:00"),
        ("0.5", "hh:mm:ss", "12:00:00"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.75", "h:mm AM/PM", "6:00 PM"),
        ("0.0006944444", "mm:ss.0", "01:00.0"),
        ("-3", "yyyy-mm-dd", "-3"),
        ("60", "yyyy-mm-dd", "60"),
        ("0", "yyyy-mm-dd", "0"),
        ("99999999", "yyyy-mm-dd", "99999999"),
    ],
)
def test_a_time_or_an_impossible_date_stays_a_number(raw, code, text):
    shown, value = show(raw, code)
    assert shown == text
    assert value == float(raw)


def test_days_may_be_counted_from_1904():
    assert show("0", "yyyy-mm-dd", from_1904=True) == ("1904-01-01", date(1904, 1, 1))


@pytest.mark.parametrize(
    ("number", "text"),
    [(14, "2026/9/30"), (31, "2026年9月30日"), (57, "2026年9月"), (58, "9月30日"), (0, DAY)],
)
def test_chinese_built_in_formats_show_dates(number, text):
    assert show(DAY, builtin_format(number))[0] == text


@given(st.integers(1, 2_958_465).filter(lambda day: day != 60))
def test_every_day_of_the_calendar_comes_back(day):
    shown, value = show(str(day), "yyyy-mm-dd")
    assert shown == value.isoformat()
    assert value.toordinal() == date(1899, 12, 30).toordinal() + day + (day < 60)


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text('0#?.,%;"[]$-@EymdhsG\\_*年 ()', max_size=12),
)
def test_any_code_shows_any_number_without_an_error(number, code):
    text, _ = show(repr(number), code)
    assert isinstance(text, str)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_two_decimals_keep_every_digit(number):
    assert show(str(number), "0.00")[0] == f"{number + 0:.2f}".replace("-0.00", "0.00")
