# Two daemons beside each other, each on a test host of its own, and what is measured of them. Sourced after common.sh.

net=argosy-bench-$$
state=$(mktemp -d "${TMPDIR:-/tmp}/argosy-bench.XXXXXX")
# what a reboot may forget lies where an installed daemon has it: in memory
runs=/run/$net
results=$state/results.tsv
export DOCKER_CONFIG=$state/client
mkdir -p "$DOCKER_CONFIG" "$runs"
: >"$results"
declare -A pid=()
had_argosy=$(find /sys/fs/cgroup -maxdepth 2 -type d -name argosy)

url() { printf 'unix://%s/%s.sock' "$state" "$1"; }
via() { local daemon=$1; shift; "$docker" -H "$(url "$daemon")" "$@"; }
now() { printf '%s' "${EPOCHREALTIME/./}"; } # microseconds, without a fork
note() { printf '%s\t%s\t%s\t%s\n' "$@" >>"$results"; } # TITLE DAEMON UNIT VALUE

# crun refuses cgroup v1 with a stray v2 mount beside it, so that one goes, for both daemons and nobody else.
own_mounts='
  if grep -q " /sys/fs/cgroup/unified .* cgroup2 " /proc/self/mountinfo; then umount /sys/fs/cgroup/unified; fi
  mount --make-rshared /
  echo $$ >"$0"
  exec "$@"'

# A host for a daemon: a network namespace, and mounts that outlive the daemon and that nobody else sees.
host() { # NAME
  ip netns add "$net-$1"
  nsenter --net="/run/netns/$net-$1" ip link set lo up
}

# Starts a daemon and waits until it answers; notes how long that took.
start() { # NAME
  local name=$1 begin _ from=()
  case $name in
    dockerd) from=(dockerd --data-root "$state/dockerd" --exec-root "$runs/dockerd" -H "$(url dockerd)" -p "$state/dockerd.pid"
      --storage-driver overlay2 --live-restore --cgroup-parent "/$net-dockerd" --add-runtime crun="$(command -v crun)") ;;
    argosyd) from=("$top/bin/argosyd" --name bench --data-root "$state/argosyd" --exec-root "$runs/argosyd" -H "$(url argosyd)"
      --insecure-registry 127.0.0.1:5000) ;;
  esac
  begin=$(now)
  if [ -e "$state/$name.mounts" ]; then
    nsenter --mount="/proc/$(cat "$state/$name.mounts")/ns/mnt" --net="/run/netns/$net-$name" "${from[@]}" >>"$state/$name.log" 2>&1 </dev/null &
  else
    nsenter --net="/run/netns/$net-$name" unshare -m --propagation private \
      sh -c "$own_mounts" "$state/$name.first" "${from[@]}" >"$state/$name.log" 2>&1 </dev/null &
  fi
  pid[$name]=$!
  for _ in $(seq 6000); do
    if curl -fs --unix-socket "$state/$name.sock" http://d/_ping >/dev/null 2>&1; then
      took=$((($(now) - begin) / 1000))
      return
    fi
    kill -0 "${pid[$name]}" 2>/dev/null || break
    sleep 0.01
  done
  tail -n 20 "$state/$name.log" >&2
  die "$name did not come up"
}

# A process that keeps a daemon's mounts while the daemon is away.
keep_mounts() { # NAME
  nsenter --mount="/proc/${pid[$1]}/ns/mnt" sleep 3600 >/dev/null 2>&1 </dev/null &
  printf '%s' $! >"$state/$1.mounts"
  keepers+=($!)
}
keepers=()

stop() { # NAME
  local _
  [ -n "${pid[$1]:-}" ] || return 0
  kill "${pid[$1]}" 2>/dev/null || true
  for _ in $(seq 300); do kill -0 "${pid[$1]}" 2>/dev/null || break; sleep 0.1; done
  kill -9 "${pid[$1]}" 2>/dev/null || true
  wait "${pid[$1]}" 2>/dev/null || true
}

# Everything goes, also when the bench is interrupted.
finish() {
  local code=$? name path keeper
  trap - EXIT
  for name in argosyd dockerd; do
    via $name ps -aq 2>/dev/null | xargs -r -n 50 "$docker" -H "$(url $name)" rm -f >/dev/null 2>&1 || true
    stop $name
  done
  for keeper in "${keepers[@]}"; do kill "$keeper" 2>/dev/null || true; done
  awk '{print $5}' /proc/self/mountinfo | grep -e "^$state/" -e "^$runs/" | sort -r | while read -r path; do umount -l "$path"; done || true
  for name in argosyd dockerd out-argosyd out-dockerd; do ip netns delete "$net-$name" 2>/dev/null || true; done
  find /sys/fs/cgroup -depth -type d -path "*/$net*" -exec rmdir {} + 2>/dev/null || true
  # the parent group of another argosyd on this machine is not ours to remove
  [ -n "$had_argosy" ] || find /sys/fs/cgroup -maxdepth 2 -type d -name argosy -exec rmdir {} + 2>/dev/null || true
  rm -rf "$state" "$runs"
  exit $code
}

busybox_tar() {
  local root=$state/busybox applet
  mkdir -p "$root/bin"
  cp /bin/busybox "$root/bin/busybox"
  for applet in true sh sleep yes head cat; do ln -s busybox "$root/bin/$applet"; done
  tar -C "$root" --numeric-owner --owner 0 --group 0 -cf "$state/busybox.tar" .
}

# A daemon with the processes it keeps, in MB of resident memory; what stands beside each container is not counted.
resident() { # NAME
  local sum=0 process pages
  for process in "${pid[$1]}" $(pgrep -P "${pid[$1]}" -x containerd || true); do
    pages=$(awk '{print $2}' "/proc/$process/statm" 2>/dev/null || echo 0)
    sum=$((sum + pages * 4))
  done
  printf '%s' $((sum / 1024))
}

# The middle of the microseconds in a file, as milliseconds.
median() { sort -n "$1" | awk '{a[NR] = $1} END {printf "%.1f", (a[int((NR + 1) / 2)] + a[int(NR / 2) + 1]) / 2000}'; }

# The table: both daemons' medians in the order they were noted, and how many times better argosyd is.
table() {
  awk -F '\t' '
    !(($1, "n") in seen) {seen[$1, "n"] = 1; order[++n] = $1; unit[$1] = $3}
    {value[$1, $2] = $4}
    END {
      printf "  %-36s %11s %11s  %-5s %7s\n", "", "dockerd", "argosyd", "", "ratio"
      for (i = 1; i <= n; i++) {
        t = order[i]; d = value[t, "dockerd"]; a = value[t, "argosyd"]
        r = d > 0 ? a / d : 0
        ahead = unit[t] ~ /\/s$/ ? r > 1 : r < 1
        printf "  %-36s %11.2f %11.2f  %-5s %7.2f  %s\n", t, d, a, unit[t], r, ahead ? "" : "behind"
      }
    }' "$results"
}

json() { jq -R -s 'split("\n") | map(select(. != "") | split("\t") | {case: .[0], daemon: .[1], unit: .[2], value: (.[3] | tonumber)})' "$results"; }
