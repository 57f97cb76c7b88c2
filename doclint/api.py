"""Check documents: what the command, the tests and other programs call."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from doclint.advice import reasons, remedy
from doclint.anatomy import dissect
from doclint.anatomy.parts import Anatomy
from doclint.checks import Context, Kind, Stage, bind, load_kind
from doclint.config import Settings, read_waivers
from doclint.document import Document, Span
from doclint.finding import Finding, Match, Verdict, fingerprints, verdict
from doclint.looks import recognised
from doclint.readers import UnreadableDocument, read
from doclint.readers.unchecked import pages_and_reasons
from doclint.reuse.lookup import Lookup
from doclint.reuse.packs.library import Library
from doclint.reuse.search import Found, Reuse
from doclint.rulebook import Rule, Rulebook, load
from doclint.suppress import Waived, leaves, sift
from vanthu.errors import VanthuError


@dataclass(frozen=True)
class Report:
    """What became of one file: ``error`` says why it could not be checked, or the document was checked in whole.

    When only some pages could be read there are both: an error, and the findings of those pages.
    """

    path: Path
    error: VanthuError | None = None
    document: Document | None = None
    anatomy: Anatomy | None = None
    findings: tuple[Finding, ...] = ()
    applied: int = 0
    """How many rules were for this document and could be checked on it."""
    unread: tuple[str, ...] = ()
    """The codes of rules for this document about what its file does not show: fonts, margins."""
    reuse: Reuse | None = None
    """What it has from superior documents, None when nobody asked or there was no library."""
    waived: tuple[Waived, ...] = ()
    """Findings that somebody let be, with the reason."""
    idle: tuple[str, ...] = ()
    """Leaves that did nothing, in Vietnamese."""
    known: int = 0
    """How many findings an earlier report has and this one leaves out."""

    @property
    def secret(self) -> bool:
        """Tell whether a mark of secrecy stopped the work."""
        return isinstance(self.error, SecretDocument)

    def copied_from(self, finding: Finding) -> Found | None:
        """Return the copy that a finding on copied text stands in, None for another finding."""
        if self.reuse is None or finding.family != "trung-lap":
            return None
        return next((found for found in self.reuse.found if finding.span in found.copy.draft), None)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What decides the advice, the weightiest first."""
        return reasons(self.findings)

    @property
    def remedy(self) -> str:
        """What would make a redundant document worth issuing, empty when it is not redundant."""
        return remedy(self.findings)

    @property
    def checked(self) -> bool:
        """Tell whether the whole document was checked."""
        return self.error is None

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader of the report must know of how the document was read."""
        notes = self.document.notes if self.document is not None else ()
        if self.anatomy is not None and not self.anatomy.type:
            notes += ("không nhận ra tên loại văn bản, nên quy tắc riêng của từng loại không áp dụng",)
        if self.unread and self.document is not None:
            codes = ", ".join(self.unread)
            notes += (f"tệp .{self.document.format} không cho biết đủ cách trình bày, không kiểm tra được {codes}",)
        return notes

    @property
    def verdict(self) -> Verdict | None:
        """The advice that the findings add up to, None when the document was not checked or no rule was for it."""
        return verdict(self.findings) if self.checked and self.applied else None


class SecretDocument(VanthuError):
    """A document with a mark of secrecy: nothing more is done with it on this machine."""

    def __init__(self, reason: str, hint: str = "", *, path: Path | str | None = None) -> None:
        super().__init__(reason, path=path, hint=hint)


def check(
    path: Path,
    *,
    settings: Settings | None = None,
    stage: Stage = "draft",
    library: Library | None = None,
    known: Collection[str] = (),
) -> Report:
    """Read the file at ``path`` and check it as ``settings`` want (by default against all rules).

    Without a ``library`` the rules on copied text find nothing. Findings whose fingerprints are ``known`` are only
    counted. Never raises for a bad file.
    """
    try:
        return check_document(read(path), path, settings=settings, stage=stage, library=library, known=known)
    except UnreadableDocument as error:
        return Report(path, error=error)
    except VanthuError:
        # A rule that does not fit its kind spoils every file: stop, do not blame this one.
        raise
    except Exception as error:
        # The border of one file: whatever goes wrong in it, the others are checked, and this one is not called clean.
        cause = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        reason = f"chương trình gặp lỗi với tệp này ({cause})"
        return Report(path, error=VanthuError(reason, path=path, hint="gửi tệp cho nhóm phát triển"))


def check_document(
    document: Document,
    path: Path,
    *,
    settings: Settings | None = None,
    stage: Stage = "draft",
    library: Library | None = None,
    known: Collection[str] = (),
) -> Report:
    """Check a document that has been read."""
    rulebook = load()
    settings = settings or Settings(tuple(rulebook.rules.values()))
    try:
        waivers = (*settings.waivers, *read_waivers(path, rulebook))
    except VanthuError as error:
        return Report(path, error=error)  # the file beside this draft is wrong; others may be right
    anatomy = dissect(document)
    secrecy = [rule for rule in rulebook.rules.values() if rule.kind == _SECRECY]
    marks = _findings(document, rulebook, secrecy, Context(anatomy))
    if marks:
        return _stopped(document, anatomy, path, marks)
    lookup = Lookup(document, anatomy, library, settings.office) if library is not None else None
    context = Context(anatomy, stage, not document.unchecked, lookup, settings.office)
    day = anatomy.header.date or datetime.date.today()
    meant = [
        rule
        for rule in settings.rules
        if rule.applies.to(anatomy.regime, anatomy.type) and rulebook.in_force(rule, day)
    ]
    applied = [rule for rule in meant if _shows(document, rule)]
    # What looks for marks of secrecy has found none above, or we were not here.
    findings = _findings(document, rulebook, [rule for rule in applied if rule.kind != _SECRECY], context)
    sifted = sift(findings, leaves(document, waivers, rulebook), settings.locked)
    new = tuple(finding for finding in sifted.findings if finding.fingerprint not in known)
    return Report(
        path,
        error=_incomplete(document, path),
        document=document,
        anatomy=anatomy,
        findings=new,
        applied=len(applied),
        unread=tuple(rule.code for rule in meant if rule not in applied),
        reuse=lookup.superior if lookup is not None else None,
        waived=sifted.waived,
        idle=sifted.idle,
        known=len(sifted.findings) - len(new),
    )


def _stopped(document: Document, anatomy: Anatomy, path: Path, marks: tuple[Finding, ...]) -> Report:
    """Report the marks of secrecy and nothing else, whatever the settings say."""
    error = SecretDocument(
        "có dấu chỉ độ mật nên đã dừng, không soát và không so với kho văn bản",
        "soạn và soát văn bản mật trên máy không nối mạng theo quy định; nếu dấu này sai thì bỏ dấu rồi soát lại",
        path=path,
    )
    return Report(path, error=error, document=document, anatomy=anatomy, findings=marks, applied=1)


def _findings(document: Document, rulebook: Rulebook, rules: Sequence[Rule], context: Context) -> tuple[Finding, ...]:
    found = [(rule, match) for rule in rules for match in matches(document, rule, context)]
    found.sort(key=lambda pair: (pair[1].span, pair[0].code))
    names = fingerprints((rule.id, document.at(match.span)) for rule, match in found)
    return tuple(
        _finding(document, context.anatomy, rulebook, rule, match, name)
        for (rule, match), name in zip(found, names, strict=True)
    )


def _shows(document: Document, rule: Rule) -> bool:
    """Tell whether the file shows what the rule is about; a kind may name the only formats that do."""
    formats = getattr(load_kind(rule.kind), "FORMATS", None)
    return formats is None or (document.format in formats and not recognised(document))


def _incomplete(document: Document, path: Path) -> VanthuError | None:
    """Say which pages were not checked; None when all were."""
    if not document.unchecked:
        return None
    return UnreadableDocument(
        pages_and_reasons(document.unchecked), "xử lý các trang ấy rồi soát lại cả tệp", path=path
    )


def matches(document: Document, rule: Rule, context: Context) -> Iterator[Match]:
    """Yield what ``rule`` finds, whatever documents it applies to. Raises VanthuError when it does not fit its kind."""
    kind, options = _bound(rule)
    yield from kind.check(document, options, context)


def _bound(rule: Rule) -> tuple[Kind, Any]:
    """Return the kind of ``rule`` and its options as the kind wants them, made once for each rule."""
    known = _BOUND.get(id(rule))
    if known is None or known[0] is not rule:
        try:
            kind = load_kind(rule.kind)
            options = bind(kind, rule.options, rule.message, rule.why, rule.fix)
        except VanthuError as error:
            raise VanthuError(error.reason, path=rule.file, hint=error.hint) from error
        known = _BOUND[id(rule)] = rule, kind, options
    return known[1], known[2]


def choose(settings: Settings, rulebook: Rulebook, select: Sequence[str], ignore: Sequence[str]) -> Settings:
    """Return ``settings`` with the rules named by id or code in ``select`` (all when empty) but not in ``ignore``.

    A rule that is named is used though the settings switch it off. Raises VanthuError for a wrong name, for a locked
    rule that is to be ignored, and when no rule is left.
    """
    wanted = {rulebook.find(name).id for name in select}
    unwanted = {rulebook.find(name).id for name in ignore}
    if unwanted & settings.locked:
        raise VanthuError(f"quy tắc đã bị khóa, không bỏ được: {', '.join(sorted(unwanted & settings.locked))}")
    offered = (*settings.rules, *settings.off) if wanted else settings.rules
    chosen = tuple(rule for rule in offered if (not wanted or rule.id in wanted) and rule.id not in unwanted)
    if not chosen:
        raise VanthuError("không còn quy tắc nào để soát", hint="xem lại --select, --ignore và doclint.toml")
    return replace(settings, rules=chosen)


def _finding(
    document: Document, anatomy: Anatomy, rulebook: Rulebook, rule: Rule, match: Match, fingerprint: str
) -> Finding:
    return Finding(
        rule=rule.id,
        code=rule.code,
        title=rule.title,
        family=rule.family,
        level=match.level or rule.level,
        span=match.span,
        excerpt=document.at(match.span),
        part=_part(anatomy, match.span),
        place=document.place(match.span).label,
        message=rule.message.format_map(match.values),
        why=rule.why.format_map(match.values),
        fix=rule.fix.format_map(match.values),
        basis=rulebook.legal(rule),
        fingerprint=fingerprint,
        verdict=rule.verdict,
    )


def _part(anatomy: Anatomy, span: Span) -> str:
    """Return the part of the document a span stands in, as a clerk calls it."""
    if anatomy.recipients is not None and any(span.overlaps(item.span) for item in anatomy.recipients.items):
        return "Nơi nhận"
    if any(span.overlaps(addressee.span) for addressee in anatomy.addressees):
        return "Kính gửi"
    if any(span.overlaps(basis) for basis in anatomy.bases):
        return "Căn cứ"
    if anatomy.signature is not None and span.start >= anatomy.signature.authority.start:
        return "Ký tên"
    index = anatomy.body.at(span.start)
    if index >= 0:
        path = anatomy.body.path(index)
        return f"Nội dung, {'mục ' if not path.startswith('Điều') else ''}{path}" if path else "Nội dung"
    if anatomy.closing is not None and span.overlaps(anatomy.closing):
        return "Đoạn kết"
    if any(span.overlaps(appendix.span) for appendix in anatomy.appendices):
        return "Phụ lục"
    return "Phần đầu"


_SECRECY = "secrecy"
"""The kind of the rule that stops all work."""
_BOUND: dict[int, tuple[Rule, Kind, Any]] = {}
"""Rules that were used, by identity: it keeps them, so no other object can have it."""
