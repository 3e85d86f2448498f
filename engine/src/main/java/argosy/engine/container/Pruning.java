package argosy.engine.container;

import argosy.engine.container.ContainerRequest.Pruned;
import argosy.engine.event.Event;
import argosy.engine.event.Events;
import argosy.engine.failure.Outcome;
import argosy.engine.protocol.Ask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Removes many containers, on a virtual thread; one that runs again meanwhile is left alone. */
record Pruning(Surroundings around, Scheduler scheduler) {

  Pruned run(List<String> ids, List<ActorRef<ContainerActor.Command>> actors) {
    var removed = new ArrayList<String>();
    long reclaimed = 0;
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      long bytes = around.roots().writableBytes(id);
      if (remove(id, actors.get(i)) instanceof Outcome.Ok<?>) {
        removed.add(id);
        reclaimed += bytes;
      }
    }
    var event =
        new Event(
            "container",
            "prune",
            "",
            Map.of("reclaimed", Long.toString(reclaimed)),
            around.clock().instant());
    around.neighbours().events().tell(new Events.Publish(event));
    return new Pruned(removed, reclaimed);
  }

  private Outcome<Object> remove(String id, ActorRef<ContainerActor.Command> actor) {
    return AskPattern.<ContainerActor.Command, Outcome<Object>>ask(
            actor,
            replyTo ->
                new ContainerActor.Order(
                    new Ask<>(new ContainerRequest.Remove(id, false, false), replyTo)),
            Duration.ofSeconds(60),
            scheduler)
        .toCompletableFuture()
        .exceptionally(Outcome::failed)
        .join();
  }
}
