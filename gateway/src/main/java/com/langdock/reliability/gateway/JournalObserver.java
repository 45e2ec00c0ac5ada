package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.config.JournalConfig;
import com.langdock.reliability.gateway.config.JournalConfig.Durability;
import com.langdock.reliability.gateway.journal.Journal;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.loop.LoopTimer;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.RequestStart;
import java.util.concurrent.RejectedExecutionException;

/**
 * Joins one request to the journal.
 *
 * <p>Under durability sync an answer waits for its row, but never longer than {@code
 * journal.sync_timeout}. While the database has not answered for that long, no further answer waits
 * at all: each would only wait as long in vain. Either way the row is counted as late, and is still
 * written when that is possible.
 */
final class JournalObserver implements RequestObserver {
  private final Journal journal;
  private final JournalConfig config;
  private final ModelCatalog models;
  private final EventLoop loop;
  private final RequestStart request;

  /**
   * Joins a request.
   *
   * @param models with their prices
   */
  JournalObserver(
      Journal journal,
      JournalConfig config,
      ModelCatalog models,
      EventLoop loop,
      RequestStart request) {
    this.journal = journal;
    this.config = config;
    this.models = models;
    this.loop = loop;
    this.request = request;
  }

  @Override
  public SessionListener began(RequestInfo info) {
    return journal.started(info, models);
  }

  @Override
  public void refused(Refusal refusal) {
    journal.refused(refusal, request.caller());
  }

  @Override
  public boolean keepsContents() {
    return config.contents();
  }

  @Override
  public void contents(byte[] request, byte[] answer) {
    journal.recordContents(this.request.requestId(), request, answer);
  }

  @Override
  public boolean holdsEnd() {
    return config.durability() == Durability.SYNC;
  }

  @Override
  public void mayEnd(Runnable then) {
    if (journal.isStalledFor(config.syncTimeout())) {
      journal.answeredLate();
      then.run();
    } else {
      new Wait(then).begin();
    }
  }

  /** One answer that waits; lives on the event loop. */
  private final class Wait {
    private final Runnable then;
    private final LoopTimer timeout = loop.timer();
    private boolean over;

    Wait(Runnable then) {
      this.then = then;
    }

    void begin() {
      timeout.set(config.syncTimeout().toNanos(), this::late);
      journal.whenWritten(this::passed);
    }

    /** Called on the writer's thread, or at once when the journal's queue is full. */
    private void passed() {
      try {
        loop.execute(this::end);
      } catch (RejectedExecutionException stopped) {
        // The event loop has ended, and the client's connection with it.
      }
    }

    private void late() {
      if (!over) {
        journal.answeredLate();
        end();
      }
    }

    private void end() {
      if (!over) {
        over = true;
        timeout.cancel();
        then.run();
      }
    }
  }
}
