package com.langdock.reliability.gateway.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.core.domain.Target;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptTrailTest {
  private static final Failure REFUSED = new Failure.ServerError(ProviderReply.ofStatus(500));
  private static final Failure INSIDE =
      new Failure.Overloaded(ProviderReply.ofStatus(200), OptionalLong.empty());
  private static final Failure UNREADABLE =
      new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, 200);

  private static final Failure UNREADABLE_ERROR =
      new Failure.Unreadable(Failure.Unreadable.Why.TOO_LARGE, 500);
  private static final Failure SILENT = new Failure.Silent(Failure.Silent.Phase.HEADERS);

  private static EndedAttempt ended(@Nullable Failure failure) {
    return new EndedAttempt(new Attempt(1, new Target("a", "m"), 0), failure, 7_000_000);
  }

  private static String json(Failure failure) {
    ApiError error =
        new ApiError(
            502, "t", "c", "m", null, List.of(ended(failure)), OptionalLong.empty(), null, null);
    return new String(OpenAiError.body(error, "req"), UTF_8);
  }

  @Test
  void aRefusalIsItsStatusAndAnErrorInsideASuccessItsWord() {
    assertThat(
            AttemptTrail.of(List.of(ended(REFUSED), ended(INSIDE), ended(UNREADABLE), ended(null))))
        .isEqualTo("a/m:500:7ms, a/m:overloaded:7ms, a/m:malformed_response:7ms, a/m:200:7ms");
  }

  @Test
  void anAnswerThatCannotBeReadHasTheStatusOfTheErrorItWas() {
    assertThat(AttemptTrail.of(List.of(ended(UNREADABLE_ERROR)))).isEqualTo("a/m:500:7ms");
  }

  @Test
  void theAttemptsOfAnErrorSayTheSame() {
    assertThat(json(REFUSED)).contains("\"status\":500,\"error\":\"server_error\"");
    assertThat(json(INSIDE)).contains("\"status\":null,\"error\":\"overloaded\"");
    assertThat(json(UNREADABLE)).contains("\"status\":null,\"error\":\"malformed_response\"");
    assertThat(json(UNREADABLE_ERROR)).contains("\"status\":500,\"error\":\"malformed_response\"");
    assertThat(json(SILENT)).contains("\"status\":null,\"error\":\"timeout\"");
  }
}
