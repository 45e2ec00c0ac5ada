package com.langdock.reliability.gateway.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A provider with healthy and faulty phases. Each phase has its own kind of fault. */
final class SimulatedProvider {
  /** The parts of the text of every answer. */
  static final List<String> PARTS =
      List.of("alpha ", "bravo ", "charlie ", "delta ", "echo ", "foxtrot ", "golf ", "hotel.");

  static final String TEXT = String.join("", PARTS);

  private static final Pattern ID = Pattern.compile("request-(\\d+)");
  private static final int KINDS = 16;

  private final TestGateway gateway;
  private final FakeProvider fake;
  private final SplittableRandom random;
  private final Map<Integer, List<Long>> callsAt = new HashMap<>();
  private boolean healed;
  private long phaseEnds;
  private double failureRate;
  private int favourite;

  SimulatedProvider(TestGateway gateway, String name, SplittableRandom random) {
    this.gateway = gateway;
    this.fake = gateway.provider(name);
    this.random = random;
    fake.otherwise(this::handle);
    drawPhase();
  }

  /** Stops all faults. */
  void heal() {
    healed = true;
  }

  /** The times of the calls for a request. */
  List<Long> callsAt(int request) {
    return callsAt.getOrDefault(request, List.of());
  }

  private void drawPhase() {
    phaseEnds = gateway.now() + seconds(1, 30);
    failureRate = random.nextInt(3) == 0 ? 0 : random.nextDouble();
    favourite = random.nextInt(KINDS);
    for (int i = random.nextInt(4); i > 0 && random.nextDouble() < failureRate; i--) {
      boolean refused = random.nextBoolean();
      fake.nextConnect(refused ? FakeProvider.Connecting.REFUSED : FakeProvider.Connecting.SILENT);
    }
  }

  private long seconds(int from, int to) {
    return Duration.ofSeconds(random.nextInt(from, to)).toNanos();
  }

  private Duration soon(int mostMillis) {
    return Duration.ofMillis(random.nextInt(0, mostMillis));
  }

  private void handle(ProviderCall call) {
    Matcher id = ID.matcher(call.body());
    if (id.find()) {
      callsAt
          .computeIfAbsent(Integer.parseInt(id.group(1)), key -> new ArrayList<>())
          .add(gateway.now());
    }
    if (gateway.now() - phaseEnds > 0) {
      drawPhase();
    }
    if (healed || random.nextDouble() >= failureRate) {
      call.after(soon(healed ? 50 : 1_500), () -> answer(call, PARTS.size(), End.WHOLE));
    } else {
      int kind = random.nextInt(3) == 0 ? random.nextInt(KINDS) : favourite;
      call.after(soon(500), () -> fail(call, kind));
    }
  }

  /** The end of an answer that has begun. */
  private enum End {
    WHOLE,
    RESET,
    CLOSED,
    SILENT,
    WITHOUT_FINISH,
    BAD_EVENT
  }

  private void fail(ProviderCall call, int kind) {
    switch (kind) {
      case 0 -> call.error(500);
      case 1 -> call.error(503);
      case 2 -> call.reset();
      case 3 -> call.close();
      case 4 -> call.error(429, "retry-after: " + random.nextInt(1, 8));
      case 5 -> call.error(429);
      case 6 -> call.answer(200, "not json");
      case 7 -> call.error(400);
      case 8 -> call.send("HTTP/1.1 200 OK\r\ncontent-le");
      case 9 -> call.send("garbage\r\n\r\n");
      case 10 -> {
        call.greetWith(TEXT);
        call.after(soon(50), () -> call.send("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx"));
      }
      case 11 -> call.error(401);
      case 12, 13, 14 -> answer(call, random.nextInt(PARTS.size()), randomEnd());
      default -> {
        // Sends nothing.
      }
    }
  }

  private End randomEnd() {
    return End.values()[random.nextInt(1, End.values().length)];
  }

  /** Sends the text, or the rest after the part that the request contains. */
  private void answer(ProviderCall call, int parts, End end) {
    if (!call.wantsStream()) {
      if (end == End.WHOLE) {
        call.answer(TEXT);
      } else {
        call.send("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"id\":").reset();
      }
      return;
    }
    call.beginStream();
    int from = random.nextInt(4) == 0 ? 0 : delivered(call.body());
    sendParts(call, from, Math.max(from, parts), end);
  }

  /** The number of text parts that the request contains as delivered. */
  private static int delivered(String body) {
    int parts = PARTS.size();
    while (parts > 0 && !body.contains("\"" + String.join("", PARTS.subList(0, parts)).strip())) {
      parts--;
    }
    return parts;
  }

  private void sendParts(ProviderCall call, int from, int to, End end) {
    if (from < to) {
      call.text(PARTS.get(from));
      call.after(soon(400), () -> sendParts(call, from + 1, to, end));
      return;
    }
    switch (end) {
      case WHOLE -> call.finish();
      case RESET -> call.reset();
      case CLOSED -> call.close();
      case WITHOUT_FINISH -> call.send("0\r\n\r\n");
      case BAD_EVENT -> call.event("{\"choices\":");
      case SILENT -> {
        // Sends nothing more.
      }
    }
  }
}
