package argosy.engine.dns;

/** Name servers in containers' namespaces, at 127.0.0.11. */
public interface NameService extends AutoCloseable {
  /** Where containers ask. */
  String ADDRESS = "127.0.0.11";

  /**
   * Listens in a namespace, or goes on there with another scope. Blocks.
   *
   * @param namespace its file
   */
  void listen(String namespace, Scope scope);

  /** Lets go of a namespace. Idempotent. */
  void leave(String namespace);

  /** Lets go of all of them. */
  @Override
  void close();
}
