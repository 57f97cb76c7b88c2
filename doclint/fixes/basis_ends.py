"""The ends of legal bases: a semicolon, after the last one a dot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doclint.checks.basis_ends import Options, end_of, wanted_sign, whole
from doclint.fixes.draft import Change, Draft, Left
from doclint.fixes.typing import Edit, put_after, typed


def fix(draft: Draft, options: Options) -> Iterator[Change | Left]:
    """Put the right sign at the end of every basis that has another one or none."""
    return typed(draft, _edits(draft, options))


def _edits(draft: Draft, options: Options) -> Iterator[Edit | Left]:
    document = draft.document
    bases = [whole(document, basis) for basis in draft.anatomy.bases]
    for basis, follows in zip(bases, [*bases[1:], None], strict=False):
        text = document.at(basis).rstrip()
        wanted = wanted_sign(document, basis, follows, text[-1:])
        if not wanted or text.endswith(wanted):
            continue
        shown = end_of(document, basis, options.words)
        end = basis.start + len(text)
        if _SIGN.search(text):
            what = f"cuối căn cứ: «{text[-1]}» → «{wanted}»"
            yield put_after(draft, end, wanted, what, shown, instead=True)
        elif _WORD.search(text):
            yield put_after(draft, end, wanted, f"cuối căn cứ: thêm «{wanted}»", shown)
        else:
            yield Left(shown, f"cuối dòng là «{text[-1]}»: xem câu đã hết chưa rồi đặt dấu «{wanted}»")


# Not the dots of a place to be filled in.
_SIGN = re.compile(r"(?<![.…,;:/])[.,;]$")
_WORD = re.compile(r"[\w)\]”»\"]$")
