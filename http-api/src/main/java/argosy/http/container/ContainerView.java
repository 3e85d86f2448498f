package argosy.http.container;

import argosy.engine.container.Container;
import argosy.http.answer.TimeText;
import argosy.http.version.ApiVersion;
import argosy.http.wire.ContainerRow;
import argosy.http.wire.InspectContainer;
import argosy.http.wire.InspectContainer.GraphDriver;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A container as a list row and as an inspect, in the shape of the asked version. */
public final class ContainerView {
  private ContainerView() {}

  public static ContainerRow row(Container container, Instant now, ApiVersion version) {
    return row(container, now, version, NetworkIds.UNKNOWN);
  }

  static ContainerRow row(
      Container container, Instant now, ApiVersion version, NetworkIds networks) {
    var spec = container.spec();
    var sizes = container.sizes();
    return new ContainerRow(
        container.id(),
        List.of("/" + container.name()),
        spec.image(),
        container.imageId(),
        command(spec.process().arguments()),
        container.created().getEpochSecond(),
        NetworkView.portRows(container),
        sizes == null || sizes.writable() == 0 ? null : sizes.writable(),
        sizes == null ? null : sizes.total(),
        spec.identity().labels(),
        StateView.state(container.state()),
        StateView.status(container, now),
        new ContainerRow.Host(
            HostConfigView.networkMode(spec.network().mode(), version),
            version.atLeast(46) ? spec.identity().annotations() : null),
        new ContainerRow.Networks(NetworkView.networks(container, version, networks)),
        MountView.rows(container));
  }

  /** Arguments with a space in them stand in quotes. */
  static String command(List<String> arguments) {
    var words =
        arguments.stream().skip(1).map(each -> each.contains(" ") ? "'" + each + "'" : each);
    return arguments.isEmpty()
        ? ""
        : String.join(" ", Stream.concat(arguments.stream().limit(1), words).toList());
  }

  static InspectContainer inspect(Container container, ApiVersion version, NetworkIds networks) {
    var arguments = container.spec().process().arguments();
    var paths = container.paths();
    var sizes = container.sizes();
    return new InspectContainer(
        container.id(),
        TimeText.nanos(container.created()),
        arguments.isEmpty() ? "" : arguments.getFirst(),
        arguments.stream().skip(1).toList(),
        StateView.inspect(container),
        container.imageId(),
        paths.resolvConf(),
        paths.hostname(),
        paths.hosts(),
        paths.log(),
        "/" + container.name(),
        container.restartCount(),
        "overlay2",
        "linux",
        "",
        "",
        "",
        container.execs().isEmpty() ? null : container.execs(),
        HostConfigView.of(container, version),
        new GraphDriver(
            Map.of(
                "LowerDir", paths.lower(),
                "MergedDir", paths.merged(),
                "UpperDir", paths.upper(),
                "WorkDir", paths.work()),
            "overlay2"),
        sizes == null ? null : sizes.writable(),
        sizes == null ? null : sizes.total(),
        MountView.rows(container),
        ConfigView.of(container),
        NetworkView.settings(container, version, networks));
  }
}
