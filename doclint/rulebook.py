"""Load and validate rules/: one YAML file a rule, a folder a family, sources/ for the legal texts."""

from __future__ import annotations

import datetime
import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from doclint.document import Span
from doclint.example_looks import Look
from doclint.finding import Legal, Level
from doclint.schema import SchemaError, build
from doclint.yaml_file import read_mapping
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
    passes: str = field(default="", metadata={"key": "pass"})
    todo: str = ""
    looks: tuple[Look, ...] = ()
    """How it is printed, for a rule of a kind that reads looks."""

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
    verdict: Literal["revise", "reconsider"] = "revise"
    """``reconsider``: a document with this fault should not be issued at all."""
    autofix: Literal["", "safe"] = ""
    """``safe``: ``doclint fix`` mends it without touching content, by the module of its kind in doclint.fixes."""
    family: str = ""

    @property
    def file(self) -> str:
        """The file of the rule, inside the folder of rules."""
        return f"rules/{self.family}/{self.id}.yaml"


@dataclass(frozen=True, slots=True)
class Clause:
    """What a clause says, in our words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A legal document: how it is cited, when it is in force, where we know it from and how surely."""

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
    """The last day that it is in force, None while nobody knows one."""
    replaced_by: str = ""

    def holds(self, day: datetime.date) -> bool:
        """Tell whether it is in force on ``day``."""
        begun = self.in_force_from is None or self.in_force_from <= day
        return begun and (self.in_force_to is None or day <= self.in_force_to)


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
        names = [*self.rules, *(rule.code for rule in self.rules.values())]
        hint = _near(name, names) or "xem danh sách: doclint rules"
        raise VanthuError(f"không có quy tắc «{name}»", hint=hint)

    def in_force(self, rule: Rule, day: datetime.date) -> bool:
        """Tell whether a document of ``day`` has to keep to ``rule``: one of the texts it rests on is in force."""
        return any(self.sources[basis.source].holds(day) for basis in rule.basis)

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
    for misnamed in sorted(folder.glob("*/*.yml")):
        raise VanthuError("quy tắc phải có đuôi .yaml", path=misnamed, hint=f"đổi tên thành {misnamed.stem}.yaml")
    sources = [_source(path) for path in sorted((folder / "sources").glob("*.yaml"))]
    rules = [_rule(path) for path in sorted(folder.glob("*/*.yaml")) if path.parent.name != "sources"]
    by_id = {source.id: source for source in sources}
    known: dict[str, Rule] = {}
    for rule in rules:
        _require_sources(rule, by_id)
        for name in (rule.id, rule.code):
            if name in known:
                raise VanthuError(f"«{name}» đã là của {known[name].file}", path=rule.file, hint="đặt tên, mã khác")
            known[name] = rule
    return Rulebook({rule.id: rule for rule in sorted(rules, key=lambda rule: rule.code)}, by_id)


def _rule(path: Path) -> Rule:
    rule = _built(Rule, {**read_mapping(path), "family": path.parent.name}, path)
    fault = _fault(rule, path.stem)
    if fault:
        raise VanthuError(fault, path=path)
    return rule


def _fault(rule: Rule, stem: str) -> str:
    """Return what is wrong with a rule whose keys are all right, empty when nothing is."""
    if rule.id != stem:
        return f"id «{rule.id}» khác tên tệp"
    if not re.fullmatch(r"[A-Z]{2}\d{2}", rule.code):
        return f"mã «{rule.code}» phải là hai chữ hoa và hai chữ số, như NN01"
    if not rule.basis:
        return "thiếu căn cứ (basis)"
    for name in ("title", "message", "why", "fix"):
        text = getattr(rule, name)
        if not text.strip():
            return f"{name}: để trống"
        if not _is_template(text):
            return f"{name}: dấu ngoặc nhọn phải thành cặp và có tên bên trong, như {{lead}}"
    if not any(example.flag for example in rule.examples) or not any(example.passes for example in rule.examples):
        return "cần ít nhất một ví dụ flag và một ví dụ pass"
    for number, example in enumerate(rule.examples):
        if sum(map(bool, (example.flag, example.passes, example.todo))) != 1:
            return f"examples[{number}]: cần đúng một trong flag, pass, todo"
        if (example.flag or example.todo) and not _is_marked(example.flag or example.todo):
            return f"examples[{number}]: phải đánh dấu chỗ sai bằng «…», mỗi chỗ một cặp"
        if set(example.passes) & set("«»"):
            return f"examples[{number}]: ví dụ pass không có gì để đánh dấu bằng «…»"
        if absent := next((look.of for look in example.looks if look.of not in example.text), ""):
            return f"examples[{number}]: looks: ví dụ không có «{absent}»"
    return ""


def _is_template(text: str) -> bool:
    try:
        return all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(text))
    except ValueError:
        return False


def _is_marked(text: str) -> bool:
    marks = re.sub("[^«»]", "", text)
    return bool(marks) and not marks.replace("«»", "") and "«»" not in text


def _source(path: Path) -> Source:
    source = _built(Source, read_mapping(path), path)
    if source.id != path.stem:
        raise VanthuError(f"id «{source.id}» khác tên tệp", path=path, hint=f"đặt id: {path.stem}")
    ids = [clause.id for clause in source.clauses]
    for id in ids:
        if not id.strip() or ids.count(id) > 1:
            raise VanthuError(f"điều khoản «{id}» để trống hoặc có hai lần", path=path)
    return source


def _require_sources(rule: Rule, sources: Mapping[str, Source]) -> None:
    for basis in rule.basis:
        source = sources.get(basis.source)
        if source is None:
            raise VanthuError(
                f"không có nguồn «{basis.source}» trong rules/sources",
                path=rule.file,
                hint=_near(basis.source, sources),
            )
        clauses = [clause.id for clause in source.clauses]
        if basis.clause not in clauses:
            raise VanthuError(
                f"nguồn {source.id} không có điều khoản «{basis.clause}»",
                path=rule.file,
                hint=_near(basis.clause, clauses),
            )


def _near(name: str, names: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, list(names), n=1, cutoff=0.5)
    return f"ý bạn là «{near[0]}»?" if near else ""


def _built(kind: type[T], data: Mapping[str, object], path: Path) -> T:
    try:
        return build(kind, data)
    except SchemaError as error:
        raise VanthuError(error.reason, path=path, hint=error.hint) from error
