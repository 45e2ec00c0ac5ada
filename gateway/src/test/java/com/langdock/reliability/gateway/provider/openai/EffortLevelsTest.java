package com.langdock.reliability.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.exchange.TargetModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffortLevelsTest {
  @ParameterizedTest
  @CsvSource({
    "o4-mini, xhigh, high",
    "o4-mini, none, low",
    "gpt-5-mini, minimal, minimal",
    "gpt-5-mini, none, minimal",
    "gpt-5.1, max, high",
    "gpt-5.6, minimal, none",
    "gpt-5.6, max, xhigh",
    "openai/gpt-6-sol, xhigh, xhigh",
    "gpt-oss-120b, max, high",
    "deepseek-chat, medium, high",
    "magistral-medium, low, none",
    "some-model, high, high",
    "some-model, default, default"
  })
  void theNearestLowerLevelIsTaken(String model, String level, String sent) {
    TargetModel target = new TargetModel("ours", model, ModelFacts.UNKNOWN);
    assertThat(EffortLevels.nearest(level, target)).isEqualTo(sent);
  }
}
