package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.journal.Scene;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests for the tests of stores. */
final class Entries {
  private static final Target GPT = new Target("openai", "gpt-4");

  static final JournalEntry WHOLE =
      new JournalEntry(
          new RequestRow(
              new RequestRow.Ids(Scene.id(1), "mine", "team-7", "4bf92f35", null),
              new RequestRow.Asked("gpt-4", true),
              new RequestRow.Times(Scene.STARTED_AT, 2_040_000, 2_010_000L),
              new RequestRow.Result(RequestOutcome.FAILED, "provider_timeout", "messages[0]"),
              GPT,
              2,
              new Cost(new Usage(100, 10, 50), 4_500_000_000L)),
          List.of(
              new AttemptRow(
                  1,
                  GPT,
                  true,
                  new AttemptRow.Times(10, 30_000, null),
                  new AttemptRow.Result(
                      RequestOutcome.FAILED, "rate_limited", "answered 429", 429, 2_000L),
                  Cost.NONE),
              new AttemptRow(
                  2,
                  GPT,
                  false,
                  new AttemptRow.Times(2_030_000, 10_000, 5_000L),
                  new AttemptRow.Result(RequestOutcome.SUCCESS, null, null, null, null),
                  new Cost(new Usage(100, 10, 50), null))),
          List.of(
              new StepRow(30_000, StepRow.Kind.WAIT, GPT, null, 2_000_000L, null),
              new StepRow(30_001, StepRow.Kind.MOVED, new Target("a", "b"), GPT, null, "timeout")));

  static final Cost USED = new Cost(new Usage(20, 3, 7), 41_000_000L);

  /** A request that its first attempt answered. */
  static JournalEntry answered(
      int number, @Nullable String clientId, @Nullable Long firstToken, boolean probe) {
    String trace = number % 2 == 0 ? "4bf92f3577b34da6a3ce929d0e0e4736" : null;
    Target target = new Target("openai", "gpt-4-0613");
    return new JournalEntry(
        new RequestRow(
            new RequestRow.Ids(Scene.id(number), null, clientId, trace, null),
            new RequestRow.Asked("gpt-4", firstToken != null),
            new RequestRow.Times(Scene.STARTED_AT + number, 1_500, firstToken),
            new RequestRow.Result(RequestOutcome.SUCCESS, null, null),
            target,
            1,
            USED),
        List.of(
            new AttemptRow(
                1,
                target,
                probe,
                new AttemptRow.Times(12, 1_400, firstToken),
                AttemptRow.Result.success(),
                USED)),
        List.of());
  }

  /** Failed at openai, and then answered, or failed, elsewhere; by client number % 100. */
  static JournalEntry failedOver(int number, String last, RequestOutcome outcome) {
    boolean well = outcome == RequestOutcome.SUCCESS;
    RequestRow row =
        new RequestRow(
            new RequestRow.Ids(Scene.id(number), null, "client-" + number % 100, null, null),
            new RequestRow.Asked("gpt-4", false),
            new RequestRow.Times(Scene.STARTED_AT + number, 1_500, null),
            new RequestRow.Result(outcome, well ? null : "provider_error", null),
            well ? new Target(last, "m") : null,
            2,
            Cost.NONE);
    return new JournalEntry(
        row,
        List.of(
            failedAttempt(1, "openai", "rate_limited"),
            failedAttempt(2, last, well ? null : "server_error")),
        List.of());
  }

  private static AttemptRow failedAttempt(int number, String provider, @Nullable String error) {
    RequestOutcome outcome = error == null ? RequestOutcome.SUCCESS : RequestOutcome.FAILED;
    return new AttemptRow(
        number,
        new Target(provider, "m"),
        false,
        new AttemptRow.Times(0, 1, null),
        new AttemptRow.Result(outcome, error, error, null, null),
        Cost.NONE);
  }

  private Entries() {}
}
