package com.langdock.reliability.mock.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.langdock.reliability.mock.fault.Damage;
import com.langdock.reliability.mock.fault.NoAnswer;
import com.langdock.reliability.mock.fault.Refusal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SettingsReaderTest {
  @Nested
  class GoodSettings {
    @Test
    void anEmptyObjectHasTheDefaultsOfTheContract() {
      Map<String, @Nullable Object> shown = SettingsReader.show(SettingsReader.read("{}"));

      assertThat(shown)
          .containsEntry("timeout_probability", 0.0)
          .containsEntry("timeout_duration_seconds", 35.0)
          .containsEntry("retry_after_seconds", null)
          .containsEntry("server_error_status", 500)
          .containsEntry("stream_fault_after_chunks", 5)
          .containsEntry("seed", null);
    }

    @Test
    void aFieldLeftOutTakesItsDefaultWhateverWasSetBefore() {
      assertThat(SettingsReader.read("{\"token_delay_ms\":5}").pace().beforeAnswer())
          .isEqualTo(Duration.ZERO);
    }

    @Test
    void valuesAreRead() {
      Settings settings =
          SettingsReader.read(
              """
              {"rate_limit_probability": 0.25, "retry_after_seconds": 1.5,
               "script": ["ok", "timeout", "quota"], "seed": 7, "chunks": 12}
              """);

      assertThat(settings.chances().probabilities()).containsEntry(Refusal.RATE_LIMIT, 0.25);
      assertThat(settings.refusals().retryAfter()).isEqualTo(Duration.ofMillis(1500));
      assertThat(settings.script()).containsExactly(Damage.NONE, NoAnswer.TIMEOUT, Refusal.QUOTA);
      assertThat(settings.seed()).isEqualTo(7);
      assertThat(settings.shape().chunks()).isEqualTo(12);
    }

    @Test
    void whatIsShownCanBeReadAgain() {
      Settings settings = SettingsReader.read("{\"script\":[\"reset\"],\"crlf\":true,\"seed\":1}");
      String shown = JsonMapper.shared().writeValueAsString(SettingsReader.show(settings));

      assertThat(SettingsReader.read(shown)).isEqualTo(settings);
    }
  }

  @Nested
  class BadSettings {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"timeout_probability\":1.5}         | timeout_probability",
          "{\"timeout_probability\":-0.1}        | timeout_probability",
          "{\"timeout_probability\":\"1\"}       | timeout_probability",
          "{\"timeout_probability\":1e999}       | timeout_probability",
          "{\"timeout_duration_seconds\":99999}  | timeout_duration_seconds",
          "{\"server_error_status\":404}         | server_error_status",
          "{\"server_error_status\":500.5}       | server_error_status",
          "{\"token_delay_ms\":-1}               | token_delay_ms",
          "{\"stream_fault_after_chunks\":1e30}  | stream_fault_after_chunks",
          "{\"chunks\":0}                        | chunks",
          "{\"crlf\":1}                          | crlf",
          "{\"answer\":5}                        | answer",
          "{\"seed\":9223372036854775808}        | seed",
          "{\"script\":\"ok\"}                   | script",
          "{\"script\":[\"ok\",\"boom\"]}        | script[1]",
          "{\"script\":[null]}                   | script[0]",
          "{\"time_out_probability\":0.5}        | time_out_probability",
        })
    void theFieldAtFaultIsNamed(String json, String field) {
      InvalidSetting problem =
          catchThrowableOfType(InvalidSetting.class, () -> SettingsReader.read(json));

      assertThat(problem.field()).isEqualTo(field);
      assertThat(problem).hasMessageStartingWith(field + ": ");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {"[]", "5", "nonsense", "{\"seed\":", "''"})
    void aBodyThatIsNoObjectNamesNoField(String json) {
      InvalidSetting problem =
          catchThrowableOfType(InvalidSetting.class, () -> SettingsReader.read(json));

      assertThat(problem.field()).isEmpty();
      assertThat(problem).hasMessageContaining("body");
    }
  }
}
