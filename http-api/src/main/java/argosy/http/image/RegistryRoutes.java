package argosy.http.image;

import static argosy.http.endpoint.Endpoint.bytes;

import argosy.engine.image.ImageRegistries.Hit;
import argosy.engine.image.ImageRegistries.RemoteImage;
import argosy.engine.image.ImageStreams.RegistryAuth;
import argosy.http.answer.Answer;
import argosy.http.answer.Body;
import argosy.http.answer.Filters;
import argosy.http.answer.Refusal;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Endpoint.Subject;
import argosy.http.endpoint.Reply;
import argosy.http.wire.DistributionInspect;
import argosy.http.wire.LoggedIn;
import argosy.http.wire.RegistryLogin;
import argosy.http.wire.SearchRow;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What registries are asked without an image going over the line. */
final class RegistryRoutes {
  private static final int USUAL = 25;
  private static final int MOST = 100;

  private RegistryRoutes() {}

  static List<Endpoint> all() {
    return List.of(
        bytes("POST", "/auth", Subject.HERE, RegistryRoutes::login),
        bytes("GET", "/distribution/{name...}/json", Subject.HERE, RegistryRoutes::look),
        bytes("GET", "/images/search", Subject.HERE, RegistryRoutes::search));
  }

  private static CompletionStage<Reply> login(Call call) {
    return Body.read(call, RegistryLogin.class)
        .thenCompose(login ->
            Answer.of(
                call.local()
                    .imageStreams()
                    .registries()
                    .login(text(login.serverAddress()), auth(login)),
                token -> Answer.json(200, new LoggedIn(token, "Login Succeeded"))));
  }

  private static RegistryAuth auth(RegistryLogin login) {
    return new RegistryAuth(
        text(login.username()),
        text(login.password()),
        text(login.identityToken()),
        text(login.registryToken()));
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }

  private static CompletionStage<Reply> look(Call call) {
    return Answer.of(
        call.local()
            .imageStreams()
            .registries()
            .look(ImageRoutes.name(call), RegistryHeader.of(call)),
        image -> Answer.json(200, inspect(image)));
  }

  private static DistributionInspect inspect(RemoteImage image) {
    return new DistributionInspect(
        new DistributionInspect.Target(image.mediaType(), image.digest(), image.size()),
        image.platforms().stream()
            .map(each ->
                new DistributionInspect.Runs(each.architecture(), each.os(), each.variant()))
            .toList());
  }

  private static CompletionStage<Reply> search(Call call) {
    String limit = call.parameter("limit").filter(given -> !given.isEmpty()).orElse("25");
    Refusal.when(
        !limit.matches("-?[0-9]{1,9}"), "strconv.Atoi: parsing \"" + limit + "\": invalid syntax");
    int most = Integer.parseInt(limit) == 0 ? USUAL : Integer.parseInt(limit);
    Refusal.when(
        most < 1 || most > MOST, "Limit %d is outside the range of [1, 100]".formatted(most));
    var filter = SearchFilter.of(Filters.parse(call.parameter("filters").orElse("")));
    return Answer.of(
        call.local()
            .imageStreams()
            .registries()
            .search(call.parameter("term").orElse(""), most, RegistryHeader.of(call)),
        hits -> Answer.json(200, hits.stream().filter(filter).map(RegistryRoutes::row).toList()));
  }

  private static SearchRow row(Hit hit) {
    return new SearchRow(
        hit.stars(), hit.official(), hit.name(), hit.automated(), hit.description());
  }
}
