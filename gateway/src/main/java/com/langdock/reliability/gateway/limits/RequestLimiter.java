package com.langdock.reliability.gateway.limits;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.quota.Claimant;
import com.langdock.reliability.core.quota.Decision;
import com.langdock.reliability.core.quota.Demand;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Quotas;
import com.langdock.reliability.core.quota.Refusal;
import com.langdock.reliability.core.quota.Reservation;
import com.langdock.reliability.core.quota.Shortage;
import com.langdock.reliability.core.quota.Standing;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.Unavailable;
import com.langdock.reliability.core.routing.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the limits for the requests of one event loop under one configuration. */
public final class RequestLimiter {
  /** So many callers are remembered. */
  private static final int MAX_CALLERS = 10_000;

  private static final int BYTES_PER_TOKEN_AT_WORST = 2;
  private static final String KEY = "key:";

  private final ProcessLimits limits;
  private final LimitRules rules;
  private final Ticker ticker;
  private final IdentityHashMap<Caller, Map<String, Claimant>> claimants = new IdentityHashMap<>();
  private final IdentityHashMap<Caller, Claimant> withoutModel = new IdentityHashMap<>();

  /** A limiter under {@code rules}. */
  public RequestLimiter(ProcessLimits limits, LimitRules rules, Ticker ticker) {
    this.limits = limits;
    this.rules = rules;
    this.ticker = ticker;
  }

  /** The refusal of a bucket of requests that is empty, before anything of a request is read. */
  public LimitDecision.@Nullable LimitRefusal refusesAtOnce(Caller caller) {
    Claimant claimant = claimant(caller);
    Refusal refusal = limits.quotas().refusesRequests(claimant, ticker.nanos());
    return refusal == null ? null : refused(refusal, claimant);
  }

  /** Charges a request that is not valid, so that a client that sends many is slowed too. */
  public void charge(Caller caller) {
    limits.quotas().charge(claimant(caller), ticker.nanos(), limits.today());
  }

  /** What is left of a caller's rates, whatever the model. */
  public Standing standing(Caller caller) {
    return limits.quotas().standing(claimant(caller), ticker.nanos());
  }

  /** What is left of each limit of a caller itself and of its team. */
  public List<Standing.OfLimit> limitsOf(Caller caller) {
    List<Standing.OfLimit> all = new ArrayList<>();
    for (Subject subject : claimant(caller).subjects()) {
      if (!subject.equals(Subject.ALL)) {
        all.addAll(limits.quotas().standing(subject, ticker.nanos(), limits.today()));
      }
    }
    return all;
  }

  /** Nanoseconds until a limit is full again, or its period ends; the largest number for never. */
  public long resetNanos(Standing.OfLimit limit) {
    Period period = limit.period();
    return period == null ? limit.resetNanos() : limits.untilEndNanos(period);
  }

  /** Runs {@code then}, on any thread, whenever a part of what is missing was drawn. */
  public void whenDrawn(LimitDecision.Lacking missing, Runnable then) {
    if (missing.ofRates()) {
      limits.drawing().whenDrawn(then);
    }
    CeilingDraws draws = limits.draws();
    if (missing.ofPeriods() && draws != null) {
      draws.whenDrawn(then);
    }
  }

  /** The longest that a request waits for what is missing. */
  public long waitNanos(LimitDecision.Lacking missing) {
    return missing.ofPeriods() ? CeilingDraws.WAIT_NANOS : limits.waitNanos();
  }

  /** Decides about a valid request, and reserves what it needs. */
  public LimitDecision decide(LimitQuestion question) {
    return decide(question, false);
  }

  /** The same for a request that has waited as long as it may; never short. */
  public LimitDecision decideAlone(LimitQuestion question) {
    CeilingDraws draws = limits.draws();
    if (draws != null) {
      draws.late();
    }
    return decide(question, true);
  }

  private LimitDecision decide(LimitQuestion question, boolean alone) {
    Quotas quotas = limits.quotas();
    Claimant claimant = claimant(question.caller(), question.model());
    Quotas.Outlook outlook = quotas.outlook(claimant);
    if (outlook.needsUsage() && !limits.isReady()) {
      return new LimitDecision.Unread();
    }
    Plan plan = question.plan();
    if (outlook.hasBudget()) {
      plan = Money.priced(plan, rules.models());
      if (plan == null) {
        return new LimitDecision.Unpriced();
      }
    }
    Demand demand = demand(question, plan, outlook);
    long now = ticker.nanos();
    Decision decision =
        alone
            ? quotas.reserveAlone(claimant, demand, now, limits.today())
            : quotas.reserve(claimant, demand, now, limits.today());
    return switch (decision) {
      case Refusal refusal -> new LimitDecision.Refused(refused(refusal, claimant));
      case Shortage missing -> lacking(missing);
      case Unavailable away -> new LimitDecision.Unavailable();
      case Reservation reservation -> {
        for (Refusal shadowed : reservation.shadowed()) {
          limits.listener().refused(shadowed, claimant.priority(), true);
        }
        yield new LimitDecision.Admitted(
            new LimitedRequest(
                new LimitedRequest.Parts(limits, rules, claimant, plan, outlook.hasRates()),
                reservation,
                demand,
                question.choices()));
      }
    };
  }

  private static LimitDecision.Lacking lacking(Shortage shortage) {
    boolean ofRates = false;
    boolean ofPeriods = false;
    for (Shortage.Want want : shortage.wants()) {
      ofRates |= want.period() == null;
      ofPeriods |= want.period() != null;
    }
    return new LimitDecision.Lacking(ofRates, ofPeriods);
  }

  private LimitDecision.LimitRefusal refused(Refusal refusal, Claimant claimant) {
    limits.listener().refused(refusal, claimant.priority(), false);
    long wait =
        refusal.period() == null ? refusal.waitNanos() : limits.untilEndNanos(refusal.period());
    return new LimitDecision.LimitRefusal(refusal, wait);
  }

  private Demand demand(LimitQuestion question, Plan plan, Quotas.Outlook outlook) {
    if (question.inputTokens() == 0) {
      return Demand.NONE;
    }
    long most = Math.min(question.outputLimit(), modelsLimit(plan));
    boolean worst = rules.reservesWorst();
    long input =
        worst
            ? Math.max(question.inputTokens(), question.bytes() / BYTES_PER_TOKEN_AT_WORST)
            : question.inputTokens();
    long each = worst && most != Long.MAX_VALUE ? most : Math.min(most, outlook.forecast());
    Usage usage = new Usage(input, 0, each * Math.max(1, question.choices()));
    long money = outlook.hasBudget() ? Money.atDearest(plan, usage, rules.models()) : 0;
    return new Demand(usage.inputTokens(), usage.outputTokens(), money);
  }

  /** The most tokens that a target of {@code plan} writes. */
  private long modelsLimit(Plan plan) {
    long most = 0;
    for (var target : plan.targets()) {
      most =
          Math.max(most, rules.models().factsOf(target).maxOutputTokens().orElse(Long.MAX_VALUE));
    }
    return plan.targets().isEmpty() ? Long.MAX_VALUE : most;
  }

  private Claimant claimant(Caller caller) {
    forgetTooMany();
    return withoutModel.computeIfAbsent(caller, who -> claimant(who, (String) null));
  }

  private Claimant claimant(Caller caller, @Nullable String model) {
    if (model == null) {
      return create(caller, null);
    }
    forgetTooMany();
    return claimants
        .computeIfAbsent(caller, who -> new HashMap<>())
        .computeIfAbsent(model, name -> create(caller, name));
  }

  private void forgetTooMany() {
    if (claimants.size() >= MAX_CALLERS || withoutModel.size() >= MAX_CALLERS) {
      claimants.clear();
      withoutModel.clear();
    }
  }

  private static Claimant create(Caller caller, @Nullable String model) {
    List<Subject> subjects = new ArrayList<>(4);
    if (caller instanceof ClientKey key) {
      subjects.add(Subject.key(key.keyId().substring(KEY.length())));
    } else {
      subjects.add(Subject.ANONYMOUS);
    }
    String team = caller.team();
    if (team != null) {
      subjects.add(Subject.team(team));
    }
    if (model != null) {
      subjects.add(Subject.model(model));
    }
    subjects.add(Subject.ALL);
    return new Claimant(subjects, caller.priority());
  }
}
