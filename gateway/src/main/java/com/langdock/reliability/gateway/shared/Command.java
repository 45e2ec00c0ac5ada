package com.langdock.reliability.gateway.shared;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.quota.Draw;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a script. */
record Command(Script script, byte[] key, List<byte[]> arguments) {
  private static final String PREFIX = "lg:";
  private static final long LEASE_MILLIS = TimeUnit.SECONDS.toMillis(10);
  private static final long ALIVE_MILLIS = TimeUnit.SECONDS.toMillis(5);

  /** The command of a draw for {@code replica}. */
  static Command of(Draw draw, String replica) {
    String key = PREFIX + "{" + draw.subject() + "}:" + Labels.of(draw.kind());
    return switch (draw.ask()) {
      case Draw.OfRate ask ->
          of(
              Script.RATE,
              key,
              ask.rate().nanosForOne(),
              ask.rate().burst(),
              ask.change(),
              ask.least(),
              ask.wanted(),
              ask.kept());
      case Draw.OfSlots ask ->
          of(
              Script.SLOTS,
              key,
              replica,
              ask.limit(),
              ask.inUse(),
              ask.wanted(),
              ask.kept(),
              LEASE_MILLIS);
    };
  }

  /** Says that {@code replica} is alive, and asks how many are. */
  static Command heartbeat(String replica) {
    return of(Script.REPLICAS, PREFIX + "replicas", replica, ALIVE_MILLIS);
  }

  /** What Redis answered to a draw. */
  static Draw.Answer answer(Draw draw, Object reply) {
    List<?> numbers = (List<?>) reply;
    long first = (Long) numbers.get(0);
    long second = (Long) numbers.get(1);
    return switch (draw.ask()) {
      case Draw.OfRate rate -> new Draw.Answer(first, TimeUnit.MICROSECONDS.toNanos(second));
      case Draw.OfSlots slots -> new Draw.Answer(first, second);
    };
  }

  private static Command of(Script script, String key, Object... arguments) {
    List<byte[]> texts = new ArrayList<>(arguments.length);
    for (Object argument : arguments) {
      texts.add(bytes(argument.toString()));
    }
    return new Command(script, bytes(key), texts);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
