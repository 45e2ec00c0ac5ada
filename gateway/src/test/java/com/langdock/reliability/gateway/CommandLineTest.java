package com.langdock.reliability.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.CommandLine.Check;
import com.langdock.reliability.gateway.CommandLine.Help;
import com.langdock.reliability.gateway.CommandLine.Models;
import com.langdock.reliability.gateway.CommandLine.Serve;
import com.langdock.reliability.gateway.CommandLine.Wrong;
import com.langdock.reliability.gateway.telemetry.log.LogFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
  private static final Path STANDARD = Path.of("config", "config.yaml");

  private static CommandLine of(String line) {
    return CommandLine.of(line.isEmpty() ? new String[0] : line.split(" "));
  }

  @Nested
  final class WhenItServes {
    @Test
    void takesTheStandardFileAndJson() {
      assertThat(of("serve")).isEqualTo(new Serve(STANDARD, List.of(), LogFormat.JSON, false));
    }

    @Test
    void takesOptionsInAnyOrderAndSettingsInTheirs() {
      assertThat(of("serve --set a.b=1 --log-format Text --config x.yaml --set c=d=e"))
          .isEqualTo(
              new Serve(Path.of("x.yaml"), List.of("a.b=1", "c=d=e"), LogFormat.TEXT, false));
    }

    @Test
    void takesValuesAfterAnEqualsSign() {
      assertThat(of("serve --set=a.b=1 --config=x.yaml"))
          .isEqualTo(new Serve(Path.of("x.yaml"), List.of("a.b=1"), LogFormat.JSON, false));
    }
  }

  @Nested
  final class WhenItChecks {
    @Test
    void takesOneFile() {
      assertThat(of("check x.yaml")).isEqualTo(new Check(Path.of("x.yaml"), false));
    }

    @Test
    void asksTheProvidersWhereThatIsWanted() {
      assertThat(of("check --online x.yaml")).isEqualTo(new Check(Path.of("x.yaml"), true));
      assertThat(of("check --online")).isEqualTo(new Check(STANDARD, true));
      assertThat(of("check --offline")).isEqualTo(new Wrong("check has no option --offline"));
    }

    @Test
    void takesTheStandardFile() {
      assertThat(of("check")).isEqualTo(new Check(STANDARD, false));
    }
  }

  @Nested
  final class WhenItPrintsModels {
    @Test
    void takesItsOptionsInAnyOrder() {
      assertThat(of("models"))
          .isEqualTo(new Models(Optional.empty(), Optional.empty(), Models.Output.TEXT));
      assertThat(of("models --json --config=x.yaml --provider groq"))
          .isEqualTo(
              new Models(Optional.of(Path.of("x.yaml")), Optional.of("groq"), Models.Output.JSON));
      assertThat(of("models --check"))
          .isEqualTo(new Models(Optional.empty(), Optional.empty(), Models.Output.CHECK));
      assertThat(of("models --provider")).isEqualTo(new Wrong("--provider needs a value"));
      assertThat(of("models gpt-4")).isEqualTo(new Wrong("models has no option gpt-4"));
    }
  }

  @Nested
  final class WhenItMakesKeys {
    @Test
    void takesAKindOrTheWishForAHash() {
      assertThat(of("key")).isEqualTo(new CommandLine.Key(false, false));
      assertThat(of("key --admin")).isEqualTo(new CommandLine.Key(true, false));
      assertThat(of("key --hash")).isEqualTo(new CommandLine.Key(false, true));
      assertThat(of("key sk-lg-1")).isEqualTo(new Wrong("key takes --admin or --hash"));
    }
  }

  @Nested
  final class Otherwise {
    @ParameterizedTest
    @ValueSource(strings = {"", "--help", "-h", "serve --help", "check -h"})
    void saysHowItIsUsed(String line) {
      assertThat(of(line)).isEqualTo(new Help(CommandLine.USAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "serve -V"})
    void saysItsVersion(String line) {
      assertThat(of(line)).isEqualTo(new Help("gateway 0.1.0"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "run",
          "--config x.yaml serve",
          "serve --config",
          "serve --port 80",
          "serve --port=80",
          "serve x.yaml",
          "serve --log-format xml",
          "check a.yaml b.yaml"
        })
    void saysWhatIsWrong(String line) {
      assertThat(of(line)).isInstanceOf(Wrong.class);
    }
  }
}
