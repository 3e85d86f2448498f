package argosy.cli.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import argosy.cli.command.Arguments;
import argosy.cli.json.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CreateFlagsTest {
  /** The long names of docker run 28, without those that are run's own or every command's. */
  private static final String DOCKER =
      "add-host annotation attach blkio-weight blkio-weight-device cap-add cap-drop cgroup-parent"
          + " cgroupns cidfile cpu-count cpu-percent cpu-period cpu-quota cpu-rt-period"
          + " cpu-rt-runtime cpu-shares cpus cpuset-cpus cpuset-mems device device-cgroup-rule"
          + " device-read-bps device-read-iops device-write-bps device-write-iops dns dns-option"
          + " dns-search domainname entrypoint env env-file expose gpus group-add health-cmd"
          + " health-interval health-retries health-start-interval health-start-period"
          + " health-timeout hostname init interactive io-maxbandwidth io-maxiops ip ip6 ipc"
          + " isolation label label-file link link-local-ip log-driver log-opt mac-address memory"
          + " memory-reservation memory-swap memory-swappiness mount name network network-alias"
          + " no-healthcheck oom-kill-disable oom-score-adj pid pids-limit platform privileged"
          + " publish publish-all pull quiet read-only restart rm runtime security-opt shm-size"
          + " stop-signal stop-timeout storage-opt sysctl tmpfs tty ulimit user userns uts volume"
          + " volume-driver volumes-from workdir";

  @Test
  void every_flag_of_dockers_is_there() {
    Set<String> missing = new TreeSet<>(Arrays.asList(DOCKER.split(" ")));
    CreateFlags.ALL.forEach(flag -> missing.remove(flag.name().substring(2)));
    assertEquals(Set.of(), missing);
  }

  @Test
  void limits_of_devices_and_processors() throws IOException {
    assertEquals(
        "{\"CpuRealtimePeriod\":1000,\"MemorySwappiness\":10,\"DeviceCgroupRules\":[\"c\"],"
            + "\"BlkioWeightDevice\":[{\"Path\":\"/dev/a\",\"Weight\":300}],"
            + "\"BlkioDeviceReadBps\":[{\"Path\":\"/dev/a\",\"Rate\":1048576}],"
            + "\"BlkioDeviceWriteIOps\":[{\"Path\":\"/dev/a\",\"Rate\":7}],"
            + "\"DeviceRequests\":[{\"Count\":-1,\"Capabilities\":[[\"gpu\"]]}]}",
        host(
            "--cpu-rt-period 1000 --memory-swappiness 10 --device-cgroup-rule c"
                + " --blkio-weight-device /dev/a:300 --device-read-bps /dev/a:1m"
                + " --device-write-iops /dev/a:7 --gpus all"));
  }

  @Test
  void open_paths_and_deep_mounts() throws IOException {
    assertEquals(
        "{\"MaskedPaths\":[],\"ReadonlyPaths\":[]}", host("--security-opt systempaths=unconfined"));
    assertEquals(
        "{\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"/a\",\"Target\":\"/b\",\"ReadOnly\":true,"
            + "\"BindOptions\":{\"ReadOnlyForceRecursive\":true}}]}",
        host("--mount type=bind,src=/a,dst=/b,ro,bind-recursive=readonly"));
    assertEquals(
        "{\"Mounts\":[{\"Type\":\"volume\",\"Source\":\"v\",\"Target\":\"/b\",\"VolumeOptions\":"
            + "{\"Labels\":{\"a\":\"b\"},\"DriverConfig\":{\"Name\":\"local\",\"Options\":"
            + "{\"o\":\"size=1m\"}}}}]}",
        host("--mount src=v,dst=/b,volume-label=a=b,volume-driver=local,volume-opt=o=size=1m"));
  }

  @Test
  void an_update_sends_what_it_names() {
    var arguments =
        Arguments.parse(
            new Update().form(), List.of("-m", "64m", "--cpus", "2", "--restart", "always", "box"));
    assertEquals(
        "{\"Memory\":67108864,\"NanoCpus\":2000000000,\"RestartPolicy\":{\"Name\":\"always\","
            + "\"MaximumRetryCount\":0}}",
        new Json(new HostBody(arguments).limits()).compact());
  }

  private static String host(String options) throws IOException {
    List<String> args = Arrays.asList((options + " busybox").split(" "));
    Arguments arguments = Arguments.parse(new Run().form(), args);
    return new ContainerBody(arguments, Map.of()).json().get("HostConfig").compact();
  }
}
