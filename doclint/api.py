"""Check documents: what the command, the tests and other programs call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from doclint.anatomy import dissect
from doclint.anatomy.parts import Anatomy
from doclint.checks import Context, Stage, bind, load_kind
from doclint.document import Document, Span
from doclint.finding import Finding, Match, Verdict, fingerprints, verdict
from doclint.readers import UnreadableDocument, read
from doclint.readers.unchecked import pages_and_reasons
from doclint.reuse.lookup import Lookup
from doclint.reuse.packs.library import Library
from doclint.reuse.search import Reuse
from doclint.rulebook import Rule, Rulebook, load
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
    """How many rules were for this document."""
    reuse: Reuse | None = None
    """What it has from superior documents, None when nobody asked or there was no library."""

    @property
    def checked(self) -> bool:
        """Tell whether the whole document was checked."""
        return self.error is None

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader of the report must know of how the document was read."""
        own = self.document.notes if self.document is not None else ()
        unknown = self.anatomy is not None and not self.anatomy.type
        return (
            (*own, "không nhận ra tên loại văn bản, nên quy tắc riêng của từng loại không áp dụng") if unknown else own
        )

    @property
    def verdict(self) -> Verdict | None:
        """The advice that the findings add up to, None when the document was not checked or no rule was for it."""
        return verdict(self.findings) if self.checked and self.applied else None


def check(
    path: Path,
    *,
    rules: Sequence[Rule] | None = None,
    stage: Stage = "draft",
    library: Library | None = None,
) -> Report:
    """Read the file at ``path`` and check it against ``rules`` (by default all). Never raises for a bad file.

    Without a ``library`` the rules on copied text find nothing.
    """
    try:
        return check_document(read(path), path, rules=rules, stage=stage, library=library)
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
    rules: Sequence[Rule] | None = None,
    stage: Stage = "draft",
    library: Library | None = None,
) -> Report:
    """Check a document that has been read."""
    rulebook = load()
    anatomy = dissect(document)
    lookup = Lookup(document, anatomy, library) if library is not None else None
    context = Context(anatomy, stage, complete=not document.unchecked, lookup=lookup)
    offered = rulebook.rules.values() if rules is None else rules
    applied = [rule for rule in offered if rule.applies.to(anatomy.regime, anatomy.type)]
    found = [(rule, match) for rule in applied for match in matches(document, rule, context)]
    found.sort(key=lambda pair: (pair[1].span, pair[0].code))
    names = fingerprints((rule.id, document.at(match.span)) for rule, match in found)
    return Report(
        path,
        error=_incomplete(document, path),
        document=document,
        anatomy=anatomy,
        findings=tuple(
            _finding(document, anatomy, rulebook, rule, match, name)
            for (rule, match), name in zip(found, names, strict=True)
        ),
        applied=len(applied),
        reuse=lookup.superior if lookup is not None else None,
    )


def _incomplete(document: Document, path: Path) -> VanthuError | None:
    """Say which pages were not checked; None when all were."""
    if not document.unchecked:
        return None
    return UnreadableDocument(
        pages_and_reasons(document.unchecked), "xử lý các trang ấy rồi soát lại cả tệp", path=path
    )


def matches(document: Document, rule: Rule, context: Context) -> Iterator[Match]:
    """Yield what ``rule`` finds, whatever documents it applies to. Raises VanthuError when it does not fit its kind."""
    try:
        kind = load_kind(rule.kind)
        options = bind(kind, rule.options, rule.message, rule.why, rule.fix)
    except VanthuError as error:
        raise VanthuError(error.reason, path=rule.file, hint=error.hint) from error
    yield from kind.check(document, options, context)


def choose(rulebook: Rulebook, select: Sequence[str], ignore: Sequence[str]) -> list[Rule]:
    """Return the rules named by id or code in ``select`` (all when empty) but not in ``ignore``, in their order.

    Raises VanthuError for a wrong name, and when none is left.
    """
    wanted = {rulebook.find(name).id for name in select} or set(rulebook.rules)
    unwanted = {rulebook.find(name).id for name in ignore}
    if not wanted - unwanted:
        raise VanthuError("không còn quy tắc nào để soát", hint="xem lại --select và --ignore")
    return [rule for id, rule in rulebook.rules.items() if id in wanted - unwanted]


def _finding(
    document: Document, anatomy: Anatomy, rulebook: Rulebook, rule: Rule, match: Match, fingerprint: str
) -> Finding:
    return Finding(
        rule=rule.id,
        code=rule.code,
        title=rule.title,
        family=rule.family,
        level=rule.level,
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
