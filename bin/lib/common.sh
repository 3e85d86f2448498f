# What the scripts share: speaking, finding a JDK 25, Debian packages. Sourced, not run.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '%s\n' "$*"; }
step() { printf '\n\033[1m== %s\033[0m  (%ss)\n' "$*" "$SECONDS"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# Runs a long command with its output in a log; a dot every few seconds shows that it is alive.
patiently() { # LOG COMMAND...
  local log=$1 pid; shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 </dev/null & pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" 2>/dev/null && sleep 0.3; done
    printf '.'
  done
  printf '\n'
  wait "$pid" || { tail -n 40 "$log" >&2; die "failed: $* (all of it in $log)"; }
}

is_jdk25() { [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25' "$1/release" 2>/dev/null; }

# Prints the home of a JDK 25: JAVA_HOME, the java on the path, or the usual places.
jdk25() {
  local home
  for home in "${JAVA_HOME:-}" "$(readlink -f "$(command -v javac 2>/dev/null || echo /)" | sed 's|/bin/javac$||')" \
    /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* /opt/*jdk*; do
    if [ -n "$home" ] && is_jdk25 "$home"; then printf '%s\n' "$home"; return; fi
  done
  die "no JDK 25 found: install one (for example Temurin 25) or set JAVA_HOME to it"
}

need_root() { [ "$(id -u)" = 0 ] || die "needs root: it makes network namespaces and runs containers"; }

# Installs the Debian packages that are missing; says nothing when there are none.
need_packages() {
  local missing=() package before unit
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  command -v apt-get >/dev/null || die "needs the Debian packages ${missing[*]}"
  need_root
  say "installing the Debian packages ${missing[*]}"
  before=$(installed)
  # a package's service is not ours to start on somebody's machine, now or when it boots
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' >$policy; chmod 755 $policy; else policy=; fi
  apt-get update -qq >/dev/null || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    { [ -z "$policy" ] || rm -f $policy; die "apt-get could not install ${missing[*]}"; }
  [ -z "$policy" ] || rm -f $policy
  for package in $(comm -13 <(printf '%s\n' "$before") <(installed)); do
    for unit in $(dpkg -L "$package" | sed -n 's|^/lib/systemd/system/\([^/@]*\.\(service\|socket\|timer\)\)$|\1|p'); do
      systemctl --quiet disable "$unit" >/dev/null 2>&1 || true # one that nothing can enable, or no systemd
    done
  done
}

installed() { dpkg-query -W -f='${db:Status-Abbrev}${Package}\n' | sed -n 's/^ii //p' | sort -u; }

# The packages a daemon uses, those that the demo and the tests use besides, and those of the tests alone.
engine_packages=(conmon runc crun nftables libnftables1 libseccomp2 iproute2 libisal2)
trial_packages=(busybox-static docker-registry curl jq procps util-linux)
test_packages=(e2fsprogs mount docker-compose docker.io podman skopeo socat openssl git zstd xz-utils bzip2)

# Prints a docker CLI: the one on the path, or Debian's, unpacked (not installed) below target/.
docker_cli() {
  if command -v docker >/dev/null; then command -v docker; return; fi
  local place=$top/target/docker-cli
  if [ ! -x "$place/usr/bin/docker" ]; then
    mkdir -p "$place"
    (cd "$place" && { apt-get download -qq docker.io >/dev/null 2>&1 || { apt-get update -qq && apt-get download -qq docker.io; }; } \
      >/dev/null && dpkg-deb -x docker.io_*.deb . && rm -f docker.io_*.deb) ||
      die "no docker CLI on the path, and Debian's docker.io could not be had"
  fi
  printf '%s\n' "$place/usr/bin/docker"
}
