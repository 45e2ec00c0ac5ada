package com.langdock.reliability.gateway.config;

import static com.langdock.reliability.gateway.config.Configs.PROVIDERS;
import static com.langdock.reliability.gateway.config.Configs.loaded;
import static com.langdock.reliability.gateway.config.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Rate;
import com.langdock.reliability.core.quota.SharingRules;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.core.quota.SubjectLimits.PeriodLimits;
import com.langdock.reliability.core.quota.SubjectLimits.Rates;
import com.langdock.reliability.gateway.config.access.AccessConfig;
import com.langdock.reliability.gateway.config.access.LimitsConfig;
import com.langdock.reliability.gateway.config.access.LimitsConfig.OnExhausted;
import com.langdock.reliability.gateway.config.access.LimitsConfig.Reserve;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsConfigTest {
  private static final String HASH = KeyHash.of("sk-one").text();

  private static AccessConfig access(String yaml) {
    return loaded(PROVIDERS + yaml).access();
  }

  @Test
  void nobodyIsLimitedWithoutTheSection() {
    LimitsConfig limits = access("").limits();
    assertThat(limits.isNone()).isTrue();
    assertThat(limits.sharing()).isEqualTo(SharingRules.STANDARD);
    assertThat(limits.reserve()).isEqualTo(Reserve.FORECAST);
    assertThat(limits.onExhausted()).isEqualTo(OnExhausted.FINISH);
  }

  @Test
  void readsTheSameLimitsForEverySubject() {
    String rates =
        "{requests_per_minute: 60, tokens_per_minute: {per_minute: 9, burst: 20},"
            + " concurrent: 3}";
    String others =
        "quota: {day: {requests: 7}, month: {tokens: 8}}, budget: {day: 1.5, total: 0.000000001},"
            + " alert_at: [0.8], shadow: true";
    SubjectLimits expected =
        new SubjectLimits(
            new Rates(Rate.perMinute(60), new Rate(9, 20), 3),
            Map.of(
                Period.DAY,
                new PeriodLimits(7, SubjectLimits.UNLIMITED, 1_500_000_000),
                Period.MONTH,
                new PeriodLimits(SubjectLimits.UNLIMITED, 8, SubjectLimits.UNLIMITED),
                Period.TOTAL,
                new PeriodLimits(SubjectLimits.UNLIMITED, SubjectLimits.UNLIMITED, 1)),
            List.of(800),
            true);
    String direct = rates.substring(0, rates.length() - 1) + ", " + others + "}";
    AccessConfig access =
        access(
            """
            teams: [{name: search, limits: RATES, OTHERS, default_key: {limits: RATES, OTHERS}}]
            client_keys: {keys: [{name: one, hash: 'HASH', limits: RATES, OTHERS}]}
            limits: {all: DIRECT, models: {gpt-4: DIRECT}, anonymous: DIRECT}
            """
                .replace("RATES", rates)
                .replace("OTHERS", others)
                .replace("DIRECT", direct)
                .replace("HASH", HASH));
    assertThat(access.keys().getFirst().limits()).isEqualTo(expected);
    assertThat(access.teams().getFirst().limits()).isEqualTo(expected);
    assertThat(access.teams().getFirst().defaultKey()).isEqualTo(expected);
    assertThat(access.limits().all()).isEqualTo(expected);
    assertThat(access.limits().models()).isEqualTo(Map.of("gpt-4", expected));
    assertThat(access.limits().anonymous()).isEqualTo(expected);
  }

  @Test
  void readsHowLimitsWork() {
    LimitsConfig limits =
        access(
                "limits: {reserve: worst, on_exhausted: cut, keep_free: {low: 0.4, normal: 0.1},"
                    + " max_share: 0.25}")
            .limits();
    assertThat(limits.sharing()).isEqualTo(new SharingRules(400, 100, 250));
    assertThat(limits.reserve()).isEqualTo(Reserve.WORST);
    assertThat(limits.onExhausted()).isEqualTo(OnExhausted.CUT);
  }

  @Test
  void alertsAtThreePartsOfEveryBudget() {
    assertThat(access("limits: {all: {budget: {month: 1}}}").limits().all().alertAt())
        .containsExactly(500, 800, 1_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all: {requests_per_minute: 0}| from 1 to 1000000000",
        "all: {tokens_per_minute: {burst: 3}}| tokens_per_minute.per_minute: is required",
        "all: {tokens_per_minute: {per_minute: 2, burst: 9999}}| from 1 to 2880",
        "all: {concurrent: many}| limits.all.concurrent: must be a whole number",
        "all: {budget: {day: -1}}| limits.all.budget.day: must be US dollars",
        "all: {budget: {day: 0.0000000001}}| limits.all.budget.day: must be US dollars",
        "all: {budget: {week: 1}}| limits.all.budget.week: is not a known key",
        "all: {alert_at: [2]}| must be a part of the budget",
        "models: {nobody: {concurrent: 1}}| limits.models.nobody: is a model that no provider",
        "keep_free: {low: 1}| limits.keep_free.low: must be less than 1",
        "keep_free: {low: 0.1, normal: 0.2}| must not be more than low",
        "max_share: 0| limits.max_share: must be more than 0",
        "reserve: some| limits.reserve: must be forecast or worst",
      })
  void rejectsWhatIsNoLimit(String limits, String problem) {
    assertThat(problems(PROVIDERS + "limits: {" + limits + "}\n"))
        .anySatisfy(found -> assertThat(found).contains(problem));
  }
}
