package com.langdock.reliability.mock.fault;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The fault of one request, or none ({@link Damage#NONE}). */
public sealed interface Fault permits Refusal, NoAnswer, Damage {
  /** The name in a script and in the statistics, such as {@code rate_limit}. */
  String wireName();

  /** Every fault, {@code ok} first. */
  static List<Fault> all() {
    return Stream.<Fault>concat(
            Stream.of(Damage.values()),
            Stream.concat(Stream.of(NoAnswer.values()), Stream.of(Refusal.values())))
        .toList();
  }

  /** The fault of that wire name, or empty. */
  static Optional<Fault> named(String wireName) {
    return all().stream().filter(fault -> fault.wireName().equals(wireName)).findFirst();
  }
}
