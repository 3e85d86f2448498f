# An image of ten layers and 500 MB through two daemons: load, push, pull. Sourced after daemons.sh.

big=127.0.0.1:5000/bench/big:1

# The image as an archive, always the same; each host has the one registry at its own 127.0.0.1:5000.
big_image() {
  local daemon
  [ ! -e "$state/big.tar" ] || return 0
  need_packages docker-registry
  "$JAVA_HOME/bin/javac" -d "$state/load" "$top/bench/lib/BigImage.java"
  "$JAVA_HOME/bin/java" -cp "$state/load" BigImage "$state/big.tar" "$big" 10 "$(either 100 500)"
  printf 'version: 0.1\nstorage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}\nhttp: {addr: 127.0.0.1:5000}\nlog: {level: error}\n' \
    "$state/registry" >"$state/registry.yml"
  for daemon in dockerd argosyd; do
    OTEL_TRACES_EXPORTER=none nsenter --net="/run/netns/$net-$daemon" docker-registry serve "$state/registry.yml" >"$state/registry-$daemon.log" 2>&1 </dev/null &
    keepers+=($!)
    for _ in $(seq 100); do
      if nsenter --net="/run/netns/$net-$daemon" curl -fs http://127.0.0.1:5000/v2/ >/dev/null; then continue 2; fi
      sleep 0.1
    done
    die "the registry did not come up: $(tail -n 5 "$state/registry-$daemon.log")"
  done
}

# The processes of a daemon that stay: itself, and dockerd's containerd.
family() { printf '%s\n' "${pid[$1]}"; pgrep -P "${pid[$1]}" -x containerd || true; }

# Ticks of processor a daemon has taken, with the children that ended.
ticks() { # DAEMON
  local process sum=0
  for process in $(family "$1"); do
    sum=$((sum + $(sed 's/.*) //' "/proc/$process/stat" | awk '{print $12 + $13 + $14 + $15}')))
  done
  printf '%s' "$sum"
}

# The most a daemon was resident with since it was last asked, in MB.
peak() { # DAEMON
  local process sum=0
  for process in $(family "$1"); do
    sum=$((sum + $(awk '/^VmHWM/ {print $2}' "/proc/$process/status")))
    echo 5 >"/proc/$process/clear_refs"
  done
  printf '%s' $((sum / 1024))
}

# A docker command with the big image through one daemon: how long, how much processor, how much memory at most.
big_timed() { # CASE DAEMON WORDS...
  local name=$1 daemon=$2 before; shift 2
  sync
  peak "$daemon" >/dev/null
  before=$(ticks "$daemon")
  timed "$name" "$daemon" "$@"
  echo $((($(ticks "$daemon") - before) * 1000000 / $(getconf CLK_TCK))) >>"$state/$name-cpu-$daemon"
  peak "$daemon" >>"$state/$name-peak-$daemon"
  echo >>"$state/$name-peak-$daemon"
}

big_notes() { # CASE
  local daemon
  medians "$1" "$1, 10 layers, $(either 100 500) MB"
  medians "$1-cpu" "$1, processor of the daemon"
  for daemon in dockerd argosyd; do
    note "$1, resident at most" $daemon MB "$(sort -n "$state/$1-peak-$daemon" | tail -n 1)"
  done
}

big_gone() { via "$1" rmi -f "$big" >/dev/null 2>&1 || true; }
empty_registry() { rm -rf "$state/registry"; mkdir -p "$state/registry"; }

# The registry's content is dockerd's for both pulls: the same packed layers.
big_in_registry() {
  [ ! -e "$state/registry/pushed" ] || return 0
  via dockerd image inspect "$big" >/dev/null 2>&1 || via dockerd load -q -i "$state/big.tar" >/dev/null
  empty_registry
  via dockerd push -q "$big" >/dev/null || die "dockerd does not push"
  touch "$state/registry/pushed"
}

case_load() {
  local daemon _
  big_image
  for _ in $(seq "$(either 2 5)"); do
    for daemon in dockerd argosyd; do
      big_gone $daemon
      big_timed load $daemon load -q -i "$state/big.tar"
    done
  done
  big_notes load
}

case_pull() {
  local daemon _
  big_image; big_in_registry
  for _ in $(seq "$(either 2 5)"); do
    for daemon in dockerd argosyd; do
      big_gone $daemon
      big_timed pull $daemon pull -q "$big"
    done
  done
  big_notes pull
}

# What was pulled goes to a registry that has nothing of it any more.
case_push() {
  local daemon _
  big_image; big_in_registry
  for daemon in dockerd argosyd; do big_gone $daemon; via $daemon pull -q "$big" >/dev/null; done
  for _ in $(seq "$(either 2 5)"); do
    for daemon in argosyd dockerd; do
      empty_registry
      big_timed push $daemon push -q "$big"
    done
  done
  touch "$state/registry/pushed"
  big_notes push
}
