#!/usr/bin/env bash
# What `make demo` shows; setup/install.sh has run.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PWD/.venv/bin:$PATH

echo
echo '1. Soát ba dự thảo trước khi ký'
# Findings are the point here: exit code 1 is no failure.
doclint check corpora/drafts/{ke-hoach-sao-chep.docx,cong-van-chuyen-tiep.docx,ke-hoach-sach.pdf} || [ $? -eq 1 ]

echo
echo '2. Số hóa một thư mục bản quét rồi tìm trong đó'
rm -rf demo-kho
digitize run corpora/scans --archive demo-kho
for query in 'khẩn cấp' 'khan cap'; do
    echo
    echo "\$ digitize search --archive demo-kho \"$query\""
    digitize search --archive demo-kho "$query"
done

cat <<'EOF'

Thử tiếp:
    .venv/bin/doclint check DỰ-THẢO.docx              soát dự thảo của chính mình
    .venv/bin/doclint rules                           các quy tắc đang có
    .venv/bin/digitize run THƯ-MỤC --archive kho      số hóa bản quét của chính mình
    .venv/bin/digitize search --archive kho "cụm từ"  tìm, có dấu hay không dấu đều được
EOF
