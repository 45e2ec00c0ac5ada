package com.langdock.reliability.mock.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.mock.fault.Damage;
import com.langdock.reliability.mock.fault.Fault;
import com.langdock.reliability.mock.fault.NoAnswer;
import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.Output;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.Tools;
import com.langdock.reliability.mock.format.Turn;
import com.langdock.reliability.mock.format.Turn.Role;
import com.langdock.reliability.mock.format.openai.OpenAiFormat;
import com.langdock.reliability.mock.settings.SettingsReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RepliesTest {
  private static final Stamp STAMP = new Stamp("u1", Instant.EPOCH);

  private final Replies replies = new Replies(new OpenAiFormat());

  static List<Fault> everyFault() {
    return Fault.all();
  }

  @ParameterizedTest
  @MethodSource("everyFault")
  void everyReplyEndsTheAnswerOrTheConnectionOrStopsSending(Fault fault) {
    for (boolean streamed : List.of(true, false)) {
      assertThat(plan(fault, streamed, "{}").getLast())
          .isInstanceOfAny(
              Step.Whole.class,
              Step.End.class,
              Step.Close.class,
              Step.Reset.class,
              Step.Silence.class);
    }
  }

  @ParameterizedTest
  @MethodSource("everyFault")
  void everyFaultIsFoundByItsName(Fault fault) {
    assertThat(Fault.named(fault.wireName())).contains(fault);
  }

  @Nested
  class Waits {
    @Test
    void aTimeoutWaitsAndCloses() {
      assertThat(plan(NoAnswer.TIMEOUT, false, "{\"timeout_duration_seconds\":2}"))
          .containsExactly(new Step.Wait(Duration.ofSeconds(2)), new Step.Close());
    }

    @Test
    void theDelayComesBeforeErrorsToo() {
      assertThat(plan(Refusal.AUTH, false, "{\"response_delay_seconds\":1}").getFirst())
          .isEqualTo(new Step.Wait(Duration.ofSeconds(1)));
    }

    @Test
    void aStreamIsPacedAfterItsOpeningAndBetweenItsTokens() {
      List<Step> steps =
          plan(
              Damage.NONE,
              true,
              "{\"chunks\":3,\"first_token_delay_seconds\":2,\"token_delay_ms\":40}");

      assertThat(steps.subList(0, 2)).hasExactlyElementsOfTypes(Step.Head.class, Step.Part.class);
      assertThat(steps)
          .filteredOn(step -> step instanceof Step.Wait)
          .containsExactly(
              new Step.Wait(Duration.ofSeconds(2)),
              new Step.Wait(Duration.ofMillis(40)),
              new Step.Wait(Duration.ofMillis(40)));
    }
  }

  @Nested
  class PointlessFaults {
    @Test
    void aPrefillIsOnlyRefusedWhereThereIsOne() {
      assertThat(Replies.applied(Refusal.PREFILL_REFUSED, request(false, Role.USER)))
          .isEqualTo(Damage.NONE);
      assertThat(Replies.applied(Refusal.PREFILL_REFUSED, request(false, Role.ASSISTANT)))
          .isEqualTo(Refusal.PREFILL_REFUSED);
    }

    @Test
    void onlyStreamsCanMissATerminator() {
      assertThat(Replies.applied(Damage.MISSING_DONE, request(false, Role.USER)))
          .isEqualTo(Damage.NONE);
      assertThat(Replies.applied(Damage.MISSING_DONE, request(true, Role.USER)))
          .isEqualTo(Damage.MISSING_DONE);
    }
  }

  @Nested
  class Breaks {
    @Test
    void theFaultComesAfterTheLastContentWhenThereAreFewer() {
      String settings = "{\"answer\":\"one two\",\"stream_fault_after_chunks\":9}";

      // The head, the role, two contents, and the reset.
      assertThat(plan(Damage.STREAM_CUT, true, settings))
          .hasSize(5)
          .last()
          .isEqualTo(new Step.Reset());
    }

    @Test
    void aMissingTerminatorMayLeaveTheConnectionOpen() {
      assertThat(plan(Damage.MISSING_DONE, true, "{\"missing_done_stays_open\":true}"))
          .last()
          .isEqualTo(new Step.Silence());
    }
  }

  private List<Step> plan(Fault fault, boolean streamed, String settings) {
    return replies.plan(
        new Situation(request(streamed, Role.USER), SettingsReader.read(settings), fault, STAMP));
  }

  private static ChatRequest request(boolean streamed, Role last) {
    Delivery delivery = streamed ? Delivery.EVENTS : Delivery.WHOLE;
    Output output = new Output(999, 1, Output.Thinking.NONE, null);
    return new ChatRequest("gpt-4", delivery, List.of(new Turn(last, "Hi")), Tools.NONE, output);
  }
}
