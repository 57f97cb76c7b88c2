"""One rule for a person who wants to know more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.anatomy.types import type_name
from doclint.reporters.terminal import indented
from doclint.reporters.words import LEVEL_NAMES, clause_words
from doclint.rulebook import Rule, Rulebook

if TYPE_CHECKING:
    from rich.console import Console


def render(rulebook: Rulebook, rule: Rule, console: Console) -> None:
    """Print what the rule is about, the clauses it rests on with their dates, and its examples."""
    from rich.text import Text

    indented(console, 0, Text.assemble((f"{rule.code} {rule.title}", "bold"), f" · mức {LEVEL_NAMES[rule.level]}"))
    indented(console, 0, Text(f"Tên: {rule.id}. Áp dụng: {scope(rule)}.", style="dim"))
    console.print()
    for label, text in (("Vì sao: ", rule.why), ("Cần làm: ", rule.fix)):
        indented(console, 0, Text.assemble((label, "bold"), without_placeholders(text)))
    if rule.autofix:
        indented(console, 0, Text.assemble(("Tự sửa được: ", "bold"), FIXABLE, " ", fix_command(rule)))
    console.print()
    console.print(Text("Căn cứ", style="bold"))
    for legal in rulebook.legal(rule):
        source = rulebook.sources[legal.source]
        indented(console, 2, Text(f"• {clause_words(legal.clause)} {legal.citation} {source.title}"))
        indented(console, 4, Text(legal.text, style="italic"))
        since = f"từ {source.in_force_from:%d/%m/%Y}" if source.in_force_from else "chưa rõ ngày"
        until = f" đến {source.in_force_to:%d/%m/%Y}" if source.in_force_to else ""
        known = f"{CONFIDENCE[source.confidence]}: {source.origin}"
        indented(console, 4, Text(f"Hiệu lực {since}{until}; {known}", style="dim"))
    for title, examples in (
        ("Bị báo (phần trong «…»)", [example for example in rule.examples if example.flag]),
        ("Không bị báo", [example for example in rule.examples if example.passes]),
        ("Chưa bắt được", [example for example in rule.examples if example.todo]),
    ):
        if examples:
            console.print()
            console.print(Text(title, style="bold"))
        for example in examples:
            for line in (example.flag or example.passes or example.todo).rstrip().split("\n"):
                indented(console, 4, Text(line))
            for look in example.looks:
                indented(console, 4, Text(f"Trình bày {look.words}", style="italic"))
            console.print()


def without_placeholders(text: str) -> str:
    """Return the text of a rule with «…» for what a finding will fill in."""
    return re.sub(r"«?\{\w+\}»?", "«…»", text)


def fix_command(rule: Rule) -> str:
    """Return the command that mends what ``rule`` finds."""
    return f"doclint fix DỰ-THẢO.docx --output BẢN-SỬA.docx --only {rule.code}"


def scope(rule: Rule) -> str:
    """Return which documents the rule is for, in words."""
    regime = {
        "state": "văn bản hành chính nhà nước",
        "party": "văn bản của Đảng",
        "legal-normative": "văn bản quy phạm pháp luật",
        "any": "mọi văn bản",
    }[rule.applies.regime]
    names = [_name(code) for code in rule.applies.types if code]
    excluded = [_name(code) for code in rule.applies.not_types]
    return regime + (f" ({', '.join(names)})" if names else "") + (f", trừ {', '.join(excluded)}" if excluded else "")


def _name(code: str) -> str:
    return "công văn" if code == "CV" else type_name(code) or code


CONFIDENCE = {
    "text": "đã đọc văn bản",
    "secondary": "theo nguồn thứ cấp",
    "seed": "theo bản chữ nhận dạng",
    "memory": "chưa kiểm chứng",
}
FIXABLE = "phần máy sửa được chắc chắn, ghi ra bản sao .docx, không đụng đến nội dung:"
