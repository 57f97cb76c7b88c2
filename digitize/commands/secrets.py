"""The commands ``digitize secrets …``: what is held for its secrecy marking, and what a person decides of it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitize.commands.options import ARCHIVE, format_option
from vanthu.errors import VanthuError
from vanthu.exit_codes import DigitizeExit
from vanthu.files import exact, near

if TYPE_CHECKING:
    from digitize.archive import Archive
    from digitize.secrets.quarantine import Held, Quarantine

_STATES = {"held": "đang cách ly", "released": "đã cho số hóa", "refused": "đã từ chối"}
_NAMES = click.argument("names", nargs=-1, required=True, metavar="MÃ|TỆP…")
_REASON = click.option("--reason", required=True, metavar="LÝ_DO", help="Vì sao, ghi vào sổ cách ly; bắt buộc.")


@click.group(help="Tài liệu bị cách ly vì có dấu độ mật: xem, cho số hóa, từ chối.")
def secrets() -> None:
    """Hold the commands."""


@secrets.command("list", help="Liệt kê các tài liệu bị cách ly và quyết định về từng tài liệu.")
@ARCHIVE
@format_option()
def list_held(folder: Path, form: str) -> int:
    """Print the quarantine of an archive."""
    from digitize.archive import open_archive
    from digitize.secrets.quarantine import Quarantine

    documents = Quarantine(open_archive(folder)).all()
    click.echo(_as_json(documents) if form == "json" else _as_text(documents))
    return DigitizeExit.DONE


@secrets.command(help="Cho số hóa tài liệu Mật, Tối mật, gọi bằng mã (8 số trở lên) hay tệp; Tuyệt mật không được.")
@_NAMES
@ARCHIVE
@_REASON
def release(names: tuple[str, ...], folder: Path, reason: str) -> int:
    """Let documents be digitized by the next run."""
    from digitize.archive import locked, open_archive
    from digitize.secrets.quarantine import Quarantine

    archive = open_archive(folder)
    with locked(archive):
        quarantine = Quarantine(archive)
        documents = [_find(quarantine, name) for name in names]
        for held in documents:
            quarantine.may_release(held)
        for held in documents:
            _write_down(archive, "release", held, reason)
            quarantine.release(held.sha256, reason)
            click.echo(f"Đã cho số hóa {_named(held)}.")
    click.echo("Chạy lại digitize run để số hóa.")
    return DigitizeExit.DONE


@secrets.command(help="Từ chối số hóa: tài liệu không bao giờ được đọc; bản đã số hóa trước đó bị xóa khỏi kho.")
@_NAMES
@ARCHIVE
@_REASON
def refuse(names: tuple[str, ...], folder: Path, reason: str) -> int:
    """Decide that documents are never read, and take away what was stored of them."""
    from digitize.archive import locked, open_archive
    from digitize.gate import Gate
    from digitize.index.build import update_index
    from digitize.ledger import Ledger
    from digitize.secrets.quarantine import Quarantine

    archive = open_archive(folder)
    with locked(archive), Ledger(archive.ledger) as ledger:
        quarantine = Quarantine(archive)
        for held in [_find(quarantine, name) for name in names]:
            _write_down(archive, "refuse", held, reason)
            quarantine.refuse(held.sha256, reason)
            click.echo(f"Đã từ chối {_named(held)}.")
        Gate(archive, ledger).bring_up()
        update_index(archive, ledger)
    return DigitizeExit.DONE


def _write_down(archive: Archive, decision: str, held: Held, reason: str) -> None:
    """Write in the journal what a person decides, before it is done."""
    from digitize.audit.journal import Journal
    from vanthu.system_user import system_user

    details = {"decision": decision, "sha256": held.sha256[:12], "reason": reason}
    Journal(archive.root).append("release", system_user(), details)


def _find(quarantine: Quarantine, name: str) -> Held:
    """Return the document that a person calls by its file or by the first digits of its SHA-256."""
    from digitize.intake import sha256_of

    if Path(name).is_file():
        return quarantine.find(sha256_of(name))
    if os.sep in name:
        raise VanthuError("không có tệp này", path=name, hint="gọi bằng mã trong digitize secrets list")
    return quarantine.find(name)


def _as_text(documents: list[Held]) -> str:
    if not documents:
        return "Không có tài liệu nào bị cách ly vì dấu độ mật."
    counts = ", ".join(
        f"{name} {count}"
        for state, name in _STATES.items()
        if (count := sum(held.status == state for held in documents))
    )
    return "\n".join([f"{len(documents)} tài liệu có dấu độ mật: {counts}.", *map(_lines, documents)])


def _lines(held: Held) -> str:
    """Return what is told of one document; of Tuyệt mật neither the name of its file nor all of its SHA-256."""
    from digitize.secrets.marking import NAMES

    seen = f"{NAMES[held.level]}, trang {held.page}" + (f" ({held.doubt})" if held.doubt else "")
    decided = f" bởi {held.who}: {held.reason}" if held.who else ""
    secret = held.level == "tuyet-mat"
    places = [f"  {near(place)}{' (không hiện tên tệp)' if secret else ''}" for place in held.places]
    return "\n".join([f"{held.sha256[:12]}  {seen}  {_STATES[held.status]} {_day(held.when)}{decided}", *places])


def _named(held: Held) -> str:
    if held.level == "tuyet-mat" or not held.places:
        return held.sha256[:12]
    return f"{held.sha256[:12]} ({near(held.places[0])})"


def _day(when: str) -> str:
    year, month, day = when[:10].split("-")
    return f"{day}/{month}/{year}"


def _as_json(documents: list[Held]) -> str:
    rows = [
        {
            "sha256": held.sha256[:12] if held.level == "tuyet-mat" else held.sha256,
            "level": held.level,
            "page": held.page,
            "status": held.status,
            "when": held.when,
            "doubt": held.doubt,
            "who": held.who,
            "reason": held.reason,
            "places": [exact(place) for place in held.places],
        }
        for held in documents
    ]
    return json.dumps({"version": 1, "documents": rows}, ensure_ascii=False, indent=2)
