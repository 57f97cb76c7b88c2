"""The documents that the OCR benchmarks print: our own, laid out as Decree 30/2020 wants, as PDF by LibreOffice."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
TEXTS = Path(__file__).with_name("_ocr_texts")
# The weights of the language model were tuned on every third pair of judged drafts, from the first: those of `test`
# are from between. None of all these is in the text that the shipped model was counted from.
JUDGED = {
    "dev": (
        "b-bb-kiem-tra-nha-an",
        "g-bc-sau-thang-chan-chinh-le-loi",
        "g-cv-chuyen-huong-dan-sot-xuat-huyet",
        "g-qd-dieu-dong-mot-cong-chuc",
        "h-cd-ung-pho-mua-lon",
        "h-qd-cu-bac-si-di-hoc",
        "kh-truong-hoi-khoe-khong-kinh-phi",
        "tb-ket-luan-tinh-ho-chua",
    ),
    "test": (
        "bc-tram-y-te-bang-so-lieu",
        "cv-so-tai-chinh-don-doc-giai-ngan",
        "g-cd-mua-lu-thuong-nguon",
        "g-nq-lap-doan-giam-sat",
        "h-bb-hop-hoi-dong-thanh-vien",
        "kh-benh-vien-phat-hien-som",
        "h-tb-ket-luan-ben-do",
        "ttr-so-van-hoa-trinh-ubnd-tinh",
    ),
}
TYPEWRITER = "Liberation Mono"  # no typewriter face of Debian has the Vietnamese letters
HALF_POINTS = 24
FEET = ("table", "tabs")


def printed(set_name: str, folder: Path) -> Iterator[tuple[str, str, Path, Path]]:
    """Yield name, signer, PDF in print and PDF typewritten of each document of ``dev`` or ``test``."""
    sys.path.insert(0, str(CORPORA))  # the builder of the specimens is no package of the project
    from builder.source import read
    from builder.word import to_word

    signers = {}
    for number, path in enumerate(_texts(set_name, folder)):
        source = read(path)
        signers[path.stem] = source.signer
        word = to_word(source, foot=FEET[number % len(FEET)])
        path.with_suffix(".docx").write_bytes(word)
        (folder / f"may-chu-{path.stem}.docx").write_bytes(_typewritten(to_word(source)))
    with tempfile.TemporaryDirectory() as profile:
        drafts = sorted(str(path) for path in folder.glob("*.docx"))
        command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", str(folder), *drafts], check=True, capture_output=True)
    for name, signer in signers.items():
        yield name, signer, folder / f"{name}.pdf", folder / f"may-chu-{name}.pdf"


def _texts(set_name: str, folder: Path) -> Iterator[Path]:
    """Yield the sources as files in the form of corpora/texts."""
    for path in sorted((TEXTS / set_name).glob("*.txt")):
        yield _written(folder / path.name, path.read_text("utf-8"))
    for name in JUDGED[set_name]:
        draft = yaml.safe_load((CORPORA / "judged" / f"{name}.yaml").read_text("utf-8"))["text"]
        fields, body = _parted([line.strip() for line in draft.strip().split("\n")])
        front = yaml.safe_dump(fields, allow_unicode=True, width=10_000)
        yield _written(folder / f"{name}.txt", f"---\n{front}---\n" + "\n".join(body) + "\n")


def _written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def _parted(lines: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Return the parts of a judged draft whose head has two columns, and the lines of its body."""
    blank = lines.index("")
    columns = [(*line.split("\t"), "")[:2] for line in lines[:blank]]
    left, right = [one for one, _ in columns if one], [other for _, other in columns if other]
    at = next(n for n, text in enumerate(left) if text.startswith("Số"))
    fields: dict[str, Any] = {
        "superior": left[: at - 1],
        "issuer": left[at - 1 : at],
        "number": left[at],
        "nation": right[:2],
        "place": right[2] if len(right) > 2 else "",
        "subject": " ".join(left[at + 1 :]),
    }
    rest = lines[blank + 1 :]
    if not fields["subject"] and rest[0] == rest[0].upper():
        end = rest.index("")
        fields |= {"type": rest[0], "subject": " ".join(rest[1:end])}
        rest = rest[end:]
    foot = next(n for n, text in enumerate(rest) if text.startswith("Nơi nhận"))
    fields |= _foot(rest[foot:])
    return fields, [line for line in rest[:foot] if line]


def _foot(lines: list[str]) -> dict[str, Any]:
    """Return recipients and signatures, which a draft has one under the other or parted by a tab."""
    recipients: list[str] = []
    left: list[str] = []
    right: list[str] = []
    for line in filter(None, lines):
        one, _, other = line.partition("\t")
        if one.startswith(("-", "Nơi nhận")):
            recipients += [one] if one.startswith("-") else []
            right += [other] if other else []
        else:
            left += [one] if other else []
            right.append(other or one)
    fields = {"recipients": recipients, "signature": right[:-1], "signer": right[-1]}
    return fields | ({"left_signature": left[:-1], "left_signer": left[-1]} if left else {})


def _typewritten(word: bytes) -> bytes:
    """Return a .docx in the one size and weight that a typewriter has, flush left."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("word/") and name.endswith(".xml"):
                text = content.decode().replace("Times New Roman", TYPEWRITER)
                text = re.sub(r'<w:sz w:val="\d+"/>', f'<w:sz w:val="{HALF_POINTS}"/>', text)
                text = re.sub(r'<w:(b|i)( w:val="\w+")?/>', "", text)
                content = text.replace('<w:jc w:val="both"/>', '<w:jc w:val="left"/>').encode()
            new.writestr(name, content)
    return out.getvalue()
