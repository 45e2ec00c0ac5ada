package com.langdock.reliability.gateway.journal.store;

/**
 * One process that uses the store.
 *
 * @param startedAt milliseconds since 1970, by the database's clock; zero where it is not known
 * @param seenMillisAgo when it was heard of last
 * @param ended whether it has stopped by itself
 * @param keysVersion the last change of keys and teams that it has read
 */
public record ReplicaRow(
    String id, About process, long startedAt, long seenMillisAgo, boolean ended, long keysVersion) {
  /** A process that was not heard of for so long has ended. */
  private static final long ALIVE_MILLIS = 10_000;

  /**
   * What a process says of itself.
   *
   * @param software its version
   * @param configSha256 of its configuration's text; empty where it has no file
   * @param configVersion counts the texts that it has used
   */
  public record About(String host, String software, String configSha256, long configVersion) {}

  /** Whether it is there. */
  public boolean isAlive() {
    return !ended && seenMillisAgo < ALIVE_MILLIS;
  }
}
