package argosy.cluster.whole;

import argosy.cluster.gateway.Link;
import argosy.engine.HostRequest;
import argosy.engine.HostRequest.Counts;
import argosy.engine.HostRequest.HostFacts;
import argosy.engine.failure.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** The hosts as one: what can be added is the sum, the rest is the node that was asked. */
final class WholeHost {
  private final View view;

  WholeHost(View view) {
    this.view = view;
  }

  CompletionStage<? extends Outcome<?>> answer(HostRequest<?> request) {
    return switch (request) {
      case HostRequest.Facts facts -> facts(facts);
      case HostRequest.BuildCaches caches ->
          view.gather(link -> link.engine().host(caches), answers -> cached(answers.values()));
    };
  }

  private CompletionStage<Outcome<HostFacts>> facts(HostRequest.Facts facts) {
    return view.gather(link -> link.engine().host(facts), WholeHost::sum);
  }

  private static HostRequest.Cached cached(Collection<HostRequest.Cached> answers) {
    return new HostRequest.Cached(answers.stream().flatMap(one -> one.caches().stream()).toList());
  }

  private static HostFacts sum(Map<Link, HostFacts> answers) {
    Collection<HostFacts> all = answers.values();
    HostFacts first = all.iterator().next();
    return new HostFacts(
        first.id(),
        first.name(),
        labels(answers),
        all.stream().mapToInt(HostFacts::cpus).sum(),
        all.stream().mapToLong(HostFacts::memory).sum(),
        first.architecture(),
        first.kernel(),
        first.operatingSystem(),
        first.osVersion(),
        first.cgroupVersion(),
        first.dataRoot(),
        first.runtimes(),
        first.defaultRuntime(),
        union(all, HostFacts::insecureRegistries),
        union(all, HostFacts::registryMirrors),
        first.proxies(),
        new Counts(
            count(all, Counts::running),
            count(all, Counts::paused),
            count(all, Counts::stopped),
            count(all, Counts::images)),
        first.debug(),
        warnings(answers));
  }

  private static int count(Collection<HostFacts> all, ToIntFunction<Counts> figure) {
    return all.stream().mapToInt(facts -> figure.applyAsInt(facts.counts())).sum();
  }

  private static List<String> union(
      Collection<HostFacts> all, Function<HostFacts, List<String>> part) {
    var united = new LinkedHashSet<String>();
    all.forEach(facts -> united.addAll(part.apply(facts)));
    return List.copyOf(united);
  }

  /** The nodes that were added up. */
  private static List<String> labels(Map<Link, HostFacts> answers) {
    return List.of(
        "io.argosy.nodes=" + String.join(",", answers.keySet().stream().map(Link::name).toList()));
  }

  private static List<String> warnings(Map<Link, HostFacts> answers) {
    var all = new ArrayList<String>();
    answers.forEach(
        (link, facts) -> facts.warnings().forEach(text -> all.add(link.name() + ": " + text)));
    return all;
  }
}
