package com.langdock.reliability.core.quota;

/**
 * What one command asks of a shared limit.
 *
 * @param kind of the limit: a rate or the slots
 */
public record Draw(Subject subject, LimitKind kind, Ask ask) {
  /** What is asked for. */
  public sealed interface Ask {}

  /**
   * Changes a bucket, then draws from it.
   *
   * @param rate of the whole limit
   * @param change what is charged first, into debt if need be; negative for what is given back
   * @param least less than this is not granted; nothing is then
   * @param wanted the most to grant
   * @param kept what must stay in the bucket
   */
  public record OfRate(Rate rate, long change, long least, long wanted, long kept) implements Ask {}

  /**
   * Sets how many slots this replica holds, for ten seconds.
   *
   * @param limit of all replicas
   * @param inUse held in any case, since so many requests run
   * @param wanted the most to hold
   * @param kept what must stay free of further ones
   */
  public record OfSlots(long limit, long inUse, long wanted, long kept) implements Ask {}

  /**
   * What the store answered.
   *
   * @param granted of a rate, what was drawn; of slots, how many are held
   * @param rest of a rate, nanoseconds until the shared bucket is full; of slots, how many are free
   */
  public record Answer(long granted, long rest) {}
}
