package com.langdock.reliability.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Golden: each file with what the check prints of it, its folder left out. */
final class ConfigCheckTest {
  @TempDir Path folder;

  private record Outcome(int code, String printed) {}

  private Outcome check(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), Configs.file(name));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code;
    try (PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8)) {
      code = new ConfigCheck(new ConfigLoader(Map.of())).run(file, print);
    }
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8).replace(folder + "/", "").replace("\r", ""));
  }

  @Test
  void printsEveryProblemOfABrokenFileAtOnce() throws IOException {
    assertThat(check("broken.yaml")).isEqualTo(new Outcome(1, Configs.file("broken.txt")));
  }

  @Test
  void printsThePlanOfAValidFile() throws IOException {
    assertThat(check("full.yaml")).isEqualTo(new Outcome(0, Configs.file("full.txt")));
  }
}
