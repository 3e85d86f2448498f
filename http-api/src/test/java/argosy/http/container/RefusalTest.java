package argosy.http.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import argosy.engine.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a create is refused for, in Docker's words. */
class RefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"Memory": 1000000} | Minimum memory limit allowed is 6MB
          {"MemorySwap": 1000000} | You should always set the Memory limit when using Memoryswap limit, see usage
          {"Memory": 67108864, "MemorySwap": 6710886} | Minimum memoryswap limit should be larger than memory limit, see usage
          {"MemorySwappiness": 101} | Invalid value: 101, valid memory swappiness range is 0-100
          {"NanoCpus": 1, "CpuPeriod": 1000} | Conflicting options: Nano CPUs and CPU Period cannot both be set
          {"CpuQuota": 7} | CPU cfs quota can not be less than 1ms (i.e. 1000)
          {"OomScoreAdj": 1001} | Invalid value 1001, range for oom score adj is [-1000, 1000]
          {"RestartPolicy": {"Name": "sometimes"}} | invalid restart policy: unknown policy 'sometimes'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'
          {"RestartPolicy": {"Name": "always", "MaximumRetryCount": 2}} | invalid restart policy: maximum retry count can only be used with 'on-failure'
          {"RestartPolicy": {"Name": "always"}, "AutoRemove": true} | can't create 'AutoRemove' container with restart policy
          {"PidMode": "private"} | invalid PID mode: private
          {"UTSMode": "x"} | invalid UTS mode: x
          {"IpcMode": "x"} | invalid IPC mode: x
          {"Binds": ["/a:b"]} | invalid volume specification: '/a:b': invalid mount config for type "bind": invalid mount path: 'b' mount path must be absolute
          {"Binds": ["/a:/b:wrong"]} | invalid mode: wrong
          {"Binds": ["/a:/"]} | invalid volume specification: '/a:/': invalid mount config for type "bind": invalid specification: destination can't be '/'
          {"Mounts": [{"Type": "bind", "Target": "/b"}]} | invalid mount config for type "bind": field Source must not be empty
          {"Mounts": [{"Type": "tmpfs", "Target": "/b", "Source": "/a"}]} | invalid mount config for type "tmpfs": field Source must not be specified
          {"Mounts": [{"Type": "odd", "Target": "/b"}]} | invalid mount config for type "odd": mount type unknown
          {"PortBindings": {"70000/tcp": []}} | invalid port specification: "70000/tcp"
          {"PortBindings": {"80/tcp": [{"HostPort": "99999"}]}} | invalid port specification: "99999"
          {"PortBindings": {"80/tcp": [{"HostPort": "20-10"}]}} | invalid port specification: "20-10"
          {"PortBindings": {"80/tcp": [{"HostIp": "here"}]}} | invalid IP address: "here"
          {"ExtraHosts": ["a"]} | bad format for add-host: "a"
          {"NetworkMode": "host", "Links": ["a:b"]} | conflicting options: host type networking can't be used with links. This would result in undefined behavior
          {"NetworkMode": "container:x", "Dns": ["1.1.1.1"]} | conflicting options: dns and the network mode
          {"NetworkMode": "container:x", "PortBindings": {"80/tcp": []}} | conflicting options: port publishing and the container type network mode
          {"Isolation": "hyperv"} | invalid isolation (hyperv): linux only supports 'default'
          {"CpuCount": 2} | invalid option: CpuCount, CpuPercent, IOMaximumIOps and IOMaximumBandwidth exist on Windows only
          """)
  void a_wrong_host_config(String hostConfig, String sentence) {
    assertEquals(new Failure.Invalid(sentence), Bodies.refusedHost(hostConfig));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"WorkingDir": "a"} | the working directory 'a' is invalid, it needs to be an absolute path
          {"Env": ["=a"]} | invalid environment variable: =a
          {"Healthcheck": {"Interval": 7}} | Interval in Healthcheck cannot be less than 1ms
          {"Healthcheck": {"Retries": -1}} | Retries in Healthcheck cannot be negative
          {"ExposedPorts": {"x": {}}} | invalid port specification: "x"
          {"Volumes": {"/a\\u0000": {}}} | invalid mount path: it has a character no path can have
          {"Volumes": {"a": {}}} | invalid mount path: 'a' mount path must be absolute
          """)
  void a_wrong_config(String config, String sentence) {
    assertEquals(new Failure.Invalid(sentence), Bodies.refusedConfig(config));
  }

  @Test
  void what_is_not_built_is_refused_and_not_ignored() {
    for (String asked :
        new String[] {
          "{\"DeviceRequests\": [{\"Count\": -1, \"Capabilities\": [[\"gpu\"]]}]}",
          "{\"Cgroup\": \"container:x\"}",
          "{\"Mounts\": [{\"Type\": \"cluster\", \"Source\": \"a\", \"Target\": \"/b\"}]}"
        }) {
      assertInstanceOf(Failure.NotImplemented.class, Bodies.refusedHost(asked), asked);
    }
  }

  @Test
  void a_field_of_the_wrong_kind_is_bad_json() {
    var failure = Bodies.refusedHost("{\"Memory\": \"much\"}");
    assertEquals("invalid JSON: ", failure.message().substring(0, 14));
  }
}
