package argosy.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.engine.failure.Refused;
import argosy.engine.netlink.Ip;
import argosy.engine.netlink.Subnet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is asked of a network with pools of both families, in whatever order, over crashes: each
 * answer is the one of a plain model that keeps every address in a list, and none is given twice.
 */
class LeaseModelTest {
  private static final Duration REST = Duration.ofSeconds(10);
  private static final int STEPS = 3000;

  private record Place(Subnet subnet, Subnet range, Set<Ip> reserved) {
    static Place of(String subnet, String range, String... reserved) {
      return new Place(
          Subnet.parse(subnet),
          Subnet.parse(range),
          Set.copyOf(Stream.of(reserved).map(Ip::parse).toList()));
    }

    /** The first address is the network's, the last one of IPv4 means everybody. */
    boolean isReserved(Ip address) {
      return reserved.contains(address)
          || address.equals(subnet.first())
          || !subnet.six() && address.equals(subnet.last());
    }

    List<Ip> choosable() {
      var all = new ArrayList<Ip>();
      for (Ip at = range.first(); range.contains(at); at = at.plus(1)) {
        all.add(at);
      }
      all.removeIf(this::isReserved);
      return all;
    }
  }

  private static final List<Place> PLACES =
      List.of(
          Place.of("10.0.0.0/29", "10.0.0.0/29", "10.0.0.1"),
          Place.of("fd00:1::/125", "fd00:1::/125", "fd00:1::1"),
          Place.of("10.0.1.0/26", "10.0.1.16/29", "10.0.1.1", "10.0.1.18"),
          Place.of("fd00:2::/64", "fd00:2::10/126", "fd00:2::1"),
          Place.of("10.0.2.0/30", "10.0.2.0/30", "10.0.2.2"));

  private record Resting(String container, Instant until) {}

  private final Map<Ip, String> given = new HashMap<>();
  private final Map<Ip, Resting> resting = new LinkedHashMap<>();
  private Instant now = Instant.EPOCH;
  private Leases leases = fresh();

  private Leases fresh() {
    var pools =
        PLACES.stream()
            .map(each -> new PoolLeases(each.subnet(), each.range(), each.reserved(), REST))
            .toList();
    return new Leases("net (id)", pools, () -> now);
  }

  private static LongStream seeds() {
    return LongStream.range(0, 24);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_answer_is_the_models(long seed) {
    var chance = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      now = now.plusSeconds(chance.nextInt(4));
      String container = "c" + chance.nextInt(12);
      String endpoint = container + "." + step;
      switch (chance.nextInt(40)) {
        case 0 -> crash(chance);
        case 1, 2, 3, 4, 5, 6 -> take(endpoint, any(chance));
        case 7, 8 -> forgo(chance);
        default -> {
          if (chance.nextBoolean()) {
            take(endpoint, container, chance.nextBoolean());
          } else {
            release(chance);
          }
        }
      }
    }
  }

  private void take(String endpoint, String container, boolean six) {
    Optional<Ip> wanted = chosen(container, six);
    wanted.ifPresent(address -> give(endpoint, address));
    assertEquals(wanted, answer(() -> leases.take(endpoint, container, six)));
  }

  /** What it had until now, else the lowest that is free, else what rests longest. */
  private Optional<Ip> chosen(String container, boolean six) {
    resting.values().removeIf(each -> !each.until().isAfter(now));
    var places = PLACES.stream().filter(each -> each.subnet().six() == six).toList();
    var its =
        resting.entrySet().stream()
            .filter(each -> each.getValue().container().equals(container))
            .map(Map.Entry::getKey)
            .toList();
    return first(places, its)
        .or(() ->
            places.stream()
                .flatMap(place -> place.choosable().stream())
                .filter(each -> !given.containsKey(each) && !resting.containsKey(each))
                .findFirst())
        .or(() -> first(places, List.copyOf(resting.keySet())));
  }

  private static Optional<Ip> first(List<Place> places, List<Ip> addresses) {
    return places.stream()
        .flatMap(place -> addresses.stream().filter(place.range()::contains))
        .findFirst();
  }

  private void take(String endpoint, Ip address) {
    boolean free =
        !given.containsKey(address)
            && PLACES.stream()
                .anyMatch(each -> each.subnet().contains(address) && !each.isReserved(address));
    if (free) {
      give(endpoint, address);
    }
    assertEquals(
        free ? Optional.of(address) : Optional.empty(),
        answer(() -> leases.take(endpoint, address)));
  }

  private void give(String endpoint, Ip address) {
    assertEquals(null, given.put(address, endpoint), "given twice");
    resting.remove(address);
  }

  private void release(Random chance) {
    String endpoint = chance.nextInt(8) == 0 ? "nobody.0" : "";
    one(chance)
        .ifPresent(address -> {
          String owner = endpoint.isEmpty() ? holder(address) : endpoint;
          String container = owner.substring(0, owner.indexOf('.'));
          leases.release(owner, container, address);
          if (given.remove(address, owner)) {
            resting.put(address, new Resting(container, now.plus(REST)));
          }
        });
  }

  private String holder(Ip address) {
    return Objects.requireNonNull(given.get(address));
  }

  private void forgo(Random chance) {
    one(chance)
        .ifPresent(address -> {
          leases.forgo(holder(address), address);
          given.remove(address);
        });
  }

  /** Some containers are still there, and what they have is told to the next daemon. */
  private void crash(Random chance) {
    given.keySet().removeIf(_ -> chance.nextInt(3) == 0);
    resting.clear();
    leases = fresh();
    given.forEach((address, endpoint) -> leases.take(endpoint, address));
  }

  private Optional<Ip> one(Random chance) {
    return given.isEmpty()
        ? Optional.empty()
        : Optional.of(given.keySet().stream().sorted().toList().get(chance.nextInt(given.size())));
  }

  /** Of one of the networks, or just beyond it. */
  private static Ip any(Random chance) {
    Place place = PLACES.get(chance.nextInt(PLACES.size()));
    return place.subnet().first().plus(chance.nextInt(24));
  }

  private interface Question {
    Subnet ask();
  }

  private static Optional<Ip> answer(Question question) {
    try {
      return Optional.of(question.ask().address());
    } catch (Refused refused) {
      return Optional.empty();
    }
  }
}
