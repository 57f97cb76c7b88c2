"""Load and validate rules/: one YAML file a rule, a folder a family, sources/ for the legal texts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from doclint.document import Span
from doclint.finding import Legal, Level
from doclint.schema import SchemaError, build
from vanthu.data import data_folder
from vanthu.errors import VanthuError

T = TypeVar("T")
RegimeFilter = Literal["state", "party", "legal-normative", "any"]


@dataclass(frozen=True, slots=True)
class Applies:
    """Which documents a rule is for; no types means all."""

    regime: RegimeFilter
    types: tuple[str, ...] = ()
    not_types: tuple[str, ...] = ()

    def to(self, regime: str, type_code: str) -> bool:
        """Tell whether the rule is for a document of this regime and type."""
        if self.regime not in ("any", regime):
            return False
        return type_code not in self.not_types and (not self.types or type_code in self.types)


@dataclass(frozen=True, slots=True)
class Basis:
    """A clause of a source: ids in rules/sources."""

    source: str
    clause: str


@dataclass(frozen=True, slots=True)
class Example:
    """A text and whether the rule must report («…» marks what), must stay silent, or is known to miss."""

    flag: str = ""
    passes: str = ""
    todo: str = ""

    @property
    def text(self) -> str:
        """The text without marks."""
        return (self.flag or self.passes or self.todo).replace("«", "").replace("»", "")

    @property
    def marks(self) -> tuple[Span, ...]:
        """The spans between «…», in ``text``."""
        marked = self.flag or self.todo
        spans, start, removed = [], 0, 0
        for position, char in enumerate(marked):
            if char == "«":
                start, removed = position - removed, removed + 1
            elif char == "»":
                spans.append(Span(start, position - removed))
                removed += 1
        return tuple(spans)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its file states it; ``options`` are validated by its kind."""

    id: str
    code: str
    title: str
    kind: str
    level: Level
    applies: Applies
    basis: tuple[Basis, ...]
    message: str
    why: str
    fix: str
    examples: tuple[Example, ...]
    options: Mapping[str, object] = field(default_factory=dict)
    family: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """What a clause says, in our words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A legal document: how it is cited, when it is in force, where our knowledge of it comes from and how sure it is."""

    id: str
    citation: str
    title: str
    clauses: tuple[Clause, ...]
    origin: str
    confidence: Literal["text", "secondary", "seed", "memory"]
    number: str = ""
    date: datetime.date | None = None
    in_force_from: datetime.date | None = None
    in_force_to: datetime.date | None = None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules by id, in the order of their codes, and the sources they rest on."""

    rules: Mapping[str, Rule]
    sources: Mapping[str, Source]

    def find(self, name: str) -> Rule:
        """Return the rule with this id or code. Raises VanthuError with the nearest names."""
        for rule in self.rules.values():
            if name in (rule.id, rule.code) or name.upper() == rule.code:
                return rule
        import difflib

        near = difflib.get_close_matches(
            name, [*self.rules, *(rule.code for rule in self.rules.values())], n=1, cutoff=0.5
        )
        raise VanthuError(
            f"không có quy tắc «{name}»", hint=f"ý bạn là «{near[0]}»?" if near else "xem danh sách: doclint rules"
        )

    def legal(self, rule: Rule) -> tuple[Legal, ...]:
        """Return the clauses that ``rule`` rests on, in words."""
        found = []
        for basis in rule.basis:
            source = self.sources[basis.source]
            text = next(clause.text for clause in source.clauses if clause.id == basis.clause)
            found.append(Legal(source.id, source.citation, basis.clause, text))
        return tuple(found)


@lru_cache(maxsize=4)
def load(folder: Path | None = None) -> Rulebook:
    """Load the rules in ``folder``, by default those of the installation. Raises VanthuError naming file and fault."""
    folder = folder or data_folder("rules")
    sources = [_source(path) for path in sorted((folder / "sources").glob("*.yaml"))]
    rules = [_rule(path) for path in sorted(folder.glob("*/*.yaml")) if path.parent.name != "sources"]
    by_id = {source.id: source for source in sources}
    for rule in rules:
        _require_sources(rule, by_id)
    for key in ("id", "code"):
        values = [getattr(rule, key) for rule in rules]
        for value in values:
            if values.count(value) > 1:
                raise VanthuError(f"hai quy tắc cùng {key} «{value}»")
    return Rulebook({rule.id: rule for rule in sorted(rules, key=lambda rule: rule.code)}, by_id)


def _rule(path: Path) -> Rule:
    data = _yaml(path)
    examples = data.get("examples")
    if isinstance(examples, list):
        # «pass» is a word of Python's; it stays the word of the file.
        data["examples"] = [
            {"passes" if key == "pass" else key: value for key, value in example.items()}
            if isinstance(example, dict)
            else example
            for example in examples
        ]
    rule = _built(Rule, {**data, "family": path.parent.name}, path)
    if rule.id != path.stem:
        raise VanthuError(f"id «{rule.id}» khác tên tệp", path=path, hint=f"đặt id: {path.stem}")
    if not any(example.flag for example in rule.examples) or not any(example.passes for example in rule.examples):
        raise VanthuError("cần ít nhất một ví dụ flag và một ví dụ pass", path=path)
    if any(example.flag and not example.marks for example in rule.examples):
        raise VanthuError("ví dụ flag phải đánh dấu chỗ sai bằng «…»", path=path)
    if not rule.basis:
        raise VanthuError("thiếu căn cứ (basis)", path=path)
    return rule


def _source(path: Path) -> Source:
    source = _built(Source, _yaml(path), path)
    if source.id != path.stem:
        raise VanthuError(f"id «{source.id}» khác tên tệp", path=path, hint=f"đặt id: {path.stem}")
    return source


def _require_sources(rule: Rule, sources: Mapping[str, Source]) -> None:
    for basis in rule.basis:
        source = sources.get(basis.source)
        if source is None:
            raise VanthuError(f"quy tắc {rule.id}: không có nguồn «{basis.source}» trong rules/sources")
        if basis.clause not in [clause.id for clause in source.clauses]:
            raise VanthuError(f"quy tắc {rule.id}: nguồn {source.id} không có điều khoản «{basis.clause}»")


def _yaml(path: Path) -> dict[str, object]:
    import yaml

    # The C loader is ten times as fast; it is there wherever PyYAML's wheel is.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(path.read_text("utf-8"), loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise VanthuError(f"YAML sai: {' '.join(str(error).split())}", path=path) from error
    if not isinstance(data, dict):
        raise VanthuError("phải là các cặp «khóa: giá trị»", path=path)
    return data


def _built(kind: type[T], data: Mapping[str, object], path: Path) -> T:
    try:
        return build(kind, data)
    except SchemaError as error:
        raise VanthuError(error.reason, path=path, hint=error.hint) from error
