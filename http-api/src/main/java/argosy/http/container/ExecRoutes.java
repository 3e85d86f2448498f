package argosy.http.container;

import static argosy.http.answer.OrEmpty.list;
import static argosy.http.answer.OrEmpty.text;
import static argosy.http.endpoint.Endpoint.protocol;

import argosy.engine.container.ContainerRequest;
import argosy.engine.container.ContainerRequest.Exec;
import argosy.engine.container.ContainerRequest.ExecSpec;
import argosy.engine.container.ContainerStreams;
import argosy.engine.container.stream.DetachKeys;
import argosy.http.answer.Answer;
import argosy.http.answer.Body;
import argosy.http.answer.Refusal;
import argosy.http.endpoint.Call;
import argosy.http.endpoint.Endpoint;
import argosy.http.endpoint.Endpoint.Subject;
import argosy.http.endpoint.Reply;
import argosy.http.wire.ExecCreate;
import argosy.http.wire.ExecInspect;
import argosy.http.wire.ExecStart;
import argosy.http.wire.IdOnly;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Further processes in a running container. */
final class ExecRoutes {
  private ExecRoutes() {}

  static List<Endpoint> all() {
    return List.of(
        protocol("POST", "/containers/{id}/exec", ExecRoutes::create),
        Endpoint.bytes("POST", "/exec/{id}/start", Subject.EXEC, ExecRoutes::start),
        protocol("POST", "/exec/{id}/resize", ExecRoutes::resize),
        protocol("GET", "/exec/{id}/json", ExecRoutes::inspect));
  }

  private static CompletionStage<Reply> create(Call call) {
    return Body.read(call, ExecCreate.class)
        .thenCompose(asked ->
            Answer.of(
                call.engine().containers(new ContainerRequest.CreateExec(call.id(), spec(asked))),
                created -> Answer.json(201, new IdOnly(created.id()))));
  }

  static ExecSpec spec(ExecCreate asked) {
    Refusal.when(list(asked.cmd()).isEmpty(), "No exec command specified");
    String directory = text(asked.workingDir());
    Refusal.when(
        !directory.isEmpty() && !directory.startsWith("/"),
        "the working directory '" + directory + "' is invalid, it needs to be an absolute path");
    return new ExecSpec(
        list(asked.cmd()),
        list(asked.env()),
        text(asked.user()),
        directory,
        asked.tty(),
        asked.privileged(),
        asked.attachStdin(),
        asked.attachStdout(),
        asked.attachStderr(),
        text(asked.detachKeys()));
  }

  private static CompletionStage<Reply> start(Call call) {
    return Body.optional(call, ExecStart.class)
        .thenCompose(asked ->
            Answer.of(
                call.local().containerStreams().startExec(call.id(), start(asked)),
                attached ->
                    asked.detach()
                        ? Answer.empty(200)
                        : AttachRoutes.hijack(attached, asked.tty(), call.version())));
  }

  private static ContainerStreams.ExecStart start(ExecStart asked) {
    var size = list(asked.consoleSize());
    boolean given = size.size() == 2;
    return new ContainerStreams.ExecStart(
        asked.detach(), asked.tty(), given ? size.getFirst() : 0, given ? size.getLast() : 0);
  }

  private static CompletionStage<Reply> resize(Call call) {
    int height = Parameters.requiredNumber(call, "h");
    int width = Parameters.requiredNumber(call, "w");
    return Answer.done(
        200, call.engine().containers(new ContainerRequest.ResizeExec(call.id(), height, width)));
  }

  private static CompletionStage<Reply> inspect(Call call) {
    return Answer.of(
        call.engine().containers(new ContainerRequest.InspectExec(call.id())),
        exec -> Answer.json(200, view(exec)));
  }

  static ExecInspect view(Exec exec) {
    var spec = exec.spec();
    return new ExecInspect(
        exec.id(),
        exec.running(),
        exec.exitCode(),
        new ExecInspect.ProcessConfig(
            spec.tty(),
            spec.command().getFirst(),
            spec.command().stream().skip(1).toList(),
            spec.privileged(),
            spec.user()),
        spec.stdin(),
        spec.stderr(),
        spec.stdout(),
        exec.exitCode() != null,
        exec.container(),
        keys(spec.detachKeys()),
        exec.pid());
  }

  /** As the bytes they are, for so Docker shows them. */
  private static byte[] keys(String text) {
    return text.isEmpty() ? new byte[0] : DetachKeys.ofExec(text).bytes();
  }
}
