"""The command as a clerk meets it: what it writes, refuses and says."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from doclint.commands.fix import fix
from tests.doclint.hostile import FILES
from tests.doclint.word import CONTENT_TYPES, RELATIONS, p, package, r, zipped
from vanthu.errors import VanthuError
from vanthu.exit_codes import DoclintExit

DRAFTS = Path(__file__).resolve().parents[3] / "corpora/drafts"
WORST = DRAFTS / "ke-hoach-sai-trinh-bay.docx"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(fix, [str(argument) for argument in arguments], standalone_mode=False)


def refused(*arguments: object) -> VanthuError:
    result = run(*arguments)
    assert isinstance(result.exception, VanthuError), result.exception
    assert result.exception.hint
    return result.exception


def test_it_tells_what_was_changed_and_what_is_left(tmp_path: Path) -> None:
    result = run(WORST, "--output", tmp_path / "sua.docx")
    assert result.return_value == DoclintExit.FINDINGS
    told = " ".join(result.output.split())
    for words in (
        "lề trái 25,4 mm → 30 mm · đoạn 1",
        "cỡ chữ 12 → 13 · đoạn 13",
        "Để người soạn xem",
        "chữ trắng, người đọc không thấy",
    ):
        assert words in told
    assert (tmp_path / "sua.docx").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["sua.docx"]


def test_only_the_rules_that_are_named(tmp_path: Path) -> None:
    result = run(WORST, "--output", tmp_path / "sua.docx", "--only", "TT02, phong-chu")
    assert result.return_value == DoclintExit.CLEAN
    assert "TT02" in result.output and "TT03" in result.output and "TT12 Đoạn" not in result.output


def test_nothing_to_fix_writes_nothing(tmp_path: Path) -> None:
    result = run(DRAFTS / "bao-cao-quy-iii.docx", "--output", tmp_path / "sua.docx")
    assert result.return_value == DoclintExit.CLEAN
    assert "không có chỗ nào tự sửa được" in " ".join(result.output.split())
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_over(tmp_path: Path) -> None:
    draft = tmp_path / "a.docx"
    draft.write_bytes(WORST.read_bytes())
    other = tmp_path / "b.docx"
    other.write_bytes(b"x")
    (tmp_path / "c.docx").symlink_to("a.docx")
    (tmp_path / "d.docx").symlink_to("mat.docx")
    assert "ghi đè lên bản gốc" in str(refused(draft, "--output", draft))
    assert "ghi đè lên bản gốc" in str(refused(draft, "--output", tmp_path / "c.docx"))
    assert "đã có tệp này" in str(refused(draft, "--output", other))
    assert "đã có tệp này" in str(refused(draft, "--output", tmp_path / "d.docx"))
    assert "là thư mục" in str(refused(draft, "--output", tmp_path))
    assert "không có thư mục" in str(refused(draft, "--output", tmp_path / "x/y.docx"))
    assert "bản sửa là tệp .docx" in str(refused(draft, "--output", tmp_path / "y.pdf"))
    assert draft.read_bytes() == WORST.read_bytes() and other.read_bytes() == b"x"


def test_rules_for_a_person(tmp_path: Path) -> None:
    error = refused(WORST, "--output", tmp_path / "sua.docx", "--only", "NN01")
    assert "phải do người sửa" in error.reason and "TT02" in error.hint


@pytest.mark.parametrize("name", sorted(FILES))
def test_hostile_files(name: str, tmp_path: Path) -> None:
    make, _ = FILES[name]
    path = tmp_path / name
    make(path)
    refused(path, "--output", tmp_path / "sua.docx")
    assert not (tmp_path / "sua.docx").exists()


@pytest.mark.parametrize(
    ("source", "how"),
    [("ke-hoach-sach.pdf", "xuất lại PDF"), ("bao-cao-quy-iii.txt", "chép chữ vào tệp .docx")],
)
def test_other_formats(source: str, how: str, tmp_path: Path) -> None:
    error = refused(DRAFTS / source, "--output", tmp_path / "sua.docx")
    assert "chỉ tự sửa được tệp .docx" in error.reason and how in error.hint


def with_parts(parts: dict[str, bytes]) -> bytes:
    """Return the worst draft with other parts."""
    with zipfile.ZipFile(WORST) as opened:
        return zipped({name: opened.read(name) for name in opened.namelist()} | parts)


def test_a_signed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(with_parts({"_xmlsignatures/sig1.xml": b"<Signature/>"}))
    assert "chữ ký số" in refused(path, "--output", tmp_path / "b.docx").reason


def test_a_file_closed_to_changes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(WORST) as opened:
        own = opened.read("word/settings.xml")
    lock = b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/></w:settings>'
    path.write_bytes(with_parts({"word/settings.xml": own.replace(b"</w:settings>", lock)}))
    assert "khóa chỉnh sửa" in refused(path, "--output", tmp_path / "b.docx").reason


def test_a_secret_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    secret = ["MẬT", "ỦY BAN NHÂN DÂN XÃ VĨNH TRẦM", "KẾ HOẠCH", "Bảo vệ kho", "1. Văn phòng kiểm  tra kho ."]
    path.write_bytes(package("".join(p(r(line)) for line in secret)))
    error = refused(path, "--output", tmp_path / "b.docx")
    assert "độ mật" in error.reason and "kiểm" not in str(error)


def test_macros_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.docm"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = CONTENT_TYPES.replace(main, "application/vnd.ms-word.document.macroEnabled.main+xml")
    lines = ["KẾ HOẠCH", "Kiểm tra kho", "1. Văn phòng kiểm  tra kho trước ngày 10/5/2026."]
    document = package("".join(p(r(line)) for line in lines))
    with zipfile.ZipFile(io.BytesIO(document)) as opened:
        xml = opened.read("word/document.xml")
    path.write_bytes(
        zipped(
            {
                "[Content_Types].xml": types.encode(),
                "_rels/.rels": RELATIONS.encode(),
                "word/document.xml": xml,
                "word/vbaProject.bin": b"macro",
            }
        )
    )
    assert "bản sửa là tệp .docm" in refused(path, "--output", tmp_path / "b.docx", "--only", "CT06").reason
    assert run(path, "--output", tmp_path / "b.docm", "--only", "CT06").return_value == DoclintExit.CLEAN
    with zipfile.ZipFile(tmp_path / "b.docm") as opened:
        assert opened.read("word/vbaProject.bin") == b"macro"
        assert opened.read("[Content_Types].xml") == types.encode()
