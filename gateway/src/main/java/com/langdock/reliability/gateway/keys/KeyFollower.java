package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.keys.store.GovernanceStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

  /** The longest that stopping waits for the store. */
  private static final Duration STOP = Duration.ofSeconds(3);

  /** So often others are told that this process lives, though nothing has changed. */
  private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long UNTOLD = -1;

  private final KeyDirectory keys;
  private final Supplier<@Nullable GovernanceStore> store;
  private final Self self;
  private final Ticker ticker;
  private final Thread thread;
  private volatile boolean stopping;
  private boolean isAway;
  private long toldVersion = UNTOLD;
  private long toldAt;

  /** Which process this is, and where it runs. */
  public record Self(String replica, String host) {}

  /** A follower that has not started; {@code store} gives null while there is none. */
  public KeyFollower(
      KeyDirectory keys, Supplier<@Nullable GovernanceStore> store, Self self, Ticker ticker) {
    this.keys = keys;
    this.store = store;
    this.self = self;
    this.ticker = ticker;
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
        break;
      }
    }
    leave();
  }

  /** Nobody needs to wait for this process any more. */
  private void leave() {
    try {
      GovernanceStore opened = store.get();
      if (opened != null) {
        opened.seen(self.replica(), self.host(), GovernanceStore.STOPPED);
      }
    } catch (SQLException | RuntimeException away) {
      LOG.debug("others were not told that this process stops", away);
    }
  }

  /** Looks once; whatever is thrown ends with it. */
  void look() {
    try {
      GovernanceStore opened = store.get();
      if (opened != null) {
        if (toldVersion == UNTOLD) {
          opened.seen(self.replica(), self.host(), 0);
        }
        keys.refresh(opened);
        tell(opened);
        back();
      }
    } catch (SQLException | RuntimeException failed) {
      away(failed);
    } catch (Error bug) {
      LOG.atError().addKeyValue("event", "bug").setCause(bug).log("keys could not be read");
    }
  }

  private void tell(GovernanceStore opened) throws SQLException {
    long seen = keys.seen();
    long now = ticker.nanos();
    if (seen != toldVersion || now - toldAt >= BEAT_NANOS) {
      opened.seen(self.replica(), self.host(), seen);
      toldVersion = seen;
      toldAt = now;
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
    try {
      thread.join(STOP);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
