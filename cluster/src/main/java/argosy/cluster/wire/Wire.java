package argosy.cluster.wire;

/**
 * Marks a message that may cross hosts: it is a record, and it is bound to the CBOR serializer in
 * {@code reference.conf}. Nothing without this mark leaves or enters.
 */
public interface Wire {}
