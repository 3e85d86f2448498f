package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import argosy.engine.linux.Reaper;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.Port;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A daemon that is killed before any single change of the world, in each of the networks' orders:
 * the next one finds everything as it was before the order or as it is after it, in its tables, on
 * the disk, and in the kernel; and the order can be given again. Needs root.
 */
class KilledBetweenStepsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int STEPS = 200;

  /** How many namespaces are made ahead. */
  private static final int SPARE = 4;

  private static final Map<Port, List<Binding>> WEB =
      Map.of(Port.parse("80"), List.of(new Binding("", "8080")));
  private static final Map<Port, List<Binding>> DNS =
      Map.of(Port.parse("53/udp"), List.of(new Binding("", "5353")));

  @TempDir static Path directory;
  private static ActorTestKit kit;

  @BeforeAll
  static void up() {
    kit = ActorTestKit.create();
  }

  @AfterAll
  static void down() {
    kit.shutdownTestKit();
  }

  private interface Order {
    /** True when it is answered and done. */
    boolean give(MortalHost host);
  }

  /**
   * An order.
   *
   * @param before what the host is brought to first
   * @param kind what is expected of it
   */
  private record Case(String name, Order before, Order order, Kind kind) {
    @Override
    public String toString() {
      return name;
    }
  }

  private enum Kind {
    /** It makes a difference that the networks keep. */
    KEPT,
    /** It makes a difference that the container's record keeps. */
    TOLD,
    /** It makes no difference: it is the next daemon's start. */
    START
  }

  private static Stream<Case> cases() {
    Order nothing = _ -> true;
    return Stream.of(
        new Case("take over", KilledBetweenStepsIT::died, KilledBetweenStepsIT::start, Kind.START),
        new Case(
            "take over and mend",
            KilledBetweenStepsIT::diedHalfway,
            KilledBetweenStepsIT::start,
            Kind.START),
        new Case("create a network", nothing, host -> host.create("new", 2), Kind.KEPT),
        new Case("remove a network", h -> h.create("new", 2), h -> h.remove("new"), Kind.KEPT),
        new Case("start", nothing, h -> h.start("c", List.of("own", "bridge"), DNS), Kind.TOLD),
        new Case(
            "stop", h -> h.start("c", List.of("own", "bridge"), DNS), h -> h.stop("c"), Kind.KEPT),
        new Case("connect", nothing, host -> host.connect("a", "own"), Kind.TOLD),
        new Case(
            "disconnect", h -> h.connect("a", "own"), h -> h.disconnect("a", "own"), Kind.TOLD),
        new Case(
            "disconnect from what leads out",
            host -> host.connect("a", "own"),
            host -> host.disconnect("a", "bridge"),
            Kind.TOLD),
        new Case("publish", nothing, host -> host.publish("a", DNS, WEB), Kind.TOLD));
  }

  private static boolean start(MortalHost host) {
    host.rise();
    return host.adopt();
  }

  private static boolean died(MortalHost host) {
    host.kill();
    return true;
  }

  /** One was to leave a network and its link is gone; another was to enter one and has the link. */
  private static boolean diedHalfway(MortalHost host) {
    boolean made = host.connect("a", "own");
    host.forget();
    made &= host.connect("b", "bridge");
    host.kill();
    host.cut("a", "own");
    return made;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_next_daemon_finds_it_done_or_not_begun(Case each) {
    Picture before;
    Picture after;
    try (var host = host(each)) {
      before = each.kind() == Kind.START ? new Picture(List.of()) : Picture.of(host);
      assertTrue(each.order().give(host), "undisturbed");
      after = settled(host);
    }
    if (each.kind() == Kind.START) {
      before = after;
    }
    int steps = 0;
    while (killedAt(steps, each, before, after)) {
      steps++;
      assertTrue(steps < STEPS, "does not end");
    }
    System.out.printf("%s: killed before each of %d steps%n", each, steps);
    if (each.kind() == Kind.TOLD) {
      unwritten(each, before);
    }
  }

  /** True when it has so many steps. */
  private boolean killedAt(int step, Case each, Picture before, Picture after) {
    try (var host = host(each)) {
      boolean killed;
      boolean answered;
      List<String> steps;
      try (var reaper = new Reaper(step, "make namespace ")) {
        answered = each.order().give(host);
        reaper.answered();
        await(() -> reaper.isDead() || Picture.of(host).equals(after));
        killed = reaper.isDead();
        steps = reaper.steps();
        host.die();
      }
      String where = each + " was killed before " + steps.getLast() + ", step " + step;
      host.rise();
      assertTrue(host.adopt(), where);
      Picture found = either(host, before, after, where);
      if (answered) {
        same(after, found, where);
      }
      if (found.equals(before) && !before.equals(after)) {
        assertTrue(each.order().give(host), "again, after " + where);
        either(host, after, after, "again, after " + where);
      }
      return killed;
    }
  }

  /** The answer came, and the daemon was killed before the container's record said so. */
  private void unwritten(Case each, Picture before) {
    try (var host = host(each)) {
      host.forget();
      assertTrue(each.order().give(host));
      host.die();
      host.rise();
      assertTrue(host.adopt());
      either(host, before, before, each + " was answered and not written down");
    }
  }

  private static MortalHost host(Case each) {
    var host = new MortalHost(kit, directory);
    try {
      assertTrue(host.adopt());
      assertTrue(host.create("own", 1));
      assertTrue(host.start("a", List.of("bridge"), WEB));
      assertTrue(host.start("b", List.of("own"), Map.of()));
      await(() -> host.spare() == SPARE);
      assertTrue(each.before().give(host));
      await(() -> each.kind() == Kind.START || host.spare() == SPARE);
      return host;
    } catch (RuntimeException | Error e) {
      host.close();
      throw e;
    }
  }

  /** When all is ready for the next order, and two looks agree. */
  private static Picture settled(MortalHost host) {
    var last = new Picture[] {Picture.of(host)};
    await(() -> {
      Picture now = Picture.of(host);
      boolean same = now.equals(last[0]) && host.spare() == SPARE;
      last[0] = now;
      return same;
    });
    return last[0];
  }

  private static Picture either(MortalHost host, Picture one, Picture other, String where) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Picture now = Picture.of(host);
      if (now.equals(one) || now.equals(other)) {
        return now;
      }
      if (System.nanoTime() > deadline) {
        return fail(
            where
                + "\n\nagainst before: "
                + now.against(one)
                + "\n\nagainst after: "
                + now.against(other));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static void same(Picture wanted, Picture found, String where) {
    assertEquals(wanted, found, () -> where + "\n" + found.against(wanted));
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    TestNamespaces.await("settled", condition);
  }
}
