"""The models inside the package trueocr: the ones that were measured and no others, opened without network."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from vanthu.errors import VanthuError, os_reason

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from trueocr.page import PageEngine

VERSION = "0.1.1"
HINT = 'pip install "vanthu[trueocr]"'
SHA256 = {
    "det.onnx": "f2bd4cba23e9c328cf7ec824634e423e191a2c6aacbbf35c62bd79dd70f62f59",
    "meta.json": "934c619f2b8579aa0fa0ead0ec20afc79fd92966be0255ebaf821142fe8740cd",
    "order.onnx": "a42db2e8b536ad3d84045a4b7f9b0a72667cf8be4aa02d63f7b38004719fb180",
    "orient.onnx": "20eaf670f55a7cf9facfe1bdd6c7b8e40be75bbf4d48a3df43f66aa3bbd874fd",
    "rec.onnx": "360b800dcbebd1099270f703ac35a43a6c86b40de049c4be78a130184b3bfef0",
}
POSTERIORS = "/LogSoftmax_output_0"
"""The tensor of rec.onnx that holds the posteriors, frames × symbols."""


@dataclass(frozen=True, slots=True)
class Models:
    """The models, opened. ``symbols`` says which column of the posteriors is a letter's; the first is the blank."""

    pages: PageEngine
    reader: InferenceSession
    letters: tuple[str, ...]
    symbols: dict[str, int]
    pad_x: float
    pad_y: float
    max_width: int


def installed() -> bool:
    """Tell whether the release of trueocr that was measured is installed, with what it runs on."""
    try:
        return version("trueocr") == VERSION and all(find_spec(name) for name in ("trueocr", "onnxruntime", "cv2"))
    except PackageNotFoundError:
        return False


def verified() -> dict[str, bytes]:
    """Return the content of the models by name. Raises VanthuError when they are not those that are pinned."""
    found = find_spec("trueocr")
    assert found and found.origin
    return {name: _checked(Path(found.origin).parent / "models" / name) for name in SHA256}


@lru_cache(maxsize=1)
def load() -> Models:
    """Return the models, opened once a process. Raises VanthuError when they are not those that are pinned."""
    import cv2

    content = verified()  # before any code of the package is run
    from trueocr.page import PageEngine

    cv2.setNumThreads(1)  # the pages are what is spread over the cores
    about = json.loads(content["meta.json"])
    letters = tuple(about["charset"])
    pages = PageEngine.__new__(PageEngine)  # it would open a model more, and all in a way that takes twice the time
    pages.long_side = about["det_long_side"]
    pages.det, pages.order = _open(content["det.onnx"]), _open(content["order.onnx"])
    return Models(
        pages,
        _open(_with_output(content["rec.onnx"], POSTERIORS)),
        ("", *letters),
        {letter: number for number, letter in enumerate(letters, start=1)},
        about["pad_x"],
        about["pad_y"],
        about["max_width"],
    )


def _checked(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise VanthuError(f"không mở được mô hình của trueocr ({os_reason(error)})", path=path, hint=HINT) from error
    if hashlib.sha256(content).hexdigest() != SHA256[path.name]:
        raise VanthuError(f"mô hình không phải của trueocr {VERSION} đã kiểm định", path=path, hint=HINT)
    return content


def _open(model: bytes) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it never gives back what the largest page took
    options.enable_mem_pattern = False  # one block for all is had from the system anew for each page
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _with_output(model: bytes, tensor: str) -> bytes:
    """Return a serialised ONNX model with one tensor of floats more among its outputs.

    Protocol buffers that follow each other are merged when read: what is appended is a model that has only a graph (7)
    that has only an output (12), of this name (1) and type (2: a tensor (1) of elements (1) of floats).
    """
    of_floats = _field(2, _field(1, bytes([1 << 3, 1])))
    return model + _field(7, _field(12, _field(1, tensor.encode()) + of_floats))


def _field(number: int, content: bytes) -> bytes:
    assert len(content) < 1 << 7  # longer lengths take more than one byte
    return bytes([number << 3 | 2, len(content)]) + content
