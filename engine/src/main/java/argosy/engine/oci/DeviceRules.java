package argosy.engine.oci;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import argosy.engine.oci.OciInput.MappedDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which device files a container has, and what its cgroup lets it do with devices. */
public final class DeviceRules {
  /** {@code TYPE MAJOR:MINOR ACCESS}, Docker's form of {@code --device-cgroup-rule}. */
  private static final Pattern RULE = Pattern.compile("([acb]) (\\d+|\\*):(\\d+|\\*) ([rwm]{1,3})");

  private DeviceRules() {}

  static List<OciConfig.DeviceRule> rules(OciInput input) {
    if (input.spec().security().privileged()) {
      return List.of(new OciConfig.DeviceRule(true, null, null, null, "rwm"));
    }
    var rules = new ArrayList<OciConfig.DeviceRule>();
    rules.add(new OciConfig.DeviceRule(false, null, null, null, "rwm"));
    // zero, null, urandom, random, tty, console: those that every container has
    rules.add(character(1, 5));
    rules.add(character(1, 3));
    rules.add(character(1, 9));
    rules.add(character(1, 8));
    rules.add(character(5, 0));
    rules.add(character(5, 1));
    for (MappedDevice device : input.devices()) {
      rules.add(
          new OciConfig.DeviceRule(
              true,
              String.valueOf(device.node().type()),
              device.node().major(),
              device.node().minor(),
              device.permissions().isEmpty() ? "rwm" : device.permissions()));
    }
    input.spec().resources().deviceCgroupRules().forEach(rule -> rules.add(parse(rule)));
    return List.copyOf(rules);
  }

  /** Nodes besides the runtime's own; all of the host's for a privileged container. */
  static List<OciConfig.Device> nodes(OciInput input) {
    var nodes = new ArrayList<OciConfig.Device>();
    if (input.spec().security().privileged()) {
      input.host().devices().forEach(node -> nodes.add(device(node, node.path())));
    }
    for (MappedDevice device : input.devices()) {
      String inside = device.pathInContainer();
      nodes.removeIf(node -> node.path().equals(inside));
      nodes.add(device(device.node(), inside));
    }
    return List.copyOf(nodes);
  }

  private static OciConfig.Device device(DeviceNode node, String path) {
    return new OciConfig.Device(
        path,
        String.valueOf(node.type()),
        node.major(),
        node.minor(),
        node.mode(),
        node.uid(),
        node.gid());
  }

  private static OciConfig.DeviceRule character(long major, long minor) {
    return new OciConfig.DeviceRule(true, "c", major, minor, "rwm");
  }

  /** Throws Refused with Docker's text for what is no rule. */
  public static void check(String rule) {
    parse(rule);
  }

  private static OciConfig.DeviceRule parse(String rule) {
    Matcher parts = RULE.matcher(rule);
    if (!parts.matches()) {
      throw new Refused(new Failure.Invalid("invalid device cgroup rule format: '" + rule + "'"));
    }
    return new OciConfig.DeviceRule(
        true, parts.group(1), number(parts.group(2)), number(parts.group(3)), parts.group(4));
  }

  private static @Nullable Long number(String text) {
    return text.equals("*") ? null : Long.valueOf(text);
  }
}
