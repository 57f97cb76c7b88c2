"""Names of bodies: which stand for a group, which for one body, and which two mean the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.anatomy.bodies import find_bodies, group_of, level_of
from doclint.anatomy.same_body import bodies_of, is_same_body

GROUPS = {
    "departments": ("Các sở, ban, ngành khác của tỉnh", "Các ban, sở, ngành", "Các cơ quan chuyên môn thuộc UBND tỉnh"),
    "communes": ("UBND 102 xã, phường", "Đảng ủy, HĐND, UBND các xã, phường", "Ủy ban nhân dân cấp xã"),
    "units": ("Các trường học trên địa bàn", "Giám đốc các bệnh viện", "Đơn vị trực thuộc"),
    "divisions": ("Các bộ phận", "Trưởng các khoa, phòng", "Các tổ, bộ phận", "Các bản"),
    "associations": ("MTTQ và các đoàn thể", "Các tổ chức chính trị - xã hội xã"),
    "all": ("Lãnh đạo các cơ quan, đơn vị", "Tất cả các đơn vị", "Các doanh nghiệp trên địa bàn"),
    "cells": ("Đảng ủy các xã, phường", "Các tổ chức đảng trực thuộc"),
    "ministries": ("Các bộ, ngành Trung ương",),
    "central": ("Các cơ quan Trung ương trên địa bàn tỉnh",),
    "": ("Bộ phận Một cửa", "Chủ tịch, các PCT UBND tỉnh", "Các Sở: Xây dựng, Tài chính", "Trưởng thôn Nà Hin"),
}


@pytest.mark.parametrize(("group", "name"), [(group, name) for group, names in GROUPS.items() for name in names])
def test_a_name_stands_for_its_group(group: str, name: str) -> None:
    assert group_of(name) == group


@pytest.mark.parametrize(
    ("name", "level"), [("Bộ phận Một cửa", ""), ("Bộ Nội vụ", "central"), ("Bộ Chỉ huy Quân sự khu vực", "department")]
)
def test_a_name_shows_its_level(name: str, level: str) -> None:
    assert level_of(name) == level


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Trường THPT Đại Lũng", "Trường Trung học phổ thông Đại Lũng", True),
        ("Sở GDĐT", "Sở Giáo dục và Đào tạo", True),
        ("Sở Y tế", "Sở Y tế tỉnh Sơn Khê", True),
        ("BHXH tỉnh Sơn Khê", "Bảo hiểm xã hội tỉnh", True),
        ("Trưởng phòng Kinh tế", "Phòng Kinh tế", True),
        ("Phòng Kinh tế", "Phòng Kinh tế, Hạ tầng và Đô thị", False),
        ("Sở Y tế tỉnh Sơn Khê", "Sở Y tế tỉnh Lam Hà", False),
        ("Trường Tiểu học Nà Hin", "Trường Tiểu học Nà Lau", False),
    ],
)
def test_two_names_mean_one_body(one: str, other: str, same: bool) -> None:
    assert is_same_body(bodies_of(one)[0], bodies_of(other)[0]) is same


def test_a_line_may_name_several_bodies() -> None:
    assert bodies_of("Các Sở: Xây dựng, Tài chính") == ["so xay dung", "so tai chinh"]
    assert bodies_of("Công an xã, Phòng Kinh tế") == ["cong an xa", "phong kinh te"]
    assert bodies_of("Phòng Kinh tế, Hạ tầng và Đô thị") == ["phong kinh te, ha tang va do thi"]


TASK = "Giao Sở Nội vụ chủ trì, phối hợp với Công an tỉnh, các sở, ban, ngành và Ủy ban nhân dân cấp xã rà soát hồ sơ."


@given(st.lists(st.sampled_from([" ", "  ", "\n", " \n\t", "\u00a0 "]), min_size=40, max_size=40))
def test_runs_of_blanks_hide_no_name(blanks: list[str]) -> None:
    words = TASK.split()
    text = "".join(word + blank for word, blank in zip(words, blanks, strict=False))
    found = list(find_bodies(text))
    assert [text[actor.span.start : actor.span.end] for actor in found] == [actor.name for actor in found]
    plain = [actor.name for actor in find_bodies(" ".join(words))]
    assert [" ".join(actor.name.split()) for actor in found] == plain
    assert len(plain) >= 3
