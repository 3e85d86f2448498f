# An image of ten layers and 500 MB through two daemons: load, push, pull. Sourced after daemons.sh.

big=127.0.0.1:5000/bench/big
megabytes_of_image() { either 100 500; }
rounds_of_image() { either 2 3; }

# Each host has the one registry, at its own 127.0.0.1:5000.
image_registry() {
  local daemon
  [ ! -e "$state/registry.yml" ] || return 0
  need_packages docker-registry skopeo
  "$JAVA_HOME/bin/javac" -d "$state/load" "$top/bench/lib/BigImage.java"
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

# A fresh image as an archive, the same at each run of the bench. No image is removed for the next round: for a minute
# ext4 looks for other inodes than those just freed, and makes files several times slower.
big_image() { # NUMBER
  image_registry
  "$JAVA_HOME/bin/java" -cp "$state/load" BigImage "$state/big.tar" "$big:$1" 10 "$(megabytes_of_image)" "$1"
}

# The same layers for both, packed by neither.
big_in_registry() { # NUMBER
  big_image "$1"
  nsenter --net="/run/netns/$net-dockerd" skopeo copy -q --dest-tls-verify=false "docker-archive:$state/big.tar" "docker://$big:$1" >/dev/null
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
  medians "$1" "$1, 10 layers, $(megabytes_of_image) MB"
  medians "$1-cpu" "$1, processor of the daemon"
  for daemon in dockerd argosyd; do
    note "$1, resident at most" $daemon MB "$(sort -n "$state/$1-peak-$daemon" | tail -n 1)"
  done
}

case_load() {
  local daemon round
  for round in $(seq "$(rounds_of_image)"); do
    big_image "$round"
    for daemon in dockerd argosyd; do big_timed load $daemon load -q -i "$state/big.tar"; done
  done
  big_notes load
}

case_pull() {
  local daemon round
  for round in $(seq "$(rounds_of_image)"); do
    big_in_registry $((round + 100))
    for daemon in dockerd argosyd; do big_timed pull $daemon pull -q "$big:$((round + 100))"; done
  done
  big_notes pull
}

# What was pulled goes to a registry that has nothing of it any more.
case_push() {
  local daemon round
  big_in_registry 200
  for daemon in dockerd argosyd; do via $daemon pull -q "$big:200" >/dev/null; done
  for round in $(seq "$(rounds_of_image)"); do
    for daemon in argosyd dockerd; do
      rm -rf "$state/registry"
      big_timed push $daemon push -q "$big:200"
    done
  done
  big_notes push
}
