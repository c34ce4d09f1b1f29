#!/usr/bin/env bash
# Makes .venv hold exactly a lock file, and does nothing when it already does.
#
#   scripts/ensure_venv.sh base    what production and the demo need
#   scripts/ensure_venv.sh dev     what ./test needs on top (a superset of base)
#
# .venv/gongkai.stamp records what was installed: the checkout's path (a moved venv has dead
# shebangs), the hash of each lock that is satisfied, and of pyproject.toml (entry points).
set -euo pipefail
cd "$(dirname "$0")/.."

lock=${1:?base or dev}
venv=.venv
stamp=$venv/gongkai.stamp

say() { printf '%s\n' "$*" >&2; }

# A shim on the PATH may name a version that is not there, so each candidate is run.
find_python() {
  local candidate
  for candidate in python3.13 python3.12 python3.11 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  say '没有找到 Python 3.11 或更高版本。请先安装，例如（Debian 12）：apt-get install python3 python3-venv'
  return 1
}

sha() { "$venv/bin/python" -c 'import hashlib,sys; print(hashlib.sha256(open(sys.argv[1],"rb").read()).hexdigest())' "$1"; }
recorded() { [ -f "$stamp" ] && grep -qxF "$1" "$stamp"; }

place="path $(pwd -P)"
if [ -f "$stamp" ] && ! recorded "$place"; then
  say '仓库换了位置，重建 .venv……'
  rm -rf "$venv"
fi
if ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  python=$(find_python)
  say "建立 Python 环境（$python）……"
  rm -rf "$venv"
  if ! "$python" -m venv "$venv" >&2; then
    rm -rf "$venv"
    say '不能建立虚拟环境。Debian 上请先安装：apt-get install python3-venv'
    exit 1
  fi
fi

base="base $(sha requirements/base.txt)"
dev="dev $(sha requirements/dev.txt)"
project="project $(sha pyproject.toml)"
case $lock in
  base) wanted=$base ;;
  dev) wanted=$dev ;;
  *) say "不认识的依赖清单：$lock"; exit 2 ;;
esac

if ! recorded "$wanted"; then
  say "安装依赖（requirements/$lock.txt，首次约 1 分钟）……"
  rm -f "$stamp"
  "$venv/bin/python" -m pip install -qq --disable-pip-version-check \
    --require-hashes -r "requirements/$lock.txt" >&2
  project_recorded=no
elif recorded "$project"; then
  project_recorded=yes
else
  project_recorded=no
fi
if [ "$project_recorded" = no ] || [ ! -x "$venv/bin/gongkai" ]; then
  "$venv/bin/python" -m pip install -qq --disable-pip-version-check \
    --no-deps --no-build-isolation -e . >&2
  # A superset satisfies base; base alone says nothing of dev, unless dev was there already.
  {
    printf '%s\n%s\n%s\n' "$place" "$project" "$base"
    if [ "$lock" = dev ] || recorded "$dev"; then printf '%s\n' "$dev"; fi
  } >"$stamp.new"
  mv "$stamp.new" "$stamp"
fi
