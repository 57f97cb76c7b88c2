"""Faults of layout and typing mended in a copy of a Word file: one module a kind of rule, named as in doclint.checks.

A module has ``fix(draft, options) -> Iterator[Change | Left]``: it changes the XML of the draft in place and tells what
it did, and what it leaves to a person. Content is never changed, nor anything that no rule reports.
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from doclint.api import check_document, choose
from doclint.checks import bind, load_kind
from doclint.config import settings_for
from doclint.document import Document, Span
from doclint.finding import Finding
from doclint.fixes.draft import Change, Draft, Left, open_draft
from doclint.fixes.gate import readable_draft, suffix_of
from doclint.looks import opening
from doclint.rulebook import Rule, load
from vanthu.errors import VanthuError


@dataclass(frozen=True, slots=True)
class Note:
    """A change, or what is left and why, in ``words``: the rule, the place, what stands there."""

    rule: Rule
    place: str
    excerpt: str
    words: str


@dataclass(frozen=True, slots=True)
class Fixes:
    """What became of a file: the bytes of the copy, None when there was nothing to change; what is left."""

    content: bytes | None
    suffix: str
    """What the name of the copy must end in, that Word opens it."""
    changes: tuple[Note, ...]
    left: tuple[Note, ...]
    """Findings of the rules that were to be fixed which are still there."""
    others: tuple[Finding, ...]
    """Findings of all other rules."""


def fix_file(path: Path, names: Sequence[str] = ()) -> Fixes:
    """Fix what the rules ``names`` find in the .docx at ``path`` (all that can be fixed when there are none).

    The rules are as the settings of its folder want them. Raises VanthuError for a file that is not to be changed and
    for a rule whose faults no program should mend.
    """
    rulebook = load()
    _require_safe([rulebook.find(name) for name in names], rulebook.rules.values())
    every = settings_for(path.parent, rulebook)
    chosen = choose(every, rulebook, names, ())
    rules = sorted((rule for rule in chosen.rules if rule.autofix), key=lambda rule: _ORDER.index(rule.kind))
    original = readable_draft(path, replace(chosen, rules=tuple(rules)))
    draft, changes, left = original, list[Note](), list[Note]()
    for rule in rules:
        draft, done, open_ = _fixed(draft, rule)
        changes += done
        left += open_
    known = {rule.id for rule in rules}
    whole = check_document(draft.document, path, settings=every)
    others = tuple(finding for finding in whole.findings if finding.rule not in known)
    content = draft.content if changes else None
    return Fixes(content, suffix_of(draft.package), tuple(changes), tuple(left), others)


def _require_safe(named: Iterable[Rule], rules: Collection[Rule]) -> None:
    for rule in named:
        if not rule.autofix:
            able = ", ".join(sorted(one.code for one in rules if one.autofix))
            raise VanthuError(f"{rule.code} ({rule.id}) phải do người sửa", hint=f"tự sửa được: {able}")


def _fixed(draft: Draft, rule: Rule) -> tuple[Draft, list[Note], list[Note]]:
    """Fix what ``rule`` finds, again while there is something left to do; return what the draft then is."""
    module = importlib.import_module(f"{__name__}.{rule.kind}")
    options = bind(load_kind(rule.kind), rule.options)
    changes: list[Note] = []
    left: list[Note] = []
    for _ in range(_ROUNDS):
        if not (findings := _findings(draft, rule)):
            return draft, changes, []
        if any(waived.finding.rule == rule.id for waived in draft.report.waived):
            # What somebody let be must stay, and a fix goes through the whole text.
            why = "có chỗ cùng quy tắc này được cho bỏ qua, nên tự sửa trong Word"
            return draft, changes, [_note(draft.document, rule, finding.span, why) for finding in findings]
        told = list(cast(Iterator[Change | Left], module.fix(draft, options)))
        left = [_note(draft.document, rule, one.span, one.why) for one in told if isinstance(one, Left)]
        done = [_note(draft.document, rule, one.span, one.what) for one in told if isinstance(one, Change)]
        if not done:
            break
        changes += done
        draft = _renewed(draft)
    remain = _findings(draft, rule)
    unexplained = [_note(draft.document, rule, one.span, f"{one.message} {one.fix}") for one in remain]
    return draft, changes, (left or unexplained) if remain else []


def _renewed(draft: Draft) -> Draft:
    renewed = open_draft(draft.changed(), draft.path, draft.settings)
    if renewed.document.text != draft.expected:
        # Better no copy than one that says something else.
        raise VanthuError(
            "sửa thử rồi đọc lại thì chữ không còn như trước, nên không ghi bản sửa",
            path=draft.path,
            hint="tự sửa trong Word, và gửi tệp cho nhóm phát triển",
        )
    return renewed


def _findings(draft: Draft, rule: Rule) -> list[Finding]:
    return [finding for finding in draft.report.findings if finding.rule == rule.id]


def _note(document: Document, rule: Rule, span: Span, words: str) -> Note:
    return Note(rule, document.place(span).label, document.at(opening(document, span)), words)


_ORDER = (
    # Letters before looks: what a list ends in tells what it is.
    *("unicode_form", "punctuation", "basis_ends", "recipients_form"),
    # Margins are prescribed for A4 only.
    *("paper", "margins", "typefaces", "text_colours", "body_layout", "component_style", "page_numbers"),
)
_ROUNDS = 5
"""How often a fix is tried: places that overlap are mended one after the other."""
