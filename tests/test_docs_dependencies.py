"""Every dependency is declared, documented and locked; the demo needs all of them but spaCy."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def name_of(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found is not None
    return found[0].lower()


def names_of(requirements: list[object]) -> set[str]:
    return {name_of(requirement) for requirement in requirements if isinstance(requirement, str)}


OPTIONAL = {name for extra in PROJECT["project"]["optional-dependencies"].values() for name in names_of(extra)}
RUNTIME = names_of(PROJECT["project"]["dependencies"]) | OPTIONAL
TOOLS = {name for group in PROJECT["dependency-groups"].values() for name in names_of(group)}


def test_documented_dependencies_are_the_declared_ones() -> None:
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    runtime, tools = page.split("## Khi chạy")[1].split("## Khi thử")
    runtime = runtime.split("\n## ")[0]
    for section, declared in ((runtime, RUNTIME), (tools, TOOLS)):
        rows = [row.split("|") for row in section.splitlines() if row.startswith("| ")][1:]
        assert {row[1].strip().lower() for row in rows} == declared
        assert all(cell.strip() for row in rows for cell in row[1:-1])


def test_demo_runs_without_spacy_and_tantivy_only() -> None:
    lines = (ROOT / "requirements/demo.in").read_text(encoding="utf-8").splitlines()
    assert {name_of(line) for line in lines if not line.startswith("#")} == RUNTIME - {"spacy", "tantivy"}


@pytest.mark.parametrize(("smaller", "larger"), [("demo", "full"), ("full", "test")])
def test_smaller_lock_is_part_of_the_larger(smaller: str, larger: str) -> None:
    # setup/install.sh relies on it: what is installed for the larger serves the smaller.
    def pins(lock: str) -> set[str]:
        text = (ROOT / f"requirements/{lock}.txt").read_text(encoding="utf-8")
        return set(re.findall(r"^[\w.-]+==[^\s;]+", text, re.MULTILINE))

    assert pins(smaller) < pins(larger)


def test_locks_hold_versions_and_hashes_only() -> None:
    line = re.compile(r"[\w.-]+==[^\s;]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        assert [text for text in lock.read_text(encoding="utf-8").splitlines() if not line.fullmatch(text)] == []


def test_packages_import_nothing_undeclared() -> None:
    packages = {"vanthu", "doclint", "digitize"}
    sources = [path.read_text(encoding="utf-8") for package in packages for path in (ROOT / package).rglob("*.py")]
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    owners = packages_distributions()
    foreign = {module.split(".")[0] for module in imported} - sys.stdlib_module_names - packages
    # python-docx and pdfplumber let the exceptions of these two through: they are part of their interface.
    let_through = {"lxml", "pdfminer.six"}
    assert {owners[module][0].lower() for module in foreign} <= RUNTIME | let_through
