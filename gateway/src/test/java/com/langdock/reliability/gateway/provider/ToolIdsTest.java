package com.langdock.reliability.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolIdsTest {
  private final ToolIds ids = new ToolIds(ToolIds::plain);

  @Test
  void keepsValidIds() {
    assertThat(ids.ofCall("toolu_01-A")).isEqualTo("toolu_01-A");
    assertThat(ids.ofResult("toolu_01-A")).isEqualTo("toolu_01-A");
  }

  @Test
  void numbersIdsThatBecomeEqual() {
    assertThat(ids.ofCall("a:0")).isEqualTo("a_0");
    assertThat(ids.ofCall("a.0")).isEqualTo("a_0_2");
    assertThat(ids.ofCall("a_0")).isEqualTo("a_0_3");
    assertThat(ids.ofResult("a_0")).isEqualTo("a_0_3");
    assertThat(ids.ofResult("a.0")).isEqualTo("a_0_2");
    assertThat(ids.ofResult("a:0")).isEqualTo("a_0");
  }

  @Test
  void matchesResultsOfAReusedIdInOrder() {
    assertThat(ids.ofCall("call_0")).isEqualTo("call_0");
    assertThat(ids.ofResult("call_0")).isEqualTo("call_0");
    assertThat(ids.ofCall("call_0")).isEqualTo("call_0_2");
    assertThat(ids.ofResult("call_0")).isEqualTo("call_0_2");
  }

  @Test
  void matchesResultsOfCallsWithoutIdsInOrder() {
    assertThat(ids.ofCall("")).isEqualTo("call");
    assertThat(ids.ofCall("")).isEqualTo("call_2");
    assertThat(ids.ofResult("")).isEqualTo("call");
    assertThat(ids.ofResult("")).isEqualTo("call_2");
  }

  @Test
  void keepsTheIdOfAResultWithoutACall() {
    assertThat(ids.ofResult("lost:1")).isEqualTo("lost_1");
  }
}
