#!/usr/bin/env bash
# What `make demo` shows; setup/install.sh has run.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PWD/.venv/bin:$PATH

main() {
    say '1. Soát ba dự thảo: một bản chép khung của cấp trên, một bản chỉ chuyển tiếp,
   một bản làm đúng.'
    tolerate 1 'doclint check corpora/drafts/ke-hoach-sao-chep.docx \
    corpora/drafts/cong-van-chuyen-tiep.docx corpora/drafts/ke-hoach-sach.pdf'

    say '2. Số hóa một thư mục bản quét, trong đó có một bản trùng và một tệp lạ.'
    remove_archive
    run 'digitize run corpora/scans --archive demo-kho'

    say '3. Tìm trong kho vừa có: gõ có dấu hay không dấu đều ra những trang ấy.'
    run 'digitize search --archive demo-kho "khẩn cấp"'
    run 'digitize search --archive demo-kho "khan cap"'
    run 'digitize search --archive demo-kho "coquan:\"trầm khê\" nam:1999"'

    say 'Thử tiếp:
    .venv/bin/doclint explain NV01                 vì sao bị báo NV01
    .venv/bin/doclint corpus build THƯ-MỤC --pack cap-tren  nạp văn bản cấp trên để dò đoạn chép
    .venv/bin/doclint check DỰ-THẢO.docx           soát dự thảo của mình
    .venv/bin/doclint serve                        mở trang web để thả dự thảo vào
    .venv/bin/digitize serve --archive demo-kho    xem kho vừa có trong trình duyệt
    .venv/bin/digitize run BẢN-QUÉT --archive kho  số hóa bản quét của mình'
}

say() {
    printf '\n%s\n' "$1"
}

run() {
    printf '\n$ %s\n' "$1"
    eval "$1"
}

# Findings are the point here: the exit code that tells of them is no failure.
tolerate() {
    local code=0
    run "$2" || code=$?
    [ "$code" -le "$1" ] || exit "$code"
}

# Whatever else a person may have put under that name stays.
remove_archive() {
    if [ -e demo-kho ] && [ ! -d demo-kho/documents ]; then
        echo 'demo-kho không phải kho của lần thử trước. Hãy đổi tên nó rồi chạy lại.' >&2
        exit 1
    fi
    rm -rf -- demo-kho
}

main
