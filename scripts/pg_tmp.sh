#!/usr/bin/env bash
# A throw-away PostgreSQL on a unix socket, without durability: for tests only.
#
#   scripts/pg_tmp.sh start        prints its folder; exit 3 if PostgreSQL is not installed
#   scripts/pg_tmp.sh url FOLDER   prints the GONGKAI_DATABASE_URL for it
#   scripts/pg_tmp.sh stop FOLDER  stops it and removes the folder
set -euo pipefail

find_bin() {
  local tool
  for tool in $(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -rV) "$(command -v initdb || true)"; do
    if [ -n "$tool" ] && [ -x "$(dirname "$tool")/pg_ctl" ]; then dirname "$tool"; return; fi
  done
  printf '没有安装 PostgreSQL。\n' >&2
  return 3
}

# PostgreSQL refuses to run as root.
as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

start() {
  local bin folder
  bin=$(find_bin) || exit 3
  folder=$(mktemp -d /tmp/gongkai-pg-XXXXXX) # short: a socket's path may have 107 bytes
  if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
  as_owner "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
    >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; rm -rf "$folder"; exit 1; }
  # The server keeps the caller's output open unless it is sent to a log.
  as_owner "$bin/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/data/server.log" -o "-k $folder \
    -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    -c max_connections=60 -c shared_buffers=128MB" start >/dev/null 2>&1 </dev/null \
    || { cat "$folder/data/server.log" >&2; rm -rf "$folder"; exit 1; }
  as_owner "$bin/createdb" -h "$folder" -U postgres gongkai
  printf '%s\n' "$folder"
}

stop() {
  case $1 in
    /tmp/gongkai-pg-*) ;;
    *) printf '不是本脚本建立的文件夹：%s\n' "$1" >&2; exit 2 ;;
  esac
  as_owner "$(find_bin)/pg_ctl" -D "$1/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$1"
}

case ${1:-} in
  start) start ;;
  url) printf 'postgresql://postgres@/gongkai?host=%s\n' "${2:?}" ;;
  stop) stop "${2:?}" ;;
  *) sed -n '2,7p' "$0" >&2; exit 2 ;;
esac
