package argosy.engine.cgroup;

/**
 * One value for one file of a control group.
 *
 * @param controller whose directory with cgroup v1; with v2 there is one for all
 * @param optional a kernel without the file does without the setting
 */
public record Setting(String controller, String file, String value, boolean optional) {
  Setting(String controller, String file, String value) {
    this(controller, file, value, false);
  }
}
