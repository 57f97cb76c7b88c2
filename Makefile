.DEFAULT_GOAL := help
.PHONY: help demo setup test lint bench docs lock clean

PYTHON := .venv/bin/python
UV := 0.13.9

help:
	@echo 'make demo    xem thử: soát ba dự thảo, số hóa và tìm trong một thư mục bản quét'
	@echo 'make setup   cài đủ để dùng: .venv/bin/doclint và .venv/bin/digitize'
	@echo 'make test    chạy các phép thử'
	@echo 'make lint    soát mã nguồn: kiểu, định dạng, ranh giới giữa các gói'
	@echo 'make bench   đo tốc độ'
	@echo 'make docs    sinh lại các trang tài liệu lấy từ rules/'
	@echo 'make lock    khóa lại phiên bản các gói Python trong requirements/'
	@echo 'make clean   xóa .venv và mọi thứ sinh ra'

demo:
	@setup/install.sh demo
	@demo/run.sh

setup:
	@setup/install.sh full
	@echo 'Đã cài xong. Thử tiếp:'
	@echo '    .venv/bin/doclint check DỰ-THẢO.docx'
	@echo '    .venv/bin/digitize run THƯ-MỤC-BẢN-QUÉT --archive kho'

test:
	@setup/install.sh test
	@$(PYTHON) -m pytest -n auto --dist loadfile
	@echo 'Thử tiếp: make lint · make demo'

lint:
	@setup/install.sh test
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports

bench:
	@setup/install.sh full
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/bench.txt
	@$(PYTHON) -m benchmarks

docs:
	@setup/install.sh demo
	@$(PYTHON) -m doclint.docs

# The test lock decides all versions; the smaller two are parts of it. What is locked stays as it is:
# to take newer versions, delete requirements/*.txt first.
COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url
lock:
	@setup/install.sh demo
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check uv==$(UV)
	@$(COMPILE) pyproject.toml --extra trueocr --extra tantivy --group test -o requirements/test.txt
	@$(COMPILE) pyproject.toml --extra trueocr --extra tantivy --group build -c requirements/test.txt -o requirements/full.txt
	@$(COMPILE) --group pyproject.toml:bench -c requirements/full.txt -o requirements/bench.txt
	@$(COMPILE) requirements/demo.in --group pyproject.toml:build -c requirements/full.txt -o requirements/demo.txt

clean:
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist build demo-kho
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
