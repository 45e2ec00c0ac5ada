package com.langdock.reliability.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final Target AZURE_GPT = new Target("azure", "gpt-4");
  private static final Target OPENAI_GPT = new Target("openai", "gpt-4");
  private static final Target OPENAI_MINI = new Target("openai", "gpt-mini");
  private static final Target CLAUDE = new Target("anthropic", "claude");
  private static final Target BEDROCK_CLAUDE = new Target("bedrock", "claude");

  private static final List<ConfiguredTarget> OFFERS =
      List.of(
          new ConfiguredTarget(AZURE_GPT, 2),
          new ConfiguredTarget(OPENAI_GPT, 1),
          new ConfiguredTarget(OPENAI_MINI, 1),
          new ConfiguredTarget(CLAUDE, 3),
          new ConfiguredTarget(BEDROCK_CLAUDE, 3));
  private static final Map<String, List<String>> FALLBACKS =
      Map.of("gpt-4", List.of("claude", "gpt-mini"), "gpt-mini", List.of("nobody-serves-this"));

  private final Router router = new Router(OFFERS, FALLBACKS, true);

  @Test
  void ordersByPriorityThenByTheFileThenByFallback() {
    assertThat(router.plan("gpt-4", null).targets())
        .containsExactly(OPENAI_GPT, AZURE_GPT, CLAUDE, BEDROCK_CLAUDE, OPENAI_MINI);
  }

  @Test
  void putsThePreferredProviderFirstWithinEachModel() {
    assertThat(router.plan("gpt-4", "azure").targets()).startsWith(AZURE_GPT, OPENAI_GPT);
    assertThat(router.plan("claude", "bedrock").targets()).containsExactly(BEDROCK_CLAUDE, CLAUDE);
  }

  @Test
  void ignoresAnUnknownPreferredProvider() {
    assertThat(router.plan("claude", "nobody")).isEqualTo(router.plan("claude", null));
  }

  @Test
  void omitsFallbacksWithoutAProvider() {
    assertThat(router.plan("gpt-mini", null).targets()).containsExactly(OPENAI_MINI);
  }

  @Test
  void hasNoTargetsForAnUnknownModel() {
    assertThat(router.plan("gpt-9", null).targets()).isEmpty();
  }

  @Test
  void usesOnlyTheFirstProviderWhenFailoverIsOff() {
    Router off = new Router(OFFERS, FALLBACKS, false);
    assertThat(off.plan("gpt-4", null).targets()).containsExactly(OPENAI_GPT, OPENAI_MINI);
  }
}
