package com.langdock.reliability.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionNamesTest {
  private static FunctionNames names(String... names) {
    List<Tool> tools = new ArrayList<>();
    for (String name : names) {
      tools.add(new Tool.Function(name, null, null, null, null));
    }
    return new FunctionNames(() -> tools);
  }

  @ParameterizedTest
  @ValueSource(strings = {"get_weather", "A-1", "x"})
  void keepsLegalNames(String name) {
    assertThat(names("a.b", name).sent(name)).isEqualTo(name);
    assertThat(names().sent(name)).isEqualTo(name);
  }

  @Test
  void givesNamesThatWouldBecomeEqualDifferentOnes() {
    FunctionNames names = names("a.b", "a_b", "a:b");

    assertThat(Set.of(names.sent("a.b"), names.sent("a_b"), names.sent("a:b"))).hasSize(3);
    assertThat(names.original(names.sent("a.b"))).isEqualTo("a.b");
    assertThat(names.original("a_b")).isEqualTo("a_b");
    assertThat(names.original(names.sent("a:b"))).isEqualTo("a:b");
  }

  @Test
  void givesADifferentNameWhereAnotherFunctionHasTheUsualOne() {
    String usual = names("a.b").sent("a.b");
    FunctionNames names = names("a.b", usual, "\"!", "!@");

    assertThat(names.sent(usual)).isEqualTo(usual);
    assertThat(names.sent("a.b")).isNotEqualTo(usual).matches("[a-zA-Z0-9_-]{1,64}");
    assertThat(names.original(names.sent("a.b"))).isEqualTo("a.b");
    assertThat(names.sent("\"!")).isNotEqualTo(names.sent("!@"));
  }

  @Test
  void hasTheSameNameForAFunctionThatIsThereTwice() {
    FunctionNames names = names("a.b", "a.b");

    assertThat(names.original(names.sent("a.b"))).isEqualTo("a.b");
  }

  @RepeatedTest(20)
  void isInjectiveAndLegalForAnyNames() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Set<String> any = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      StringBuilder name = new StringBuilder();
      int length = random.nextInt(3) == 0 ? 60 + random.nextInt(80) : random.nextInt(3);
      for (int c = 0; c <= length; c++) {
        name.append("ab._:!@#\u00e4".charAt(random.nextInt(9)));
      }
      any.add(name.toString());
    }
    FunctionNames names = names(any.toArray(String[]::new));

    assertThat(any.stream().map(names::sent).distinct()).as("seed " + seed).hasSize(any.size());
    assertThat(any)
        .as("seed " + seed)
        .allSatisfy(name -> {
          assertThat(names.sent(name)).matches("[a-zA-Z0-9_-]{1,64}");
          assertThat(names.original(names.sent(name))).isEqualTo(name);
        });
  }
}
