package argosy.engine.oci;

import argosy.engine.failure.Failure;
import argosy.engine.failure.Refused;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A container's own {@code /etc/passwd} and {@code /etc/group}, and who a user's name is by them.
 * The rules and the texts are Docker's. Pure.
 *
 * @param passwd the file's text, "" when there is none
 * @param group likewise
 */
public record UserDatabase(String passwd, String group) {
  private static final int PASSWD_FIELDS = 7;
  private static final int GROUP_FIELDS = 4;

  /** One line of passwd. */
  private record Account(String name, int uid, int gid, String home) {}

  /** One line of group. */
  private record Group(String name, int gid, List<String> members) {}

  /**
   * Looks up {@code user}, {@code user:group}, with names or numbers; "" is root.
   *
   * @param groupAdd further groups, names or numbers
   * @throws Refused for a name that is not there and a number out of range
   */
  public UserIds find(String user, List<String> groupAdd) {
    int colon = user.indexOf(':');
    String who = colon < 0 ? user : user.substring(0, colon);
    String primary = colon < 0 ? "" : user.substring(colon + 1);
    Integer number = who.isEmpty() ? Integer.valueOf(0) : number(who);
    Optional<Account> account =
        accounts()
            .filter(entry -> entry.name().equals(who) || (number != null && entry.uid() == number))
            .findFirst();
    if (account.isEmpty() && number == null) {
      throw missing("user", who, "passwd");
    }
    int uid = account.map(Account::uid).orElseGet(() -> number == null ? 0 : number);
    int gid = primary.isEmpty() ? account.map(Account::gid).orElse(0) : gid(primary);
    Set<Integer> groups = new LinkedHashSet<>(List.of(gid));
    if (primary.isEmpty()) {
      account.ifPresent(entry -> memberships(entry.name()).forEach(groups::add));
    }
    groupAdd.forEach(name -> groups.add(gid(name)));
    String home = account.map(Account::home).filter(path -> !path.isEmpty()).orElse("/");
    return new UserIds(uid, gid, List.copyOf(groups), home);
  }

  private int gid(String name) {
    Integer number = number(name);
    Predicate<Group> wanted =
        entry -> entry.name().equals(name) || (number != null && entry.gid() == number);
    Optional<Group> found = groups().filter(wanted).findFirst();
    if (found.isEmpty() && number == null) {
      throw missing("group", name, "group");
    }
    return found.map(Group::gid).orElseGet(() -> number == null ? 0 : number);
  }

  private Stream<Integer> memberships(String name) {
    return groups().filter(entry -> entry.members().contains(name)).map(Group::gid);
  }

  private Stream<Account> accounts() {
    return passwd
        .lines()
        .map(line -> line.split(":", PASSWD_FIELDS))
        .filter(fields -> fields.length >= PASSWD_FIELDS - 1)
        .filter(fields -> parsed(fields[2]) != null && parsed(fields[3]) != null)
        .map(fields ->
            new Account(
                fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), fields[5]));
  }

  private Stream<Group> groups() {
    return group
        .lines()
        .map(line -> line.split(":", GROUP_FIELDS))
        .filter(fields -> fields.length >= GROUP_FIELDS - 1 && parsed(fields[2]) != null)
        .map(fields ->
            new Group(
                fields[0],
                Integer.parseInt(fields[2]),
                fields.length < GROUP_FIELDS ? List.of() : List.of(fields[3].strip().split(","))));
  }

  private static @Nullable Integer number(String text) {
    if (!text.isEmpty() && text.chars().allMatch(Character::isDigit)) {
      Integer number = parsed(text);
      if (number == null) {
        throw new Refused(
            new Failure.Invalid("uids and gids must be in range 0-" + Integer.MAX_VALUE));
      }
      return number;
    }
    return null;
  }

  private static @Nullable Integer parsed(String text) {
    try {
      int number = Integer.parseInt(text);
      return number < 0 ? null : number;
    } catch (NumberFormatException none) {
      return null;
    }
  }

  private static Refused missing(String kind, String name, String file) {
    return new Refused(
        new Failure.Invalid(
            "unable to find " + kind + " " + name + ": no matching entries in " + file + " file"));
  }
}
