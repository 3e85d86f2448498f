package argosy.http.transport;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.SocketChannel;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of a channel's descriptor, which the JDK keeps to itself unless its JVM is started
 * with {@code --add-opens=java.base/sun.nio.ch=ALL-UNNAMED}.
 */
final class Descriptor {
  private static final Logger log = LoggerFactory.getLogger(Descriptor.class);
  private static final @Nullable MethodHandle NUMBER = find();

  private Descriptor() {}

  /** Empty when the JDK does not tell. */
  static OptionalInt of(SocketChannel channel) {
    if (NUMBER == null) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of((int) NUMBER.invoke(channel));
    } catch (Throwable unexpected) {
      throw new IllegalStateException("a channel has no descriptor", unexpected);
    }
  }

  private static @Nullable MethodHandle find() {
    try {
      Class<?> channel = Class.forName("sun.nio.ch.SelChImpl");
      return MethodHandles.privateLookupIn(channel, MethodHandles.lookup())
          .findVirtual(channel, "getFDVal", MethodType.methodType(int.class));
    } catch (ReflectiveOperationException closed) {
      log.warn(
          "clients that close silently are noticed at their next byte only, for the JVM was started"
              + " without --add-opens=java.base/sun.nio.ch=ALL-UNNAMED: {}",
          closed.getMessage());
      return null;
    }
  }
}
