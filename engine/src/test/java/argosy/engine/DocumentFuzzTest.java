package argosy.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import argosy.engine.build.context.Ignore;
import argosy.engine.dockerfile.Dockerfile;
import argosy.engine.failure.Refused;
import argosy.engine.image.ImageRef;
import argosy.engine.image.manifest.ConfigFile;
import argosy.engine.image.manifest.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Documents changed by chance are read or refused with a sentence, and nothing else. */
@Timeout(60)
class DocumentFuzzTest {
  private static final String DIGEST =
      "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  private static final Pattern VALUE =
      Pattern.compile("(?<=:)(\"[^\"]*\"|-?\\d+|true)|\\[[^\\[\\]{}]*]|\\{}");
  private static final List<String> VALUES =
      List.of(
          "null",
          "-1",
          "0",
          "99999999999999999999",
          "1e400",
          "\"\"",
          "\"/\"",
          "\"\\u0000\"",
          "[]",
          "[null]",
          "{}",
          "{\"a\":null}",
          "true",
          "\"" + "x".repeat(5000) + "\"");

  private static void fuzz(long seed, int rounds, Consumer<byte[]> reader, String... good) {
    var inputs = new ArrayList<byte[]>();
    for (String text : good) {
      inputs.add(text.replace("DIGEST", DIGEST).getBytes(StandardCharsets.UTF_8));
    }
    var mutations = new Mutations(seed, List.copyOf(inputs));
    int taken = 0;
    for (int i = 0; i < rounds; i++) {
      byte[] input = i % 2 == 0 ? mutations.next() : swapped(mutations, inputs);
      try {
        reader.accept(input);
        taken++;
      } catch (Refused refusal) {
        assertFalse(String.valueOf(refusal.getMessage()).isBlank());
      } catch (RuntimeException | StackOverflowError e) {
        fail("input %d: %s".formatted(i, new String(input, StandardCharsets.UTF_8)), e);
      }
    }
    assertTrue(taken > rounds / 50, taken + " were read: the changes are too wild to tell much");
  }

  /** One value of a JSON document, where it is one, becomes another that fits there or does not. */
  private static byte[] swapped(Mutations mutations, List<byte[]> inputs) {
    String good = text(inputs.get(mutations.below(inputs.size())));
    var places = VALUE.matcher(good).results().toList();
    if (places.isEmpty()) {
      return mutations.next();
    }
    var place = places.get(mutations.below(places.size()));
    String value = VALUES.get(mutations.below(VALUES.size()));
    return (good.substring(0, place.start()) + value + good.substring(place.end()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void manifests() {
    fuzz(
        1,
        2000,
        Manifest::parse,
        """
        {"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json",
         "config":{"mediaType":"a/b","size":12,"digest":"DIGEST"},
         "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","size":5,"digest":"DIGEST"}]}\
        """,
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[
         {"mediaType":"application/vnd.oci.image.manifest.v1+json","size":7,"digest":"DIGEST",
          "platform":{"architecture":"arm64","os":"linux","variant":"v8"},
          "annotations":{"org.opencontainers.image.ref.name":"x"}}]}\
        """,
        "[".repeat(5000),
        "{\"a\":".repeat(900) + "1" + "}".repeat(900));
  }

  @Test
  void configurations() {
    fuzz(
        2,
        2000,
        bytes -> {
          var file = ConfigFile.parse(bytes);
          file.diffIds();
          file.platform();
          file.image(file.diffIds().stream().map(_ -> 1L).toList());
        },
        """
        {"architecture":"amd64","os":"linux","created":"2024-01-01T00:00:00.5Z","author":"me",
         "config":{"User":"1:2","ExposedPorts":{"80/tcp":{}},"Env":["A=b"],"Entrypoint":["x"],"Cmd":["a","b"],
          "Volumes":{"/v":{}},"WorkingDir":"/w","Labels":{"l":"m"},"StopSignal":"SIGTERM","Shell":["/bin/sh","-c"],
          "Healthcheck":{"Test":["CMD","x"],"Interval":1000000000,"Retries":3},"OnBuild":["RUN x"]},
         "rootfs":{"type":"layers","diff_ids":["DIGEST"]},
         "history":[{"created":"2024-01-01T00:00:00Z","created_by":"c","empty_layer":true}]}\
        """);
  }

  @Test
  void references() {
    fuzz(
        3,
        20_000,
        bytes -> ImageRef.parse(text(bytes)),
        "busybox",
        "registry.example:5000/team/app:v1.2",
        "[::1]:5000/a/b_c/d-e@DIGEST",
        "docker.io/library/x:y@DIGEST");
  }

  @Test
  void dockerfiles() {
    fuzz(
        4,
        4000,
        bytes -> Dockerfile.parse(text(bytes)),
        """
        # syntax=docker/dockerfile:1
        # escape=\\
        ARG V=1
        FROM --platform=linux/amd64 busybox:${V:-2} AS one
        ENV A=b "C=d e" F='g'
        RUN --mount=type=cache,target=/x echo a && \\
          # a comment
          echo b
        RUN <<EOF
        echo $A
        EOF
        COPY --from=one --chown=1:2 --chmod=755 ["a b", "/c"]
        ADD https://x.example/y /z
        HEALTHCHECK --interval=5s --retries=3 CMD ["true"]
        ONBUILD RUN x
        SHELL ["/bin/sh", "-c"]
        EXPOSE 80/tcp 90-95
        VOLUME /a /b
        USER 1:2
        STOPSIGNAL 9
        LABEL a="b\\"c" d=e
        ENTRYPOINT ["a"]
        CMD b
        """,
        "FROM scratch\nCOPY <<A <<-'B' /x/\nA text\nA\n\tB text\n\tB\n");
  }

  @Test
  void ignore_files() {
    fuzz(
        5,
        4000,
        bytes -> {
          var ignore = Ignore.parse(text(bytes));
          ignore.leavesOut("a/b/c.tmp");
        },
        "# c\n*/temp*\n**/*.go\n!README.md\nfoo[a-z]?\\*\n/abs/\n../up\n",
        "**\n!a/**/b\n[^x]*\n");
  }
}
