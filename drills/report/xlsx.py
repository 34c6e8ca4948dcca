"""The report's tables as a workbook: every cell is a text, so that nothing in it can be a formula.

Rules
1. A cell's type is set to text whatever it begins with, and Excel is told so too (quotePrefix), so that it stays one
   when somebody edits it.
2. What no sheet may hold is taken out by `scenarios.text.clean` before it comes here; the longest text is cut.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from drills.report import tables
from drills.report.model import Report
from drills.report.tables import Table
from drills.review_text import WATERMARK
from scenarios.text import clean

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_767
"""Characters that a cell may hold."""


def workbook(report: Report) -> bytes:
    """The file: a sheet for each table."""
    from openpyxl import Workbook  # 250 ms that only this form needs

    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for table in (
        tables.events(report), tables.scores(report), tables.improvements(report), tables.texts(report),
        tables.gaps(report),
    ):  # fmt: skip
        _fill(book.create_sheet(table.title), table)
    book.properties.title = f"EXERCISE: {report.cover.title}"
    book.properties.creator = "stormdrill"
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def _fill(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    top = Alignment(wrap_text=True, vertical="top")
    bold, shade = Font(bold=True), PatternFill("solid", fgColor="D8E8EC")
    for number, column in enumerate(table.columns, 1):
        cell = sheet.cell(1, number)
        _write(cell, column.title)
        cell.font, cell.fill, cell.alignment = bold, shade, top
        sheet.column_dimensions[get_column_letter(number)].width = max(8, column.width * 1.25)
    for line, row in enumerate(table.rows, 2):
        for number, text in enumerate(row, 1):
            cell = sheet.cell(line, number)
            _write(cell, text)
            cell.alignment = top
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for margin in (sheet.oddHeader, sheet.oddFooter):
        if margin is not None:
            margin.center.text = WATERMARK


def _write(cell: Cell | MergedCell, text: str) -> None:
    """A text as a text, whatever it looks like."""
    cell.value = clean(text, limit=LONGEST)
    cell.data_type = "s"
    cell.quotePrefix = True
