"""What may have been meant by a query that finds nothing: words of the index that are one letter away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

from digitize.index.opened import OpenIndex
from digitize.index.query import And, Node, Or, Words

_LETTERS = "abcdeghiklmnopqrstuvxy0123456789"
_MOST_WORDS, _MOST, _TRIED = 6, 3, 40


def suggestion(index: OpenIndex, query: Node, scoped: Callable[[Node], Node], found: int) -> Node | None:
    """Return a query that finds something where ``query`` finds nothing, None when there is none.

    It is tried on what the asker may see, ``scoped``, so that it tells no word of what he may not.
    """
    if found:
        return None
    best: tuple[int, Node] | None = None
    for other in _others(index, query):
        count, _ = index.reader.best(scoped(other), 1)
        if count and (best is None or count > best[0]):
            best = count, other
    return best[1] if best is not None else None


def _others(index: OpenIndex, query: Node) -> Iterator[Node]:
    """Yield queries with all words changed that the index has nowhere, and of the others as few as can be."""
    spelled = [word for word in dict.fromkeys(_spelled(query)) if len(word) > 1][:_MOST_WORDS]
    choices = [([] if word not in index.words else [word]) + _near(index, word) for word in spelled]
    changes = (dict(zip(spelled, chosen, strict=True)) for chosen in product(*choices))
    for words in sorted(changes, key=lambda words: sum(word != other for word, other in words.items()))[:_TRIED]:
        if any(word != other for word, other in words.items()):
            yield _changed(index, query, {word: other for word, other in words.items() if word != other})


def _near(index: OpenIndex, word: str) -> list[str]:
    """Return the most frequent words of the index that are one letter away."""
    found = sorted(set(_edits(word)) & index.words)
    pages = index.reader.frequency("folded", found)
    return [other for _, other in sorted(zip((-count for count in pages), found, strict=True))][:_MOST]


def _edits(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in _LETTERS)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def _spelled(node: Node) -> Iterator[str]:
    match node:
        case Words():
            yield from () if node.field else node.folded
        case And() | Or():
            for part in node.parts:
                yield from _spelled(part)


def _changed(index: OpenIndex, node: Node, words: dict[str, str]) -> Node:
    """Return ``node`` with words changed; what takes their place is written as the index has it most often."""
    match node:
        case Words() if not node.field:
            folded = tuple(words.get(word, word) for word in node.folded)
            exact = tuple(
                index.accented(words[word]) if word in words else typed
                for word, typed in zip(node.folded, node.exact, strict=True)
            )
            return replace(node, folded=folded, exact=exact)
        case And() | Or():
            return replace(node, parts=tuple(_changed(index, part, words) for part in node.parts))
    return node
