"""Mô tả văn bản từ chữ trên trang: loại, số, ký hiệu, ngày, cơ quan, trích yếu, cạnh mấy biểu thức chính quy.

Chỉnh trên một nửa số văn bản, báo nửa kia. «Chắc» là máy tự nhận; còn lại vào hàng chờ người xem, không đoán.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import tempfile
import zlib
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from benchmarks._ocr_wear import Ink, wear
from benchmarks.anatomy import peer_of
from digitize.describe.describe import describe
from digitize.describe.gazetteer import bodies
from digitize.describe.number import BY_HAND
from digitize.describe.values import ReadPage
from digitize.engines.choose import load, resolve
from digitize.layers.read import read_layer
from digitize.lm.model import load as model_at
from digitize.pages import PageImage, count_pages
from digitize.words import Word, page_text
from doclint.anatomy.types import COPIES, TYPE_NAMES, type_name, type_of_title
from doclint.vietnamese.normalise import fold, nfc
from tests.digitize.describe_specimens import Sheet, printed, spoilt
from vanthu.data import data_folder

CORPORA = data_folder("corpora")
SHARED = Path(os.environ.get("VANTHU_SHARED", CORPORA.parents[1] / "shared")) / "data"
LEVELS = ("office200", "archive200")
DPI = 200
ENGINE = resolve("auto", "vie")
RATES = (0.01, 0.03)  # of letters
SECONDS = 180
A4 = (1654, 2339)
FIELDS = {"type": "loại", "number": "số", "symbol": "ký hiệu", "date": "ngày", "issuer": "cơ quan ban hành",
          "superior": "cơ quan chủ quản", "subject": "trích yếu (F1)", "signer": "người ký"}  # fmt: skip
TARGETS = {"type": 0.98, "number": 0.95, "symbol": 0.95, "date": 0.95, "issuer": 0.95, "subject": 0.93}
HANDWRITTEN = "(viết tay)"

Truth = dict[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A document: where it is from, its name (which half it is in), what is true of it, and its pages."""

    group: str
    name: str
    truth: Truth
    pages: tuple[ReadPage, ...]

    @property
    def half(self) -> str:
        return ("chỉnh", "đo")[zlib.crc32(self.name.encode()) % 2]


@dataclass(slots=True)
class Score:
    """Sums over documents; ``right`` and ``peer`` are shares for the subject, else 0 or 1 each."""

    wanted: int = 0
    right: float = 0.0
    peer: float = 0.0
    sure: int = 0
    sure_right: float = 0.0


def main() -> None:
    os.environ["OMP_THREAD_LIMIT"] = "1"
    report([*_scans(), *_gazette(), *_born_digital(), *_rendered(), *_simulated()])


def report(cases: Sequence[Case]) -> None:
    """Print the table of the half that nothing was tuned on, then how numbers by hand and blank ones fared."""
    scores: defaultdict[tuple[str, str, str], Score] = defaultdict(Score)
    by_hand: Counter[str] = Counter()
    for case in cases:
        described = dict(describe(case.pages).items())
        peer = peer_fields("\n".join(page_text(page.words) for page in case.pages))
        for name, wanted in case.truth.items():
            found = described[name]
            if wanted == HANDWRITTEN:
                flagged = found.status == "review" and (name != "number" or BY_HAND in found.evidence)
                by_hand[f"{name} {'gắn cờ' if flagged else 'sót'}"] += 1
                continue
            score = scores[case.group, case.half, name]
            score.wanted += 1
            right = likeness(name, wanted, found.value)
            score.right += right
            score.peer += likeness(name, wanted, peer.get(name, ""))
            if found.status == "sure":
                score.sure += 1
                score.sure_right += right
    print("| nguồn | trường | số văn bản (đo) | đúng | chắc | đúng trong số chắc | biểu thức | nửa chỉnh: đúng |")
    print("|---|---|---:|---:|---:|---:|---:|---:|")
    for group in dict.fromkeys(case.group for case in cases):
        for name, label in FIELDS.items():
            told, tuned = scores[group, "đo", name], scores[group, "chỉnh", name]
            if told.wanted:
                print(
                    f"| {group} | {label} | {told.wanted} | {_share(told.right, told.wanted)}"
                    f" | {_share(told.sure, told.wanted)} | {_share(told.sure_right, told.sure)}"
                    f" | {_share(told.peer, told.wanted)} | {_share(tuned.right, tuned.wanted)} |"
                )
    print(f"\nSố, ngày viết tay hoặc để trống (cả hai nửa): {dict(by_hand)}.")


def likeness(name: str, wanted: str, got: str) -> float:
    """Return 1 for what is right, and for a subject the F1 of its words."""
    if name == "subject":
        left, right = Counter(_plain(wanted).split()), Counter(_plain(got).split())
        return 2 * (left & right).total() / max(1, left.total() + right.total())
    if name == "symbol" and wanted.islower():  # of the gazette only the address is known, which has no marks
        return float(fold(got).replace("/", "-") == wanted)
    return float(_plain(got) == _plain(wanted))


def _plain(text: str) -> str:
    text = " ".join(re.sub(r"[^\w/&-]+", " ", nfc(text).casefold()).split())
    for old, new in (("uỷ", "ủy"), ("hoà", "hòa"), ("hoá", "hóa"), ("thuỷ", "thủy"), ("toà", "tòa")):
        text = text.replace(old, new)
    return text.removeprefix("v/v ")


def peer_fields(text: str) -> Truth:
    """Return what the expressions of a clerk's script find."""
    found = peer_of(text)
    digits, _, symbol = (found["số, ký hiệu"] or "").partition("/")
    return {
        "type": type_name(found["tên loại"]),
        "number": digits,
        "symbol": symbol,
        "date": found["ngày ban hành"].isoformat() if found["ngày ban hành"] else "",
        "issuer": found["cơ quan ban hành"] or "",
        "subject": found["trích yếu"] or "",
        "signer": found["người ký"] or "",
    }


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.3f}" if whole else "-"


# Sources


def _scans() -> Iterator[Case]:
    """Real scans, as the engine reads them and as a person did; what is true stands in the text checked by eye."""
    truths = sorted((SHARED / "scans" / "gt").glob("*.txt"))
    images = [next((SHARED / "scans" / "images").glob(f"{path.stem}.*")) for path in truths]
    for path, page in zip(truths, _recognised(map(_picture, images)), strict=True):
        lines = path.read_text("utf-8").splitlines()
        truth = _true_of(lines)
        yield Case(f"bản quét thật, {ENGINE}", path.stem, truth, (page,))
        typed = {name: "" if value == HANDWRITTEN else value for name, value in truth.items() if value != HANDWRITTEN}
        yield Case("bản quét thật, chữ đã soát", path.stem, typed, (_lines_page(lines),))


def _gazette() -> Iterator[Case]:
    """The gazette: type, number and symbol from the address, the rest from the text of the file."""
    paths = sorted(path for path in (SHARED / "gazette").glob("*.pdf") if "hop-nhat" not in path.name)
    truths = []
    for path in paths:
        kind, number, symbol = re.match(r"(.+)-so-(\d+)-(.+)-\d+$", path.stem).groups()
        truth = _true_of(path.with_suffix(".txt").read_text("utf-8").splitlines())
        body = next((body.name for body in bodies() if fold(symbol.split("-")[-1]) in map(fold, body.symbols)), "")
        name = next(name for name in TYPE_NAMES if fold(name) == kind.replace("-", " "))
        truth |= {"type": name, "number": truth.get("number", number), "symbol": symbol}
        if int(truth["number"]) != int(number):
            raise ValueError(path)
        truth.pop("issuer", None)
        truths.append(truth | ({"issuer": body} if body else {}))
    for path, truth, page in zip(paths, truths, _recognised(_rendered_pages(paths)), strict=True):
        yield Case(f"công báo, {ENGINE}", path.stem, truth, (page,))
        layer = read_layer(str(path), 1)
        if layer.verdict.kept:
            yield Case("công báo, lớp chữ", path.stem, truth, (ReadPage(1, layer.words, *layer.size),))


def _born_digital() -> Iterator[Case]:
    """Two signed PDFs of a city; their number and day are blank."""
    for path in sorted((SHARED / "born-digital").glob("*.pdf")):
        layer = read_layer(str(path), 1)
        kind = {"kh": "kế hoạch", "tb": "thông báo"}[path.stem.split("_")[1]]
        truth = {"type": kind, "number": HANDWRITTEN, "date": HANDWRITTEN, "issuer": "Ủy ban nhân dân thành phố Hà Nội"}
        yield Case("bản ký số", path.stem, truth, (ReadPage(1, layer.words, *layer.size),))


def _rendered() -> Iterator[Case]:
    """Specimens of ours with labels: all pages by their text, and the first one printed, worn and read by the engine.

    A certified copy has the head of its original and is labelled by its own: left out.
    """
    labels = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((CORPORA / "labels").glob("*.yaml"))]
    labels = [label for label in labels if label["type"] not in COPIES.values()]
    with tempfile.TemporaryDirectory() as folder:
        found = [(label, path) for label in labels for path in [_pdf_of(label["files"][0], Path(folder))] if path]
        for label, path in found:
            layers = [read_layer(str(path), number) for number in range(1, count_pages(str(path), "pdf") + 1)]
            pages = tuple(ReadPage(n, layer.words, *layer.size) for n, layer in enumerate(layers, start=1))
            yield Case("mẫu của ta, lớp chữ", path.stem, _labelled(label), pages)
        for level in LEVELS:
            sheets = (_worn_page(path, level) for _, path in found)
            for (label, path), page in zip(found, _recognised(sheets), strict=True):
                truth = {name: value for name, value in _labelled(label).items() if name != "signer"}
                yield Case(f"mẫu của ta, {level}, {ENGINE}", path.stem, truth, (page,))


def _simulated() -> Iterator[Case]:
    """Heads of real central documents set on a sheet of ours, with slips put in by chance."""
    for path in sorted((SHARED / "superior").glob("*.txt")):
        lines = path.read_text("utf-8")[:4000].replace("\t", "\n").splitlines()
        truth = _true_of(lines)
        if (
            set(truth) >= {"type", "number", "symbol", "date", "issuer", "subject"}
            and HANDWRITTEN not in truth.values()
        ):
            for rate in RATES:
                page = spoilt(printed(_sheet(lines, truth)), rate, zlib.crc32(path.stem.encode()))
                yield Case(f"đầu văn bản thật, {rate:.0%} chữ sai giả lập", path.stem, truth, (page,))


# What is true


def _true_of(lines: Sequence[str]) -> Truth:
    """Return what a clean head says, line by line in its usual order; what it does not say is left out."""
    lines = [" ".join(nfc(line).split()) for line in lines if any(map(str.isalnum, line))][:40]
    truth: Truth = {}
    number = next((n for n, line in enumerate(lines) if re.match(r"(?:Luật |Nghị quyết )?[Ss]ố: ?\d", line)), None)
    if number is not None:
        match = re.match(r"\D*(\d+)( ?)/(.+)$", lines[number])
        if match:
            truth |= {"number": HANDWRITTEN if match[2] else match[1], "symbol": match[3].strip()}
    day = next((found for line in lines if (found := _DAY.match(line))), None)
    if day and int(day[1]) <= monthrange(int(day[3]), int(day[2]))[1]:  # one real head names a day that never was
        by_hand = truth.get("number") == HANDWRITTEN
        truth["date"] = HANDWRITTEN if by_hand else "-".join(f"{int(day[group]):02}" for group in (3, 2, 1))
    title = next((n for n, line in enumerate(lines) if line.isupper() and type_of_title(line)), None)
    end = next((n for n, line in enumerate(lines) if re.match(r"Căn cứ|Kính gửi", line)), None)
    about = next((n for n, line in enumerate(lines) if line.startswith("V/v")), None)
    if title is not None:
        truth["type"] = type_name(type_of_title(lines[title]))
    elif about is not None:
        title, truth["type"] = about - 1, "công văn"
    if title is not None and end is not None and end > title + 1:
        kept = [line for line in lines[title + 1 : end] if not (re.match(_WHO, line) and line.isupper())]
        truth["subject"] = " ".join(kept)
    nation = next((n for n, line in enumerate(lines) if fold(line).startswith("cong hoa x")), None)
    if nation is not None:
        head = [line for line in lines[:nation] if line.isupper() and "CÔNG BÁO" not in line]
        truth["issuer"] = " ".join(head)
    return {name: value for name, value in truth.items() if value}


def _labelled(label: dict[str, Any]) -> Truth:
    number, signer = label["number"] or {}, label["signer"] or {}
    truth = {
        "type": type_name(label["type"]),
        "number": number.get("digits", ""),
        "symbol": number.get("symbol", ""),
        "date": str(label["date"] or ""),
        "issuer": label["issuer"] or "",
        "superior": label["superior"] or "",
        "subject": label["subject"] or "",
        "signer": signer.get("name") or "",
    }
    return {name: value for name, value in truth.items() if value}


# Pages


def _sheet(lines: Sequence[str], truth: Truth) -> Sheet:
    code = f"{truth['number']}/{truth['symbol']}"
    day = date.fromisoformat(truth["date"])
    named = truth["type"].upper()
    text = tuple(line for line in lines if re.match(r"\s*(?:Căn cứ|Theo đề nghị)", line))[:5]
    half = len(truth["issuer"].split()) // 2
    words = truth["issuer"].split()
    return Sheet(
        bodies=(" ".join(words[:half]), " ".join(words[half:])) if len(words) > 5 else (truth["issuer"],),
        number=f"Số: {code}",
        dateline=f"Hà Nội, ngày {day.day:02} tháng {day.month:02} năm {day.year}",
        title=named,
        subject=truth["subject"],
        authority="",
        text=text,
    )


def _lines_page(lines: Sequence[str]) -> ReadPage:
    """Return lines set one under the other at the left margin."""
    empty = printed(Sheet((), (), "", "", title="", subject="", authority="", text=(), recipients=(), signature=()))
    words = []
    for number, line in enumerate(lines):
        at = 200
        for text in line.split():
            words.append(Word(text, at, 100 + 40 * number, at + 12 * len(text), 128 + 40 * number, 96.0, 0, 0, number))
            at += 12 * (len(text) + 1)
    return replace(empty, words=tuple(words), height=140 + 40 * len(lines))


def _picture(path: Path) -> PageImage:
    with Image.open(path) as image:
        return PageImage(image.convert("L"), float(image.info.get("dpi", (DPI, DPI))[0]))


def _rendered_pages(paths: Sequence[Path]) -> Iterator[PageImage]:
    import pypdfium2

    for path in paths:
        yield PageImage(pypdfium2.PdfDocument(path)[0].render(scale=DPI / 72).to_pil().convert("L"), float(DPI))


def _worn_page(path: Path, level: str) -> PageImage:
    import pypdfium2

    sheet = Image.new("L", A4, 255)
    sheet.paste(pypdfium2.PdfDocument(path)[0].render(scale=DPI / 72).to_pil().convert("L").crop((0, 0, *A4)))
    seed = [zlib.crc32(path.stem.encode())]
    content, _, _ = wear(level, sheet, Ink([], [], [], None), Image.new("L", A4, 255), seed)
    return PageImage(Image.open(io.BytesIO(content)), float(DPI))


def _pdf_of(name: str, folder: Path) -> Path | None:
    """Return a specimen as PDF; None for plain text, which has no look, and where LibreOffice is not installed."""
    path = CORPORA / name
    if path.suffix == ".pdf":
        return path
    if path.suffix != ".docx":
        return None
    home = f"-env:UserInstallation=file://{folder}/libreoffice"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    try:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None
    return folder / f"{path.stem}.pdf"


def _recognised(images: Iterable[PageImage]) -> list[ReadPage]:
    """Read pages with the best engine installed and the language model, as ``digitize run`` does."""
    engine = load(ENGINE, "vie", model_at(CORPORA / "lm" / "vi.lm"))
    return [ReadPage(1, engine.read(image, SECONDS).words, *image.image.size) for image in images]


_DAY = re.compile(r"[^,]{2,40}, ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_WHO = r"CHÍNH PHỦ|THỦ TƯỚNG|BỘ TRƯỞNG|CHỦ TỊCH|QUỐC HỘI|HỘI ĐỒNG|ỦY BAN|THỐNG ĐỐC|TỔNG |CHÁNH ÁN|VIỆN TRƯỞNG"
