package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A session whose signals are about the attempt that began last. */
final class DrivenSession {
  final Session session;
  private @Nullable Attempt attempt;

  DrivenSession(Session session) {
    this.session = session;
  }

  /** The attempt that began last. */
  Attempt attempt() {
    return Objects.requireNonNull(attempt);
  }

  List<Step> begin(long now) {
    return taken(session.begin(now));
  }

  void used(Usage usage, long now) {
    session.used(attempt(), usage, now);
  }

  boolean succeeded(long now) {
    return session.succeeded(attempt(), now);
  }

  void firstContent(long now) {
    session.firstContent(attempt(), now);
  }

  List<Step> failed(Failure failure, long now) {
    return taken(session.failed(attempt(), failure, now));
  }

  List<Step> broke(Failure failure, DeliveredContent delivered, long now) {
    return taken(session.broke(attempt(), failure, delivered, now));
  }

  List<Step> waitOver(long now) {
    return taken(session.waitOver(now));
  }

  List<Step> deadlineOver(long now) {
    return taken(session.deadlineOver(now));
  }

  List<Step> stopped(long now) {
    return taken(session.stopped(now));
  }

  List<Step> withdrawn(Failure.Withdrawn.Reason why, long now) {
    return taken(session.withdrawn(why, now));
  }

  void clientLeft(long now) {
    session.clientLeft(now);
  }

  List<EndedAttempt> endedAttempts() {
    return session.endedAttempts();
  }

  private List<Step> taken(List<Step> steps) {
    for (Step step : steps) {
      attempt = step instanceof Step.Begin begin ? begin.attempt() : attempt;
    }
    return steps;
  }
}
