"""``doclint.toml``: what an office sets, in the folder of a draft or above it, and where each value came from."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal, TypeVar

from doclint.checks import bind, load_kind
from doclint.office import Office
from doclint.rulebook import Rule, Rulebook
from doclint.schema import SchemaError, build
from vanthu.errors import VanthuError, os_reason
from vanthu.home import home_folder

T = TypeVar("T")
FILE = "doclint.toml"
MAX_BYTES = 1 << 20

Switch = Literal["on", "off", "error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Waiver:
    """Leave to let a rule be, with the reason; ``excerpt`` narrows it to findings that hold these words."""

    rule: str
    reason: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A file as it stands: rules on, off or at another level, their options, those that nobody may switch off."""

    office: Office = field(default_factory=Office)
    rules: Mapping[str, Switch] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    locked: tuple[str, ...] = ()
    waive: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A value in force under its dotted name, and the file that set it: None for the default."""

    name: str
    value: object
    origin: Path | None


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the drafts of a folder: rules as the office wants them, those locked, waivers with their file.

    ``origins`` are the files that set values, by the dotted names of the values.
    """

    rules: tuple[Rule, ...]
    off: tuple[Rule, ...] = ()
    office: Office = field(default_factory=Office)
    locked: frozenset[str] = frozenset()
    waivers: tuple[tuple[Waiver, Path], ...] = ()
    origins: Mapping[str, Path] = field(default_factory=dict)


def settings_for(folder: Path, rulebook: Rulebook) -> Settings:
    """Return what holds for drafts in ``folder``: the user's own file, then those from the top of the disk down.

    A nearer file overrules one above it, but for what that one has locked. Raises VanthuError for a file that cannot be
    read, an unknown key or rule, and an attempt on a locked rule.
    """
    rules = dict(rulebook.rules)
    off: set[str] = set()
    locked: set[str] = set()
    office = Office()
    waivers: list[tuple[Waiver, Path]] = []
    origins: dict[str, Path] = {}
    for path in _files(folder):
        read = _read(path, ConfigFile)
        for name, switch in read.rules.items():
            rule = _free(rulebook, name, path, locked)
            off.discard(rule.id)
            if switch == "off":
                off.add(rule.id)
            elif switch != "on":
                rules[rule.id] = replace(rules[rule.id], level=switch)
            origins[f"rules.{rule.id}"] = path
        for name, options in read.options.items():
            rule = _free(rulebook, name, path, locked)
            rules[rule.id] = _with_options(rules[rule.id], options, path)
            origins |= {f"options.{rule.id}.{key}": path for key in options}
        for known in fields(Office):
            if (value := getattr(read.office, known.name)) != known.default:
                office = replace(office, **{known.name: value})
                origins[f"office.{known.name}"] = path
        if read.office.force:  # a file is named from where the settings stand
            office = replace(office, force=str(path.parent / read.office.force))
        locked |= {_rule(rulebook, name, path).id for name in read.locked}
        origins |= {f"locked.{_rule(rulebook, name, path).id}": path for name in read.locked}
        waivers += _reasoned(read.waive, path, rulebook)
    kept = tuple(rule for id, rule in rules.items() if id not in off)
    unwanted = tuple(rules[id] for id in rules if id in off)
    return Settings(kept, unwanted, office, frozenset(locked), tuple(waivers), origins)


def values(settings: Settings) -> Iterator[Value]:
    """Yield every value in force, by name."""
    known: dict[str, object] = {f"office.{one.name}": getattr(settings.office, one.name) for one in fields(Office)}
    for rule in sorted((*settings.rules, *settings.off), key=lambda rule: rule.code):
        known[f"rules.{rule.id}"] = "off" if rule in settings.off else rule.level
        bound = bind(load_kind(rule.kind), rule.options)
        known |= {f"options.{rule.id}.{one.name}": getattr(bound, one.name) for one in fields(bound)}
        if rule.id in settings.locked:
            known[f"locked.{rule.id}"] = True
    for name, value in known.items():
        yield Value(name, value, settings.origins.get(name))


def read_waivers(path: Path, rulebook: Rulebook) -> tuple[tuple[Waiver, Path], ...]:
    """Return the waivers of the file beside a draft, ``TÊN.docx.doclint.toml``; none when there is no such file."""
    beside = path.with_name(f"{path.name}.{FILE}")
    if not beside.is_file():
        return ()
    return tuple(_reasoned(_read(beside, Sidecar).waive, beside, rulebook))


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The file beside a draft: waivers only."""

    waive: tuple[Waiver, ...] = ()


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files that hold, the farthest first."""
    folder = folder.resolve()
    for above in (home_folder(), *reversed([folder, *folder.parents])):
        with suppress(PermissionError):  # a folder above that the user may not look into
            if (above / FILE).is_file():
                yield above / FILE


def _read(path: Path, kind: type[T]) -> T:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise VanthuError("tệp cấu hình quá lớn", path=path)
        return build(kind, tomllib.loads(path.read_text("utf-8")))
    except SchemaError as error:
        raise VanthuError(error.reason, path=path, hint=error.hint) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise VanthuError(f"TOML sai: {' '.join(str(error).split())}", path=path) from error
    except OSError as error:
        raise VanthuError(f"không đọc được tệp cấu hình ({os_reason(error)})", path=path) from error


def _reasoned(waivers: Sequence[Waiver], path: Path, rulebook: Rulebook) -> Iterator[tuple[Waiver, Path]]:
    """Yield ``waivers`` with the file, each under the id of its rule. Raises VanthuError for one without a reason."""
    for number, waiver in enumerate(waivers):
        if not waiver.reason.strip():
            raise VanthuError(f"waive[{number}]: phải ghi lý do (reason)", path=path)
        yield replace(waiver, rule=_rule(rulebook, waiver.rule, path).id), path


def _with_options(rule: Rule, options: Mapping[str, object], path: Path) -> Rule:
    """Return ``rule`` with these options over its own. Raises VanthuError for one that its kind does not know."""
    changed = replace(rule, options={**rule.options, **options})
    try:
        bind(load_kind(rule.kind), changed.options)
    except VanthuError as error:
        reason = error.reason.replace("options", f"options.{rule.id}", 1)
        raise VanthuError(reason, path=path, hint=error.hint) from error
    return changed


def _free(rulebook: Rulebook, name: str, path: Path, locked: Collection[str]) -> Rule:
    """Return the rule of this name. Raises VanthuError for one that a file above has locked."""
    rule = _rule(rulebook, name, path)
    if rule.id in locked:
        raise VanthuError(f"quy tắc {rule.id} đã bị khóa ở cấp trên, không đổi được", path=path)
    return rule


def _rule(rulebook: Rulebook, name: str, path: Path) -> Rule:
    try:
        return rulebook.find(name)
    except VanthuError as error:
        raise VanthuError(error.reason, path=path, hint=error.hint) from error
