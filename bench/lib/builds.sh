# Builds of twelve steps by the stock CLI's classic builder. Sourced after daemons.sh.

# A context of 200 small files, an archive, and a Dockerfile with each kind of step.
build_context() {
  local context=$state/context i
  [ ! -d "$context" ] || return 0
  mkdir -p "$context/src"
  for i in $(seq 200); do head -c 5000 /dev/urandom >"$context/src/$i"; done
  tar -C "$context/src" -cf "$context/some.tar" 1 2 3
  printf 'file\n' >"$context/file"
  cat >"$context/Dockerfile" <<'END'
FROM busybox
LABEL kind=bench
ENV A=1
WORKDIR /work
COPY src ./src
RUN cat src/* >all
ADD some.tar /unpacked/
RUN head -c 30000000 /dev/zero >/big
COPY file /file
RUN cat /file >/copy
USER 1
CMD ["true"]
END
}

built() { # FILE DAEMON OPTION...
  local file=$1 daemon=$2; shift 2
  DOCKER_BUILDKIT=0 timed "$file" "$daemon" build -q "$@" "$state/context"
}

case_build() {
  local daemon _
  build_context
  for daemon in dockerd argosyd; do DOCKER_BUILDKIT=0 via $daemon build -q --no-cache "$state/context" >/dev/null 2>&1; done
  for _ in $(seq "$(either 2 7)"); do
    for daemon in dockerd argosyd; do built build $daemon --no-cache; done
  done
  medians build "build of 12 steps, cold"
}

case_build-cached() {
  local daemon _
  build_context
  for daemon in dockerd argosyd; do DOCKER_BUILDKIT=0 via $daemon build -q "$state/context" >/dev/null 2>&1; done
  for _ in $(seq "$(either 5 20)"); do
    for daemon in dockerd argosyd; do built build-cached $daemon; done
  done
  medians build-cached "build of 12 steps, cached"
}
