# The way of packets and of names, measured from inside containers' network namespaces, with the same client on both
# sides and the kernel's bare way beside it. Sourced after daemons.sh.

in_net() { local process=$1; shift; nsenter --net="/proc/$process/ns/net" "$@"; }
in_host_net() { local daemon=$1; shift; nsenter --net="/run/netns/$net-$daemon" "$@"; }
outside() { nsenter --net="/run/netns/$net-out-$1" "${@:2}"; }
process_of() { via "$1" inspect -f '{{.State.Pid}}' "$2"; }
address_of() { via "$1" inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$2"; }
middle_of() { sort -n "$1" | awk '{a[NR] = $1} END {print a[int((NR + 1) / 2)]}'; }

wire_tool() { [ -e "$state/load/Wire.class" ] || "$JAVA_HOME/bin/javac" -d "$state/load" "$top/bench/lib/Wire.java"; }

# Another machine on the host's wire.
neighbour() { # DAEMON
  [ ! -e "/run/netns/$net-out-$1" ] || return 0
  ip netns add "$net-out-$1"
  ip -n "$net-out-$1" link set lo up
  ip -n "$net-$1" link add wire0 type veth peer name wire0 netns "$net-out-$1"
  ip -n "$net-$1" addr add 10.201.0.1/24 dev wire0
  ip -n "$net-out-$1" addr add 10.201.0.2/24 dev wire0
  ip -n "$net-$1" link set wire0 up
  ip -n "$net-out-$1" link set wire0 up
}

# Who asks and who answers stay on a processor each: else the scheduler's choice is most of what is measured.
allowed=$(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status)
wire=("$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "$state/load" Wire)
asking=(taskset -c "${allowed%%[-,]*}" "${wire[@]}")
answering=(taskset -c "${allowed##*[-,]}" "${wire[@]}")

servers=()
serve() { # NSENTER-COMMAND...
  "$@" "${answering[@]}" serve 7001 >>"$state/wire.log" 2>&1 </dev/null &
  servers+=($!); keepers+=($!)
}

measure() { # DAEMON FILE ENTER HOST PORT; ENTER is a function with its first word
  local daemon=$1 file=$2 host=$4 port=$5 enter; read -ra enter <<<"$3"
  for kind in flow trips; do
    "${enter[@]}" "${asking[@]}" $kind "$host" "$port" "$(either 600 1500)" \
      >>"$state/$file-$kind-$daemon" 2>>"$state/wire.log" || die "$daemon: $file $kind: $(tail -n 3 "$state/wire.log")"
  done
}

case_wire() {
  local daemon a b _ way ways=(container host published bare) server
  wire_tool
  for daemon in dockerd argosyd; do
    neighbour $daemon
    via $daemon run -d --name wire-a busybox sleep 3600 >/dev/null
    via $daemon run -d --name wire-b -p 7000:7001 busybox sleep 3600 >/dev/null
    serve in_net "$(process_of $daemon wire-b)"
    serve in_host_net $daemon
  done
  sleep 2
  for _ in $(seq "$(either 1 7)"); do
    for daemon in dockerd argosyd; do
      a=$(process_of $daemon wire-a); b=$(address_of $daemon wire-b)
      measure $daemon wire-container "in_net $a" "$b" 7001
      measure $daemon wire-host "in_net $a" 10.201.0.1 7001
      measure $daemon wire-published "outside $daemon" 10.201.0.1 7000
      measure $daemon wire-bare "outside $daemon" 10.201.0.1 7001
    done
  done
  for way in "${ways[@]}"; do
    for daemon in dockerd argosyd; do
      note "TCP, $(way_name $way)" $daemon MB/s "$(middle_of "$state/wire-$way-flow-$daemon")"
    done
    for daemon in dockerd argosyd; do
      note "round trip, $(way_name $way)" $daemon us "$(middle_of "$state/wire-$way-trips-$daemon")"
    done
  done
  for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; done
  for daemon in dockerd argosyd; do via $daemon rm -f wire-a wire-b >/dev/null; done
}

way_name() {
  case $1 in
    container) printf 'container to container' ;;
    host) printf 'container to host' ;;
    published) printf 'outside to published port' ;;
    bare) printf 'outside to host, no engine' ;;
  esac
}

case_dns() {
  local daemon asker _
  wire_tool
  for daemon in dockerd argosyd; do
    via $daemon network create names >/dev/null
    via $daemon run -d --name target --network names busybox sleep 3600 >/dev/null
    via $daemon run -d --name asker --network names busybox sleep 3600 >/dev/null
  done
  for _ in $(seq "$(either 1 7)"); do
    for daemon in dockerd argosyd; do
      asker=$(process_of $daemon asker)
      in_net "$asker" "${asking[@]}" names 127.0.0.11 target "$(either 1500 4000)" \
        >"$state/names" 2>>"$state/wire.log" || die "$daemon: names: $(tail -n 3 "$state/wire.log")"
      cut -d' ' -f1 "$state/names" >>"$state/names-one-$daemon"
      cut -d' ' -f2 "$state/names" >>"$state/names-rate-$daemon"
    done
  done
  for daemon in dockerd argosyd; do note "a name, one at a time" $daemon us "$(middle_of "$state/names-one-$daemon")"; done
  for daemon in dockerd argosyd; do note "names, 32 at once" $daemon q/s "$(middle_of "$state/names-rate-$daemon")"; done
  for daemon in dockerd argosyd; do
    via $daemon rm -f target asker >/dev/null
    via $daemon network rm names >/dev/null
  done
}
