package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.core.domain.Price;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.gateway.journal.store.Cost;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Requests, targets and prices for the journal's tests. */
public final class Scene {
  /** Accepted at moment 1,000 ns, which was this many milliseconds after 1970. */
  public static final long STARTED_AT = 1_700_000_000_000L;

  static final long ACCEPTED_AT = 1_000;
  static final Target GPT = new Target("openai", "gpt-4");
  static final Target CLAUDE = new Target("anthropic", "claude-3-opus");

  /** A dollar for a million tokens in, two for a million out. */
  static final Price PRICE = new Price(1_000_000, 1_000_000, 2_000_000, LocalDate.EPOCH);

  static final ModelCatalog MODELS =
      new ModelCatalog(
          Map.of(
              "gpt-4",
              new ModelFacts(
                  OptionalLong.empty(),
                  OptionalLong.empty(),
                  false,
                  ModelTraits.UNKNOWN,
                  null,
                  PRICE)));

  static final RequestInfo REQUEST =
      new RequestInfo(
          id(1),
          "mine",
          new RequestInfo.Client("team-7", Caller.ANONYMOUS),
          "gpt-4",
          true,
          ACCEPTED_AT,
          STARTED_AT,
          "4bf92f3577b34da6");

  private Scene() {}

  /** An id; those of larger numbers are newer. */
  public static String id(int number) {
    return "req_%d_%08x".formatted(STARTED_AT + number, number);
  }

  /** A request that ended so. */
  public static JournalEntry ended(int number, RequestOutcome outcome) {
    return new JournalEntry(row(number, outcome, "openai", "gpt-4"), List.of(), List.of());
  }

  /** A request's row. */
  public static RequestRow row(int number, RequestOutcome outcome, String provider, String model) {
    return new RequestRow(
        new RequestRow.Ids(id(number), null, null, null, null),
        new RequestRow.Asked(model, false),
        new RequestRow.Times(STARTED_AT + number, 1_500, null),
        new RequestRow.Result(outcome, null, null),
        new Target(provider, model),
        1,
        Cost.NONE);
  }

  static long at(long millis) {
    return ACCEPTED_AT + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  static Attempt attempt(int number, Target target, long millis) {
    return new Attempt(number, target, at(millis));
  }

  static SessionEvent started(Attempt attempt) {
    return new SessionEvent.AttemptStarted(attempt, false);
  }

  static SessionEvent failed(Attempt attempt, Failure failure, long millis) {
    return new SessionEvent.AttemptFailed(new EndedAttempt(attempt, failure, at(millis)));
  }

  static Failure rateLimited(long retryAfterSeconds) {
    return new Failure.RateLimited(
        new ProviderReply(429, "t", "c", null, "SECRET prompt words"),
        OptionalLong.of(TimeUnit.SECONDS.toNanos(retryAfterSeconds)));
  }
}
