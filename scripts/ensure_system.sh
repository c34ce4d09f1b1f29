#!/usr/bin/env bash
# Brings the system packages that ./test needs. As root on Debian it installs what is missing,
# and starts no service; otherwise it prints the line to run, and ./test says what it left out.
set -euo pipefail

packages=()
need() { # need PACKAGE… -- what is there if they are installed
  local wanted=()
  while [ "$1" != -- ]; do wanted+=("$1"); shift; done
  shift
  "$@" >/dev/null 2>&1 || packages+=("${wanted[@]}")
}
on_path() { PATH="$PATH:/usr/sbin:/sbin" command -v "$1"; }
server() { compgen -G '/usr/lib/postgresql/*/bin/initdb' || command -v initdb; }
font() { compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK*'; }
library() { /sbin/ldconfig -p | grep -qF "$1"; }
venv_module() { python3 -c 'import ensurepip, venv'; }

if [ "$(uname -s)" = Linux ]; then
  need chromium -- on_path chromium
  need fonts-noto-cjk -- font
  need nginx-light -- on_path nginx
  need postgresql -- server
  need poppler-utils -- on_path pdftotext
  need libpango-1.0-0 -- library libpango-1.0.so.0
  need libpangoft2-1.0-0 -- library libpangoft2-1.0.so.0
  need libharfbuzz-subset0 -- library libharfbuzz-subset.so.0
  need python3-venv -- venv_module
fi
[ ${#packages[@]} -gt 0 ] || exit 0

line="apt-get install -y --no-install-recommends ${packages[*]}"
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  printf '缺少系统软件，相关测试不会运行。请以管理员身份执行：\n  %s\n' "$line" >&2
  exit 0
fi
printf '安装系统软件：%s\n' "${packages[*]}" >&2

# Debian's postgresql and nginx would start by themselves; our tests start their own.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >"$log" 2>&1
then
  tail -n 20 "$log" >&2
  printf '安装没有成功，缺少的部分不会运行。\n' >&2
fi
rm -f "$log"
