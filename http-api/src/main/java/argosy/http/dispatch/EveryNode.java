package argosy.http.dispatch;

import argosy.cluster.Cluster.Node;
import argosy.engine.failure.Failure;
import argosy.http.endpoint.Reply;
import argosy.http.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Framing;
import org.apache.pekko.stream.javadsl.FramingTruncation;
import org.apache.pekko.stream.javadsl.Merge;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * One request answered by every node at once: the answers are merged line by line, each line saying
 * which node it is from. A node that can not be asked is named in a Warning header and, where the
 * lines are progress, in a line; only when no node has a good answer, the first bad one is the
 * answer.
 */
final class EveryNode {
  private static final int LONGEST_LINE = 4 * 1024 * 1024;
  private static final ByteString NEWLINE = ByteString.fromString("\n");

  private EveryNode() {}

  private record Answered(Node node, HttpResponse response) {
    boolean good() {
      return response.status().isSuccess();
    }
  }

  static CompletionStage<Reply> gather(
      List<Node> nodes, String path, Function<Node, CompletionStage<Reply>> ask) {
    CompletionStage<List<Answered>> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (var node : nodes.stream().filter(node -> !SilentNodes.silent(node)).toList()) {
      all =
          all.thenCombine(
              asked(node, ask),
              (list, answered) -> {
                list.add(answered);
                return list;
              });
    }
    return all.thenApply(answers -> SilentNodes.named(merged(answers, path, nodes), nodes));
  }

  private static CompletionStage<Answered> asked(
      Node node, Function<Node, CompletionStage<Reply>> ask) {
    return ask.apply(node)
        .exceptionally(
            thrown -> new Reply.Http(Problems.response(new Failure.Internal(thrown.toString()))))
        .thenApply(reply ->
            switch (reply) {
              case Reply.Http(var response) -> new Answered(node, response);
              case Reply.Hijack _ ->
                  new Answered(
                      node,
                      Problems.response(
                          new Failure.NotImplemented(
                              "this can not be asked of every node at once")));
            });
  }

  private static Reply merged(List<Answered> answers, String path, List<Node> nodes) {
    var good = answers.stream().filter(Answered::good).toList();
    if (good.isEmpty()) {
      return new Reply.Http(
          answers.isEmpty()
              ? Problems.response(new Failure.Unavailable("no node of the cluster answers"))
              : answers.getFirst().response());
    }
    var first = good.getFirst().response();
    var attempt = new Attempt(nodes.size());
    List<Source<ByteString, ?>> lines = new ArrayList<>();
    nodes.stream()
        .filter(SilentNodes::silent)
        .map(node -> NodeMark.of(path, node.name(), attempt).silent())
        .forEach(line -> lines.add(Source.single(line)));
    answers.forEach(
        answered -> lines.add(lines(answered, NodeMark.of(path, answered.node().name(), attempt))));
    var merged =
        all(lines)
            .concatLazy(Source.lazySource(() -> Source.single(NodeMark.result(attempt))))
            .filter(line -> !line.isEmpty());
    return new Reply.Http(
        first.withEntity(HttpEntities.createChunked(first.entity().getContentType(), merged)));
  }

  private static Source<ByteString, ?> all(List<Source<ByteString, ?>> lines) {
    Source<ByteString, ?> merged = lines.getFirst();
    for (var more : lines.subList(1, lines.size())) {
      merged = Source.combine(merged, more, List.of(), Merge::create);
    }
    return merged;
  }

  /** A stream that breaks ends with a line that says so and leaves the others alone. */
  private static Source<ByteString, ?> lines(Answered answered, NodeMark mark) {
    return answered
        .response()
        .entity()
        .getDataBytes()
        .via(Framing.delimiter(NEWLINE, LONGEST_LINE, FramingTruncation.ALLOW))
        .orElse(answered.good() ? Source.empty() : Source.single(ByteString.emptyByteString()))
        .map(line -> answered.good() ? mark.line(line) : mark.problem(line))
        .recover(Throwable.class, () -> mark.broken());
  }
}
