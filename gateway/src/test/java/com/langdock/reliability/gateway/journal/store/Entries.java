package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.journal.Scene;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests for the tests of stores. */
final class Entries {
  static final JournalEntry WHOLE =
      new JournalEntry(
          new RequestRow(
              Scene.id(1),
              "mine",
              "team-7",
              "4bf92f35",
              Scene.STARTED_AT,
              2_040_000,
              2_010_000L,
              true,
              RequestOutcome.FAILED,
              "provider_timeout",
              "messages[0]",
              "gpt-4",
              "openai",
              "gpt-4",
              2,
              new Cost(new Usage(100, 10, 50), 4_500_000_000L)),
          List.of(
              new AttemptRow(
                  1,
                  "openai",
                  "gpt-4",
                  10,
                  30_000,
                  null,
                  RequestOutcome.FAILED,
                  "rate_limited",
                  "answered 429",
                  429,
                  2_000L,
                  true,
                  Cost.NONE),
              new AttemptRow(
                  2,
                  "openai",
                  "gpt-4",
                  2_030_000,
                  10_000,
                  5_000L,
                  RequestOutcome.SUCCESS,
                  null,
                  null,
                  null,
                  null,
                  false,
                  new Cost(new Usage(100, 10, 50), null))),
          List.of(
              new StepRow(
                  30_000, StepRow.Kind.WAIT, "openai", "gpt-4", null, null, 2_000_000L, null),
              new StepRow(
                  30_001, StepRow.Kind.MOVED, "a", "b", "openai", "gpt-4", null, "timeout")));

  static final Cost USED = new Cost(new Usage(20, 3, 7), 41_000_000L);

  /** A request that its first attempt answered. */
  static JournalEntry answered(
      int number, @Nullable String clientId, @Nullable Long firstToken, boolean probe) {
    return new JournalEntry(
        new RequestRow(
            Scene.id(number),
            null,
            clientId,
            number % 2 == 0 ? "4bf92f3577b34da6a3ce929d0e0e4736" : null,
            Scene.STARTED_AT + number,
            1_500,
            firstToken,
            firstToken != null,
            RequestOutcome.SUCCESS,
            null,
            null,
            "gpt-4",
            "openai",
            "gpt-4-0613",
            1,
            USED),
        List.of(
            new AttemptRow(
                1,
                "openai",
                "gpt-4-0613",
                12,
                1_400,
                firstToken,
                RequestOutcome.SUCCESS,
                null,
                null,
                200,
                null,
                probe,
                USED)),
        List.of());
  }

  /** Failed at openai, and then answered, or failed, elsewhere; by client number % 100. */
  static JournalEntry failedOver(int number, String last, RequestOutcome outcome) {
    RequestRow plain = Scene.row(number, outcome, "x", "gpt-4");
    boolean well = outcome == RequestOutcome.SUCCESS;
    RequestRow row =
        new RequestRow(
            plain.requestId(),
            null,
            "client-" + number % 100,
            null,
            plain.startedAt(),
            plain.latencyMicros(),
            null,
            false,
            outcome,
            well ? null : "provider_error",
            null,
            "gpt-4",
            well ? last : null,
            well ? "m" : null,
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
        number, provider, "m", 0, 1, null, outcome, error, error, null, null, false, Cost.NONE);
  }

  private Entries() {}
}
