package com.langdock.reliability.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Silent.Phase;
import com.langdock.reliability.core.domain.UnreachableReason;
import com.langdock.reliability.gateway.exchange.Redactor;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingTest {
  private static final String SECRET = "sk-very-secret";

  private static Finding finding(int status, String body, String... configured) {
    return Finding.of(head(status, Map.of()), body.getBytes(UTF_8), List.of(configured), true);
  }

  private static ReplyHead head(int status, Map<String, String> headers) {
    return new ReplyHead(
        status,
        headers::get,
        Instant.EPOCH,
        Redactor.of(URI.create("https://provider.example/v1"), Set.of(SECRET)),
        Set.of(),
        () -> false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"data\":[{\"id\":\"m\"}]}",
        "[{\"id\":\"m\"}]",
        "{\"models\":[{\"name\":\"models/m\"}]}",
        "{\"publisherModels\":[{\"name\":\"publishers/google/models/m\"}]}",
        "{\"modelSummaries\":[{\"modelId\":\"m\"}]}",
        "{\"data\":[{\"id\":\"other\"},{\"id\":\"m-20250929\"}]}",
      })
  void knowsAModelOfAnyList(String body) {
    assertThat(finding(200, body, "m"))
        .isEqualTo(new Finding(true, "reachable, authorised, knows 1 of 1 models"));
  }

  @Test
  void knowsAModelOfARegion() {
    String body = "{\"modelSummaries\":[{\"modelId\":\"anthropic.claude-x-v1:0\"}]}";
    assertThat(finding(200, body, "eu.anthropic.claude-x-v1:0", "us-gov.anthropic.claude-x-v1:0"))
        .extracting(Finding::isFine)
        .isEqualTo(true);
  }

  @Test
  void namesTheModelsThatAreNotListed() {
    String body = "{\"data\":[{\"id\":\"m\"},{\"id\":\"n-mini\"}]}";
    assertThat(finding(200, body, "m", "n", "o"))
        .isEqualTo(new Finding(false, "reachable, authorised, knows 1 of 3 models, but not n, o"));
  }

  @Test
  void doesNotCompareAListOfOtherNames() {
    ReplyHead head = head(200, Map.of());
    byte[] body = "{\"data\":[]}".getBytes(UTF_8);
    assertThat(Finding.of(head, body, List.of("m"), false).isFine()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<html>hello</html>",
        "{\"data\":7}",
        "{\"data\":[7]}",
        "{\"data\":[{\"object\":\"model\"}]}",
        "7"
      })
  void tellsThatAnAnswerIsNoList(String body) {
    assertThat(finding(200, body, "m"))
        .isEqualTo(
            new Finding(
                false, "reachable, but what it answers is no list of models; see base_url"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "401 | {\"error\":{\"message\":\"no key sk-very-secret\",\"code\":\"invalid_api_key\"}} |"
            + " reachable, not authorised: 401 invalid_api_key",
        "401 | nothing | reachable, not authorised: 401",
        "403 | {\"error\":{\"message\":\"not you\"}} | reachable, not authorised: 403",
        "400 | {\"code\":\"invalid-argument\",\"error\":\"Incorrect API key provided.\"} |"
            + " reachable, not authorised: 400 invalid-argument",
        "500 | {\"error\":{\"message\":\"broken by sk-very-secret\"}} |"
            + " reachable, but fails: 500 broken by [redacted]",
        "429 | {\"error\":{\"message\":\"slow\\ndown\"}} | reachable, but fails: 429 slow",
        "404 | {} | reachable, but has no list of models (404): base_url may be wrong, and whether"
            + " the key and the models are right is unknown",
      })
  void tellsARefusalWithoutTheSecret(int status, String body, String text) {
    assertThat(finding(status, body, "m")).isEqualTo(new Finding(false, text));
  }

  @Test
  void tellsWhereARedirectLeadsWithoutItsQuery() {
    ReplyHead head = head(308, Map.of("location", "https://else.example/v1/models?key=abc#x"));
    assertThat(Finding.of(head, new byte[0], List.of(), true))
        .isEqualTo(
            new Finding(
                false,
                "reachable, but redirects to https://else.example/v1/models (308); set base_url to"
                    + " where it is"));
  }

  @Test
  void tellsWhyThereIsNoAnswer() {
    assertThat(Finding.of(new Failure.Unreachable(UnreachableReason.NAME_NOT_FOUND)).text())
        .isEqualTo("not reachable: name not found");
    assertThat(Finding.of(new Failure.Silent(Phase.HEADERS)).text())
        .isEqualTo("reached, but it does not answer in time");
    assertThat(Finding.of(new Failure.Broken()).text())
        .isEqualTo("reached, but its answer broke off");
    assertThat(Finding.tooLong(16 << 20).text()).contains("16 MiB");
  }
}
