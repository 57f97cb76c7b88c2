"""One rule for a person who wants to know more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.anatomy.types import type_name
from doclint.reporters.terminal import LEVEL_NAMES
from doclint.rulebook import Rule, Rulebook

if TYPE_CHECKING:
    from rich.console import Console


def render(rulebook: Rulebook, rule: Rule, console: Console) -> None:
    """Print what the rule is about, the clauses it rests on with their dates, its options and its examples."""
    from rich.padding import Padding
    from rich.text import Text

    console.print(Text.assemble((f"{rule.code} {rule.id}", "bold"), f" · mức {LEVEL_NAMES[rule.level]}"))
    console.print(Text(rule.title, style="bold"))
    console.print(Text(f"Áp dụng: {_scope(rule)}", style="dim"))
    console.print()
    for label, text in (("Vì sao: ", rule.why), ("Cần làm: ", rule.fix)):
        console.print(Text.assemble((label, "bold"), text))
    console.print()
    console.print(Text("Căn cứ", style="bold"))
    for legal in rulebook.legal(rule):
        source = rulebook.sources[legal.source]
        console.print(Padding(Text(f"• {legal.clause}, {legal.citation} {source.title}"), (0, 0, 0, 2)))
        console.print(Padding(Text(legal.text, style="italic"), (0, 0, 0, 4)))
        since = f"từ {source.in_force_from:%d/%m/%Y}" if source.in_force_from else "chưa rõ ngày"
        until = f" đến {source.in_force_to:%d/%m/%Y}" if source.in_force_to else ""
        console.print(
            Padding(
                Text(f"Hiệu lực {since}{until}; {_CONFIDENCE[source.confidence]}: {source.origin}", style="dim"),
                (0, 0, 0, 4),
            )
        )
    for title, texts in (
        ("Bị báo (phần trong «…»)", [example.flag for example in rule.examples if example.flag]),
        ("Không bị báo", [example.passes for example in rule.examples if example.passes]),
        ("Chưa bắt được", [example.todo for example in rule.examples if example.todo]),
    ):
        if texts:
            console.print()
            console.print(Text(title, style="bold"))
        for text in texts:
            console.print(Padding(Text(text.rstrip()), (0, 0, 1, 4)))


def _scope(rule: Rule) -> str:
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


_CONFIDENCE = {
    "text": "đã đọc văn bản",
    "secondary": "theo nguồn thứ cấp",
    "seed": "theo bản chữ nhận dạng",
    "memory": "chưa kiểm chứng",
}
