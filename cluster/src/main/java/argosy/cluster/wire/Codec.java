package argosy.cluster.wire;

import argosy.engine.HostRequest;
import argosy.engine.container.ContainerRequest;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageRequest;
import argosy.engine.network.NetworkRequest;
import argosy.engine.protocol.Request;
import argosy.engine.volume.VolumeRequest;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The engine's requests and answers as CBOR. A request travels with its name, {@code
 * ContainerRequest.Find}; only the records that the sealed families permit have one, so nothing
 * else can be made from what comes in.
 */
public final class Codec {
  private static final ObjectMapper CBOR =
      CBORMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private static final Map<String, Class<?>> REQUESTS = new TreeMap<>();

  static {
    Stream.of(
            ContainerRequest.class,
            ImageRequest.class,
            NetworkRequest.class,
            VolumeRequest.class,
            HostRequest.class)
        .forEach(family -> permitted(family, family));
  }

  private Codec() {}

  private static void permitted(Class<?> family, Class<?> type) {
    for (Class<?> one : type.getPermittedSubclasses()) {
      if (one.isSealed()) {
        permitted(family, one);
      } else {
        REQUESTS.put(family.getSimpleName() + "." + one.getSimpleName(), one);
      }
    }
  }

  /** Every request that can travel, by its name on the wire. */
  public static Map<String, Class<?>> requests() {
    return Map.copyOf(REQUESTS);
  }

  /** The request's name on the wire. */
  public static String name(Request<?> request) {
    return REQUESTS.entrySet().stream()
        .filter(entry -> entry.getValue() == request.getClass())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(request.getClass() + " can not travel"));
  }

  /** Throws only for a type that has no round-trip test: a bug. */
  public static byte[] encode(Object value) {
    try {
      return CBOR.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(value.getClass() + " can not be written: " + e, e);
    }
  }

  /** Reads a request that another node sent. */
  public static Outcome<Request<?>> request(String name, byte[] bytes) {
    Class<?> type = REQUESTS.get(name);
    if (type == null) {
      return Outcome.failed(
          new Failure.NotImplemented(
              "this node does not know the request " + name + "; it may run an older version"));
    }
    return decode(bytes, type).map(value -> (Request<?>) value);
  }

  /** Reads an answer, a failure or a request's fields. */
  public static <T> Outcome<T> decode(byte[] bytes, Class<T> type) {
    try {
      return Outcome.ok(CBOR.readValue(bytes, type));
    } catch (IOException | RuntimeException e) {
      return Outcome.failed(
          new Failure.Internal(
              "a %s from another node can not be read: %s"
                  .formatted(type.getSimpleName(), firstLine(e))));
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }
}
