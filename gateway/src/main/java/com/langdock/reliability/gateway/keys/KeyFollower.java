package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.gateway.keys.store.GovernanceStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks four times a second whether another process has changed keys. A thread of its own: a store
 * that is away holds up nothing else.
 */
public final class KeyFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFollower.class);
  private static final Duration EVERY = Duration.ofMillis(250);

  private final KeyDirectory keys;
  private final Supplier<@Nullable GovernanceStore> store;
  private final Thread thread;
  private volatile boolean stopping;
  private boolean isAway;

  /** A follower that has not started; {@code store} gives null while there is none. */
  public KeyFollower(KeyDirectory keys, Supplier<@Nullable GovernanceStore> store) {
    this.keys = keys;
    this.store = store;
    this.thread = Thread.ofPlatform().daemon().name("keys").unstarted(this::run);
  }

  /** Begins to look. */
  public void start() {
    thread.start();
  }

  private void run() {
    while (!stopping) {
      look();
      try {
        Thread.sleep(EVERY);
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  /** Looks once; whatever is thrown ends with it. */
  void look() {
    try {
      GovernanceStore opened = store.get();
      if (opened != null) {
        keys.refresh(opened);
        back();
      }
    } catch (SQLException | RuntimeException failed) {
      away(failed);
    } catch (Error bug) {
      LOG.atError().addKeyValue("event", "bug").setCause(bug).log("keys could not be read");
    }
  }

  private void back() {
    if (isAway) {
      LOG.atInfo().addKeyValue("event", "keys_back").log("keys can be read again");
    }
    isAway = false;
  }

  private void away(Exception failed) {
    if (!isAway && !stopping) {
      LOG.atError()
          .addKeyValue("event", "keys_away")
          .addKeyValue("error", failed.toString())
          .log("keys cannot be read; those that are known go on");
    }
    isAway = true;
  }

  /** Looks no more. */
  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
  }
}
