"""The after-action report: what is in it, and its four forms: a page, Markdown, JSON and a workbook."""
