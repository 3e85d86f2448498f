package argosy.http.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import argosy.engine.container.Lifecycle;
import argosy.http.Golden;
import argosy.http.version.ApiVersion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ContainerViewTest {
  private static final ApiVersion OLD = new ApiVersion(1, 32);

  @Test
  void a_row() {
    Golden.same(
        """
        {"Id": "f996579350d346bf81aae784763e5cd643135182b3c4e2b0753b2c4b9311b7c9",
         "Names": ["/web"], "Image": "nginx:1.25", "ImageID": "sha256:aa", "Command": "",
         "Created": 1795283342,
         "Ports": [
           {"IP": "0.0.0.0", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"},
           {"IP": "::", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"},
           {"PrivatePort": 443, "Type": "tcp"}, {"PrivatePort": 53, "Type": "udp"},
           {"PrivatePort": 9000, "Type": "tcp"}],
         "Labels": {"tier": "web"}, "State": "running", "Status": "Up 4 seconds",
         "HostConfig": {"NetworkMode": "front"},
         "NetworkSettings": {"Networks": {"front": {
           "IPAMConfig": {"IPv4Address": "10.1.0.9"}, "Links": null, "Aliases": ["w"],
           "MacAddress": "02:42:0a:01:00:09", "DriverOpts": null, "GwPriority": 0,
           "NetworkID": "n1", "EndpointID": "e1", "Gateway": "10.1.0.1",
           "IPAddress": "10.1.0.9", "IPPrefixLen": 16, "IPv6Gateway": "",
           "GlobalIPv6Address": "", "GlobalIPv6PrefixLen": 0,
           "DNSNames": ["web", "w", "f996579350d3"]}}},
         "Mounts": [{"Type": "volume", "Name": "data",
           "Source": "/var/lib/argosy/volumes/data/_data", "Destination": "/d",
           "Driver": "local", "Mode": "z", "RW": true, "Propagation": ""}]}
        """,
        ContainerView.row(Samples.web(), Samples.CREATED.plusSeconds(5), ApiVersion.NEWEST));
  }

  @Test
  void where_nothing_is_forwarded_no_port_is_shown() {
    var container = Samples.onHostNetwork();
    assertEquals(List.of(), NetworkView.portRows(container));
    Golden.contains(
        "{\"Ports\": {}}", NetworkView.settings(container, ApiVersion.NEWEST, NetworkIds.UNKNOWN));
  }

  @Test
  void a_resting_container_names_its_network_s_id() {
    var resting = Samples.container(new Lifecycle.Created());
    var networks =
        NetworkView.networks(resting, ApiVersion.NEWEST, new NetworkIds(Map.of("bridge", "b1")));
    Golden.contains("{\"NetworkID\": \"b1\"}", Objects.requireNonNull(networks.get("bridge")));
  }

  @Test
  void old_clients_see_the_short_id_among_the_aliases() {
    var networks = NetworkView.networks(Samples.web(), OLD, NetworkIds.UNKNOWN);
    Golden.contains(
        "{\"Aliases\": [\"w\", \"f996579350d3\"]}", Objects.requireNonNull(networks.get("front")));
  }

  @Test
  void default_became_bridge() {
    assertEquals("default", HostConfigView.networkMode("default", OLD));
    assertEquals("bridge", HostConfigView.networkMode("default", ApiVersion.NEWEST));
  }

  @Test
  void arguments_with_a_space_are_quoted() {
    assertEquals("sh -c 'echo hi'", ContainerView.command(List.of("sh", "-c", "echo hi")));
    assertEquals("", ContainerView.command(List.of()));
  }

  @Test
  void inspect_of_one_that_runs() {
    var inspected = ContainerView.inspect(Samples.web(), ApiVersion.NEWEST, NetworkIds.UNKNOWN);
    Golden.contains(
        """
        {"Created": "2026-11-21T17:49:02.500000000Z", "Path": "", "Args": [],
         "Image": "sha256:aa", "Name": "/web", "RestartCount": 0, "Driver": "overlay2",
         "Platform": "linux", "ExecIDs": null, "LogPath": "/l/log",
         "HostnamePath": "/l/hostname", "HostsPath": "/l/hosts",
         "ResolvConfPath": "/l/resolv.conf",
         "GraphDriver": {"Name": "overlay2", "Data":
           {"LowerDir": "/lo", "UpperDir": "/up", "WorkDir": "/wo", "MergedDir": "/m"}},
         "State": {"Status": "running", "Running": true, "Paused": false, "Restarting": false,
           "OOMKilled": false, "Dead": false, "Pid": 4711, "ExitCode": 0, "Error": "",
           "StartedAt": "2026-11-21T17:49:03.500000000Z", "FinishedAt": "0001-01-01T00:00:00Z"}}
        """,
        inspected);
    Golden.contains(
        """
        {"Ports": {"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"},
           {"HostIp": "::", "HostPort": "8080"}], "443/tcp": null, "53/udp": null,
           "9000/tcp": null},
         "SandboxKey":
           "/run/argosy/netns/f996579350d346bf81aae784763e5cd643135182b3c4e2b0753b2c4b9311b7c9",
         "Bridge": "", "IPAddress": "", "Gateway": "", "HairpinMode": false}
        """,
        inspected.networkSettings());
  }

  @Test
  void inspect_of_one_that_was_only_created() {
    var inspected =
        ContainerView.inspect(
            Samples.container(new Lifecycle.Created()), ApiVersion.NEWEST, NetworkIds.UNKNOWN);
    Golden.contains(
        """
        {"Status": "created", "Running": false, "Pid": 0,
         "StartedAt": "0001-01-01T00:00:00Z", "FinishedAt": "0001-01-01T00:00:00Z"}
        """,
        inspected.state());
    Golden.contains("{\"Ports\": {}, \"SandboxKey\": \"\"}", inspected.networkSettings());
    assertTrue(inspected.networkSettings().networks().containsKey("bridge"));
    assertFalse(Golden.has(inspected.state(), "Health"));
  }

  @Test
  void the_configuration_is_echoed_with_dockers_nulls() {
    var inspected =
        ContainerView.inspect(
            Samples.container(new Lifecycle.Created()), ApiVersion.NEWEST, NetworkIds.UNKNOWN);
    Golden.contains(
        """
        {"Env": null, "Cmd": null, "Entrypoint": null, "Volumes": null, "OnBuild": null,
         "Labels": {}, "Image": "busybox", "Tty": false}
        """,
        inspected.config());
    Golden.contains(
        """
        {"Binds": null, "PortBindings": {}, "CapAdd": null, "Dns": [], "ExtraHosts": null,
         "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0}, "ShmSize": 67108864,
         "LogConfig": {"Type": "json-file", "Config": {}}, "NetworkMode": "bridge",
         "IpcMode": "private", "Devices": [], "Ulimits": [], "PidsLimit": null,
         "MemorySwappiness": null, "BlkioDeviceReadBps": [], "ConsoleSize": [0, 0]}
        """,
        inspected.hostConfig());
    for (String absent : List.of("Init", "Mounts", "Tmpfs", "Sysctls", "StorageOpt")) {
      assertFalse(Golden.has(inspected.hostConfig(), absent), absent);
    }
  }

  @Test
  void what_was_asked_comes_back() {
    var storage = Bodies.spec("run-storage").storage();
    Golden.same(
        """
        {"Type": "bind", "Source": "/a", "Target": "/b", "ReadOnly": true,
         "BindOptions": {"Propagation": "rslave"}}
        """,
        MountView.asked(storage.mounts().get(0)));
    Golden.same(
        """
        {"Type": "volume", "Source": "v", "Target": "/v",
         "VolumeOptions": {"NoCopy": true, "DriverConfig": {"Options": {"o": "x"}}}}
        """,
        MountView.asked(storage.mounts().get(1)));
    Golden.same(
        """
        {"Type": "tmpfs", "Target": "/tm", "TmpfsOptions": {"SizeBytes": 1000, "Mode": 1016}}
        """,
        MountView.asked(storage.mounts().get(2)));
  }
}
