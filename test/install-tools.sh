#!/usr/bin/env bash
# Installs the tools of tools.txt that are absent: Debian's packages (without root it only names them), and below
# .tools/ what Debian no longer has. Exit code 0: all present. The program itself needs none of them, only some of its tests do.
set -euo pipefail
cd "$(dirname "$0")"

missing_packages() {
  local name commands package command found
  while read -r name commands package; do
    case "$name" in '' | '#'*) continue ;; esac
    found=
    for command in ${commands//,/ }; do
      if command -v "$command" >/dev/null 2>&1; then found=$command && break; fi
    done
    if [ -z "$found" ]; then echo "$package"; fi
  done <tools.txt
}

mapfile -t missing < <(missing_packages)
packages=()
failed=0
for package in "${missing[@]}"; do
  case "$package" in
    *.mjs) echo "test tools: running test/$package" && node "$package" || failed=1 ;;
    *) packages+=("$package") ;;
  esac
done
if [ "${#packages[@]}" -eq 0 ]; then
  if [ "$failed" -ne 0 ]; then exit 1; fi
  echo "test tools: all present"
  exit 0
fi

if ! command -v apt-get >/dev/null 2>&1; then
  echo "test tools: missing ${packages[*]}. This script knows apt-get only: install them with your system's packages." >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "test tools: missing ${packages[*]}. Install them as root: apt-get install ${packages[*]}" >&2
    exit 1
  fi
  as_root=(sudo -n)
fi

echo "test tools: installing ${packages[*]}"
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q "$@" </dev/null; }
apt update
apt install --no-install-recommends "${packages[@]}"

mapfile -t packages < <(missing_packages)
if [ "${#packages[@]}" -ne 0 ]; then
  echo "test tools: still missing after the installation: ${packages[*]}" >&2
  exit 1
fi
