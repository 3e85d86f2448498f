package argosy.engine.registry;

/**
 * What a registry is told about who asks; each part may be empty.
 *
 * @param identityToken a refresh token from an earlier login
 * @param registryToken a bearer token, sent as it is
 */
public record Credentials(
    String username, String password, String identityToken, String registryToken) {
  public static final Credentials NONE = new Credentials("", "", "", "");

  @Override
  public String toString() {
    return "Credentials[" + username + ", …]";
  }
}
