"""Which body a name in a list of recipients means, however it is written."""

from __future__ import annotations

import re

from doclint.anatomy.gazetteer import key, known
from doclint.vietnamese.normalise import fold


def bodies_of(name: str) -> list[str]:
    """Return the bodies that a line of recipients names, folded and by their full names; a group is one."""
    words = " ".join(name.split())
    listed = _ONE_BY_ONE.match(key(words))
    if listed is not None:
        return [f"{listed['head']} {part}" for part in re.split(r", | va ", listed["names"].strip())]
    parts = re.split(r"[,;] ", words)
    if not all(_STARTS_BODY.match(f"{key(part)} ") for part in parts):
        parts = [words]
    return [_full(part) for part in parts]


def is_same_body(one: str, other: str) -> bool:
    """Tell whether two names from ``bodies_of`` mean one body: as «Sở Y tế» and «Sở Y tế tỉnh Sơn Khê» do."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    if long.startswith(f"{short} ") and " " in short:
        level = _LEVEL.search(short)
        place = long[level.start() + 1 if level is not None else len(short) + 1 :]
        return _PLACE.fullmatch(place) is not None
    # «Sở GDĐT tỉnh Sơn Khê» is read without its province.
    head, _, letters = re.sub(r" (?:tinh|thanh pho)\b.*", "", short).partition(" ")
    return (
        long.startswith(f"{head} ")
        and letters != ""
        and " " not in letters
        and is_short_form(letters, long.partition(" ")[2])
    )


def is_short_form(word: str, own: str) -> bool:
    """Tell whether ``word`` is made of the initials of a folded name: «NN&MT», «VHXH»."""
    letters = re.sub(r"[^a-z]", "", fold(word))
    words = re.findall(r"[a-z]+", own)
    initials = {"".join(w[0] for w in words), "".join(w[0] for w in words if w != "va")}
    return len(letters) > 1 and any(letters == short or letters[1:] == short for short in initials)


def _full(name: str) -> str:
    body = known(name)
    words = key(body.name if body is not None else name)
    for short, long in _SHORT_FORMS:
        words = re.sub(rf"\b{short}\b", long, words)
    return _HEADED.sub("", words)


_ONE_BY_ONE = re.compile(r"(?:cac )?(?P<head>so|phong|khoa|thon|truong|bo)\s?: ?(?P<names>.+)")
_STARTS_BODY = re.compile(
    r"(?:so|phong|cong an|van phong|uy ban|hoi dong|truong|tram|hoi|trung tam|chi cuc|thuong truc|bo|thanh tra|"
    r"ban chi huy|khoa|dang uy|bao|kho bac|thue) "
)
_SHORT_FORMS = (("thpt", "trung hoc pho thong"), ("thcs", "trung hoc co so"), ("bhxh", "bao hiem xa hoi"))
# The head of a small unit stands for it.
_HEADED = re.compile(r"^(?:truong|chanh) (?=(?:phong|cong an|khoa|tram|thanh tra|van phong)\b)")
_LEVEL = re.compile(r" (?:tinh|xa|phuong|dac khu)$")
_PLACE = re.compile(r"(?:tinh|thanh pho|xa|phuong|dac khu)(?: (?!va\b)\w+){0,4}")
