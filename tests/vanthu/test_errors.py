"""An error is one line for a person, and survives the way from a worker process."""

import pickle

from vanthu.errors import VanthuError


class SpecialError(VanthuError):
    pass


def test_line_names_file_reason_and_next_step() -> None:
    error = VanthuError("tệp rỗng", path="a\nb.pdf", hint="quét lại")
    assert str(error) == "a\\nb.pdf: tệp rỗng → quét lại"


def test_line_without_file_and_hint_is_the_reason() -> None:
    assert str(VanthuError("tệp rỗng")) == "tệp rỗng"


def test_pickling_keeps_the_kind_and_all_parts() -> None:
    error = SpecialError("tệp rỗng", path="a.pdf", hint="quét lại")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is SpecialError
    assert (copy.reason, copy.path, copy.hint) == ("tệp rỗng", "a.pdf", "quét lại")
    assert str(copy) == str(error)
