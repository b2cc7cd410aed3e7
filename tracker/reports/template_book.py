"""What a template's other parts say about the table: names, formulas elsewhere, lists, stamp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from tracker.base.errors import UserError
from tracker.reports import template_package as package
from tracker.reports.template_package import parsed, tag, written
from tracker.reports.template_refs import Area, shifted_area, shifted_formula
from tracker.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.reports.template_package import Parts
    from tracker.reports.template_refs import RowShift
    from tracker.reports.template_sheet import Book
    from tracker.reports.template_value import Template

_AREA, _TITLES = "_xlnm.Print_Area", "_xlnm.Print_Titles"
_CUSTOM = "docProps/custom.xml"
_CUSTOM_KIND = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TEXT_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_STAMP = "tracker."
"""How the properties of our stamp begin: an older one would speak of another round."""
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_BEFORE_NAMES = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
)
_BEFORE_CALCULATION = (*_BEFORE_NAMES, "definedNames")


def title_rows(book: Book, sheet: str) -> tuple[int, int] | None:
    """Return the rows that a sheet repeats on every page; None for none."""
    name = _defined(book, sheet, _TITLES)
    for piece in ("" if name is None else name.text or "").split(","):
        ends = piece.rpartition("!")[2].replace("$", "").split(":")
        if len(ends) == 2 and all(end.isdecimal() for end in ends):
            return int(ends[0]), int(ends[1])
    return None


def move_names(book: Book, template: Template, shift: RowShift) -> list[str]:
    """Move the workbook's names; repeat the heading where nothing is; return warnings."""
    warnings = []
    sheet = template.sheet
    names = book.root.find(tag("definedNames"))
    for name in () if names is None else list(names):
        shifted = shifted_formula(name.text or "", "", sheet, shift)
        name.text = shifted.text
        own = name.get("name", "")
        if shifted.lost and not own.startswith("_xlnm."):
            warnings.append(f"名称“{own}”指向旧表里的{'、'.join(shifted.lost)}，请核对")
    area = _defined(book, sheet, _AREA)
    if area is not None:
        area.text = _down_to(area.text or "", shift)
    if title_rows(book, sheet) is None:
        _repeat_heading(book, template)
    return warnings


def _down_to(text: str, shift: RowShift) -> str:
    """Return a print area that ends with the heading or the table down to the new last row."""
    start, mark, reference = text.rpartition("!")
    area = Area.read(reference)
    if area is None or "," in text or area.bottom != shift.first - 1:
        return text
    return f"{start}{mark}${area.left}${area.top}:${area.right}${shift.new_last}"


def _defined(book: Book, sheet: str, wanted: str) -> Any:  # Any: an element of lxml
    names = book.root.find(tag("definedNames"))
    index = str(book.index(sheet))
    return next(
        (
            name
            for name in (() if names is None else names)
            if name.get("name") == wanted and name.get("localSheetId") == index
        ),
        None,
    )


def _repeat_heading(book: Book, template: Template) -> None:
    from lxml import etree

    rows = f"{quoted(template.sheet)}!${template.top}:${template.bottom}"
    name = _defined(book, template.sheet, _TITLES)
    if name is not None:  # columns only
        name.text = f"{name.text},{rows}"
        return
    names = book.root.find(tag("definedNames"))
    if names is None:
        names = etree.Element(tag("definedNames"))
        _insert(book.root, names, _BEFORE_NAMES)
    name = etree.SubElement(names, tag("definedName"))
    name.set("name", _TITLES)
    name.set("localSheetId", str(book.index(template.sheet)))
    name.text = rows


def quoted(sheet: str) -> str:
    """Return the name of a sheet as it stands in a reference."""
    return "'" + sheet.replace("'", "''") + "'"


def reckon_anew(book: Book) -> None:
    """Let the program that opens the workbook reckon its formulas."""
    from lxml import etree

    found = book.root.find(tag("calcPr"))
    if found is None:
        found = etree.Element(tag("calcPr"))
        _insert(book.root, found, _BEFORE_CALCULATION)
    found.set("fullCalcOnLoad", "1")


def _insert(root: Any, element: Any, names: tuple[str, ...]) -> None:  # Any: elements of lxml
    before = {tag(name) for name in names}
    root.insert(max(at for at, each in enumerate(root) if each.tag in before) + 1, element)


def move_other_sheets(parts: Parts, book: Book, template: Template, shift: RowShift) -> list[str]:
    """Move what the formulas of other sheets say about the table; return warnings."""
    warnings = []
    for name, part in book.sheets:
        if part == template.part or not parts.has(part):
            continue
        content = parts.read(part)
        if b"!" not in content:
            continue
        root, changed = parsed(content), False
        for formula in root.iter(tag("f")):
            shifted = shifted_formula(formula.text or "", name, template.sheet, shift)
            if shifted.lost:
                place = formula.getparent().get("r", "")
                warnings.append(f"工作表“{name}”{place}的公式指向旧表里的一行，请核对")
            if shifted.touched:
                changed = True
                formula.text = shifted.text
                _forget_value(formula)
        if changed:
            parts.write(part, written(root))
            reckon_anew(book)
    return warnings


def move_charts(parts: Parts, template: Template, shift: RowShift) -> None:
    """Stretch what charts draw of the table, and forget the old values they hold."""
    for part in parts.package.names:
        if not part.startswith("xl/charts/chart"):
            continue
        root, changed = parsed(parts.read(part)), False
        for formula in root.iter(f"{{{_CHART}}}f"):
            shifted = shifted_formula(formula.text or "", "", template.sheet, shift)
            if not shifted.touched:
                continue
            formula.text, changed = shifted.text, True
            for name in ("strCache", "numCache", "multiLvlStrCache"):
                for held in formula.getparent().findall(f"{{{_CHART}}}{name}"):
                    held.getparent().remove(held)
        if changed:
            parts.write(part, written(root))


def move_pivots(parts: Parts, book: Book, template: Template, shift: RowShift) -> list[str]:
    """Stretch what pivot tables elsewhere are made of; return warnings.

    Raises:
        UserError: a pivot table stands on the sheet itself, where rows would run into it.
    """
    if parts.targets(template.part, "pivotTable"):
        raise UserError(
            f"模板的工作表“{template.sheet}”里有数据透视表",
            "任务多少不一，填入后会与它相碰",
            "请把数据透视表移到别的工作表，另存后再作模板",
        )
    found = False
    for part in parts.targets(book.part, "pivotCacheDefinition"):
        root = parsed(parts.read(part))
        for source in root.iter(tag("worksheetSource")):
            if source.get("sheet") == template.sheet and source.get("ref"):
                source.set("ref", shifted_area(source.get("ref"), shift))
                root.set("refreshOnLoad", "1")
                found = True
        if found:
            parts.write(part, written(root))
    return ["模板里的数据透视表要在 Excel 里刷新后才是本期的数"] if found else []


def _forget_value(formula: Any) -> None:  # Any: an element of lxml
    cell = formula.getparent()
    value = cell.find(tag("v"))
    if value is not None:
        cell.remove(value)
        cell.attrib.pop("t", None)


def move_lists(parts: Parts, template: Template, shift: RowShift) -> None:
    """Stretch the lists (表格对象) of the sheet over the new rows.

    Raises:
        UserError: a list begins or ends inside of the old table.
    """
    for part in parts.targets(template.part, "table"):
        root = parsed(parts.read(part))
        area = Area.read(root.get("ref", ""))
        if area is None or area.bottom < shift.first:
            continue
        totals = int(root.get("totalsRowCount", "0"))
        overlaps = area.top <= shift.last
        if overlaps and (area.top >= shift.first or area.bottom - totals > shift.last):
            raise UserError(
                f"模板里的表格对象“{root.get('displayName', '')}”与旧表的行不一致",
                f"它的范围是{area}，旧表是第{shift.first}至{shift.last}行",
                "请在 Excel 里把它转换为普通区域，另存后再作模板",
            )
        root.set("ref", shifted_area(str(area), shift))
        for found in root.iter(tag("autoFilter")):
            found.set("ref", shifted_area(found.get("ref", ""), shift))
            for each in list(found):
                found.remove(each)
        for sorted_by in list(root.iter(tag("sortState"))):
            sorted_by.getparent().remove(sorted_by)
        parts.write(part, written(root))


def forget_strings(parts: Parts, part: str, root: Any, gone: set[int], book: Book) -> None:
    """Empty the shared strings that only the old rows used, so that nothing of them is left.

    Their places stay: the others are known by number.
    """
    if not gone or root is None:
        return
    sheets = [part for _, part in book.sheets if parts.has(part)]
    used = {number for sheet in sheets for number in _strings_of(parsed(parts.read(sheet)))}
    strings = list(root.iterchildren(tag("si")))
    empty = False
    for number in gone - used:
        if number < len(strings):
            for each in list(strings[number]):
                strings[number].remove(each)
            strings[number].append(strings[number].makeelement(tag("t")))
            empty = True
    if empty:
        parts.write(part, written(root))


def _strings_of(sheet: Any) -> Iterator[int]:  # Any: an element of lxml
    for cell in sheet.iter(tag("c")):
        value = cell.findtext(tag("v"), "").strip()
        if cell.get("t") == "s" and value.isdecimal():
            yield int(value)


def put_stamp(parts: Parts, properties: Mapping[str, str]) -> None:
    """Write our stamp into the custom properties, in the place of an older one."""
    found = parts.targets("", "custom-properties")
    if not properties and not found:
        return
    if not found:
        lines = "".join(
            f'<property fmtid="{_FORMAT_ID}" pid="{number}" name={quoteattr(name)}>'
            f"<vt:lpwstr>{_escaped(value)}</vt:lpwstr></property>"
            for number, (name, value) in enumerate(properties.items(), 2)
        )
        content = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<Properties xmlns="{_CUSTOM_SPACE}" xmlns:vt="{_TEXT_SPACE}">{lines}</Properties>'
        )
        package.add_part(
            parts,
            "",
            _CUSTOM,
            content.encode(),
            kind=_CUSTOM_KIND,
            content_type=_CUSTOM_TYPE,
        )
        return
    _replace_stamp(parts, found[0], properties)


def _replace_stamp(parts: Parts, part: str, properties: Mapping[str, str]) -> None:
    from lxml import etree

    root = parsed(parts.read(part))
    prefixes = {_STAMP, *(name.partition(".")[0] + "." for name in properties)}
    for each in list(root):
        if any(each.get("name", "").startswith(prefix) for prefix in prefixes):
            root.remove(each)
    number = max((int(each.get("pid", "1")) for each in root), default=1)
    for at, (name, value) in enumerate(properties.items(), number + 1):
        each = etree.SubElement(root, f"{{{_CUSTOM_SPACE}}}property")
        each.set("fmtid", _FORMAT_ID)
        each.set("pid", str(at))
        each.set("name", name)
        etree.SubElement(each, f"{{{_TEXT_SPACE}}}lpwstr").text = printable(value)[0]
    parts.write(part, written(root))


def _escaped(value: str) -> str:
    from xml.sax.saxutils import escape

    return escape(printable(value)[0])
