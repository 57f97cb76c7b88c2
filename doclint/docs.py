"""Write the pages of docs/quy-tac from rules/: one a rule, an index, the legal sources. Run by ``make docs``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from doclint.finding import Legal
from doclint.reporters.explain import CONFIDENCE, FIXABLE, fix_command, scope
from doclint.reporters.words import LEVEL_NAMES
from doclint.rulebook import Rule, Rulebook, Source, load
from vanthu.files import write_atomic

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "quy-tac"


def main() -> None:
    """Write the pages and remove those of rules that are gone."""
    FOLDER.mkdir(exist_ok=True)
    written = pages(load())
    for name, text in written.items():
        write_atomic(FOLDER / name, text.encode())
    for path in FOLDER.glob("*.md"):
        if path.name not in written:
            path.unlink()
    print(f"Đã sinh {len(written)} trang trong docs/quy-tac.")


def pages(rulebook: Rulebook) -> dict[str, str]:
    """Return the text of every page by its file name."""
    texts = {"README.md": _index(rulebook), "nguon.md": _sources(rulebook)}
    texts |= {f"{rule.id}.md": _rule(rulebook, rule) for rule in rulebook.rules.values()}
    return {name: "\n".join([_NOTICE, "", *lines, ""]) for name, lines in texts.items()}


def _index(rulebook: Rulebook) -> list[str]:
    lines = [
        "# Các quy tắc của doclint",
        "",
        "`doclint rules` in cùng danh sách này; `doclint explain MÃ` in trang của một quy tắc.",
        "Căn cứ pháp lý và độ tin cậy của từng nguồn: [nguon.md](nguon.md).",
        "Mỗi mức nghĩa là gì: [hướng dẫn](../huong-dan-soan-thao.md#ba-muc).",
    ]
    rules = rulebook.rules.values()
    for family in dict.fromkeys([*_FAMILIES, *(rule.family for rule in rules)]):
        rows = [
            f"| {rule.code} | [{rule.id}]({rule.id}.md) | {LEVEL_NAMES[rule.level]} | {rule.title} |"
            for rule in rules
            if rule.family == family
        ]
        if rows:
            heading = _FAMILIES.get(family, family)
            lines += ["", f"## {heading}", "", "| Mã | Quy tắc | Mức | Báo gì |", "|---|---|---|---|", *rows]
    return lines


def _rule(rulebook: Rulebook, rule: Rule) -> list[str]:
    lines = [
        f"# {rule.code} · {rule.id}",
        "",
        f"**{rule.title}.**",
        "",
        f"Mức: {LEVEL_NAMES[rule.level]}. Áp dụng: {scope(rule)}.",
    ]
    for heading, text in (("Báo gì", rule.message), ("Vì sao", rule.why), ("Cần làm", rule.fix)):
        lines += ["", f"## {heading}", "", _PLACEHOLDER.sub("[…]", text)]
    if rule.autofix:
        lines += ["", f"Tự sửa được: {FIXABLE} `{fix_command(rule)}`"]
    lines += ["", "## Căn cứ", ""]
    lines += [_clause(rulebook.sources[legal.source], legal) for legal in rulebook.legal(rule)]
    if rule.options:
        options = yaml.safe_dump(dict(rule.options), allow_unicode=True, sort_keys=False, width=100)
        lines += ["", "## Tùy chọn", "", "```yaml", options.rstrip(), "```"]
    for heading, examples in (
        ("Bị báo (phần trong «…»)", [example for example in rule.examples if example.flag]),
        ("Không bị báo", [example for example in rule.examples if example.passes]),
        ("Chưa bắt được (phần trong «…»)", [example for example in rule.examples if example.todo]),
    ):
        if examples:
            lines += ["", f"## {heading}"]
        for example in examples:
            text = example.flag or example.passes or example.todo
            lines += ["", "```text", text.rstrip(), "```"]
            if example.looks:
                lines += ["", *(f"- Trình bày {look.words}" for look in example.looks)]
    return lines


def _clause(source: Source, legal: Legal) -> str:
    return (
        f"- [{legal.clause}, {source.citation}](nguon.md#{source.id}): {legal.text}\n"
        f"  {_validity(source)}; {CONFIDENCE[source.confidence]}."
    )


def _sources(rulebook: Rulebook) -> list[str]:
    lines = [
        "# Căn cứ pháp lý",
        "",
        "Nội dung điều khoản ghi theo lời của dự án, không trích nguyên văn. Nguồn nào không ghi «đã đọc văn bản» thì",
        "phải đối chiếu bản chính trước khi dùng làm căn cứ.",
    ]
    for source in rulebook.sources.values():
        lines += ["", f'<a id="{source.id}"></a>', "", f"## {source.citation}", "", f"{source.title}.", ""]
        lines.append(f"- {_validity(source)}.")
        if source.replaced_by:
            lines.append(f"- Thay thế bởi: {source.replaced_by}.")
        lines += [f"- Độ tin cậy: {CONFIDENCE[source.confidence]} ({source.origin}).", ""]
        lines += ["| Điều khoản | Nội dung | Quy tắc dựa vào |", "|---|---|---|"]
        lines += [
            f"| {clause.id} | {clause.text} | {', '.join(_resting(rulebook, source.id, clause.id))} |"
            for clause in source.clauses
        ]
    return lines


def _resting(rulebook: Rulebook, source: str, clause: str) -> Iterator[str]:
    for rule in rulebook.rules.values():
        if any((basis.source, basis.clause) == (source, clause) for basis in rule.basis):
            yield f"[{rule.code}]({rule.id}.md)"


def _validity(source: Source) -> str:
    since = f"từ {source.in_force_from:%d/%m/%Y}" if source.in_force_from else "chưa rõ từ ngày nào"
    return f"Hiệu lực {since}" + (f" đến {source.in_force_to:%d/%m/%Y}" if source.in_force_to else "")


_NOTICE = "<!-- `make docs` sinh trang này từ rules/; sửa ở đó, đừng sửa ở đây. -->"
_PLACEHOLDER = re.compile(r"\{\w+\}")
# In the order in which a clerk should read them.
_FAMILIES = {
    "trung-lap": "Có đáng ban hành không",
    "noi-nhan": "Nơi nhận",
    "nhiem-vu": "Giao việc",
    "vien-dan": "Viện dẫn",
    "the-thuc": "Thể thức",
    "chinh-ta": "Chính tả",
}


if __name__ == "__main__":
    main()
