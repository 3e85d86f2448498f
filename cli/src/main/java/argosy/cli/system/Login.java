package argosy.cli.system;

import argosy.cli.client.Credentials;
import argosy.cli.client.Target;
import argosy.cli.command.Command;
import argosy.cli.command.Form;
import argosy.cli.command.Invocation;
import argosy.cli.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Logs in to a registry, and keeps the credentials where docker keeps them. */
public final class Login implements Command {
  @Override
  public Form form() {
    return new Form("login", "Log in to a registry")
        .value("-u --username", "NAME", "As this user")
        .value(
            "-p --password", "TEXT", "With this password (others may see it: use --password-stdin)")
        .flag("--password-stdin", "Read the password from stdin")
        .operands("[SERVER]", 0, 1);
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    var arguments = invocation.arguments();
    String server = arguments.operands().stream().findFirst().orElse(Credentials.DOCKER_HUB);
    String user = arguments.text("--username");
    if (user.isEmpty() && arguments.flag("--password-stdin")) {
      throw new IllegalArgumentException("Must provide --username with --password-stdin");
    }
    var in =
        new BufferedReader(
            new InputStreamReader(invocation.console().in(), StandardCharsets.UTF_8));
    user = user.isEmpty() ? asked(invocation, in, "Username: ") : user;
    String password = arguments.text("--password");
    if (arguments.flag("--password-stdin")) {
      password = Objects.requireNonNullElse(in.readLine(), "");
    } else if (password.isEmpty()) {
      password = password(invocation, in);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("username", user);
    body.put("password", password);
    body.put("serveraddress", server);
    Json answer = invocation.daemon().post(Target.of("auth"), new Json(body)).json();
    String token = answer.get("IdentityToken").text();
    Credentials.of(invocation.environment()).keep(server, user, password, token);
    String status = answer.get("Status").text();
    invocation.console().out().println(status.isEmpty() ? "Login Succeeded" : status);
    return 0;
  }

  private static String asked(Invocation invocation, BufferedReader in, String question)
      throws IOException {
    invocation.console().out().print(question);
    invocation.console().out().flush();
    return Objects.requireNonNullElse(in.readLine(), "").strip();
  }

  /** Not shown while it is typed. */
  private static String password(Invocation invocation, BufferedReader in) throws IOException {
    var console = invocation.console().terminal().input() ? System.console() : null;
    if (console != null) {
      char[] typed = console.readPassword("Password: ");
      return typed == null ? "" : new String(typed);
    }
    return asked(invocation, in, "Password: ");
  }
}
