package com.langdock.reliability.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.core.session.Step;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ErrorTableTest {
  @Test
  void aLongPromptIsNamedInTheWordsThatClientsLookFor() {
    Failure failure = new Failure.ContextLengthExceeded(ProviderReply.ofStatus(400));
    Step.GiveUp giveUp =
        new Step.GiveUp(failure, ErrorCode.CONTEXT_LENGTH_EXCEEDED, OptionalLong.empty());
    assertThat(ErrorTable.of(giveUp, List.of()).message()).contains("prompt is too long");
  }
}
