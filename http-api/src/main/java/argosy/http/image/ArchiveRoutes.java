package argosy.http.image;

import static argosy.http.endpoint.Endpoint.bytes;

import argosy.engine.failure.Outcome;
import argosy.engine.image.ImageStreams.Progress;
import argosy.engine.image.ImportOrder;
import argosy.http.answer.Answer;
import argosy.http.answer.Refusal;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Endpoint.Subject;
import argosy.http.endpoint.Reply;
import argosy.http.flow.MediaTypes;
import argosy.http.flow.ProgressText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** Images coming from a registry or an archive, and leaving as an archive. */
final class ArchiveRoutes {
  private ArchiveRoutes() {}

  static List<Endpoint> all() {
    return List.of(
        bytes("POST", "/images/create", ArchiveRoutes::subject, ArchiveRoutes::create),
        bytes("POST", "/images/{name...}/push", Subject.IMAGE, ArchiveRoutes::push),
        bytes("POST", "/images/load", Subject.HERE, ArchiveRoutes::load),
        bytes("GET", "/images/get", Subject.HERE, ArchiveRoutes::saveAll),
        bytes("GET", "/images/{name...}/get", Subject.IMAGE, ArchiveRoutes::save));
  }

  /** A container may start on any node, so all pull; an import's body is read but once. */
  static Subject subject(Map<String, List<String>> query) {
    String image = query.getOrDefault("fromImage", List.of("")).getFirst();
    return image.isEmpty() ? Subject.HERE : Subject.EVERY_NODE;
  }

  private static CompletionStage<Reply> create(Call call) {
    String image = call.parameter("fromImage").orElse("");
    String source = call.parameter("fromSrc").orElse("");
    Refusal.when(image.isEmpty() && source.isEmpty(), "invalid reference format");
    return image.isEmpty() ? importArchive(call, source) : pull(call, image);
  }

  /** Without a tag every tag of the repository is pulled. */
  private static CompletionStage<Reply> pull(Call call, String image) {
    var streams = call.local().imageStreams();
    return Answer.of(
        streams.pullAll(
            reference(image, call.parameter("tag").orElse("")),
            platform(call),
            RegistryHeader.of(call)),
        ProgressText::reply);
  }

  /** Without a tag all tags of the repository are pushed. */
  private static CompletionStage<Reply> push(Call call) {
    String name = ImageRoutes.name(call);
    String tag = call.parameter("tag").orElse("");
    String reference = tag.isEmpty() ? name : name + ":" + tag;
    return Answer.of(
        ImageRoutes.ifFitting(
            call,
            reference,
            PlatformParameter.text(call, "platform", 46),
            () -> call.local().imageStreams().push(reference, RegistryHeader.of(call))),
        ProgressText::reply);
  }

  /** The two parameters as one reference; a tag may be a digest. */
  static String reference(String image, String tag) {
    return tag.isEmpty() ? image : image + (tag.contains(":") ? "@" : ":") + tag;
  }

  private static CompletionStage<Reply> importArchive(Call call, String source) {
    var order =
        new ImportOrder(
            call.parameter("repo").orElse(""),
            call.parameter("tag").orElse(""),
            call.parameter("message").orElse(""),
            call.query().getOrDefault("changes", List.of()),
            platform(call));
    var streams = call.local().imageStreams();
    return Answer.of(
        source.equals("-")
            ? streams.importArchive(call.request().entity().getDataBytes(), order)
            : streams.importUrl(source, order),
        ProgressText::reply);
  }

  private static @Nullable String platform(Call call) {
    return call.parameter("platform").filter(given -> !given.isEmpty()).orElse(null);
  }

  /** Docker says in the stream what is wrong with an archive, and clients look for it there. */
  private static CompletionStage<Reply> load(Call call) {
    boolean quiet = call.flag("quiet");
    return call.local()
        .imageStreams()
        .load(call.request().entity().getDataBytes(), PlatformParameter.text(call))
        .thenApply(loading ->
            switch (loading) {
              case Outcome.Ok<Source<Progress, NotUsed>>(var lines) ->
                  ProgressText.reply(lines.filter(each -> !quiet || isResult(each)));
              case Outcome.Failed<Source<Progress, NotUsed>>(var failure) ->
                  ProgressText.reply(Source.single(Progress.error(failure.message())));
            });
  }

  private static boolean isResult(Progress progress) {
    return progress.stream() != null || progress.error() != null;
  }

  private static CompletionStage<Reply> save(Call call) {
    return save(call, List.of(ImageRoutes.name(call)));
  }

  private static CompletionStage<Reply> saveAll(Call call) {
    var names = call.query().getOrDefault("names", List.of());
    Refusal.when(names.isEmpty(), "invalid reference format: no image is named");
    return save(call, names);
  }

  private static CompletionStage<Reply> save(Call call, List<String> names) {
    return Answer.of(
        call.local().imageStreams().save(names, PlatformParameter.text(call)),
        archive -> Answer.stream(MediaTypes.tar(), archive));
  }
}
