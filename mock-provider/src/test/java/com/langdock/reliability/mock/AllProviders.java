package com.langdock.reliability.mock;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** All providers for the tests of a class, reset before each of them. */
@Tag("e2e")
abstract class AllProviders {
  static MockProvider openAi;
  static MockProvider anthropic;
  static MockProvider gemini;

  @BeforeAll
  static void start() {
    openAi = MockProvider.openAi();
    anthropic = MockProvider.anthropic();
    gemini = MockProvider.gemini();
  }

  @AfterAll
  static void stop() {
    openAi.close();
    anthropic.close();
    gemini.close();
  }

  @BeforeEach
  void reset() {
    openAi.reset();
    anthropic.reset();
    gemini.reset();
  }
}
