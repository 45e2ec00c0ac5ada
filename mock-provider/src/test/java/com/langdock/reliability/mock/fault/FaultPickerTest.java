package com.langdock.reliability.mock.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FaultPickerTest {
  private static final Map<Fault, Double> CERTAIN_TIMEOUT = Map.of(NoAnswer.TIMEOUT, 1.0);

  @Nested
  class WithAScript {
    @Test
    void playsItOnceInOrderBeforeTheChances() {
      FaultPicker picker =
          picker(List.of(Refusal.RATE_LIMIT, Damage.NONE), CERTAIN_TIMEOUT, new Random(1));

      assertThat(draw(picker, 4))
          .containsExactly(Refusal.RATE_LIMIT, Damage.NONE, NoAnswer.TIMEOUT, NoAnswer.TIMEOUT);
    }

    @Test
    void mayBreakAnswersThatAreNoStreams() {
      FaultPicker picker = picker(List.of(Damage.STREAM_CUT), Map.of(), new Random(1));

      assertThat(picker.next(false)).isEqualTo(Damage.STREAM_CUT);
    }
  }

  @Nested
  class ByChance {
    @Test
    void withoutChancesNothingGoesWrong() {
      assertThat(draw(picker(List.of(), Map.of(), new Random(1)), 100)).containsOnly(Damage.NONE);
    }

    @Test
    void eachFaultComesAsOftenAsItsProbabilitySays() {
      List<Fault> drawn = draw(picker(List.of(), twoOfFive(), new Random(42)), 20_000);

      assertThat(share(drawn, NoAnswer.TIMEOUT)).isCloseTo(0.4, within(0.02));
      assertThat(share(drawn, Refusal.SERVER_ERROR)).isCloseTo(0.4, within(0.02));
      assertThat(share(drawn, Damage.NONE)).isCloseTo(0.2, within(0.02));
    }

    @Test
    void theSameSeedRepeatsTheSameFaults() {
      List<Fault> first = draw(picker(List.of(), twoOfFive(), new Random(9)), 200);
      List<Fault> again = draw(picker(List.of(), twoOfFive(), new Random(9)), 200);
      List<Fault> other = draw(picker(List.of(), twoOfFive(), new Random(10)), 200);

      assertThat(again).isEqualTo(first).isNotEqualTo(other);
    }

    @Test
    void faultsOfStreamsLeaveOtherAnswersAlone() {
      FaultPicker picker = picker(List.of(), Map.of(Damage.STREAM_CUT, 1.0), new Random(1));

      assertThat(picker.next(false)).isEqualTo(Damage.NONE);
      assertThat(picker.next(true)).isEqualTo(Damage.STREAM_CUT);
    }
  }

  private static Map<Fault, Double> twoOfFive() {
    Map<Fault, Double> probabilities = new LinkedHashMap<>();
    probabilities.put(NoAnswer.TIMEOUT, 0.4);
    probabilities.put(Refusal.SERVER_ERROR, 0.4);
    return probabilities;
  }

  private static FaultPicker picker(
      List<Fault> script, Map<Fault, Double> probabilities, Random random) {
    return new FaultPicker(script, probabilities, random);
  }

  private static List<Fault> draw(FaultPicker picker, int times) {
    List<Fault> drawn = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      drawn.add(picker.next(true));
    }
    return drawn;
  }

  private static double share(List<Fault> drawn, Fault fault) {
    return (double) Collections.frequency(drawn, fault) / drawn.size();
  }
}
