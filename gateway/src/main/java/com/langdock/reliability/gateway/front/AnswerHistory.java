package com.langdock.reliability.gateway.front;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one WebSocket remembers of its answers, so that the next request can go on from one by its
 * id: for each lane, which is an order of requests that the client names, the last. Its bytes count
 * as memory of requests; what does not fit is not remembered. Thread-safe.
 */
public final class AnswerHistory {
  /** Lanes that a client may name. */
  public static final int MAX_LANES = 32;

  /** What came before an answer, and the answer. */
  private record Kept(String id, byte[] items) {}

  private final RequestMemory.Share memory;
  private final long most;
  private final Map<String, Kept> last = new HashMap<>();
  private final Set<String> lanes = new HashSet<>();
  private boolean released;

  /**
   * Remembers nothing yet.
   *
   * @param client whose memory it takes; null when it has left
   * @param most bytes of one answer and what came before it
   */
  public AnswerHistory(RequestMemory memory, @Nullable InetAddress client, long most) {
    this.memory = memory.share(client);
    this.most = most;
  }

  /** Whether {@code lane} may be used: it was before, or there are few so far. */
  public synchronized boolean admits(String lane) {
    if (lanes.size() < MAX_LANES) {
      lanes.add(lane);
    }
    return lanes.contains(lane);
  }

  /** The items up to the answer {@code id}, separated by commas; empty if it is not remembered. */
  public synchronized Optional<byte[]> upTo(String id) {
    return last.values().stream().filter(kept -> kept.id().equals(id)).map(Kept::items).findFirst();
  }

  /** Remembers the answer {@code id} of {@code lane}, in place of the one before. */
  public synchronized void put(String lane, String id, byte[] items) {
    Kept before = last.remove(lane);
    if (before != null) {
      memory.giveBack(before.items().length);
    }
    if (!released && items.length <= most && memory.tryTake(items.length)) {
      last.put(lane, new Kept(id, items));
    }
  }

  /** Forgets everything: the connection is closed. */
  synchronized void release() {
    released = true;
    last.clear();
    memory.release();
  }
}
