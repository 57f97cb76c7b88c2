"""Tasks: who is told to do what by when with what result, in the words that offices use; and what is no task."""

from __future__ import annotations

import pytest

from doclint.anatomy import dissect
from doclint.anatomy.deadlines import find_deadline
from doclint.anatomy.parts import Task
from doclint.anatomy.task_facts import product_in
from doclint.anatomy.task_orders import orders_work_that_ends
from doclint.document import Document
from doclint.readers.text import read_text

HEAD = "ỦY BAN NHÂN DÂN XÃ VĨNH TRẦM\n\nKẾ HOẠCH\nChăm sóc cây bóng mát\n\n"
MINUTES = HEAD.replace("KẾ HOẠCH", "BIÊN BẢN")


def tasks_of(text: str, head: str = HEAD) -> tuple[Document, tuple[Task, ...]]:
    document = read_text(head + text + "\n")
    return document, dissect(document).tasks


def leads(text: str, head: str = HEAD) -> list[list[str]]:
    _, tasks = tasks_of(text, head)
    return [[" ".join(actor.name.split()) for actor in task.lead] for task in tasks if not task.standing]


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("Phòng Kinh tế lập danh sách cây sâu mục", ["Phòng Kinh tế"]),
        ("Phòng Kinh tế - Hạ tầng đào hố trồng cây, rà lại hệ thống tưới", ["Phòng Kinh tế - Hạ tầng"]),
        ("Phòng Bảo quản tách 12 tập bản đồ", ["Phòng Bảo quản"]),
        ("Trung tâm Kiểm soát bệnh tật tỉnh lấy mẫu nước", ["Trung tâm Kiểm soát bệnh tật tỉnh"]),
        ("Đội Quản lý trật tự đô thị kẻ vạch trên vỉa hè", ["Đội Quản lý trật tự đô thị"]),
        ("Phòng Hành chính quản trị cắt điện trước khi phun thuốc", ["Phòng Hành chính quản trị"]),
        ("Ban Thường vụ Đảng ủy ban hành chương trình", ["Ban Thường vụ Đảng ủy"]),
        ("Ủy ban Kiểm tra Đảng ủy kiểm tra 05 chi bộ", ["Ủy ban Kiểm tra Đảng ủy"]),
        ("Bí thư 18 chi bộ gửi bản cam kết", ["Bí thư 18 chi bộ"]),
        ("Hiệu trưởng các trường trung học phổ thông trả lại khoản thu sai",
         ["Hiệu trưởng các trường trung học phổ thông"]),
        ("Ủy ban nhân dân các xã, phường có hồ chứa lập danh sách hộ dân",
         ["Ủy ban nhân dân các xã, phường có hồ chứa"]),
        ("Chủ tịch Ủy ban nhân dân các xã: Trà Linh, Đồng Vặt đưa dân đi sơ tán",
         ["Chủ tịch Ủy ban nhân dân các xã: Trà Linh, Đồng Vặt"]),
        ("Công ty TNHH Cây xanh Hưng Thịnh có trách nhiệm tỉa cành", ["Công ty TNHH Cây xanh Hưng Thịnh"]),
        ("Bảo vệ và Công an xã giữ trật tự", ["Bảo vệ", "Công an xã"]),
        ("Tổ vận hành đo áp lực nước vào đầu mỗi ca", ["Tổ vận hành"]),
        ("Mỗi đồng chí chi ủy viên dự sinh hoạt một tổ", ["Mỗi đồng chí chi ủy viên"]),
        ("Bà Đặng Thị Nụ, kế toán, công khai thu chi", ["Bà Đặng Thị Nụ"]),
        ("Giao Phòng Kinh tế lập dự toán", ["Phòng Kinh tế"]),
        ("Công ty đã giao Xí nghiệp Cấp nước số 2 súc rửa tuyến ống", ["Xí nghiệp Cấp nước số 2"]),
        ("Sau khi nghiệm thu, Phòng Kinh tế thanh toán cho đơn vị thi công", ["Phòng Kinh tế"]),
        ("Đối với cây đổ ra đường, Công an xã phân luồng giao thông", ["Công an xã"]),
        ("Cây gãy trong đêm thì Tổ công tác dọn ngay", ["Tổ công tác"]),
        ("Phòng Kinh tế (KT) chụp ảnh, gửi báo cáo", ["Phòng Kinh tế"]),
    ],
)  # fmt: skip
def test_the_one_who_is_told_is_found(sentence: str, lead: list[str]) -> None:
    assert leads(f"1. {sentence} trước ngày 30/6/2026.") == [lead]


@pytest.mark.parametrize(
    ("heading", "lead"),
    [
        ("Điều 1. Trách nhiệm của Phòng Kinh tế", "Phòng Kinh tế"),
        ("Điều 1. Quyền và nghĩa vụ của Bên B", "Bên B"),
        ("Điều 1. Khoa sử dụng thiết bị", "Khoa sử dụng thiết bị"),
        ("Điều 1. Trung tâm Dịch vụ tổng hợp xã", "Trung tâm Dịch vụ tổng hợp xã"),
        ("Điều 1. Giáo viên Tin học", "Giáo viên Tin học"),
        ("Điều 1. Ủy ban nhân dân cấp xã nơi có chợ:", "Ủy ban nhân dân cấp xã nơi có chợ"),
        ("Điều 1. Nhiệm vụ của Tổ công tác", "Tổ công tác"),
    ],
)
def test_what_stands_under_a_name_is_its_own(heading: str, lead: str) -> None:
    items = "1. Ghi sổ theo dõi sau mỗi ca.\n2. Gửi bảng kê trước ngày 05 hằng tháng.\n"
    assert leads(f"{heading}\n{items}") == [[lead], [lead]]


@pytest.mark.parametrize("heading", ["Điều 1. Tổ chức thực hiện", "Điều 1. Khoa học và công nghệ", "Điều 1. Hội nghị"])
def test_a_heading_that_is_no_name_owns_nothing(heading: str) -> None:
    assert leads(f"{heading}\n1. Ghi sổ theo dõi sau mỗi ca.\n", MINUTES) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Phòng Kinh tế đã trồng 200 cây trong quý I.",
        "Bà Đặng Thị Nụ trình bày danh mục cây cần thay.",
        "Công tác chăm cây được các cơ quan, đơn vị quan tâm thực hiện.",
        "Phòng Kinh tế được khen thưởng năm 2025.",
        "Cây do Công ty Cây xanh trồng năm 2019.",
        "Ủy ban nhân dân xã Vĩnh Trầm ban hành Kế hoạch như sau:",
        "Chủ trì: bà Đặng Thị Nụ, Phó Chủ tịch.",
    ],
)
def test_what_is_told_of_others_or_of_the_past_is_no_task(sentence: str) -> None:
    assert leads(f"1. {sentence}", MINUTES) == []


def test_steps_that_are_due_at_other_times_are_tasks_of_their_own() -> None:
    document, tasks = tasks_of(
        "1. Phòng Kinh tế kiểm đếm cây trước ngày 31/10/2026; lập 22 hồ sơ cây trước ngày 15/11/2026.\n"
        "2. Công an xã cắm biển báo, chụp ảnh hiện trường; gửi ảnh về Văn phòng trước ngày 05/11/2026.\n"
        "3. Tổ công tác giữ chìa khóa kho; báo cáo số cây chết trước ngày 05 hằng tháng."
    )
    told = [(document.at(task.span).split()[-1], task.deadline.kind) for task in tasks]
    assert told == [("31/10/2026", "date"), ("15/11/2026", "date"), ("05/11/2026", "date"), ("kho", "none"),
                    ("tháng", "recurring")]  # fmt: skip


def test_a_regulation_annexed_to_a_decision_is_searched() -> None:
    text = (
        "ỦY BAN NHÂN DÂN XÃ VĨNH TRẦM\n\nSố: 12/QĐ-UBND\n\nQUYẾT ĐỊNH\nBan hành Quy chế chăm sóc cây\n\n"
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế chăm sóc cây.\n\nNơi nhận:\n- Như Điều 1;\n- Lưu: VT.\n\n"
        "CHỦ TỊCH\n\nHà Văn Đoan\n\nQUY CHẾ\nChăm sóc cây\n\n"
        "Điều 1. Trách nhiệm của Phòng Kinh tế\n1. Lập hồ sơ từng cây trong 30 ngày kể từ ngày trồng.\n"
    )
    document, tasks = tasks_of(text, "")
    assert [(task.lead[0].name, task.deadline.kind, task.node) for task in tasks] == [("Phòng Kinh tế", "period", -1)]
    assert document.at(tasks[0].span).startswith("Lập hồ sơ từng cây")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("trước ngày 30/6/2026", "date"),
        ("chậm nhất là ngày 20 tháng 11 năm 2026", "date"),
        ("trong buổi sáng ngày 29 tháng 7 năm 2026", "date"),
        ("tổng duyệt ngày 03 tháng 9 năm 2026", "date"),
        ("hoàn thành trong tháng 8/2026", "period"),
        ("từ ngày 16/3/2026 đến ngày 10/4/2026", "period"),
        ("chậm nhất 30 ngày kể từ ngày được giao", "period"),
        ("trong 01 phút kể từ khi thấy khói", "period"),
        ("trong buổi làm việc", "period"),
        ("vào đầu quý III năm 2026", "period"),
        ("trước hội nghị 02 ngày", "period"),
        ("trước ngày 05 hằng tháng", "recurring"),
        ("trước ngày 10 của tháng đầu quý", "recurring"),
        ("định kỳ gửi Sở trước ngày 05-12", "recurring"),
        ("vào thứ Hai hằng tuần cho đến hết tháng 7/2026", "recurring"),
        ("mỗi 10 phút", "recurring"),
        ("sau mỗi buổi dạy", "recurring"),
        ("30 phút một lần", "recurring"),
        ("tại kỳ giao ban tháng 5", "event"),
        ("ngay sau khi được phê duyệt", "event"),
        ("trước khi vào mùa mưa", "event"),
        ("trước Tết Nguyên đán", "event"),
        ("dịp 20/11", "event"),
        ("trong hai ngày 11 và 12 tháng 4", "date"),
        ("lúc 7 giờ 30 phút", "date"),
        ("trong tuần đầu tháng 9", "period"),
        ("càng sớm càng tốt", "vague"),
        ("khi có điều kiện", "vague"),
        ("kịp thời", "vague"),
        ("sớm bàn giao mặt bằng", "vague"),
        ("bảo đảm tiến độ", "reference"),
        ("theo Quyết định số 12/QĐ-UBND ngày 03 tháng 9 năm 2026", "none"),
        ("24/24 giờ", "none"),
    ],
)
def test_kinds_of_deadline(words: str, kind: str) -> None:
    found = find_deadline(f"Tổ công tác kiểm tra cây {words}.")
    assert found.kind == kind
    assert (found.span is None) == (kind == "none")


@pytest.mark.parametrize(
    ("clause", "product"),
    [
        ("lập danh sách cây sâu mục trước ngày 30/6", "danh sách cây sâu mục"),
        ("trình Chủ tịch Ủy ban nhân dân xã phương án thay cây trong quý III", "phương án thay cây"),
        ("gửi báo cáo về Phòng Kinh tế", "báo cáo"),
        ("kiểm tra từng cây, có biên bản ghi rõ số cây mục", "biên bản ghi rõ số cây mục"),
        ("chặt cây; biên bản nghiệm thu gửi Phòng Kinh tế", "biên bản nghiệm thu"),
        ("trồng cây, sản phẩm là bản đồ cây xanh", "bản đồ cây xanh"),
        ("in 500 tờ rơi, phát tới từng hộ", "tờ rơi"),
        ("rà soát danh mục cây", None),
        ("báo cáo kết quả về Phòng Kinh tế", None),
        ("bổ sung vào danh mục", None),
        ("thực hiện Kế hoạch này", None),
        ("đăng ký văn bản đến", None),
    ],
)
def test_products(clause: str, product: str | None) -> None:
    span = product_in(clause, 0)
    assert (clause[span.start : span.end] if span is not None else None) == product


@pytest.mark.parametrize(
    "unit",
    ["Sở Y tế lập danh mục, gửi báo cáo trước ngày 5/5/2026, ", "các cơ quan, đơn vị ", "khi ", "đơn vị tổ khoa "],
)
def test_a_paragraph_without_end_is_passed_over(unit: str) -> None:
    _, tasks = tasks_of("1. " + unit * (400_000 // len(unit)))
    assert len(tasks) <= 1


@pytest.mark.parametrize("unit", ["Bảo vệ và ", "Sở Y tế giao ", "Văn thư, ", "một hai, "])
def test_names_without_end_are_read_to_a_limit(unit: str) -> None:
    _, tasks = tasks_of("1. " + unit * (15_000 // len(unit)) + "lập danh mục trước ngày 5/5/2026.")
    assert len(tasks) <= 2


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        (" chủ trì, phối hợp với Sở Nội vụ và các đơn vị liên quan rà soát 14 tuyến cống", True),
        (" có trách nhiệm khẩn trương hoàn thiện hồ sơ", True),
        (" tham mưu Ủy ban nhân dân tỉnh ban hành quy chế", True),
        (" tham mưu Ủy ban nhân dân tỉnh các giải pháp", False),
        (" chủ trì theo dõi, đôn đốc việc thực hiện Kế hoạch", False),
        (" kiểm tra, xử lý nghiêm người đi muộn", False),
        ("Nhập đầy đủ các trường mô tả", False),
        ("Xây dựng lịch họp khoa học, hợp lý", False),
        (" đọc báo cáo tình hình", False),
    ],
)
def test_orders_for_work_that_ends(told: str, ends: bool) -> None:
    assert orders_work_that_ends(told) is ends
