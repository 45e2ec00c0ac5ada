package com.langdock.reliability.gateway.credentials.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real programs that print keys, or do not. */
@Tag("e2e")
class CredentialProgramE2eTest {
  private static final Ticker CLOCK =
      new Ticker() {
        @Override
        public long nanos() {
          return 0;
        }

        @Override
        public long unixMillis() {
          return Instant.parse("2026-11-30T10:00:00Z").toEpochMilli();
        }
      };

  private final CredentialProgram program = new CredentialProgram(Duration.ofSeconds(2), CLOCK);

  private static String printing(String json) {
    return "/bin/sh -c 'printf %s \"$0\"' '" + json + "'";
  }

  @Test
  void printsKeysThatEnd() throws Exception {
    String json =
        "{\"Version\":1,\"AccessKeyId\":\"ASIA1\",\"SecretAccessKey\":\"s\",\"SessionToken\":\"t\","
            + "\"Expiration\":\"2026-11-30T11:00:00Z\"}";
    Issued<AwsCredentials> issued = program.run("p", printing(json));

    assertThat(issued.value()).isEqualTo(new AwsCredentials("ASIA1", "s", "t"));
    assertThat(issued.lifetime()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void printsKeysWithoutAnEnd() throws Exception {
    String json = "{\"Version\":1,\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"s\"}";

    assertThat(program.run("p", printing(json)).lifetime()).isEqualTo(Issued.UNLIMITED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/bin/sh -c 'echo hidden >&2; exit 7' | ended with 7",
        "/bin/sh -c 'sleep 30' | has not ended within 2 s",
        "/bin/sh -c 'echo {}; exec >&-; sleep 30' | has not ended within 2 s",
        "/bin/cat /dev/zero | printed more than 65536 bytes",
        "/bin/echo hidden | printed no JSON with Version 1",
        "/bin/echo {\"Version\":2} | printed no JSON with Version 1",
        "/bin/echo '{\"Version\":1}' | has no access key id",
        "/nowhere/hidden | cannot be started",
        "'hidden | a quote that does not end",
        "`  ` | is empty",
      })
  void whatGivesNoKeysIsSaidWithoutSecrets(String command, String words) {
    assertThatThrownBy(() -> program.run("mine", command))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("credential_process of profile mine")
        .hasMessageContaining(words)
        .message()
        .doesNotContain("hidden");
  }

  @Test
  void aCommandIsDividedAsByAShell() throws IOException {
    assertThat(CredentialProgram.words("p", "a  'b c'\"d\"\\ e '' \"f\\\"\\n\" 'g\\'"))
        .containsExactly("a", "b cd e", "", "f\"\\n", "g\\");
  }
}
