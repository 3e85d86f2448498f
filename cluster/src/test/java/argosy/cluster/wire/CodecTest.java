package argosy.cluster.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.protocol.Request;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every request and every answer arrives as it left, filled and with everything left out. */
class CodecTest {
  private static final int VARIANTS = 10;

  @TestFactory
  Stream<DynamicTest> everyRequest() {
    return Codec.requests().entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(), () -> request(entry.getKey(), entry.getValue())));
  }

  private static void request(String name, Class<?> type) {
    for (int variant = 0; variant < VARIANTS; variant++) {
      for (boolean nulls : new boolean[] {false, true}) {
        var any = new AnyValue(variant, nulls);
        var request = (Request<?>) any.of(type);
        assertEquals(name, Codec.name(request));
        assertEquals(Outcome.ok(request), Codec.request(name, Codec.encode(request)));
        Object reply = any.of(request.reply());
        assertEquals(Outcome.ok(reply), Codec.decode(Codec.encode(reply), request.reply()));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyFailure() {
    return Arrays.stream(Failure.class.getPermittedSubclasses())
        .map(type ->
            DynamicTest.dynamicTest(
                type.getSimpleName(),
                () -> {
                  Object failure = new AnyValue(0, false).of(type);
                  assertEquals(
                      Outcome.ok(failure), Codec.decode(Codec.encode(failure), Failure.class));
                }));
  }

  @Test
  void theFamiliesAreComplete() {
    assertTrue(Codec.requests().size() > 35, Codec.requests().keySet().toString());
  }

  @Test
  void anUnknownRequestIsNotBuilt() {
    var answer = Codec.request("java.lang.ProcessBuilder", new byte[0]);
    assertInstanceOf(Failure.NotImplemented.class, ((Outcome.Failed<Request<?>>) answer).failure());
  }

  @Test
  void bytesThatAreNoRequestAreAFailure() {
    var answer = Codec.request("ContainerRequest.Inspect", new byte[] {1, 2, 3});
    assertInstanceOf(Failure.Internal.class, ((Outcome.Failed<Request<?>>) answer).failure());
  }
}
