package argosy.engine.container;

import argosy.engine.container.ContainerStreams.AttachQuery;
import argosy.engine.container.ContainerStreams.Attached;
import argosy.engine.container.ContainerStreams.ExecStart;
import argosy.engine.container.ContainerStreams.LogQuery;
import argosy.engine.container.ContainerStreams.Logs;
import argosy.engine.container.ContainerStreams.WaitCondition;
import argosy.engine.container.files.FileWork;
import argosy.engine.failure.Done;
import argosy.engine.failure.Failure;
import argosy.engine.failure.Outcome;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;

/** What {@link ContainerStreams} asks of one container's actor; never leaves the host. */
public sealed interface StreamOrder {
  /** Answers that it can not be. */
  void refuse(Failure failure);

  record Attach(AttachQuery query, ActorRef<Outcome<Attached>> replyTo) implements StreamOrder {
    @Override
    public void refuse(Failure failure) {
      replyTo.tell(Outcome.failed(failure));
    }
  }

  record ReadLogs(LogQuery query, ActorRef<Outcome<Logs>> replyTo) implements StreamOrder {
    @Override
    public void refuse(Failure failure) {
      replyTo.tell(Outcome.failed(failure));
    }
  }

  record Await(WaitCondition condition, ActorRef<Outcome<CompletionStage<Lifecycle.Ended>>> replyTo)
      implements StreamOrder {
    @Override
    public void refuse(Failure failure) {
      replyTo.tell(Outcome.failed(failure));
    }
  }

  record Sample(boolean stream, boolean oneShot, ActorRef<Outcome<Source<Stats, NotUsed>>> replyTo)
      implements StreamOrder {
    @Override
    public void refuse(Failure failure) {
      replyTo.tell(Outcome.failed(failure));
    }
  }

  /** To stand still until that is done, whatever comes of it. */
  record Still(CompletionStage<?> until, ActorRef<Outcome<Done>> replyTo) implements StreamOrder {
    @Override
    public void refuse(Failure failure) {
      replyTo.tell(Outcome.failed(failure));
    }
  }

  record RunExec(String exec, ExecStart start, ActorRef<Outcome<Attached>> replyTo)
      implements StreamOrder {
    @Override
    public void refuse(Failure failure) {
      replyTo.tell(Outcome.failed(failure));
    }
  }

  /** Something to do with its files; {@code reference}: how the asker named it. */
  record Visit<T>(String reference, FileWork<T> work, ActorRef<Outcome<T>> replyTo)
      implements StreamOrder {
    @Override
    public void refuse(Failure failure) {
      replyTo.tell(Outcome.failed(failure));
    }
  }
}
