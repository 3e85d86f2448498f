# How argosyd's JVM is started: by bin/argosyd, and by ./aot-cache to train it. Sourced.
# The flags must be the same both times, or the JVM does not take the cache.

is_java25() {
  [ -x "$1/bin/java" ] && grep -q '^JAVA_VERSION="25' "$1/release" 2>/dev/null
}

# Sets java: a Java 25 from JAVA_HOME or the usual places.
find_java() {
  on_path=$(readlink -f "$(command -v java || echo /)")
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* /opt/*jdk* "${on_path%/bin/java}"; do
    if is_java25 "$home"; then java=$home/bin/java; return; fi
  done
  echo "argosyd: no Java 25 found: install one, or set JAVA_HOME to it" >&2
  exit 1
}

# Sets java, class_path and flags for the daemon built below TARGET. Only the JVM's first compiler: the daemon is ready
# in half the time and needs half the processor for it. What the second one did well, hashing images, libcrypto does.
prepare_java() { # TARGET
  find_java
  class_path=
  for jar in "$1"/http-api-*.jar "$1"/argosyd/*.jar; do
    class_path=$class_path${class_path:+:}$jar
  done
  # The cache is mapped where it was made for: moved elsewhere, 30 MB of it would be each daemon's own memory.
  flags="-XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError -Xms32m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40
    --enable-native-access=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Djdk.reflect.useNativeAccessorOnly=true"
}
