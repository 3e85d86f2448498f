package argosy.engine.container.life;

import argosy.engine.container.Lifecycle;
import argosy.engine.failure.Failure;
import java.util.Optional;

/** What a user may want of a container, and Docker's words when its state does not allow it. */
public enum Move {
  START {
    @Override
    Optional<Failure> check(Lifecycle state, Subject who) {
      return switch (state) {
        case Lifecycle.Created _, Lifecycle.Exited _, Lifecycle.Starting _ -> Optional.empty();
        case Lifecycle.Running _, Lifecycle.Stopping _, Lifecycle.Restarting _ ->
            unchanged("Container " + who.id() + " is already running");
        case Lifecycle.Paused _ -> clash("cannot start a paused container, try unpause instead");
        case Lifecycle.Removing _, Lifecycle.Dead _ ->
            clash("container is marked for removal and cannot be started");
      };
    }
  },
  STOP {
    @Override
    Optional<Failure> check(Lifecycle state, Subject who) {
      return switch (state) {
        case Lifecycle.Running _,
            Lifecycle.Paused _,
            Lifecycle.Stopping _,
            Lifecycle.Starting _,
            Lifecycle.Restarting _ ->
            Optional.empty();
        case Lifecycle.Created _, Lifecycle.Exited _, Lifecycle.Removing _, Lifecycle.Dead _ ->
            unchanged("Container " + who.id() + " is already stopped");
      };
    }
  },
  KILL {
    @Override
    Optional<Failure> check(Lifecycle state, Subject who) {
      return alive(state) || state instanceof Lifecycle.Restarting
          ? Optional.empty()
          : clash(
              "Cannot kill container: %s: container %s is not running"
                  .formatted(who.reference(), who.id()));
    }
  },
  PAUSE {
    @Override
    Optional<Failure> check(Lifecycle state, Subject who) {
      return switch (state) {
        case Lifecycle.Running _ -> Optional.empty();
        case Lifecycle.Paused _ -> clash("Container " + who.id() + " is already paused");
        case Lifecycle.Stopping _ -> clash("Container " + who.id() + " is stopping");
        case Lifecycle.Restarting _ -> clash(restarting(who));
        case Lifecycle.Created _,
            Lifecycle.Starting _,
            Lifecycle.Exited _,
            Lifecycle.Removing _,
            Lifecycle.Dead _ ->
            clash(notRunning(who));
      };
    }
  },
  UNPAUSE {
    @Override
    Optional<Failure> check(Lifecycle state, Subject who) {
      return state instanceof Lifecycle.Paused
          ? Optional.empty()
          : clash("Container " + who.id() + " is not paused");
    }
  },
  REMOVE {
    @Override
    Optional<Failure> check(Lifecycle state, Subject who) {
      return switch (state) {
        case Lifecycle.Created _, Lifecycle.Exited _, Lifecycle.Dead _ -> Optional.empty();
        case Lifecycle.Starting _, Lifecycle.Running _, Lifecycle.Stopping _ ->
            clash(inUse(who, "running"));
        case Lifecycle.Restarting _ -> clash(inUse(who, "restarting"));
        case Lifecycle.Paused _ ->
            clash(
                "cannot remove container \"/%s\": container is paused and must be unpaused first"
                    .formatted(who.name()));
        case Lifecycle.Removing _ ->
            clash("removal of container " + who.reference() + " is already in progress");
      };
    }
  },
  EXEC {
    @Override
    Optional<Failure> check(Lifecycle state, Subject who) {
      return switch (state) {
        case Lifecycle.Running _, Lifecycle.Stopping _ -> Optional.empty();
        case Lifecycle.Paused _ ->
            clash("Container " + who.reference() + " is paused, unpause the container before exec");
        case Lifecycle.Restarting _ -> clash(restarting(who));
        case Lifecycle.Created _,
            Lifecycle.Starting _,
            Lifecycle.Exited _,
            Lifecycle.Removing _,
            Lifecycle.Dead _ ->
            clash(notRunning(who));
      };
    }
  },
  ATTACH {
    @Override
    Optional<Failure> check(Lifecycle state, Subject who) {
      return switch (state) {
        case Lifecycle.Created _,
            Lifecycle.Starting _,
            Lifecycle.Running _,
            Lifecycle.Stopping _,
            Lifecycle.Exited _ ->
            Optional.empty();
        case Lifecycle.Paused _ ->
            clash(
                "container " + who.reference() + " is paused, unpause the container before attach");
        case Lifecycle.Restarting _ -> clash(restarting(who));
        case Lifecycle.Removing _, Lifecycle.Dead _ ->
            Optional.of(Failure.noSuchContainer(who.reference()));
      };
    }
  },
  /** Whatever needs a process: resize, top. */
  INSIDE {
    @Override
    Optional<Failure> check(Lifecycle state, Subject who) {
      return switch (state) {
        case Lifecycle.Running _, Lifecycle.Stopping _, Lifecycle.Paused _ -> Optional.empty();
        case Lifecycle.Restarting _ -> clash(restarting(who));
        case Lifecycle.Created _,
            Lifecycle.Starting _,
            Lifecycle.Exited _,
            Lifecycle.Removing _,
            Lifecycle.Dead _ ->
            clash(notRunning(who));
      };
    }
  };

  abstract Optional<Failure> check(Lifecycle state, Subject who);

  /** Why this can not be done now, in Docker's words; empty when it can. */
  public Optional<Failure> refusal(Lifecycle state, Subject who) {
    return check(state, who);
  }

  /** Has a first process that can be signalled. */
  public static boolean alive(Lifecycle state) {
    return switch (state) {
      case Lifecycle.Running _, Lifecycle.Paused _, Lifecycle.Stopping _ -> true;
      case Lifecycle.Created _,
          Lifecycle.Starting _,
          Lifecycle.Exited _,
          Lifecycle.Restarting _,
          Lifecycle.Removing _,
          Lifecycle.Dead _ ->
          false;
    };
  }

  private static Optional<Failure> clash(String text) {
    return Optional.of(new Failure.Conflict(text));
  }

  private static Optional<Failure> unchanged(String text) {
    return Optional.of(new Failure.NotModified(text));
  }

  private static String notRunning(Subject who) {
    return "Container " + who.id() + " is not running";
  }

  private static String restarting(Subject who) {
    return "Container " + who.id() + " is restarting, wait until the container is running";
  }

  private static String inUse(Subject who, String state) {
    return "cannot remove container \"/%s\": container is %s: stop the container before removing or force remove"
        .formatted(who.name(), state);
  }
}
