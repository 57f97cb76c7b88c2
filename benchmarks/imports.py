"""Nạp từng thư viện: số liệu của cột «nạp» trong docs/dependencies.md."""

from benchmarks._processes import compare, python

MODULES = [
    "click",
    "docx",
    "img2pdf",
    "numpy",
    "pdfplumber",
    "pikepdf",
    "PIL.Image",
    "pypdfium2",
    "pytesseract",
    "rich.console",
    "spacy",
    "whoosh.index",
    "yaml",
]


def main() -> None:
    compare({"python -c pass": python("pass")} | {f"import {module}": python(f"import {module}") for module in MODULES})
