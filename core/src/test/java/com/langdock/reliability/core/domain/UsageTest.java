package com.langdock.reliability.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.UsageDetails.Tier;
import org.junit.jupiter.api.Test;

final class UsageTest {
  @Test
  void countsNothingBelowZeroOrBeyondWhatARequestCanHave() {
    assertThat(new Usage(-1, -2, -3)).isEqualTo(Usage.NONE);
    assertThat(new Usage(Long.MAX_VALUE, 0, Long.MAX_VALUE).totalTokens())
        .isEqualTo(2 * Usage.MAX_TOKENS);
  }

  @Test
  void noPartIsLargerThanItsWhole() {
    Usage usage = new Usage(10, 12, 5, new UsageDetails(7, 7, 7, 7, -1, Tier.FLEX));

    assertThat(usage).isEqualTo(new Usage(10, 10, 5, new UsageDetails(0, 0, 0, 5, 0, Tier.FLEX)));
    assertThat(new Usage(10, 2, 5, new UsageDetails(3, 9, 9, 0, 0, Tier.STANDARD)).details())
        .isEqualTo(new UsageDetails(3, 5, 0, 0, 0, Tier.STANDARD));
  }

  @Test
  void sumsStayWithinTheLimit() {
    Usage most = new Usage(Usage.MAX_TOKENS, 0, Usage.MAX_TOKENS);

    assertThat(most.plus(most)).isEqualTo(most);
  }

  @Test
  void addsDetailsUpAndKeepsATierThatBothHave() {
    UsageDetails flex = new UsageDetails(1, 2, 3, 4, 5, Tier.FLEX);
    Usage usage = new Usage(100, 0, 100, flex);

    assertThat(usage.plus(usage).details()).isEqualTo(new UsageDetails(2, 4, 6, 8, 10, Tier.FLEX));
    assertThat(usage.plus(new Usage(1, 0, 1)).details())
        .isEqualTo(new UsageDetails(1, 2, 3, 4, 5, Tier.STANDARD));
  }
}
