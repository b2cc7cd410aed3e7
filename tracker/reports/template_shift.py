"""Everything on a template's sheet that stands at rows, moved with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.files.sheet import column_letters
from tracker.reports.template_package import tag
from tracker.reports.template_refs import Area, shifted_area, shifted_areas, shifted_formula

if TYPE_CHECKING:
    from tracker.reports.template_refs import RowShift
    from tracker.reports.template_sheet import SheetView

_XM = "http://schemas.microsoft.com/office/excel/2006/main"
MARK = "tracker-rows"
"""A processing instruction that stands where the new rows go."""


class SheetShift:
    """Takes the old rows out of a sheet and moves what stands below.

    Attributes:
        warnings: what could not be kept.
        depends: a formula names cells of the table, so that it must be reckoned anew.
        strings: the shared strings that the old rows used.
    """

    def __init__(self, view: SheetView, sheet: str, shift: RowShift) -> None:
        self._root, self._view, self._sheet, self._shift = view.root, view, sheet, shift
        self.warnings: list[str] = []
        self.depends = False
        self.strings: set[int] = set()

    def apply(self, merges: list[Area]) -> None:
        """Do it; `merges` are merged areas of the new rows."""
        self._unshare()
        self._rows()
        self._merges(merges)
        for name in ("conditionalFormatting", "dataValidation", "ignoredError", "protectedRange"):
            self._areas(name)
        self._extensions()
        self._filter()
        self._links()
        self._breaks()
        self._views()

    def _all(self, name: str) -> list[Any]:  # Any: elements of lxml
        return list(self._root.iter(tag(name)))

    def formula(self, text: str, where: str) -> str:
        """Return a formula of this sheet after the shift; tell what it lost."""
        shifted = shifted_formula(text, self._sheet, self._sheet, self._shift)
        self.depends = self.depends or shifted.touched
        if shifted.lost:
            self.warnings.append(
                f"{where}的公式指向旧表里的{'、'.join(shifted.lost)}，请核对：={shifted.text}"
            )
        return shifted.text

    def _unshare(self) -> None:
        """Write out the formulas that were given once for several cells."""
        from openpyxl.formula.translate import Translator

        masters: dict[str, tuple[str, str]] = {}
        for formula in self._all("f"):
            if formula.get("t") != "shared":
                continue
            number, place = formula.get("si", ""), formula.getparent().get("r", "")
            if formula.text:
                masters[number] = place, formula.text
            elif number in masters:
                origin, text = masters[number]
                whole = Translator(f"={text}", origin).translate_formula(place)
                formula.text = whole.removeprefix("=")
            for name in ("t", "si", "ref"):
                formula.attrib.pop(name, None)

    def _rows(self) -> None:
        from lxml import etree

        data = self._root.find(tag("sheetData"))
        mark, below = etree.ProcessingInstruction(MARK), None
        for number, row in sorted(self._view.rows.items()):
            if self._shift.holds(number):
                self._note_strings(row)
                data.remove(row)
                continue
            below = row if below is None and number > self._shift.last else below
            self._move_row(row, number)
        if below is None:
            data.append(mark)
        else:
            below.addprevious(mark)
        used = self._root.find(tag("dimension"))
        area = None if used is None else Area.read(used.get("ref", ""))
        if area is not None:
            bottom = max(self._shift.new_last, self._shift.row(area.bottom))
            used.set("ref", str(Area(area.left, area.top, area.right, bottom)))

    def _note_strings(self, row: Any) -> None:  # Any: an element of lxml
        for cell in row.iterchildren(tag("c")):
            value = cell.find(tag("v"))
            if cell.get("t") == "s" and value is not None and (value.text or "").isdecimal():
                self.strings.add(int(value.text))

    def _move_row(self, row: Any, number: int) -> None:  # Any: an element of lxml
        new = self._shift.row(number)
        row.set("r", str(new))
        for column, cell in list(self._view.cells(number)):
            place = f"{column_letters(column)}{new}"
            cell.set("r", place)
            formula = cell.find(tag("f"))
            if formula is not None:
                self._move_formula(cell, formula, place)

    def _move_formula(self, cell: Any, formula: Any, place: str) -> None:  # Any: of lxml
        if formula.get("ref"):
            formula.set("ref", shifted_area(formula.get("ref"), self._shift) or place)
        if not formula.text:
            return
        before, depends = formula.text, self.depends
        self.depends = False
        formula.text = self.formula(before, f"单元格{place}")
        value = cell.find(tag("v"))
        if value is not None and self.depends:
            cell.remove(value)  # of the old table; the program that opens the file reckons anew
            cell.attrib.pop("t", None)
        self.depends = self.depends or depends

    def _merges(self, merges: list[Area]) -> None:
        from lxml import etree

        found = self._root.find(tag("mergeCells"))
        kept = []
        for area in self._view.merges():
            if area.bottom < self._shift.first or area.top > self._shift.last:
                kept.append(shifted_area(str(area), self._shift))
        kept += map(str, merges)
        if found is None:
            if not kept:
                return
            found = etree.Element(tag("mergeCells"))
            _after(self._root, found, _BEFORE_MERGES)
        for each in list(found):
            found.remove(each)
        for ref in kept:
            etree.SubElement(found, tag("mergeCell")).set("ref", ref)
        found.set("count", str(len(kept)))
        if not kept:
            self._root.remove(found)

    def _areas(self, name: str) -> None:
        """Stretch lists of areas and the formulas in them."""
        for element in self._all(name):
            old = element.get("sqref", "")
            new = shifted_areas(old, self._shift)
            if not new:
                _remove(element)
                continue
            element.set("sqref", new)
            for formula in element.iter(tag("formula"), tag("formula1"), tag("formula2")):
                if formula.text:
                    formula.text = self._relative(formula.text, old, new)

    def _relative(self, text: str, old: str, new: str) -> str:
        """Return a formula that is said for the first cell of a list of areas."""
        from openpyxl.formula.translate import Translator

        start, end = _first_cell(old), _first_cell(new)
        row = Area.read(start)
        if start != end and row is not None and self._shift.holds(row.top):
            # the first cell of the old areas was not the first of the table
            text = Translator(f"={text}", start).translate_formula(end).removeprefix("=")
        return shifted_formula(text, self._sheet, self._sheet, self._shift).text

    def _extensions(self) -> None:
        for element in list(self._root.iter(f"{{{_XM}}}sqref")):
            old = element.text or ""
            new = shifted_areas(old, self._shift)
            owner = element.getparent()
            if not new:
                _remove(owner)
                continue
            element.text = new
            for formula in owner.iter(f"{{{_XM}}}f"):
                if formula.text:
                    formula.text = self._relative(formula.text, old, new)

    def _filter(self) -> None:
        found = self._root.find(tag("autoFilter"))
        if found is not None:
            new = shifted_area(found.get("ref", ""), self._shift)
            if len(found):
                self.warnings.append("模板里的筛选条件已取消，筛选按钮保留")
            for each in list(found):
                found.remove(each)
            found.set("ref", self._down_to_last(new))
        sorted_by = self._root.find(tag("sortState"))
        if sorted_by is not None:
            self._root.remove(sorted_by)

    def _down_to_last(self, ref: str) -> str:
        """Return the area of a filter; one over the heading alone reaches over the new rows."""
        area = Area.read(ref)
        if area is None or area.bottom != self._shift.first - 1:
            return ref
        return str(Area(area.left, area.top, area.right, self._shift.new_last))

    def _links(self) -> None:
        for link in self._all("hyperlink"):
            area = Area.read(link.get("ref", ""))
            if area is None:
                continue
            if self._shift.holds(area.top):
                _remove(link)
            else:
                link.set("ref", shifted_area(link.get("ref"), self._shift))

    def _breaks(self) -> None:
        found = self._root.find(tag("rowBreaks"))
        if found is None:
            return
        for each in list(found):
            after = int(each.get("id", "0"))
            if self._shift.first <= after < self._shift.last:
                found.remove(each)
            elif after >= self._shift.last:
                each.set("id", str(after + self._shift.delta))
        left = len(found)
        found.set("count", str(left))
        found.set("manualBreakCount", str(sum(each.get("man") == "1" for each in found)))
        if not left:
            self._root.remove(found)

    def _views(self) -> None:
        """Let the sheet open at its beginning."""
        for view in self._all("sheetView"):
            view.attrib.pop("topLeftCell", None)
        for pane in self._all("pane"):
            area = Area.read(pane.get("topLeftCell", ""))
            if area is not None and area.top > self._shift.first:
                pane.set("topLeftCell", f"{area.left}{self._shift.first}")
        for selection in self._all("selection"):
            area = Area.read(selection.get("activeCell", ""))
            if area is not None and area.top >= self._shift.first:
                place = f"{area.left}{self._shift.first}"
                selection.set("activeCell", place)
                selection.set("sqref", place)


_BEFORE_MERGES = (
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
)


def _after(root: Any, element: Any, names: tuple[str, ...]) -> None:  # Any: elements of lxml
    """Put an element behind the last of those named."""
    last = max(at for at, each in enumerate(root) if each.tag in {tag(name) for name in names})
    root.insert(last + 1, element)


def _remove(element: Any) -> None:  # Any: an element of lxml
    """Take an element out, and every list around it that holds nothing any more."""
    owner = element.getparent()
    owner.remove(element)
    while owner.getparent() is not None:
        if len(owner):
            if owner.get("count") is not None:
                owner.set("count", str(len(owner)))
            return
        owner, empty = owner.getparent(), owner
        owner.remove(empty)


def _first_cell(areas: str) -> str:
    area = Area.read(areas.split()[0]) if areas.split() else None
    return "A1" if area is None else f"{area.left}{area.top}"
