package com.langdock.reliability.mock.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.mock.settings.SettingsReader;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:49:37.250Z");

  @Test
  void isLeftOutUnlessAskedFor() {
    assertThat(header("{}")).isEmpty();
  }

  @Test
  void isInSeconds() {
    assertThat(header("{\"retry_after_seconds\":7}")).containsEntry("retry-after", "7");
    assertThat(header("{\"retry_after_seconds\":0}")).containsEntry("retry-after", "0");
    assertThat(header("{\"retry_after_seconds\":0.25}")).containsEntry("retry-after", "0.25");
  }

  @Test
  void isADateThatIsNeverTooEarly() {
    assertThat(header("{\"retry_after_seconds\":2,\"rate_limit_retry_after_date\":true}"))
        .containsEntry("retry-after", "Mon, 23 Nov 2026 08:49:40 GMT");
  }

  private static Map<String, String> header(String settings) {
    return RetryAfter.header(SettingsReader.read(settings).refusals(), NOW);
  }
}
