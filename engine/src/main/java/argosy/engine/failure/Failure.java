package argosy.engine.failure;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A way a request can fail; the kind decides the answer's class, the message is for the user. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(Failure.Invalid.class),
  @JsonSubTypes.Type(Failure.Unauthorized.class),
  @JsonSubTypes.Type(Failure.Forbidden.class),
  @JsonSubTypes.Type(Failure.NotFound.class),
  @JsonSubTypes.Type(Failure.Conflict.class),
  @JsonSubTypes.Type(Failure.NotModified.class),
  @JsonSubTypes.Type(Failure.NotImplemented.class),
  @JsonSubTypes.Type(Failure.Unavailable.class),
  @JsonSubTypes.Type(Failure.Internal.class)
})
public sealed interface Failure {
  /** One sentence that says what is wrong and, where it helps, what to do. */
  String message();

  /** The request itself is wrong. */
  record Invalid(String message) implements Failure {}

  /** Somebody (a registry) wants other credentials. */
  record Unauthorized(String message) implements Failure {}

  /** Understood and refused. */
  record Forbidden(String message) implements Failure {}

  /** What was named does not exist. */
  record NotFound(String message) implements Failure {}

  /** It clashes with what is there, or with the state it is in. */
  record Conflict(String message) implements Failure {}

  /** Nothing had to be done: already started, already stopped. */
  record NotModified(String message) implements Failure {}

  /** Argosy does not do this yet. */
  record NotImplemented(String message) implements Failure {}

  /** Somebody who is needed can not be reached now. */
  record Unavailable(String message) implements Failure {}

  /** The host or Argosy broke. */
  record Internal(String message) implements Failure {}

  /** Docker's text for a container that is not there; clients match on it. */
  static Failure noSuchContainer(String reference) {
    return new NotFound("No such container: " + reference);
  }

  /** Docker's text for an image that is not there; its 404 makes the CLI pull. */
  static Failure noSuchImage(String reference) {
    return new NotFound("No such image: " + reference);
  }
}
