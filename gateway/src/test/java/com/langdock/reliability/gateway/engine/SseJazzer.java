package com.langdock.reliability.gateway.engine;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;

/**
 * The same as {@link SseFuzzTest}, with inputs that look for untouched code: {@code JAZZER_FUZZ=1
 * scripts/mvn.sh verify -pl gateway -am -Dtest=SseJazzer -Dsurefire.failIfNoSpecifiedTests=false}.
 * Its name keeps it out of the usual run, which its agent would slow down.
 */
class SseJazzer {
  @FuzzTest(maxDuration = "1m")
  void readsLikeTheNaiveOne(FuzzedDataProvider data) {
    Random cuts = new Random(data.consumeLong());
    SseFuzzTest.check(data.consumeRemainingAsBytes(), cuts);
  }
}
