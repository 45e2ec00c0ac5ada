package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request of one client, with the checks of its result. */
final class SimulatedRequest {
  private static final Pattern TEXT_OF_CHUNK = Pattern.compile("\"content\":\"([^\"]*)\"");

  private final FakeClient client;
  private final int place;
  private final boolean stream;

  /**
   * A request that is not yet sent.
   *
   * @param place the number of requests that the client has sent before
   */
  SimulatedRequest(FakeClient client, int place, boolean stream) {
    this.client = client;
    this.place = place;
    this.stream = stream;
  }

  static String json(int id, boolean stream, boolean large) {
    String padding = large ? " and so on".repeat(8_000) : "";
    return """
    {"stream":%s,"model":"m","messages":[{"role":"user","content":"request-%d.%s"}]}\
    """
        .formatted(stream, id, padding);
  }

  /** Disconnects the client if it is still connected. */
  void leave() {
    client.leave();
  }

  private int replies() {
    return client.replies().size();
  }

  /** Whether it was answered or the client is disconnected. */
  boolean isOver() {
    return client.isClosed() || (replies() > place && client.replies().get(place).isWhole());
  }

  /** The status of the answer; 0 if there is none. */
  int status() {
    return replies() > place ? client.replies().get(place).status() : 0;
  }

  /**
   * Checks the result.
   *
   * @param maxAttempts the configured maximum
   */
  void check(int maxAttempts) {
    assertThat(isOver()).as("the request ends: %s", client.raw()).isTrue();
    if (replies() <= place) {
      assertThat(client.isClosed()).isTrue(); // Closed with the previous request, or by the client.
      return;
    }
    HttpReply reply = client.replies().get(place);
    if (client.hasLeft() && !reply.isWhole()) {
      return;
    }
    assertThat(reply.status()).isIn(200, 400, 429, 500, 502, 503, 504);
    String attempts = reply.headers().getOrDefault("x-attempts", "0");
    assertThat(Integer.parseInt(attempts)).isLessThanOrEqualTo(maxAttempts);
    if (reply.status() != 200) {
      assertThat(reply.isWhole()).isTrue();
      assertThat(reply.body()).startsWith("{\"error\":{").contains("\"request_id\":\"req_");
    } else if (stream) {
      checkStream(reply);
    } else {
      assertThat(reply.isWhole()).isTrue();
      assertThat(reply.body()).contains("\"content\":\"" + SimulatedProvider.TEXT + "\"");
    }
  }

  private static void checkStream(HttpReply reply) {
    String body = reply.body();
    boolean whole = body.contains("data: [DONE]");
    boolean failed = body.contains("data: {\"error\"");
    StringBuilder text = new StringBuilder();
    Matcher chunks = TEXT_OF_CHUNK.matcher(body);
    while (chunks.find()) {
      text.append(chunks.group(1));
    }
    assertThat(List.of(whole, failed)).as("one end: %s", reply).containsOnlyOnce(true);
    if (whole) {
      assertThat(body).endsWith("data: [DONE]\n\n");
      assertThat(text).hasToString(SimulatedProvider.TEXT);
    } else {
      assertThat(SimulatedProvider.TEXT).startsWith(text);
      // A bug may happen after the last text, when only the end is missing.
      boolean finished = body.contains("\"finish_reason\":\"stop\"");
      assertThat(finished && !body.contains("internal_error")).as("finished: %s", body).isFalse();
    }
    assertThat(reply.isWhole()).isTrue();
  }
}
