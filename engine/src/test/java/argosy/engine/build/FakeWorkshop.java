package argosy.engine.build;

import argosy.engine.build.BuildOptions.Keep;
import argosy.engine.disk.Digest;
import argosy.engine.disk.Json;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A workshop that makes images of words: what is done to them is remembered. */
final class FakeWorkshop implements Workshop {
  final List<String> deeds = new ArrayList<>();
  final Map<String, String> tags = new HashMap<>();
  final Map<String, Base> images = new HashMap<>();
  final CountDownLatch never = new CountDownLatch(1);
  private final List<Base> made = new ArrayList<>();

  /** An image to start from; {@code config}: its {@code config} object. */
  FakeWorkshop with(String name, String config) {
    ObjectNode document = Base.scratch("linux", "amd64").document();
    try {
      document.set("config", Json.mapper().readTree(config));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
    images.put(name, new Base("sha256:" + name, document, List.of()));
    return this;
  }

  @Override
  public synchronized Base base(String reference, @Nullable String platform) {
    return Optional.ofNullable(images.get(reference))
        .orElseThrow(() -> new Refused(new Failure.NotFound("no image " + reference)));
  }

  @Override
  public synchronized Optional<Base> cached(Base base, Change change) {
    return made.stream().filter(image -> change.made(image.document(), base)).findFirst();
  }

  @Override
  public Base configure(Base base, Change change) {
    return make(base, change, "configure");
  }

  @Override
  public Base enter(Base base, Change change, String path) {
    return make(base, change, "enter " + path);
  }

  @Override
  public Mounts mounts(Deed.Run run, Function<RunMount, @Nullable Base> from) {
    return new Mounts() {
      @Override
      public String digest() {
        return run.mounts().stream()
            .map(from)
            .filter(Objects::nonNull)
            .map(base -> " " + base.id())
            .collect(Collectors.joining());
      }

      @Override
      public void close() {
        run.mounts().forEach(mount -> deeds.add("unmounted " + mount.target()));
      }
    };
  }

  @Override
  public Base run(Base base, Change change, Deed.Run run, Mounts mounts, Keep keep) {
    String command = run.command().getLast();
    if (command.equals("fail")) {
      throw new Refused(
          new Failure.Invalid("The command '/bin/sh -c fail' returned a non-zero code: 1"));
    }
    if (command.equals("hang")) {
      try {
        never.await();
      } catch (InterruptedException e) {
        throw new Refused(new Failure.Unavailable("interrupted"), e);
      }
    }
    return make(base, change, "run " + command);
  }

  @Override
  public Goods goods(Deed.Copy deed, @Nullable Base from) {
    String what = (from == null ? "" : from.shortId() + ":") + deed.what().sources();
    return new Goods() {
      @Override
      public String digest() {
        return what;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Base copy(Base base, Change change, Goods goods, Deed.Copy deed) {
    return make(base, change, "copy " + goods.digest() + " to " + deed.destination());
  }

  @Override
  public synchronized void tag(Base image, List<String> names) {
    names.forEach(name -> tags.put(name, image.id()));
  }

  private synchronized Base make(Base base, Change change, String deed) {
    deeds.add(deed);
    ObjectNode document = change.document(base, null, Instant.EPOCH);
    var image =
        new Base(
            Digest.of(document.toString().getBytes(StandardCharsets.UTF_8)).toString(),
            document,
            List.of());
    made.add(image);
    return image;
  }
}
