package com.langdock.reliability.bench;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.quota.CeilingGrant;
import com.langdock.reliability.core.quota.CeilingRules;
import com.langdock.reliability.core.quota.CeilingWant;
import com.langdock.reliability.core.quota.Ceilings;
import com.langdock.reliability.core.quota.Claimant;
import com.langdock.reliability.core.quota.Decision;
import com.langdock.reliability.core.quota.Demand;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Quotas;
import com.langdock.reliability.core.quota.Reservation;
import com.langdock.reliability.core.quota.Settlement;
import com.langdock.reliability.core.quota.SharedLedger;
import com.langdock.reliability.core.quota.SharingRules;
import com.langdock.reliability.core.quota.Shortage;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.core.quota.UsageTotal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What budgets cost when many gateways share them: the gateway's own limits, with time, network and
 * database simulated. Twenty teams with one budget each send the same 2,000 requests a second to 1,
 * 3, 10, 100 and 1,000 gateways, until the budgets are spent.
 *
 * <p>Prints for each number of gateways how many requests waited for a draw, how many questions the
 * database had to answer, and how exactly the budgets were kept.
 */
public final class ReplicaSimulation {
  private static final int TEAMS = 20;
  private static final int REQUESTS_A_SECOND = 2_000;
  private static final int SECONDS = 120;
  private static final long DOLLAR = 1_000_000_000L;

  /** What a request is expected to cost, and costs at most; half of it on average. */
  private static final long EXPECTED = DOLLAR / 100;

  private static final long BUDGET = 40 * DOLLAR;
  private static final long LEASE = TimeUnit.SECONDS.toNanos(60);
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final Period.Dates TODAY = Period.Dates.of(LocalDate.of(2027, 1, 31));
  private static final String DAY = "2027-01-31";

  private final SplittableRandom random = new SplittableRandom(7);
  private final SharedLedger ledger = new SharedLedger(LEASE);
  private final List<Member> members = new ArrayList<>();
  private final List<Claimant> teams = new ArrayList<>();
  private final long[] spent = new long[TEAMS];
  private final long[] atFirstRefusal = new long[TEAMS];
  private long now;
  private long admitted;
  private long waited;
  private long questions;
  private long rows;

  /** One gateway. */
  private static final class Member {
    private final String name;
    private final Quotas quotas = new Quotas(SharingRules.STANDARD, true);
    private final Ceilings ceilings = quotas.share(new CeilingRules(50, LEASE));
    private final Deque<Running> running = new ArrayDeque<>();

    private Member(String name) {
      this.name = name;
    }
  }

  private record Running(Reservation reservation, int team, long cost, long endsAt) {}

  private ReplicaSimulation(int count) {
    SubjectLimits limits =
        new SubjectLimits(
            SubjectLimits.Rates.NONE,
            Map.of(
                Period.DAY,
                new SubjectLimits.PeriodLimits(
                    SubjectLimits.UNLIMITED, SubjectLimits.UNLIMITED, BUDGET)),
            List.of(),
            false);
    for (int team = 0; team < TEAMS; team++) {
      teams.add(new Claimant(List.of(Subject.team("t" + team)), Priority.NORMAL));
    }
    for (int i = 0; i < count; i++) {
      Member member = new Member("r" + i);
      teams.forEach(team -> member.quotas.limits(team.subjects().getFirst(), limits, 0));
      members.add(member);
    }
  }

  /** Runs all sizes. */
  public static void main(String[] arguments) {
    System.out.println(
        "gateways  waited %  questions/s  per gateway  rows/s  spent+held at first refusal %"
            + "  spent at the end %  over %");
    for (int count : new int[] {1, 3, 10, 100, 1_000}) {
      new ReplicaSimulation(count).run();
    }
  }

  private void run() {
    long end = TimeUnit.SECONDS.toNanos(SECONDS);
    long perTick = REQUESTS_A_SECOND * TICK / TimeUnit.SECONDS.toNanos(1);
    while (now < end) {
      now += TICK;
      members.forEach(this::settle);
      for (long i = 0; i < perTick; i++) {
        ask(members.get(random.nextInt(members.size())), random.nextInt(TEAMS));
      }
      for (Member member : members) {
        draw(member);
        write(member);
      }
    }
    print();
  }

  private void ask(Member member, int team) {
    Demand demand = new Demand(100, 100, EXPECTED);
    Decision decision = member.quotas.reserve(teams.get(team), demand, now, TODAY);
    boolean waits = decision instanceof Shortage;
    if (waits) {
      draw(member);
      decision = member.quotas.reserveAlone(teams.get(team), demand, now, TODAY);
    }
    if (decision instanceof Reservation reservation) {
      long cost = random.nextLong(EXPECTED + 1);
      member.running.addLast(new Running(reservation, team, cost, now + ANSWER_NANOS));
      admitted++;
      waited += waits ? 1 : 0;
    } else {
      if (atFirstRefusal[team] == 0) {
        atFirstRefusal[team] = spentAndHeld(team);
      }
    }
  }

  private long spentAndHeld(int team) {
    long held = 0;
    for (Member member : members) {
      for (Running running : member.running) {
        held += running.team == team ? EXPECTED : 0;
      }
    }
    return spent[team] + held;
  }

  private void settle(Member member) {
    while (!member.running.isEmpty() && member.running.getFirst().endsAt <= now) {
      Running ended = member.running.removeFirst();
      spent[ended.team] += ended.cost;
      Settlement _ =
          member.quotas.settle(ended.reservation, new Usage(100, 0, 100), ended.cost, 1, now);
    }
  }

  private void draw(Member member) {
    List<CeilingWant> wants = member.ceilings.take(64, now);
    if (wants.isEmpty()) {
      return;
    }
    questions++;
    rows += wants.size();
    List<CeilingGrant> grants = new ArrayList<>(wants.size());
    for (CeilingWant want : wants) {
      grants.add(ledger.draw(member.name, want, now));
    }
    List<Settlement.Alert> _ = member.ceilings.answered(grants, now, now);
  }

  private void write(Member member) {
    for (UsageTotal total : member.quotas.takeChanged(1_000, now)) {
      if (total.key().equals(DAY)) {
        ledger.write(member.name, total);
      }
    }
  }

  private void print() {
    double first = 0;
    double last = 0;
    double over = 0;
    for (int team = 0; team < TEAMS; team++) {
      first += 100.0 * atFirstRefusal[team] / BUDGET / TEAMS;
      last += 100.0 * spent[team] / BUDGET / TEAMS;
      over = Math.max(over, 100.0 * (spent[team] - BUDGET) / BUDGET);
    }
    System.out.printf(
        Locale.ROOT,
        "%8d  %8.2f  %11.1f  %11.2f  %6.0f  %29.1f  %18.1f  %6.2f%n",
        members.size(),
        100.0 * waited / admitted,
        (double) questions / SECONDS,
        (double) questions / SECONDS / members.size(),
        (double) rows / SECONDS,
        first,
        last,
        Math.max(0, over));
  }
}
