package com.langdock.reliability.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolArgumentsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          `{"x":1.50}`, `{"x":1.50}`
          ` {} `,       `{}`
          ``,           `{}`
          `  `,         `{}`
          `[1]`,        `{"_raw":"[1]"}`
          `"text"`,     `{"_raw":"\\"text\\""}`
          `{"x":`,      `{"_raw":"{\\"x\\":"}`
          """)
  void becomeAJsonObject(String arguments, String object) {
    assertThat(ToolArguments.object(arguments)).isEqualTo(object);
  }
}
