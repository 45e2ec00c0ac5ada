package com.langdock.reliability.gateway.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.journal.Scene;
import org.junit.jupiter.api.Test;

final class RowTextTest {
  private static final String BAD = "\0" + "x".repeat(1_000);
  private static final String GOOD = "\uFFFD" + "x".repeat(255);

  @Test
  void leavesOrdinaryTextAlone() {
    String ordinary = "team-7";
    assertThat(RowText.of(ordinary)).isSameAs(ordinary);
    assertThat(RowText.orNull(null)).isNull();
  }

  @Test
  void cutsWhatIsLongButNotInsideACharacter() {
    assertThat(RowText.of("x".repeat(8_000_000))).hasSize(256);
    assertThat(RowText.of("x".repeat(255) + "\uD83D\uDE00")).isEqualTo("x".repeat(255));
    assertThat(RowText.of("x".repeat(254) + "\uD83D\uDE00y"))
        .isEqualTo("x".repeat(254) + "\uD83D\uDE00");
  }

  @Test
  void replacesNul() {
    assertThat(RowText.of("a\0b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void isAppliedToEveryTextOfARow() {
    Target bad = new Target(BAD, BAD);
    assertFits(
        new RequestRow(
                new RequestRow.Ids(Scene.id(1), BAD, BAD, BAD, null),
                new RequestRow.Asked(BAD, false),
                new RequestRow.Times(0, 0, null),
                new RequestRow.Result(RequestOutcome.FAILED, BAD, BAD),
                bad,
                0,
                Cost.NONE)
            .toString());
    assertFits(
        new AttemptRow(
                1,
                bad,
                false,
                new AttemptRow.Times(0, 0, null),
                new AttemptRow.Result(RequestOutcome.FAILED, BAD, BAD, null, null),
                Cost.NONE)
            .toString());
    assertFits(new StepRow(0, StepRow.Kind.WAIT, bad, bad, null, BAD).toString());
    assertFits(new BreakerRow(0, BAD, "open", "closed", BAD).toString());
  }

  private static void assertFits(String row) {
    assertThat(row).contains(GOOD).doesNotContain("\0", GOOD + "x");
  }
}
