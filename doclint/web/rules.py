"""Rules as pages and programs see them: what ``doclint explain`` prints, and how this office has set them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from doclint.config import Settings
from doclint.finding import Level
from doclint.reporters.explain import CONFIDENCE, FIXABLE, fix_command, scope, without_placeholders
from doclint.reporters.words import clause_words
from doclint.rulebook import Example, Rule, Rulebook


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in a list. ``level`` is the one that the office has set, ``on`` whether it uses the rule at all."""

    id: str
    code: str
    title: str
    family: str
    level: Level
    on: bool
    applies: str


@dataclass(frozen=True, slots=True)
class Basis:
    """A clause that a rule rests on, what it says in our words, when it is in force and how surely we know it."""

    clause: str
    citation: str
    title: str
    text: str
    in_force_from: datetime.date | None
    in_force_to: datetime.date | None
    confidence: str


@dataclass(frozen=True, slots=True)
class RuleExample:
    """A text that the rule reports (``flag``, «…» marks what), lets be (``pass``) or misses as yet (``todo``)."""

    kind: str
    text: str
    looks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleDetail:
    """All that is said of a rule; «…» stands for what a finding fills in."""

    rule: RuleLine
    message: str
    why: str
    fix: str
    fixable: str
    """How ``doclint fix`` mends it, empty when it does not."""
    basis: tuple[Basis, ...]
    options: dict[str, Any]
    examples: tuple[RuleExample, ...]


def rule_lines(settings: Settings) -> list[RuleLine]:
    """Return all rules in the order of their codes, those that the office has switched off too."""
    both = [(rule, True) for rule in settings.rules] + [(rule, False) for rule in settings.off]
    return [_line(rule, on) for rule, on in sorted(both, key=lambda pair: pair[0].code)]


def rule_detail(settings: Settings, rulebook: Rulebook, name: str) -> RuleDetail:
    """Return what is said of the rule with this id or code. Raises VanthuError when there is none."""
    id = rulebook.find(name).id
    rule = next(rule for rule in (*settings.rules, *settings.off) if rule.id == id)
    fixable = f"{FIXABLE} {fix_command(rule)}" if rule.autofix else ""
    return RuleDetail(
        _line(rule, rule in settings.rules),
        without_placeholders(rule.message),
        without_placeholders(rule.why),
        without_placeholders(rule.fix),
        fixable,
        tuple(_basis(rulebook, rule)),
        dict(rule.options),
        tuple(map(_example, rule.examples)),
    )


def _line(rule: Rule, on: bool) -> RuleLine:
    return RuleLine(rule.id, rule.code, rule.title, rule.family, rule.level, on, scope(rule))


def _basis(rulebook: Rulebook, rule: Rule) -> list[Basis]:
    found = []
    for legal in rulebook.legal(rule):
        source = rulebook.sources[legal.source]
        known = f"{CONFIDENCE[source.confidence]}: {source.origin}"
        clause = clause_words(legal.clause)
        found.append(
            Basis(clause, legal.citation, source.title, legal.text, source.in_force_from, source.in_force_to, known)
        )
    return found


def _example(example: Example) -> RuleExample:
    kind = "flag" if example.flag else "pass" if example.passes else "todo"
    text = (example.flag or example.passes or example.todo).rstrip()
    return RuleExample(kind, text, tuple(look.words for look in example.looks))
