# How the argosy command's JVM is started: by bin/argosy, and by ./aot-cache to train it. Sourced.
# The flags must be the same both times, or the JVM does not take the cache.

is_java25() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in 'JAVA_VERSION="25'*) return 0 ;; esac
  done <"$1/release"
  return 1
}

# Sets java: a Java 25 from JAVA_HOME or the usual places.
find_java() {
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* /opt/*jdk*; do
    if is_java25 "$home"; then java=$home/bin/java; return; fi
  done
  home=$(readlink -f "$(command -v java || echo /)")
  home=${home%/bin/java}
  if is_java25 "$home"; then java=$home/bin/java; return; fi
  echo "argosy: no Java 25 found: install one, or set JAVA_HOME to it" >&2
  exit 125
}

# Sets java, class_path and flags for the program built below TARGET.
prepare_java() { # TARGET
  find_java
  class_path=
  for jar in "$1"/cli-*.jar "$1"/argosy/*.jar; do
    class_path=$class_path${class_path:+:}$jar
  done
  # one short run: the small collector, the quick compiler, no search for a selector; and picocli is kept from
  # looking for Groovy in every jar and for two dozen types that no option of ours has
  flags="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xms16m -Xmx128m -Xlog:disable
    -Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider -Djdk.reflect.useNativeAccessorOnly=true
    -Dpicocli.disable.closures=true -Dpicocli.converters.excludes=java.*"
}
