package argosy.engine.failure;

import java.util.function.Function;

/** How a request ended. */
public sealed interface Outcome<T> {
  record Ok<T>(T value) implements Outcome<T> {}

  record Failed<T>(Failure failure) implements Outcome<T> {}

  static <T> Outcome<T> ok(T value) {
    return new Ok<>(value);
  }

  static <T> Outcome<T> failed(Failure failure) {
    return new Failed<>(failure);
  }

  /** Turns an exception into a failure: a {@link Refused} keeps its own, anything else is ours. */
  static <T> Outcome<T> failed(Throwable thrown) {
    return new Failed<>(Refused.failureOf(thrown));
  }

  default <U> Outcome<U> map(Function<? super T, ? extends U> change) {
    return switch (this) {
      case Ok<T>(var value) -> new Ok<>(change.apply(value));
      case Failed<T>(var failure) -> new Failed<>(failure);
    };
  }

  default <U> Outcome<U> then(Function<? super T, Outcome<U>> next) {
    return switch (this) {
      case Ok<T>(var value) -> next.apply(value);
      case Failed<T>(var failure) -> new Failed<>(failure);
    };
  }
}
