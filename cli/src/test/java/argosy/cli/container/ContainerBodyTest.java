package argosy.cli.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import argosy.cli.command.Arguments;
import argosy.cli.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerBodyTest {
  private static Json body(String... args) throws IOException {
    Arguments arguments = Arguments.parse(new Run().form(), List.of(args));
    return new ContainerBody(arguments, Map.of("HOME", "/h")).json();
  }

  private static String host(String options) throws IOException {
    String[] args = (options + " busybox").split(" ");
    return body(args).get("HostConfig").compact();
  }

  @Test
  void the_least() throws IOException {
    assertEquals(
        "{\"Image\":\"busybox\",\"AttachStdin\":false,\"AttachStdout\":true,\"AttachStderr\":true,"
            + "\"OpenStdin\":false,\"StdinOnce\":false,\"HostConfig\":{}}",
        body("busybox").compact());
  }

  @Test
  void what_follows_the_image_is_the_containers() throws IOException {
    Json body = body("-it", "--name", "x", "busybox", "sh", "-c", "echo -e --rm", "--node");
    assertEquals("[\"sh\",\"-c\",\"echo -e --rm\",\"--node\"]", body.get("Cmd").compact());
    assertEquals(true, body.get("Tty").flag());
    assertEquals(true, body.get("OpenStdin").flag());
    assertEquals(true, body.get("StdinOnce").flag());
  }

  @Test
  void detached_attaches_nothing() throws IOException {
    Json body = body("-dit", "busybox");
    assertEquals(false, body.get("AttachStdout").flag());
    assertEquals(true, body.get("OpenStdin").flag());
    assertEquals(false, body.get("StdinOnce").flag());
  }

  @Test
  void variables_come_from_files_options_and_the_environment(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("env"), "# no\n\nA=1\nHOME\nNOPE\n");
    Json body = body("--env-file", file.toString(), "-e", "B=x=y", "-eC=3", "-e", "HOME", "img");
    assertEquals("[\"A=1\",\"HOME=/h\",\"B=x=y\",\"C=3\",\"HOME=/h\"]", body.get("Env").compact());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-m 512m --cpus 1.5 -c 10 --pids-limit -1|"
            + "{\"Memory\":536870912,\"CpuShares\":10,\"PidsLimit\":-1,\"NanoCpus\":1500000000}",
        "--memory-swap -1 --shm-size 1.5gb|{\"MemorySwap\":-1,\"ShmSize\":1610612736}",
        "--rm --init --privileged --read-only|"
            + "{\"Privileged\":true,\"ReadonlyRootfs\":true,\"AutoRemove\":true,\"Init\":true}",
        "--cap-add SYS_ADMIN --cap-drop ALL|{\"CapAdd\":[\"SYS_ADMIN\"],\"CapDrop\":[\"ALL\"]}",
        "--restart on-failure:3|{\"RestartPolicy\":{\"Name\":\"on-failure\",\"MaximumRetryCount\":3}}",
        "--restart always|{\"RestartPolicy\":{\"Name\":\"always\",\"MaximumRetryCount\":0}}",
        "--ulimit nofile=10:20 --ulimit core=0|{\"Ulimits\":[{\"Name\":\"nofile\",\"Soft\":10,"
            + "\"Hard\":20},{\"Name\":\"core\",\"Soft\":0,\"Hard\":0}]}",
        "--device /dev/a:/dev/b:r --device /dev/c:rw|{\"Devices\":[{\"PathOnHost\":\"/dev/a\","
            + "\"PathInContainer\":\"/dev/b\",\"CgroupPermissions\":\"r\"},{\"PathOnHost\":\"/dev/c\","
            + "\"PathInContainer\":\"/dev/c\",\"CgroupPermissions\":\"rw\"}]}",
        "--log-driver json-file --log-opt max-size=1m|"
            + "{\"LogConfig\":{\"Type\":\"json-file\",\"Config\":{\"max-size\":\"1m\"}}}",
        "--sysctl net.a=1 --security-opt no-new-privileges|"
            + "{\"Sysctls\":{\"net.a\":\"1\"},\"SecurityOpt\":[\"no-new-privileges\"]}",
        "-v /a:/b:ro -v v:/c -v /anon --tmpfs /t:size=1m|"
            + "{\"Binds\":[\"/a:/b:ro\",\"v:/c\"],\"Tmpfs\":{\"/t\":\"size=1m\"}}",
        "--mount type=bind,src=/a,dst=/b,readonly|{\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"/a\","
            + "\"Target\":\"/b\",\"ReadOnly\":true}]}",
        "--mount type=tmpfs,target=/t,tmpfs-size=1m,tmpfs-mode=1770|{\"Mounts\":[{\"Type\":\"tmpfs\","
            + "\"Target\":\"/t\",\"TmpfsOptions\":{\"SizeBytes\":1048576,\"Mode\":1016}}]}",
        "--network n1 --dns 1.1.1.1 --add-host a:1.2.3.4 -P|{\"NetworkMode\":\"n1\","
            + "\"PublishAllPorts\":true,\"ExtraHosts\":[\"a:1.2.3.4\"],\"Dns\":[\"1.1.1.1\"]}",
        "-p 127.0.0.1:80:8080/udp -p 90|{\"PortBindings\":{\"8080/udp\":[{\"HostIp\":\"127.0.0.1\","
            + "\"HostPort\":\"80\"}],\"90/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"\"}]}}",
        "-p [::1]:80:81 -p 10-11:20-21|{\"PortBindings\":{\"81/tcp\":[{\"HostIp\":\"::1\","
            + "\"HostPort\":\"80\"}],\"20/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"10\"}],"
            + "\"21/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"11\"}]}}",
        "-p 8000-9000:80|{\"PortBindings\":{\"80/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"8000-9000\"}]}}"
      })
  void host_configuration(String options, String expected) throws IOException {
    assertEquals(expected, host(options));
  }

  @Test
  void ports_volumes_labels_and_health_stand_in_the_configuration() throws IOException {
    Json body =
        body(
            "-p",
            "1:2",
            "--expose",
            "3-4/udp",
            "-v",
            "/anon",
            "-l",
            "a=b",
            "-l",
            "c",
            "--health-cmd",
            "true",
            "--health-interval",
            "1m30s",
            "--health-retries",
            "2",
            "img");
    assertEquals("{\"2/tcp\":{},\"3/udp\":{},\"4/udp\":{}}", body.get("ExposedPorts").compact());
    assertEquals("{\"/anon\":{}}", body.get("Volumes").compact());
    assertEquals("{\"a\":\"b\",\"c\":\"\"}", body.get("Labels").compact());
    assertEquals(
        "{\"Test\":[\"CMD-SHELL\",\"true\"],\"Interval\":90000000000,\"Retries\":2}",
        body.get("Healthcheck").compact());
  }

  @Test
  void aliases_and_addresses_belong_to_the_endpoint() throws IOException {
    assertEquals(
        "{\"EndpointsConfig\":{\"n\":{\"Aliases\":[\"a\"],\"IPAMConfig\":{\"IPv4Address\":\"10.0.0.9\"}}}}",
        body("--network", "n", "--network-alias", "a", "--ip", "10.0.0.9", "img")
            .get("NetworkingConfig")
            .compact());
  }

  @Test
  void a_seccomp_profile_travels_as_its_content(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("p.json"), "{ \"a\": 1 }");
    assertEquals(
        "{\"SecurityOpt\":[\"seccomp={\\\"a\\\":1}\",\"seccomp=unconfined\"]}",
        host("--security-opt seccomp=" + file + " --security-opt seccomp=unconfined"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-m 5x",
        "--cpus many",
        "-p 99999",
        "-p 1-3:1-2",
        "-p x:1",
        "--ulimit nofile",
        "--mount src=/a",
        "--mount target=/a,nope=1",
        "-a stdfoo",
        "--health-interval 5",
        "--pids-limit x"
      })
  void nonsense_is_refused_before_anything_is_sent(String options) {
    assertThrows(IllegalArgumentException.class, () -> host(options));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exec: \"x\": executable file not found in $PATH: unknown|127",
        "exec: \"/x\": stat /x: no such file or directory|127",
        "exec: \"/etc\": permission denied: unknown|126",
        "exec: \"/etc\": is a directory: unknown|126",
        "driver failed programming external connectivity|125"
      })
  void a_failed_start_has_dockers_exit_code(String message, int code) {
    assertEquals(code, Run.exitCode(message));
  }
}
