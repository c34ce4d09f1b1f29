# 日常命令。不带参数运行 make 会列出它们。
SHELL := bash
BIN := .venv/bin
DEMO := GONGKAI_DEMO=true GONGKAI_DATA=var/demo GONGKAI_HTTPS=false GONGKAI_HOSTS=127.0.0.1,localhost,pufa.localhost
TOOLS := var/tools

.DEFAULT_GOAL := help
.PHONY: help run worker check test bench corpus demo-postgresql docs fix lock vendor calendar demo

help: ## 列出这些命令
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## 准备并启动演示（同 ./demo）
	@./demo

run: $(BIN)/gongkai ## 在演示数据上运行开发服务器（改代码即重启）
	$(DEMO) GONGKAI_DEBUG=true $(BIN)/gongkai runserver 127.0.0.1:8000

worker: $(BIN)/gongkai ## 在演示数据上运行后台任务
	$(DEMO) $(BIN)/gongkai db_worker

check: $(BIN)/gongkai ## 快速检查：规范、类型、楼层、迁移、许可证
	@$(BIN)/python scripts/run_tests.py --part types lint format contracts migrations licences hosts vendored

test: ## 全部测试（同 ./test）
	@./test

bench: $(BIN)/gongkai ## 测量速度：依次运行 bench/ 下的每个脚本
	@set -e; for script in bench/*.py; do [ -e "$$script" ] || continue; echo "── $$script"; $(BIN)/python "$$script"; done

demo-postgresql: $(BIN)/gongkai ## 在 PostgreSQL 上重演演示数据并核对（约三分钟，./test 只在 SQLite 上做）
	@set -e; folder=$$(scripts/pg_tmp.sh start | tail -1); trap "scripts/pg_tmp.sh stop $$folder" EXIT; \
	GONGKAI_DATABASE_URL="postgresql://postgres@/gongkai?host=$$folder" $(BIN)/python -m pytest tests/demo -q --database-only

corpus: $(BIN)/gongkai ## 由种子数造出几千份样本，量机器筛查查得全不全、误报多不多
	$(BIN)/python -m tests.screening.corpus

docs: $(BIN)/gongkai ## 重写由代码生成的页面，生成文档到 site/
	$(BIN)/python scripts/make_docs.py
	$(BIN)/mkdocs build --strict

fix: $(BIN)/gongkai ## 自动改正格式和可以自动改正的问题
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

COMPILE := pip compile --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --universal --python-version 3.11 --quiet
UV := $(or $(shell command -v uv),$(TOOLS)/bin/uv)

lock: $(BIN)/gongkai $(UV) ## 按 requirements/*.in 重新锁定依赖（带校验和）
	$(UV) $(COMPILE) requirements/base.in -o requirements/base.txt
	$(UV) $(COMPILE) requirements/dev.in -c requirements/base.txt -o requirements/dev.txt
	$(UV) $(COMPILE) requirements/ocr.in -c requirements/base.txt -o requirements/ocr.txt
	$(BIN)/python scripts/check_hosts.py

vendor: $(BIN)/gongkai ## 重新取得随附的前端文件（需要 npm）
	$(BIN)/python scripts/vendor_assets.py
	$(BIN)/python scripts/check_vendored.py

calendar: $(BIN)/gongkai ## 重写节假日表
	$(BIN)/python scripts/make_calendar.py

$(BIN)/gongkai:
	scripts/ensure_venv.sh dev

$(TOOLS)/bin/uv:
	python3 -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet uv
