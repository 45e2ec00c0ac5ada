package com.langdock.reliability.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonText;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  private static final String KEY = "sk-secret/key+0123456789";

  private final Redactor redactor =
      Redactor.of(
          URI.create("https://llm.internal.example:8443/v1"),
          List.of(KEY, "Bearer " + KEY, "Basic dXNlcjpwYXNz", "org-mine", ""));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Incorrect API key provided: sk-secret/key+0123456789. | Incorrect API key provided: X.
          authorization: Bearer sk-secret/key+0123456789 | authorization: X
          key=sk-secret%2Fkey%2B0123456789&a=b | key=X&a=b
          the key sk-secret/ke...6789 is wrong | the key X/ke...6789 is wrong
          Authorization Basic dXNlcjpwYXNz refused | Authorization X refused
          user dXNlcjpwYXNz | user X
          in organization org-mine on tokens | in organization X on tokens
          POST https://llm.internal.example:8443/v1/chat: no | POST X no
          dial LLM.internal.example:8443: refused | dial X: refused
          cannot reach llm.internal.example. | cannot reach X.
          see https://docs.example/keys | see https://docs.example/keys
          llm.internal.example.org is another | llm.internal.example.org is another
          my-llm.internal.example is another | my-llm.internal.example is another
          """)
  void removesValuesThatAreSentToTheProvider(String text, String expected) {
    assertThat(redactor.clean(text, 2_000)).isEqualTo(expected.replace("X", Redactor.REMOVED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          provided: bad-key-**********test. You can | provided: X. You can
          for o4-mini in organization org-a1B2c3D4e5 on | for o4-mini in organization X on
          Project `proj_a1B2c3D4e5F6` has no access | Project `X` has no access
          key sk-proj-abcdefghijklmnop is | key X is
          token ya29.a0AfB_byC-123456 is | token X is
          keys ASIA0123456789ABCDEF and AKIAABCDEFGHIJKLMNOP | keys X and X
          jwt eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln ended | jwt X ended
          team 16f2151a-40f4-4a80-8ad0-cae00c27e8dd has | team X has
          id 16f2151a-40f4-4a80-8ad0-cae00c27e8dd | id 16f2151a-40f4-4a80-8ad0-cae00c27e8dd
          **bold** words, a task-force of sk-ies | **bold** words, a task-force of sk-ies
          """)
  void removesTextThatLooksLikeASecret(String text, String expected) {
    assertThat(Redactor.NONE.clean(text, 2_000)).isEqualTo(expected.replace("X", Redactor.REMOVED));
  }

  @Test
  void removesAHostNameThatMayBeAWordOnlyInAddresses() {
    Redactor word = Redactor.of(URI.create("http://vllm:8000/v1"), List.of());

    assertThat(word.clean("vllm failed at vllm:8000 and http://vllm/x", 2_000))
        .isEqualTo("vllm failed at [redacted] and [redacted]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "key", "1"})
  void ignoresSecretsThatAreTooShort(String secret) {
    Redactor other = Redactor.of(URI.create("http://h.example"), List.of(secret));

    assertThat(other.clean("a key with 1 x", 2_000)).isEqualTo("a key with 1 x");
  }

  @Test
  void truncatesAfterRedaction() {
    String text = "x".repeat(1_990) + " " + KEY + " " + "y".repeat(100_000);

    assertThat(redactor.clean(text, 2_000)).hasSize(2_000).doesNotContain("sk-s");
  }

  @Test
  void isAppliedToAllFieldsOfAReply() {
    String quoted = JsonText.quote("a " + KEY);
    String body =
        "{\"error\":{\"message\":%1$s,\"type\":%1$s,\"code\":%1$s,\"param\":%1$s}}"
            .formatted(quoted);

    Failure failure =
        ErrorAnswer.failure(Replies.redacted(400, redactor), JsonBody.json(body.getBytes(UTF_8)));

    String clean = "a " + Redactor.REMOVED;
    assertThat(((Failure.Answered) failure).reply())
        .isEqualTo(new ProviderReply(400, clean, clean, clean, clean));
  }
}
