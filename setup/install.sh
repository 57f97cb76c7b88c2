#!/usr/bin/env bash
# Install what one task needs, and nothing that is there already: setup/install.sh demo|full|test
# "demo" is what `make demo` runs, "full" adds spaCy and Tantivy, "test" adds the test tools; each contains the one before.
# Debian packages come from apt, Python packages from requirements/*.txt into .venv.
set -euo pipefail
cd "$(dirname "$0")/.."

level=$1
log=.venv/cai-dat.log
stamp=.venv/da-cai

main() {
    mkdir -p .venv
    python=$(find_python)
    packages=$(missing_packages)
    [ -z "$packages" ] || install_packages "$packages"
    if ! installed; then
        install_python_packages
    fi
}

find_python() {
    local candidate
    for candidate in python3 python3.11 python3.12 python3.13; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    stop "Máy chưa có Python 3.11 trở lên. Hãy cài Python (trên Debian 12: apt-get install python3) rồi chạy lại."
}

# Ask for the program, not for the package: it may have come from elsewhere than apt.
missing_packages() {
    # The listing is read whole: grep -q would close the pipe early and pipefail would call that a failure.
    [[ "$(tesseract --list-langs 2>/dev/null)" == *vie* ]] || echo tesseract-ocr tesseract-ocr-vie
    "$python" -c 'import ensurepip' 2>/dev/null ||
        "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
    if [ "$level" = test ]; then
        command -v soffice >/dev/null || echo libreoffice-writer-nogui
        [ -e /usr/lib/libreoffice/program/libsclo.so ] || echo libreoffice-calc-nogui
        command -v chromium >/dev/null || echo chromium
        command -v pdftoppm >/dev/null || echo poppler-utils
        # The first release of Liberation lacks Vietnamese letters; DejaVu has letters that Tesseract reads.
        [ -d /usr/share/fonts/truetype/liberation2 ] || echo fonts-liberation2
        [ -d /usr/share/fonts/truetype/dejavu ] || echo fonts-dejavu-core
    fi
}

install_packages() {
    local names root=()
    names=$(echo $1)
    command -v apt-get >/dev/null ||
        stop "Máy thiếu: $names (tên gói của Debian). Hãy nhờ người quản trị cài phần tương ứng rồi chạy lại."
    if [ "$(id -u)" -ne 0 ]; then
        root=(sudo)
        echo "Cần quyền quản trị để cài: $names"
        # Asks for the password on the terminal, before the output is hidden; fails at once where it cannot ask.
        sudo -v 2>/dev/null ||
            stop "Tài khoản này không có quyền ấy. Hãy nhờ người quản trị chạy lệnh sau, rồi chạy lại:" \
                "    apt-get install --no-install-recommends $names"
    fi
    echo "Đang cài gói hệ thống: $names …"
    quietly "${root[@]}" apt-get update
    # Another installation may be running, as often on a machine just started: wait for it, in seconds.
    quietly "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
        install --yes --no-install-recommends $names
}

# One stamp for all: the level and the sum of all that decides what belongs in .venv.
installed() {
    local have_level have_sum
    [ -x .venv/bin/doclint ] && [ -f "$stamp" ] || return 1
    read -r have_level have_sum <"$stamp"
    [ "$have_sum" = "$(wanted_sum)" ] || return 1
    case "$level:$have_level" in
        demo:* | full:full | full:test | test:test) return 0 ;;
        *) return 1 ;;
    esac
}

wanted_sum() {
    { pwd; cat requirements/*.txt pyproject.toml; } | sha256sum | cut -d' ' -f1
}

install_python_packages() {
    local pip=(.venv/bin/python -m pip --disable-pip-version-check --no-input install)
    rm -f "$stamp"
    echo "Đang cài các gói Python vào .venv …"
    quietly "$python" -m venv .venv
    quietly "${pip[@]}" --require-hashes --no-deps -r "requirements/$level.txt"
    quietly "${pip[@]}" --no-index --no-deps --no-build-isolation --editable .
    echo "$level $(wanted_sum)" >"$stamp"
}

# Keep a command's noise in the log, unless it fails.
quietly() {
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        stop "Cài không thành công ở lệnh: $*" "Toàn bộ thông báo ở $log. Xem mạng có thông không rồi chạy lại."
    fi
}

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

main
