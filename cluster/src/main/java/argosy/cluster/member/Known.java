package argosy.cluster.member;

/** A node as it is remembered; {@code address} is {@code pekko://…}. */
public record Known(String id, String name, String address) {}
