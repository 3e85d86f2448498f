package argosy.http;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of argosyd, made without annotations because reading those costs a tenth of a second,
 * and the configuration key that each of them sets.
 */
final class CommandLineSpec {
  static final String CONFIG = "--config";
  static final String HELP = "--help";
  static final String VERSION = "--version";

  /** Options that promise something that is not built yet. */
  static final List<String> NOT_BUILT =
      List.of("--tlsverify", "--tlscacert", "--tlscert", "--tlskey", "--token");

  private static final String HTTP = "argosy.http.";
  private static final String ENGINE = "argosy.engine.";
  private static final String NETWORK = ENGINE + "network.";
  private static final String CLUSTER = "argosy.cluster.";

  /** Option to configuration key. */
  static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("--host", HTTP + "listen"),
          Map.entry("--cluster-host", HTTP + "cluster-view"),
          Map.entry("--insecure-tcp", HTTP + "insecure-tcp"),
          Map.entry("--peer-listen", HTTP + "peer-listen"),
          Map.entry("--pidfile", HTTP + "pidfile"),
          Map.entry("--data-root", ENGINE + "data-root"),
          Map.entry("--exec-root", ENGINE + "exec-root"),
          Map.entry("--name", ENGINE + "name"),
          Map.entry("--label", ENGINE + "labels"),
          Map.entry("--runtime", ENGINE + "runtime"),
          Map.entry("--insecure-registry", ENGINE + "insecure-registries"),
          Map.entry("--registry-mirror", ENGINE + "registry-mirrors"),
          Map.entry("--max-concurrent-downloads", ENGINE + "max-concurrent-downloads"),
          Map.entry("--max-concurrent-uploads", ENGINE + "max-concurrent-uploads"),
          Map.entry("--max-download-attempts", ENGINE + "max-download-attempts"),
          Map.entry("--http-proxy", ENGINE + "http-proxy"),
          Map.entry("--https-proxy", ENGINE + "https-proxy"),
          Map.entry("--no-proxy", ENGINE + "no-proxy"),
          Map.entry("--bip", ENGINE + "bip"),
          Map.entry("--bip6", NETWORK + "bip6"),
          Map.entry("--fixed-cidr", NETWORK + "fixed-cidr"),
          Map.entry("--fixed-cidr-v6", NETWORK + "fixed-cidr-v6"),
          Map.entry("--ipv6", NETWORK + "ipv6"),
          Map.entry("--icc", NETWORK + "icc"),
          Map.entry("--ip-masq", NETWORK + "ip-masq"),
          Map.entry("--mtu", NETWORK + "mtu"),
          Map.entry("--ip", NETWORK + "ip"),
          Map.entry("--default-gateway", NETWORK + "default-gateway"),
          Map.entry("--default-gateway-v6", NETWORK + "default-gateway-v6"),
          Map.entry("--default-network-opt", NETWORK + "default-network-opts"),
          Map.entry("--default-address-pool", NETWORK + "default-address-pools"),
          Map.entry("--debug", ENGINE + "debug"),
          Map.entry("--cluster-listen", CLUSTER + "listen"),
          Map.entry("--cluster-insecure", CLUSTER + "insecure"),
          Map.entry("--join", CLUSTER + "join"));

  private CommandLineSpec() {}

  static CommandSpec create() {
    var spec = CommandSpec.create().name("argosyd");
    spec.usageMessage()
        .width(110)
        .sortOptions(false)
        .description(
            "The daemon of Argosy: runs containers on this host and answers the Docker Engine API.",
            "Options win over the configuration file, which wins over the defaults.");
    spec.addOption(one(CONFIG, "FILE", "configuration file (default: /etc/argosy/argosyd.conf)"))
        .addOption(
            many("URL", "serve this host's API at unix:///PATH or tcp://ADDR:PORT", "-H", "--host"))
        .addOption(many("URL", "serve the whole cluster's API there", "--cluster-host"))
        .addOption(
            flag(
                "serve plain TCP beyond loopback: whoever connects is root on this host",
                "--insecure-tcp"))
        .addOption(
            one("--data-root", "DIR", "images, containers, volumes (default: /var/lib/argosy)"))
        .addOption(one("--exec-root", "DIR", "sockets and bundles (default: /run/argosy)"))
        .addOption(one("--name", "NODE", "this node's name (default: the host name)"))
        .addOption(many("K=V", "a label of this node", "--label"))
        .addOption(one("--runtime", "NAME", "default OCI runtime, a name or a path"))
        .addOption(many("HOST:PORT", "a registry without verified TLS", "--insecure-registry"))
        .addOption(many("URL", "a registry mirror to try first", "--registry-mirror"))
        .addOption(one("--max-concurrent-downloads", "N", "layers downloaded at the same time"))
        .addOption(one("--max-concurrent-uploads", "N", "layers uploaded at the same time"))
        .addOption(one("--max-download-attempts", "N", "how often a layer's download is tried"))
        .addOption(one("--http-proxy", "URL", "the proxy before registries that speak plain HTTP"))
        .addOption(one("--https-proxy", "URL", "the proxy before registries that speak TLS"))
        .addOption(one("--no-proxy", "HOSTS", "who is reached without a proxy, with commas"))
        .addOption(one("--bip", "CIDR", "address of the default bridge"))
        .addOption(one("--bip6", "CIDR", "IPv6 address of the default bridge"))
        .addOption(one("--fixed-cidr", "CIDR", "addresses of the default bridge's containers"))
        .addOption(one("--fixed-cidr-v6", "CIDR", "their IPv6 addresses"))
        .addOption(flag("the default bridge has IPv6", "--ipv6"))
        .addOption(one("--icc", "BOOL", "containers on the default bridge reach each other (true)"))
        .addOption(one("--ip-masq", "BOOL", "what they send out has the host's address (true)"))
        .addOption(one("--mtu", "BYTES", "largest packet on the default bridge (1500)"))
        .addOption(one("--ip", "ADDR", "where their ports are published (0.0.0.0)"))
        .addOption(one("--default-gateway", "ADDR", "where their default routes lead (the bridge)"))
        .addOption(one("--default-gateway-v6", "ADDR", "where their IPv6 default routes lead"))
        .addOption(
            many(
                "DRIVER=OPTION=VALUE",
                "an option of networks that do not ask for another",
                "--default-network-opt"))
        .addOption(
            many(
                "base=CIDR,size=LENGTH",
                "where networks without a subnet get one",
                "--default-address-pool"))
        .addOption(one("--cluster-listen", "ADDR:PORT", "open the cluster port there"))
        .addOption(
            flag(
                "the cluster port trusts whoever reaches it; there are no certificates yet",
                "--cluster-insecure"))
        .addOption(many("ADDR:PORT", "a member of the cluster to join", "--join"))
        .addOption(
            one(
                "--peer-listen",
                "ADDR:PORT",
                "where other daemons fetch bytes (default: port 2376)"))
        .addOption(one("--pidfile", "FILE", "write the process id there"))
        .addOption(flag("log every request with its outcome and time", "--debug"))
        .addOption(flag("show this and exit", "-h", HELP))
        .addOption(flag("show the version and exit", VERSION));
    NOT_BUILT.forEach(name -> spec.addOption(hidden(name)));
    return spec;
  }

  private static OptionSpec one(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  private static OptionSpec many(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description + "; may be repeated")
        .build();
  }

  private static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names)
        .type(boolean.class)
        .arity("0")
        .description(description)
        .build();
  }

  private static OptionSpec hidden(String name) {
    return OptionSpec.builder(name).type(String.class).arity("0..1").hidden(true).build();
  }
}
