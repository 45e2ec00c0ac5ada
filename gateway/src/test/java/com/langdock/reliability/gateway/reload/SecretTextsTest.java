package com.langdock.reliability.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.yaml.ConfigProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTextsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          api_key: abc                                  | api_key: ***
          list: [{name: a, api_key: "abc", b: 1}]       | list: [{name: a, api_key: "***", b: 1}]
          headers: {X-Api-Key: abc, x-other: abc}       | headers: {X-Api-Key: ***, x-other: abc}
          proxy: http://me:abc@host:1                   | proxy: http://me:***@host:1
          url: postgresql://me:abc@host/db              | url: postgresql://me:***@host/db
          base_url: https://h/v1?key=abc                | base_url: https://h/v1?***
          hash: sha256:0123                             | hash: ***
          api_key: ${KEY}                               | api_key: ${KEY}
          first_token: 10s # sk-abcdefghij              | first_token: 10s # ***
          """)
  void areMasked(String text, String shown) {
    assertThat(SecretTexts.masked(text)).isEqualTo(shown);
  }

  @Test
  void onSeveralLinesTheyHideTheText() {
    assertThat(SecretTexts.masked("a: 1\napi_key: >\n  abc\n  def\n")).doesNotContain("abc", "def");
    assertThat(SecretTexts.masked("api_key: \"a\\x62c\"")).startsWith("# not shown");
  }

  @Test
  void writtenOutTheyAreProblemsAndHashesAreNone() {
    assertThat(SecretTexts.problems("a: 1\nproviders: [{api_key: abc}]\nhash: sha256:1\n"))
        .containsExactly(
            new ConfigProblem(
                2,
                "providers[0].api_key",
                "must be ${NAME}, from the environment: what is put here is kept as it is"));
    assertThat(SecretTexts.problems("api_key: ${KEY:-abc}")).hasSize(1);
    assertThat(SecretTexts.problems("api_key: ${KEY}\nproxy: http://u:${PW}@h:1")).isEmpty();
  }
}
