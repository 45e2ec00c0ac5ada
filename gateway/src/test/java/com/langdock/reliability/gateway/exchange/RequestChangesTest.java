package com.langdock.reliability.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestChangesTest {
  private final RequestChanges.Builder changes = new RequestChanges.Builder();

  @Test
  void areNoneWithoutChanges() {
    assertThat(changes.build()).isSameAs(RequestChanges.NONE);
  }

  @Test
  void containEachFieldOnceInOrder() {
    changes.dropped("seed");
    changes.dropped("logit_bias");
    changes.dropped("seed");
    changes.adjusted("tools[0].parameters");

    assertThat(changes.build().dropped()).containsExactly("seed", "logit_bias");
    assertThat(changes.build().adjusted()).containsExactly("tools[0].parameters");
  }

  @Test
  void areSafeInAHeaderForAnyFieldName() {
    changes.dropped("a\r\nset-cookie: b");
    changes.dropped("é,x");
    changes.dropped("y".repeat(1_000));

    assertThat(changes.build().dropped())
        .containsExactly("a??set-cookie:?b", "??x", "y".repeat(64));
  }

  @Test
  void areLimitedInNumber() {
    for (int i = 0; i < 1_000; i++) {
      changes.dropped("field" + i);
    }

    assertThat(changes.build().dropped()).hasSize(32);
  }
}
