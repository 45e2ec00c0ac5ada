package com.langdock.reliability.mock;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** Both providers for the tests of a class, reset before each of them. */
@Tag("e2e")
abstract class TwoProviders {
  static MockProvider openAi;
  static MockProvider anthropic;

  @BeforeAll
  static void start() {
    openAi = MockProvider.openAi();
    anthropic = MockProvider.anthropic();
  }

  @AfterAll
  static void stop() {
    openAi.close();
    anthropic.close();
  }

  @BeforeEach
  void reset() {
    openAi.reset();
    anthropic.reset();
  }
}
