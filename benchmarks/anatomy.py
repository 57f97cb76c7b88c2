"""Bóc tách thể thức: đúng được bao nhiêu trên văn bản có nhãn và văn bản thật, bên cạnh mấy biểu thức chính quy.

Đúng, sai, sót, thừa đếm theo từng giá trị; so chữ chỉ bỏ qua khoảng trắng và hoa thường. Bộ `test` chỉ để đo.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from doclint.anatomy import dissect
from doclint.anatomy.types import type_of_title
from doclint.document import Document
from doclint.readers import UnreadableDocument, read

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("VANTHU_SHARED", ROOT.parent / "shared")) / "data"
OUTCOMES = ("đúng", "sai", "sót", "thừa")
Fields = dict[str, Any]
Tally = defaultdict[tuple[str, str], Counter[str]]
"""(group, field) → how often each outcome; a group is a set, a format or a source of real documents."""


def main() -> None:
    ours: Tally = defaultdict(Counter)
    peer: Tally = defaultdict(Counter)
    unread: list[str] = []
    read_files: Counter[str] = Counter()
    for file in sorted((ROOT / "corpora" / "labels").glob("*.yaml")):
        label = yaml.safe_load(file.read_text(encoding="utf-8"))
        for path in label["files"]:
            document = _read(ROOT / "corpora" / path)
            read_files[label["set"]] += 1
            if document is None:
                unread.append(path)
            for group in (label["set"], path.rsplit(".", 1)[1]):
                compare(ours, group, label, ours_of(document) if document else {})
                compare(peer, group, label, peer_of(document.text) if document else {}, PEER_FIELDS)
    print(f"Tệp có nhãn: {read_files['dev']} dev, {read_files['test']} test.\n")
    _print_fields(ours, peer)
    _print_formats(ours, peer)
    if unread:
        print(f"\nKhông đọc được: {', '.join(unread)}.")
    _print_real()


def compare(tally: Tally, group: str, label: Fields, found: Fields, fields: frozenset[str] | None = None) -> None:
    """Count the outcome of every field of ``label`` (or only of ``fields``) against what was ``found``."""
    for field, wanted, got in (*_single(label, found), *_many(label, found)):
        if fields is None or field in fields:
            tally[group, field].update(_outcomes(wanted, got))


def _outcomes(wanted: Any, got: Any) -> Iterator[str]:
    if isinstance(wanted, list):
        left, right = Counter(map(plain, wanted)), Counter(map(plain, got or []))
        yield from ["đúng"] * (left & right).total()
        yield from ["sót"] * (left - right).total()
        yield from ["thừa"] * (right - left).total()
    elif wanted or got:
        yield "thừa" if not wanted else "sót" if not got else "đúng" if plain(wanted) == plain(got) else "sai"


def plain(value: Any) -> str:
    return " ".join(str(value).casefold().split())


def _single(label: Fields, found: Fields) -> Iterator[tuple[str, Any, Any]]:
    number, archive, signer = label["number"], label["archive"] or {}, label["signer"] or {}
    wanted = {
        "tên loại": label["type"],
        "hệ thể thức": label["regime"],
        "cấp": label["level"],
        "cơ quan chủ quản": label["superior"],
        "cơ quan ban hành": label["issuer"],
        "số, ký hiệu": f"{number['digits']}/{number['symbol']}" if number else None,
        "địa danh": label["place"],
        "ngày ban hành": label["date"],
        "trích yếu": label["subject"],
        "độ mật": label["marks"].get("secrecy"),
        "độ khẩn": label["marks"].get("urgency"),
        "phạm vi lưu hành": label["marks"].get("circulation"),
        "Lưu: đơn vị": archive.get("unit"),
        "Lưu: người soạn": archive.get("drafter"),
        "Lưu: số bản": int(re.sub(r"\D", "", archive.get("copies") or "0")),
        "quyền hạn ký": next(iter(signer.get("prefixes", [])), None),
        "chức vụ người ký": " ".join(signer.get("title", [])),
        "người ký": signer.get("name"),
    }
    for field, value in wanted.items():
        yield field, value, found.get(field)


def _many(label: Fields, found: Fields) -> Iterator[tuple[str, Any, Any]]:
    for field, key in (("kính gửi", "addressees"), ("phụ lục", "appendices"), ("chữ viết tắt", "abbreviations")):
        yield field, list(label[key]), found.get(field)
    yield "trích nguyên văn", [item["text"] for item in label["quotations"]], _begun(label, found)
    yield "nơi nhận", [item["name"] for item in label["recipients"]], [name for name, _ in found.get("nơi nhận", [])]
    purposes = dict(found.get("nơi nhận", []))
    for item in label["recipients"]:
        if item["name"] in purposes:
            yield "nơi nhận: mục đích", item["purpose"], purposes[item["name"]]
    yield from _citations(label, found)
    yield from _tasks(label["tasks"], found.get("việc", []))


def _begun(label: Fields, found: Fields) -> list[str]:
    """Cut the found quotations to the first words by which they are labelled. Those without a source are not asked."""
    starts = [plain(item["text"]) for item in label["quotations"]]
    return [next((start for start in starts if plain(text).startswith(start)), text) for text in found.get("trích", [])]


def _citations(label: Fields, found: Fields) -> Iterator[tuple[str, Any, Any]]:
    own = {plain(label.get("original", {}).get("number", ""))}
    got: defaultdict[str, list[Fields]] = defaultdict(list)
    for item in found.get("viện dẫn", []):
        name = plain(item["number"]) or next(
            (plain(law["name"]) for law in label["citations"] if plain(law.get("name", "?")) in plain(item["text"])),
            plain(item["text"]),
        )
        if name not in own:
            got[name].append(item)
    wanted = {plain(item.get("number") or item["name"]): item for item in label["citations"]}
    yield "viện dẫn có số", [name for name in wanted if name[0].isdigit()], [name for name in got if name[0].isdigit()]
    yield "viện dẫn theo tên", [name for name in wanted if name[0].isalpha()], [n for n in got if n[0].isalpha()]
    for name, item in wanted.items():
        if name in got:
            yield "viện dẫn: tên loại", item["type"], got[name][0]["type"]
            yield "viện dẫn: ngày", item["date"], next((one["date"] for one in got[name] if one["date"]), None)
            yield "viện dẫn: số lần", item.get("times", 1), len(got[name]) if "times" in item else 1
    bases = found.get("căn cứ", [])
    names = [plain(item.get("number") or item["name"]) for item in label["bases"]]
    spare = [text for text in bases if not any(name in plain(text) for name in names)]
    asked = [name for name in names if any(name in plain(text) for text in bases)]
    yield "căn cứ", names, asked + [text for text in spare if not re.match(r"(?i)theo đề nghị|xét", text)]


def _tasks(wanted: list[Fields], found: list[Fields]) -> Iterator[tuple[str, Any, Any]]:
    pairs = _paired(wanted, found)
    spare = [n for n, item in enumerate(found) if n not in pairs.values() and not item["standing"]]
    yield "việc", [str(n) for n in range(len(wanted))], [*map(str, pairs), *(f"thừa {n}" for n in spare)]
    for index, task in enumerate(wanted):
        if index not in pairs:
            continue
        got = found[pairs[index]]
        yield "việc: chủ trì", _listed(task["lead"]), _listed(got["lead"])
        yield "việc: phối hợp", _listed(task["partners"]), _listed(got["partners"])
        yield "việc: loại thời hạn", task["deadline"]["kind"], got["kind"]
        for field, key in (("thời hạn", "deadline"), ("sản phẩm", "product"), ("nguồn lực", "resources")):
            words = task[key]["text"] if key == "deadline" else task[key]
            yield f"việc: {field}", words, words if _overlap(words, got[key]) >= 0.5 else got[key]


def _listed(names: Iterable[str]) -> str:
    # A list of bodies may be labelled whole or one by one: the words, in their order, are what is compared.
    return ", ".join(plain(name) for name in names)


def _paired(wanted: list[Fields], found: list[Fields]) -> dict[int, int]:
    """Pair tasks one to one: the labelled words stand in the found span, at least four out of five of them."""
    scores = [
        (-_share(task["what"], item["text"]), len(item["text"]), n, m)
        for n, task in enumerate(wanted)
        for m, item in enumerate(found)
    ]
    pairs: dict[int, int] = {}
    for score, _, n, m in sorted(scores):
        if -score >= 0.8 and n not in pairs and m not in pairs.values():
            pairs[n] = m
    return pairs


def _share(words: str, text: str) -> float:
    if plain(words) in plain(text):
        return 1.0
    left, right = Counter(plain(words).split()), Counter(plain(text).split())
    return (left & right).total() / left.total() - 0.01


def _overlap(one: str | None, other: str | None) -> float:
    """Share of common words in the shorter of the two; 0 when one is empty."""
    left, right = Counter(plain(one or "").split()), Counter(plain(other or "").split())
    return (left & right).total() / max(1, min(left.total(), right.total()))


def ours_of(document: Document) -> Fields:
    """Take from the anatomy what the labels speak of. Parts that may not exist yet are asked for by ``getattr``."""
    anatomy = dissect(document)
    header, signature, recipients = anatomy.header, anatomy.signature, anatomy.recipients

    def said(part: Any) -> str:
        return "" if part is None else str(part.name) if hasattr(part, "name") else document.at(part)

    marks = {mark.kind: said(mark.span) for mark in header.marks}
    copy = recipients.file_copy if recipients is not None else None
    number = header.number
    return {
        "tên loại": header.type,
        "hệ thể thức": anatomy.regime,
        "cấp": getattr(anatomy, "level", None) or getattr(header, "level", None),
        "cơ quan chủ quản": said(header.superior),
        "cơ quan ban hành": said(header.issuer),
        "số, ký hiệu": f"{number.digits}/{number.symbol}" if number is not None else None,
        "địa danh": said(header.place),
        "ngày ban hành": header.date,
        "trích yếu": said(header.subject),
        "độ mật": marks.get("secrecy"),
        "độ khẩn": marks.get("urgency"),
        "phạm vi lưu hành": marks.get("circulation"),
        "Lưu: đơn vị": ", ".join(unit for unit in copy.units if unit != "VT") if copy is not None else None,
        "Lưu: người soạn": copy.drafter if copy is not None else None,
        "Lưu: số bản": copy.copies if copy is not None else None,
        "quyền hạn ký": signature.prefix if signature is not None else None,
        "chức vụ người ký": " ".join(map(said, signature.lines)) if signature is not None else None,
        "người ký": said(signature.name) if signature is not None else None,
        "kính gửi": [item.name for item in anatomy.addressees],
        "phụ lục": [document.at(item.span).split("\n")[0] for item in anatomy.appendices],
        "chữ viết tắt": [item.short for item in anatomy.abbreviations],
        "trích": [document.at(item.span) for item in anatomy.quotations if item.cited],
        "nơi nhận": [(item.name, item.purpose) for item in recipients.items if not item.archive] if recipients else [],
        "viện dẫn": [
            {"number": item.number, "type": item.type, "date": item.date, "text": document.at(item.span)}
            for item in anatomy.citations
        ],
        "căn cứ": [document.at(span) for span in anatomy.bases],
        "việc": [
            {
                "text": document.at(task.span),
                "lead": [actor.name for actor in task.lead],
                "partners": [actor.name for actor in task.partners],
                "kind": task.deadline.kind,
                "deadline": said(task.deadline.span),
                "product": said(task.product),
                "resources": said(task.resources),
                "standing": task.standing,
            }
            for task in anatomy.tasks
        ],
    }


PEER_FIELDS = frozenset({"tên loại", "cơ quan ban hành", "số, ký hiệu", "địa danh", "ngày ban hành", "trích yếu",
                         "người ký", "nơi nhận", "viện dẫn có số"})  # fmt: skip
TYPE_LINE = re.compile(
    r"^\s*(NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH|CHỈ THỊ|QUY CHẾ|THÔNG BÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH|KẾ HOẠCH|PHƯƠNG ÁN|ĐỀ ÁN|"
    r"BÁO CÁO|BIÊN BẢN|TỜ TRÌNH|HỢP ĐỒNG|CÔNG ĐIỆN|GIẤY MỜI|GIẤY GIỚI THIỆU|PHIẾU CHUYỂN|THÔNG TƯ|LUẬT)\s*$",
    re.MULTILINE,
)


def peer_of(text: str) -> Fields:
    """Do what a clerk's script does: the first match of one expression a field."""
    number = re.search(r"[Ss]ố\s*:?\s*(\d+)\s*[/-]\s*([\w/-]+)", text)
    day = re.search(r"([^\n\t,]+),\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", text)
    kind = TYPE_LINE.search(text)
    about = re.search(r"V/v[^\n]+", text) if kind is None else re.match(r"\s*([^\n]+)", text[kind.end() :])
    issuer = re.match(r"\s*([^\n\t]+?)(?:\t|\s{3,}|\n)", text)
    names = re.search(r"N[ơo]i nhận:?(.*?)Lưu", text, re.DOTALL)
    lines = re.findall(r"-\s*([^\n;]+)", names[1]) if names else []
    signer = re.findall(r"^(?:[A-ZĐ][^\W\d_A-Z]+ ?){2,5}$", text, re.MULTILINE)
    return {
        "tên loại": type_of_title(kind[1]) if kind else "CV",
        "cơ quan ban hành": issuer[1] if issuer else None,
        "số, ký hiệu": f"{number[1]}/{number[2]}" if number else None,
        "địa danh": day[1] if day else None,
        "ngày ban hành": _day(day) if day else None,
        "trích yếu": about[0] if about else None,
        "người ký": signer[-1] if signer else None,
        "nơi nhận": [(re.sub(r"\s*\([^)]*\)$", "", line), "") for line in lines],
        "viện dẫn": [
            {"number": found, "type": "", "date": None, "text": found}
            for found in re.findall(r"số\s+(\d+[/-][\w/-]*\w)", text[number.end() if number else 0 :])
        ],
    }


def _day(match: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(match[4]), int(match[3]), int(match[2]))
    except ValueError:
        return None


def _read(path: Path) -> Document | None:
    try:
        return read(path)
    except UnreadableDocument:
        return None


def _print_fields(ours: Tally, peer: Tally) -> None:
    fields = list(dict.fromkeys(field for _, field in ours))
    head = " | ".join(f"{name}: {outcome}" for name in ("dev", "test") for outcome in (*OUTCOMES, "%"))
    print(f"| phần | {head} | regex dev % | regex test % |\n|---|{'---:|' * 12}")
    for field in fields:
        cells = [cell for name in ("dev", "test") for cell in _cells(ours[name, field])]
        print(f"| {field} | {' | '.join([*cells, *(_percent(peer[name, field]) for name in ('dev', 'test'))])} |")


def _print_formats(ours: Tally, peer: Tally) -> None:
    groups = ("docx", "pdf", "txt", "dev", "test")
    print(f"\n| đúng, % | {' | '.join(groups)} |\n|---|{'---:|' * len(groups)}")
    rows: tuple[tuple[str, Tally, Callable[[str], bool]], ...] = (
        ("mọi phần", ours, lambda field: True),
        ("phần thể thức", ours, lambda field: not field.startswith(("việc", "viện dẫn", "trích nguyên văn"))),
        ("việc được giao", ours, lambda field: field.startswith("việc")),
        ("viện dẫn", ours, lambda field: field.startswith("viện dẫn")),
        ("các phần mà regex tìm", ours, PEER_FIELDS.__contains__),
        ("các phần mà regex tìm: regex", peer, PEER_FIELDS.__contains__),
    )
    for title, tally, wanted in rows:
        sums = [
            sum((n for (name, f), n in tally.items() if name == group and wanted(f)), Counter()) for group in groups
        ]
        print(f"| {title} | {' | '.join(map(_percent, sums))} |")


def _cells(counts: Counter[str]) -> list[str]:
    return [*(str(counts[outcome]) for outcome in OUTCOMES), _percent(counts)]


def _percent(counts: Counter[str]) -> str:
    return f"{100 * counts['đúng'] / counts.total():.0f}" if counts.total() else "–"


# Facts read off the first page of each document: file, number, date, issuer, first words of the subject.
GAZETTE = """
luat-so-51-2024-qh15-43559 | 51/2024/QH15 | | QUỐC HỘI | SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT BẢO HIỂM Y TẾ
nghi-dinh-so-161-2026-nd-cp-469550 | 161/2026/NĐ-CP | 2026-05-15 | CHÍNH PHỦ | Quy định mức lương cơ sở
nghi-quyet-so-126-nq-cp-469505 | 126/NQ-CP | 2026-05-11 | CHÍNH PHỦ | Về việc chuyển giao Làng Văn hóa
quyet-dinh-so-169-qd-bldtbxh-44203 | 169/QĐ-BLĐTBXH | 2025-01-24 | = | Về việc công bố Danh mục văn bản
thong-tu-so-01-2025-tt-bldtbxh-43956 | 01/2025/TT-BLĐTBXH | 2025-01-10 | = | Quy định mức điều chỉnh tiền lương
thong-tu-so-04-2023-tt-bkhdt-39703 | 04/2023/TT-BKHĐT | 2023-06-26 | BỘ KẾ HOẠCH VÀ ĐẦU TƯ | Hướng dẫn yêu cầu nội dung
thong-tu-so-05-2022-tt-bldtbxh-36995 | 05/2022/TT-BLĐTBXH | 2022-04-05 | = | Quy định về liên kết tổ chức thực hiện
thong-tu-so-08-2023-tt-bkhdt-40175 | 08/2023/TT-BKHĐT | 2023-10-02 | BỘ KẾ HOẠCH VÀ ĐẦU TƯ | Quy định mã số, tiêu chuẩn
thong-tu-so-11-2024-tt-bkhdt-42145 | 11/2024/TT-BKHĐT | 2024-06-24 | BỘ KẾ HOẠCH VÀ ĐẦU TƯ | Quy định tiêu chí phân loại
thong-tu-so-14-2024-tt-bldtbxh-43764 | 14/2024/TT-BLĐTBXH | 2024-12-31 | = | Quy định tiêu chí, tiêu chuẩn kiểm định
thong-tu-so-18-2021-tt-bldtbxh-36338 | 18/2021/TT-BLĐTBXH | 2021-12-15 | = | Quy định về thời giờ làm việc
thong-tu-so-18-2026-tt-bxd-469591 | 18/2026/TT-BXD | 2026-04-30 | BỘ XÂY DỰNG | Ban hành Chương trình an toàn hàng không
thong-tu-so-23-2022-tt-bldtbxh-38400 | 23/2022/TT-BLĐTBXH | 2022-11-25 | = | Quy định về giám định tư pháp
thong-tu-so-29-2022-tt-bldtbxh-39050 | 29/2022/TT-BLĐTBXH | 2022-12-28 | = | Hướng dẫn việc thành lập, giải thể
thong-tu-so-30-2022-tt-bldtbxh-38457 | 30/2022/TT-BLĐTBXH | 2022-12-28 | = | Quy định mã số và tiêu chuẩn
thong-tu-so-7-2026-tt-bnv-469694 | 07/2026/TT-BNV | 2026-05-05 | BỘ NỘI VỤ | Quy định mức lương của chuyên gia
""".replace("| = |", "| BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI |")
"""Without the consolidated text (VBHN): its first page bears neither number nor date nor issuer of its own."""
SCANS = """
cv_3722_vpcp_p1 | 3722/VPCP-CN | 2026-04-28 | VĂN PHÒNG CHÍNH PHỦ | V/v cơ chế đặc thù xây dựng công trình
nd_155_2020_p1 | 155/2020/NĐ-CP | 2020-12-31 | | Quy định chi tiết thi hành một số điều của Luật Chứng khoán
nq_115_cp_p1 | 115/NQ-CP | 2026-04-29 | CHÍNH PHỦ | Về việc chuyển giao Vườn quốc gia Ba Vì
qd_707_ttg_p1 | 707/QĐ-TTg | 2026-04-22 | THỦ TƯỚNG CHÍNH PHỦ | Về việc ban hành Kế hoạch hành động quốc gia
tt_19_2026_btc_p1 | 19/2026/TT-BTC | 2026-03-10 | BỘ TÀI CHÍNH | Bãi bỏ Thông tư số 338/2016/TT-BTC
tt_21_bct_p1 | 21/2026/TT-BCT | 2026-04-28 | BỘ CÔNG THƯƠNG | Bãi bỏ một phần khoản 2 Điều 1
"""
LOAI = {"Luật": "L", "Nghị định": "NĐ", "Thông tư": "TT"}
REAL_FIELDS = ("tên loại", "số, ký hiệu", "ngày ban hành", "cơ quan ban hành", "trích yếu")
TEMPLATES = {"1.1": "NQ", "1.2": "QĐ", "1.3": "QĐ", "1.4": "", "1.5": "CV", "1.6": "CĐ", "1.7": "GM", "1.8": "GGT",
             "1.9": "BB", "1.10": "GNP"}  # fmt: skip


def _print_real() -> None:
    ours: Tally = defaultdict(Counter)
    peer: Tally = defaultdict(Counter)
    for stem, facts in _facts(GAZETTE):
        for suffix in ("txt", "pdf"):
            path = SHARED / "gazette" / f"{stem}.{suffix}"
            if path.exists():
                loai = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["loai"]
                _compare_real(ours, peer, f"công báo .{suffix}", path, facts | {"tên loại": LOAI.get(loai, loai)})
    kinds = _kinds(SHARED / "scans" / "metadata.jsonl")
    for stem, facts in _facts(SCANS):
        path = SHARED / "scans" / "gt" / f"{stem}.txt"
        if path.exists():
            _compare_real(ours, peer, "chữ trang quét", path, facts | {"tên loại": type_of_title(kinds[stem])})
    groups = list(dict.fromkeys(group for group, _ in ours))
    if groups:
        print(f"\n| văn bản thật | {' | '.join(f'{f} | regex' for f in REAL_FIELDS)} |\n|---|{'---|' * 10}")
    for group in groups:
        cells = [_ratio(tally[group, field]) for field in REAL_FIELDS for tally in (ours, peer)]
        print(f"| {group} | {' | '.join(cells)} |")
    _print_templates(SHARED / "nd30" / "Phuluc3.docx")


def _facts(table: str) -> Iterator[tuple[str, Fields]]:
    for row in table.strip().splitlines():
        stem, *values = (cell.strip() for cell in row.split("|"))
        yield stem, dict(zip(REAL_FIELDS[1:], values, strict=True))


def _kinds(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    return {item["id"]: item["type"] for item in map(json.loads, path.read_text(encoding="utf-8").splitlines())}


def _compare_real(ours: Tally, peer: Tally, group: str, path: Path, facts: Fields) -> None:
    document = _read(path)
    for tally, found in (
        (ours, ours_of(document) if document else {}),
        (peer, peer_of(document.text) if document else {}),
    ):
        for field, wanted in facts.items():
            got = found.get(field)
            if field == "trích yếu" and got and plain(got).startswith(plain(wanted)):
                got = wanted  # only its first words are written down above
            tally[group, field].update(_outcomes(wanted, got))


def _ratio(counts: Counter[str]) -> str:
    return f"{counts['đúng']}/{counts.total()}"


def _print_templates(path: Path) -> None:
    """Take the sample pages of Appendix III one by one: which pieces of each blank head are found."""
    document = _read(path) if path.exists() else None
    if document is None:
        return
    starts = list(re.finditer(r"^Mẫu (\d\.\d+) -", document.text, re.MULTILINE))
    print("\n| mẫu của Nghị định 30/2020/NĐ-CP | tên loại | quốc hiệu | cơ quan | số, ký hiệu | địa danh, ngày |")
    print("|---|---|---|---|---|---|")
    for match, following in zip(starts, [*starts[1:], None], strict=True):
        if match[1] not in TEMPLATES:
            continue
        page = document.text[match.end() : following.start() if following else None].split("\n", 1)[1]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "mau.txt"
            file.write_text(page, encoding="utf-8")
            header = dissect(read(file)).header
        known = [header.type == TEMPLATES[match[1]]]
        known += [part is not None for part in (header.nation, header.issuer, header.number, header.place_date)]
        known[4] = known[4] != (match[1] == "1.9")  # minutes have no such line
        print(f"| {match[1]} | {' | '.join('đúng' if part else 'sai' for part in known)} |")
