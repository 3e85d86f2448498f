package argosy.engine.dns;

import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.dns.NetworkNames.Named;
import argosy.engine.dns.Scope.Place;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Queries that somebody spoilt: each is answered, objected to, passed on or dropped. */
class BrokenQueriesTest {
  private static final long SEED = 20_261_122;
  private static final int ROUNDS = 60_000;
  private static final List<String> NAMES =
      List.of(
          "web", "WEB.front", "2.0.0.10.in-addr.arpa", "x.ip6.arpa", "-1.256.in-addr.arpa", ".");

  @Test
  void nothing_that_comes_in_throws() throws IOException {
    var book = new NameBook();
    book.enter("f", new Named("1", List.of("web"), List.of("10.0.0.2", "fd00::2")));
    var scope = new Scope(List.of(new Place("f", "front", Map.of())), List.of(), true);
    var lookup = new Lookup(scope, book::of);
    var chance = new Random(SEED);
    int answered = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = spoilt(chance);
      var received = Query.read(bytes);
      if (received.query().isPresent()) {
        Query query = received.query().get();
        var answer = Answers.local(query.message(), lookup, () -> 0);
        if (answer.isPresent()) {
          byte[] wire = answer.get().toWire(Answers.limit(query.message()));
          assertTrue(wire.length >= 12, "seed " + SEED + " round " + round);
          answered++;
        }
      }
    }
    assertTrue(answered > ROUNDS / 100, answered + " answers");
  }

  private static byte[] spoilt(Random chance) throws IOException {
    int[] types = {Type.A, Type.AAAA, Type.PTR, Type.ANY, Type.HTTPS, chance.nextInt(65_536)};
    Name name = Name.fromString(NAMES.get(chance.nextInt(NAMES.size())), Name.root);
    Message query =
        Message.newQuery(Record.newRecord(name, types[chance.nextInt(types.length)], DClass.IN));
    if (chance.nextBoolean()) {
      query.addRecord(new OPTRecord(chance.nextInt(65_536), 0, 0), Section.ADDITIONAL);
    }
    byte[] bytes = query.toWire();
    for (int i = chance.nextInt(6); i > 0; i--) {
      bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt(256);
    }
    return switch (chance.nextInt(4)) {
      case 0 -> Arrays.copyOf(bytes, chance.nextInt(bytes.length));
      case 1 -> Arrays.copyOf(bytes, bytes.length + chance.nextInt(40));
      default -> bytes;
    };
  }
}
