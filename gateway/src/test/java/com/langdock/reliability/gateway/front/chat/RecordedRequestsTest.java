package com.langdock.reliability.gateway.front.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.gateway.provider.Recorded;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recorded requests of real applications to OpenAI's API are valid. */
class RecordedRequestsTest {
  private final RequestValidator validator =
      new RequestValidator(new ModelCatalog(Map.of()), model -> true);

  @Test
  void requestsOfApplicationsAreValid() {
    assertValid(Recorded.names("requests/openai-chat", ".json"));
  }

  @Test
  void requestsThatOpenAiAnsweredAreValid() {
    assertValid(
        Recorded.names("openai", ".request.json").stream()
            .filter(name -> name.contains("/chat-") || name.contains("/stream-"))
            .toList());
  }

  private void assertValid(List<String> names) {
    assertThat(names).isNotEmpty();
    assertThat(names)
        .allSatisfy(name ->
            assertThat(validator.validate(Body.of(Recorded.bytes(name))))
                .isInstanceOf(Validation.Valid.class));
  }
}
