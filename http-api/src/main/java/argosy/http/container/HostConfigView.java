package argosy.http.container;

import argosy.engine.container.Container;
import argosy.engine.spec.NetworkSpec.Binding;
import argosy.engine.spec.Port;
import argosy.engine.spec.Resources;
import argosy.engine.spec.Resources.DeviceRate;
import argosy.http.version.ApiVersion;
import argosy.http.wire.HostConfig;
import argosy.http.wire.HostConfig.PortBinding;
import argosy.http.wire.HostConfig.ThrottleDevice;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code HostConfig} of an inspect: what was asked, with Docker's habits of null, [] and {}. */
final class HostConfigView {
  private static final long DEFAULT_SHM = 64L << 20;

  private HostConfigView() {}

  /** Docker's word for the network mode: "default" became "bridge" with 1.44. */
  static String networkMode(String mode, ApiVersion version) {
    return mode.equals("default") && version.atLeast(44) ? "bridge" : mode;
  }

  static HostConfig of(Container container, ApiVersion version) {
    var spec = container.spec();
    var storage = spec.storage();
    var security = spec.security();
    var isolation = spec.isolation();
    var network = spec.network();
    var names = network.names();
    var resources = spec.resources();
    var memory = resources.memory();
    var cpu = resources.cpu();
    var io = resources.blockIo();
    return new HostConfig(
        nullIfEmpty(storage.binds()),
        "",
        new HostConfig.LogConfig(or(spec.log().driver(), "json-file"), spec.log().options()),
        networkMode(network.mode(), version),
        bindings(container.spec().network().bindings()),
        new HostConfig.RestartPolicy(
            SpecTranslation.name(spec.restart()), spec.restart().maximumRetries()),
        spec.autoRemove(),
        storage.volumeDriver(),
        nullIfEmpty(storage.volumesFrom()),
        consoleSize(spec.process().consoleSize()),
        spec.identity().annotations(),
        nullIfEmpty(security.capAdd()),
        nullIfEmpty(security.capDrop()),
        or(isolation.cgroupns(), "private"),
        names.dns(),
        names.dnsOptions(),
        names.dnsSearch(),
        nullIfEmpty(names.extraHosts()),
        nullIfEmpty(spec.process().groupAdd()),
        or(isolation.ipc(), "private"),
        "",
        nullIfEmpty(names.links()),
        resources.oomScoreAdj(),
        isolation.pid(),
        security.privileged(),
        network.publishAll(),
        security.readonlyRootfs(),
        nullIfEmpty(security.securityOpt()),
        storage.storageOpt(),
        storage.tmpfs(),
        isolation.uts(),
        isolation.userns(),
        memory.shmSize() == 0 ? DEFAULT_SHM : memory.shmSize(),
        security.sysctls(),
        spec.runtime() == null ? "" : spec.runtime(),
        "",
        cpu.shares(),
        memory.limit(),
        cpu.nano(),
        resources.cgroupParent(),
        io.weight(),
        io.weightDevice().stream()
            .map(each -> new HostConfig.WeightDevice(each.path(), (int) each.rate()))
            .toList(),
        rates(io.readBps()),
        rates(io.writeBps()),
        rates(io.readIops()),
        rates(io.writeIops()),
        cpu.period(),
        cpu.quota(),
        cpu.realtimePeriod(),
        cpu.realtimeRuntime(),
        cpu.cpusetCpus(),
        cpu.cpusetMems(),
        devices(resources),
        nullIfEmpty(resources.deviceCgroupRules()),
        null,
        memory.reservation(),
        memory.swap(),
        memory.swappiness(),
        resources.oomKillDisable(),
        resources.pidsLimit(),
        resources.ulimits().stream()
            .map(each -> new HostConfig.Ulimit(each.name(), each.hard(), each.soft()))
            .toList(),
        0,
        0,
        0,
        0,
        storage.mounts().stream().map(MountView::asked).toList(),
        security.maskedPaths(),
        security.readonlyPaths(),
        isolation.init() ? true : null);
  }

  private static String or(String text, String absent) {
    return text.isEmpty() ? absent : text;
  }

  private static @Nullable List<String> nullIfEmpty(List<String> list) {
    return list.isEmpty() ? null : list;
  }

  private static List<Integer> consoleSize(@Nullable List<Integer> size) {
    return size == null ? List.of(0, 0) : size;
  }

  /** Docker's port map. */
  static Map<String, @Nullable List<PortBinding>> bindings(Map<Port, List<Binding>> asked) {
    var all = new TreeMap<String, @Nullable List<PortBinding>>();
    asked.forEach((port, bindings) ->
        all.put(
            port.toString(),
            bindings.stream()
                .map(each -> new PortBinding(each.hostIp(), each.hostPort()))
                .toList()));
    return all;
  }

  private static List<ThrottleDevice> rates(List<DeviceRate> rates) {
    return rates.stream().map(each -> new ThrottleDevice(each.path(), each.rate())).toList();
  }

  private static List<HostConfig.Device> devices(Resources resources) {
    return resources.devices().stream()
        .map(each ->
            new HostConfig.Device(each.pathOnHost(), each.pathInContainer(), each.permissions()))
        .toList();
  }
}
