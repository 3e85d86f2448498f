package argosy.http.system;

import static argosy.http.answer.NotYet.unbuilt;

import argosy.engine.failure.Failure;
import argosy.http.answer.NotYet;
import java.util.List;
import java.util.stream.Stream;

/** The lines of Docker's API that Argosy knows and does not work yet, each with its sentence. */
public final class Unbuilt {
  private static final String BUILD =
      "Argosy builds with the classic builder, not with BuildKit: set DOCKER_BUILDKIT=0";
  private static final String CHECKPOINT =
      "Argosy does not checkpoint containers yet: stop and start them";
  private static final String PLUGIN =
      "Argosy does not run Docker plugins: volumes, networks and logs come with the drivers it has";
  private static final String NO_MANAGER =
      "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to"
          + " connect this node to swarm and try again.";

  private Unbuilt() {}

  public static List<NotYet> all() {
    return Stream.of(containers(), images(), builds(), swarm(), objects(), plugins())
        .flatMap(List::stream)
        .toList();
  }

  private static List<NotYet> containers() {
    return List.of(
        unbuilt("GET", "/containers/{id}/checkpoints", CHECKPOINT),
        unbuilt("POST", "/containers/{id}/checkpoints", CHECKPOINT),
        unbuilt("DELETE", "/containers/{id}/checkpoints/{checkpoint}", CHECKPOINT));
  }

  private static List<NotYet> images() {
    return List.of(
        unbuilt(
            "GET",
            "/images/{name...}/attestations",
            "Argosy does not keep attestations of images: ask the registry"));
  }

  private static List<NotYet> builds() {
    return List.of(
        unbuilt("POST", "/build/cancel", BUILD),
        unbuilt("POST", "/session", BUILD),
        unbuilt("POST", "/grpc", BUILD));
  }

  private static List<NotYet> swarm() {
    String join = "Argosy nodes do not form a swarm: start argosyd with --join ADDR:PORT";
    return List.of(
        noManager("GET", "/swarm"),
        unbuilt("POST", "/swarm/init", join),
        unbuilt("POST", "/swarm/join", join),
        new NotYet(
            "POST", "/swarm/leave", new Failure.Unavailable("This node is not part of a swarm")),
        noManager("POST", "/swarm/update"),
        noManager("GET", "/swarm/unlockkey"),
        noManager("POST", "/swarm/unlock"),
        noManager("GET", "/nodes"),
        noManager("GET", "/nodes/{id}"),
        noManager("DELETE", "/nodes/{id}"),
        noManager("POST", "/nodes/{id}/update"),
        noManager("GET", "/tasks"),
        noManager("GET", "/tasks/{id}"),
        noManager("GET", "/tasks/{id}/logs"),
        noManager("GET", "/services/{id}/logs"),
        noManager("PUT", "/volumes/{name}"));
  }

  private static List<NotYet> objects() {
    return Stream.of("/services", "/secrets", "/configs")
        .flatMap(kind ->
            Stream.of(
                noManager("GET", kind),
                noManager("POST", kind + "/create"),
                noManager("GET", kind + "/{id}"),
                noManager("DELETE", kind + "/{id}"),
                noManager("POST", kind + "/{id}/update")))
        .toList();
  }

  private static NotYet noManager(String method, String path) {
    return new NotYet(method, path, new Failure.Unavailable(NO_MANAGER));
  }

  private static List<NotYet> plugins() {
    return List.of(
        unbuilt("GET", "/plugins/privileges", PLUGIN),
        unbuilt("POST", "/plugins/pull", PLUGIN),
        unbuilt("POST", "/plugins/create", PLUGIN),
        unbuilt("DELETE", "/plugins/{name...}", PLUGIN),
        unbuilt("POST", "/plugins/{name...}/enable", PLUGIN),
        unbuilt("POST", "/plugins/{name...}/disable", PLUGIN),
        unbuilt("POST", "/plugins/{name...}/upgrade", PLUGIN),
        unbuilt("POST", "/plugins/{name...}/push", PLUGIN),
        unbuilt("POST", "/plugins/{name...}/set", PLUGIN));
  }
}
