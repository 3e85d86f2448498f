package argosy.http;

import argosy.cluster.Cluster;
import argosy.engine.Engine;
import argosy.engine.LocalEngine;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** n1 is here, n2 is a peer and has c2, n3 is silent. */
final class FakeCluster implements Cluster {
  static final LocalEngine NO_ENGINE = nothing(LocalEngine.class);
  static final Engine WHOLE = nothing(Engine.class);
  static final Engine REMOTE = nothing(Engine.class);

  volatile int peer;

  private static <T> T nothing(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("equals")) {
                return self == arguments[0];
              }
              throw new UnsupportedOperationException(method.getName());
            }));
  }

  private Node node(String name, Node.State state) {
    boolean self = name.equals("n1");
    var uri = URI.create("tcp://127.0.0.1:" + peer);
    return new Node(name, name + "-id", "", self ? null : uri, state, self, List.of(), null, "");
  }

  private Outcome<Member> member(String name) {
    var node = node(name, Node.State.UP);
    return Outcome.ok(new Member(node, node.self() ? NO_ENGINE : REMOTE, node.peer()));
  }

  @Override
  public CompletionStage<List<Node>> nodes() {
    return CompletableFuture.completedFuture(
        List.of(
            node("n1", Node.State.UP),
            node("n2", Node.State.UP),
            node("n3", Node.State.UNREACHABLE)));
  }

  @Override
  public CompletionStage<Outcome<Member>> node(String nameOrId) {
    return CompletableFuture.completedFuture(
        nameOrId.matches("n[12](-id)?")
            ? member(nameOrId.substring(0, 2))
            : Outcome.failed(new Failure.NotFound("No such node: " + nameOrId)));
  }

  @Override
  public CompletionStage<Outcome<Member>> owner(Thing thing, String reference) {
    return CompletableFuture.completedFuture(
        reference.matches("c[12]")
            ? member("n" + reference.charAt(1))
            : Outcome.failed(Failure.noSuchContainer(reference)));
  }

  @Override
  public Engine whole() {
    return WHOLE;
  }

  @Override
  public CompletionStage<Standing> standing() {
    return CompletableFuture.completedFuture(new Standing(true, "", 3, 1, ""));
  }
}
