"""The command ``digitize serve``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitize.commands.options import ARCHIVE
from vanthu.errors import VanthuError
from vanthu.exit_codes import DigitizeExit

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

    from digitize.web.context import SignIn


@click.command(help="Mở trang web của kho: tìm, xem, duyệt, theo dõi đợt số hóa, soát dự thảo; và API.")
@ARCHIVE
@click.option(
    "--address",
    metavar="ĐỊA-CHỈ:CỔNG",
    default="127.0.0.1:8765",
    show_default=True,
    help="Nơi trang web chờ. 127.0.0.1 là riêng máy này, không cần đăng nhập; địa chỉ khác phải có tài khoản.",
)
@click.option(
    "--trusted-proxy",
    "proxies",
    metavar="ĐỊA-CHỈ",
    multiple=True,
    help="Máy chủ HTTPS đứng trước, được tin khi cho biết người dùng từ đâu đến; dùng thì luôn phải đăng nhập.",
)
@click.option(
    "--trust-header",
    "header",
    metavar="TÊN",
    default="",
    help="Dòng tiêu đề mà --trusted-proxy ghi tên người đã đăng nhập, ví dụ X-Remote-User.",
)
def serve(folder: Path, address: str, proxies: tuple[str, ...], header: str) -> int:
    """Serve the pages of an archive."""
    from digitize.archive import open_archive
    from digitize.web.serving import application
    from vanthu.web.border import is_this_machine
    from vanthu.web.serving import link, listening
    from vanthu.web.serving import serve as answer

    archive = open_archive(folder)
    host, port = _address(address)
    sign_in = _sign_in(archive.root, folder, host, proxies, header)
    with listening(host, port, "--address") as waiting:
        click.echo("Đang khởi động…")
        with application(archive, sign_in, Path.cwd()) as app:
            click.echo(f"Mở trình duyệt tại {link(waiting, host)} (dừng: Ctrl-C)")
            if sign_in.required and not proxies and not is_this_machine(host):
                click.echo(_IN_CLEAR, err=True)
            answer(app, waiting)
    click.echo("Đã dừng.")
    return DigitizeExit.DONE


def _sign_in(root: Path, shown: Path, host: str, proxies: tuple[str, ...], header: str) -> SignIn:
    """Return who may come in. Raises VanthuError when others could, and nobody looks after the accounts."""
    from digitize.accounts.store import exist, open_accounts
    from digitize.web.context import SignIn
    from vanthu.web.border import is_this_machine

    networks = tuple(_network(proxy) for proxy in proxies)
    if header and not networks:
        raise VanthuError(
            "--trust-header phải đi với --trusted-proxy", hint="ghi địa chỉ máy chủ HTTPS của cơ quan, ví dụ 127.0.0.1"
        )
    if is_this_machine(host) and not networks:
        return SignIn()
    known = False
    if exist(root):
        with open_accounts(root) as accounts:
            known = accounts.has_admin()
    if not known:
        raise VanthuError(
            f"địa chỉ {host} mở cho người khác, nên phải có tài khoản; kho chưa có người quản trị nào",
            path=shown,
            hint=f"digitize users add TÊN --role admin --archive {shown}",
        )
    return SignIn(required=True, header=header, proxies=networks)


def _address(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    host = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if not host or not port.isdecimal() or int(port) > 65535:
        raise VanthuError(f"địa chỉ «{address}» sai khuôn dạng", hint="ví dụ 127.0.0.1:8765, 0.0.0.0:8765, [::1]:8765")
    return host, int(port)


def _network(proxy: str) -> IPv4Network | IPv6Network:
    from ipaddress import ip_network

    try:
        return ip_network(proxy)
    except ValueError as error:
        raise VanthuError(
            f"--trusted-proxy {proxy}: không phải địa chỉ IP", hint="ví dụ 127.0.0.1, 10.0.0.0/24"
        ) from error


_IN_CLEAR = (
    "Lưu ý: mật khẩu và tài liệu đi trên mạng không mã hóa; đặt sau máy chủ HTTPS của cơ quan, thêm --trusted-proxy."
)
