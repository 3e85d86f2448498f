# Test hosts: network namespaces on one switch, each as good as a machine to a daemon. Sourced.
# Every host has 10.213.N.1H on its eth0, the registry's host 10.213.N.5; nothing of the machine's own
# network is touched. N and the names are the caller's, so that several sets do not meet.

hosts_prefix=${hosts_prefix:-argosy-demo}
hosts_net=${hosts_net:-10.213.77}

in_host() { local name=$1; shift; nsenter --net="/run/netns/$hosts_prefix-$name" "$@"; }

hosts_add() { # NAME LAST-OCTET
  ip netns add "$hosts_prefix-$1"
  in_host "$1" ip link set lo up
  in_host "$1" ip link add eth0 type veth peer name "p$2" netns "$hosts_prefix-switch"
  in_host "$1" ip addr add "$hosts_net.$2/24" dev eth0
  in_host "$1" ip link set eth0 up
  in_host switch ip link set "p$2" master switch up
}

hosts_up() { # HOW-MANY
  ip netns add "$hosts_prefix-switch"
  in_host switch ip link set lo up
  in_host switch ip link add switch type bridge
  in_host switch ip link set switch up
  hosts_add hub 5
  local n
  for n in $(seq "$1"); do hosts_add "n$n" "1$n"; done
}

hosts_down() {
  local file
  for file in /run/netns/"$hosts_prefix"-*; do
    [ -e "$file" ] && ip netns delete "$(basename "$file")" || true
  done
}

# A real registry on the hub, its data below DIR; sets registry and registry_pid.
registry_up() { # DIR
  mkdir -p "$1/registry"
  cat >"$1/registry.yml" <<YAML
version: 0.1
storage:
  filesystem: {rootdirectory: $1/registry}
  delete: {enabled: true}
http: {addr: "$hosts_net.5:5000"}
log: {accesslog: {disabled: true}, level: error}
YAML
  # not by in_host: a function in the background is a shell of its own, and its id would be the shell's
  nsenter --net="/run/netns/$hosts_prefix-hub" docker-registry serve "$1/registry.yml" >"$1/registry.log" 2>&1 </dev/null &
  registry_pid=$!
  registry=$hosts_net.5:5000
  local _
  for _ in $(seq 100); do
    in_host hub curl -fs "http://$registry/v2/" >/dev/null 2>&1 && return
    sleep 0.1
  done
  die "the registry did not come up, see $1/registry.log"
}

# An image of one static busybox, put together here and pushed with curl: NAME TAG.
push_busybox() { # DIR NAME TAG
  local work=$1/busybox root=$1/busybox/root name=$2 tag=$3
  rm -rf "$work"; mkdir -p "$root"/{bin,etc,tmp,root,usr,var,proc,sys,dev}
  cp /bin/busybox "$root/bin/busybox"
  local applet
  for applet in $("$root/bin/busybox" --list); do [ "$applet" = busybox ] || ln -sf busybox "$root/bin/$applet"; done
  printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
  chmod 1777 "$root/tmp"
  tar -C "$root" --numeric-owner --owner 0 --group 0 --sort name --mtime @0 -cf "$work/layer.tar" .
  gzip -9nf <"$work/layer.tar" >"$work/layer.tar.gz"
  local diff; diff=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
  cat >"$work/config.json" <<JSON
{"architecture":"$(dpkg --print-architecture)","os":"linux","created":"2026-01-01T00:00:00Z","config":{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],"Cmd":["sh"]},"rootfs":{"type":"layers","diff_ids":["sha256:$diff"]},"history":[{"created":"2026-01-01T00:00:00Z","created_by":"ADD busybox-static"}]}
JSON
  push_blob "$name" "$work/layer.tar.gz"; push_blob "$name" "$work/config.json"
  cat >"$work/manifest.json" <<JSON
{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":$(stat -c %s "$work/config.json"),"digest":"$(digest "$work/config.json")"},"layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","size":$(stat -c %s "$work/layer.tar.gz"),"digest":"$(digest "$work/layer.tar.gz")"}]}
JSON
  in_host hub curl -fsS -X PUT -H 'Content-Type: application/vnd.docker.distribution.manifest.v2+json' \
    --data-binary @"$work/manifest.json" "http://$registry/v2/$name/manifests/$tag"
}

digest() { printf 'sha256:%s' "$(sha256sum "$1" | cut -d' ' -f1)"; }

push_blob() { # NAME FILE
  local at
  at=$(in_host hub curl -fsS -X POST -D - -o /dev/null "http://$registry/v2/$1/blobs/uploads/" | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
  case $at in *\?*) at="$at&" ;; *) at="$at?" ;; esac
  in_host hub curl -fsS -X PUT -H 'Content-Type: application/octet-stream' --data-binary @"$2" "${at}digest=$(digest "$2")"
}
