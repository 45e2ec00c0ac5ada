package com.langdock.reliability.gateway.front.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.fuzz.Seeds;
import com.langdock.reliability.gateway.front.Problem;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Validation handles arbitrary input without throwing and quotes no message content. Every valid
 * request can be read as a conversation.
 */
class RequestFuzzTest {
  private static final String GOOD =
      "{\"model\":\"gpt\",\"temperature\":0.5,\"stop\":[\"a\"],\"messages\":["
          + "{\"role\":\"system\",\"content\":\"SECRET\"},"
          + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"SECRET\"}]},"
          + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\","
          + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
          + "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"SECRET\"}],"
          + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{}}}]}";
  private static final List<String> VALUES =
      List.of("null", "5", "-1e400", "\"x\"", "[]", "{}", "[[]]", "true", "{\"a\":{}}", "\"\"");

  @Test
  void mutatedRequestsAreValidOrInvalid() {
    int requests = 0;
    int invalid = 0;
    for (int seed : Seeds.of("mutated requests", 30_000)) {
      requests++;
      String body = mutate(new Random(seed));
      switch (Validations.validate(body)) {
        case Validation.Invalid found -> {
          invalid++;
          assertThat(found.problem().message()).as("seed %d", seed).doesNotContain("SECRET");
        }
        case Validation.Valid valid ->
            assertThat(valid.request().payload().conversation().messages())
                .as("seed %d", seed)
                .isNotEmpty();
      }
    }
    assertThat(invalid).isBetween(requests / 30, requests - 1);
  }

  /** Long enough to be counted. An unpaired surrogate is valid JSON but not valid text. */
  @Test
  void longTextsOfAnyCharactersAreCounted() {
    for (int seed : Seeds.of("long texts", 200)) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 3_000; i++) {
        text.append("\\u").append(HexFormat.of().toHexDigits((char) random.nextInt(1 << 16)));
      }
      assertThat(
              Validations.problem(Validations.saying("{'role':'user','content':'" + text + "'}")))
          .extracting(Problem::code)
          .isEqualTo(Problem.Code.CONTEXT_LENGTH_EXCEEDED);
    }
  }

  @Test
  void randomBytesAreInvalid() {
    for (int seed : Seeds.of("bytes as a request", 20_000)) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      assertThat(Validations.VALIDATOR.validate(Body.of(bytes)))
          .as("seed %d", seed)
          .isInstanceOf(Validation.Invalid.class);
    }
  }

  /** Replaces a value with a strange one or breaks a byte. */
  private static String mutate(Random random) {
    StringBuilder body = new StringBuilder(GOOD);
    for (int edit = 0; edit <= random.nextInt(3); edit++) {
      int colon = body.indexOf(":", random.nextInt(body.length()));
      if (colon < 0 || random.nextInt(8) == 0) {
        body.setCharAt(random.nextInt(body.length()), (char) random.nextInt(32, 127));
      } else {
        int end = colon + 1;
        while (end < body.length() && ",}]".indexOf(body.charAt(end)) < 0) {
          end++;
        }
        body.replace(colon + 1, end, VALUES.get(random.nextInt(VALUES.size())));
      }
    }
    return new String(body.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
