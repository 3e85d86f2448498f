package argosy.cluster.wire;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value of any type that messages are made of, every field filled. It throws for a type it
 * does not know, so that a new kind of field is thought about before it travels.
 *
 * @param variant which of an enum's or a sealed family's members to take
 * @param nulls leave out what may be left out
 */
record AnyValue(int variant, boolean nulls) {

  Object of(Type type) {
    return switch (type) {
      case Class<?> plain -> plain(plain);
      case ParameterizedType generic -> generic(generic);
      default -> throw new IllegalArgumentException("no sample for " + type);
    };
  }

  private Object generic(ParameterizedType type) {
    Type[] of = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      return List.of(of(of[0]), of(of[0]));
    }
    if (type.getRawType() == Set.class) {
      return Set.of(of(of[0]));
    }
    if (type.getRawType() == Map.class) {
      return Map.of(of(of[0]), of(of[1]));
    }
    throw new IllegalArgumentException("no sample for " + type);
  }

  private Object plain(Class<?> type) {
    if (type == String.class) {
      return "tcp";
    } else if (type == int.class || type == Integer.class) {
      return 4711;
    } else if (type == long.class || type == Long.class) {
      return 1L << 40;
    } else if (type == boolean.class || type == Boolean.class) {
      return true;
    } else if (type == Instant.class) {
      return Instant.parse("2026-11-21T12:00:00.123456789Z");
    } else if (type == Duration.class) {
      return Duration.ofMillis(1234);
    } else if (type == URI.class) {
      return URI.create("http://[::1]:2376");
    } else if (type.isEnum()) {
      return type.getEnumConstants()[variant % type.getEnumConstants().length];
    } else if (type.isSealed()) {
      Class<?>[] members = type.getPermittedSubclasses();
      return plain(members[variant % members.length]);
    } else if (type.isRecord()) {
      return record(type);
    }
    throw new IllegalArgumentException("no sample for " + type);
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(
          Arrays.stream(components).map(this::component).toArray(Object[]::new));
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalArgumentException("no sample for " + type, e);
    }
  }

  private @Nullable Object component(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    boolean left = nulls && type.isAnnotationPresent(Nullable.class);
    boolean itself = component.getType() == component.getDeclaringRecord();
    if (left || itself) {
      return null;
    }
    return component.getType().isSealed()
        ? another(component.getType(), component.getDeclaringRecord())
        : of(component.getGenericType());
  }

  /** A family's member that has none of the family in it. */
  private Object another(Class<?> family, Class<?> holder) {
    List<Class<?>> others =
        Arrays.stream(family.getPermittedSubclasses()).filter(member -> member != holder).toList();
    return plain(others.get(variant % others.size()));
  }
}
