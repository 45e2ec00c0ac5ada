package com.langdock.reliability.e2e.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** AWS whose clock is not this machine's. */
@Tag("e2e")
class ClockSkewE2eTest {
  private static final Duration AHEAD = Duration.ofHours(2);
  private static final DateTimeFormatter DAY_AND_HOUR =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HH").withZone(ZoneOffset.UTC);
  private static final String ANSWER =
      "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"hi\"}]}},"
          + "\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":1,\"outputTokens\":1,"
          + "\"totalTokens\":2}}";
  private static final String REFUSAL =
      "{\"message\":\"Signature expired: 20260101T000000Z is now earlier than 20260101T015500Z\"}";

  private final List<String> hours = new CopyOnWriteArrayList<>();

  private String reply(String hour) {
    Instant theirs = Instant.now().plus(AHEAD);
    boolean isOnTime =
        hour.equals(DAY_AND_HOUR.format(theirs))
            || hour.equals(DAY_AND_HOUR.format(theirs.minusSeconds(5)));
    String body = isOnTime ? ANSWER : REFUSAL;
    return "HTTP/1.1 "
        + (isOnTime ? "200 OK" : "403 Forbidden")
        + "\r\ncontent-type: application/json\r\ndate: "
        + DateTimeFormatter.RFC_1123_DATE_TIME.format(theirs.atOffset(ZoneOffset.UTC))
        + (isOnTime ? "" : "\r\nx-amzn-errortype: InvalidSignatureException")
        + "\r\ncontent-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Test
  void isAnsweredInTheSameAttempt() throws IOException {
    try (RawServer server =
            new RawServer((in, socket) -> {
              while (true) {
                String head = RawServer.readHeadText(in);
                int length =
                    Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
                assertThat(new String(in.readNBytes(length), ISO_8859_1)).startsWith("{");
                String hour = head.replaceAll("(?is).*x-amz-date: (\\d{8}T\\d{2}).*", "$1");
                hours.add(hour);
                RawServer.write(socket, reply(hour));
              }
            });
        GatewayFixture fixture =
            GatewayFixture.of(
                GatewayFixture.SHORT_TIMES,
                """
                providers:
                  - {name: bedrock, type: bedrock, base_url: "%s", region: eu-west-1, models: [m],
                     aws: {access_key_id: AKIA1, secret_access_key: s}}
                """
                    .formatted(server.url()))) {
      Reply first = fixture.ask(GatewayFixture.chat("m")).isAnsweredBy("bedrock");
      Reply second = fixture.ask(GatewayFixture.chat("m")).isAnsweredBy("bedrock");

      assertThat(first.header("x-attempts")).isEqualTo("1");
      assertThat(second.header("x-attempts")).isEqualTo("1");
      assertThat(hours).hasSize(3);
      assertThat(fixture.attempts("bedrock", "credential_expired")).isZero();
    }
  }
}
