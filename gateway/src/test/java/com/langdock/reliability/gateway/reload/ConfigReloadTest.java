package com.langdock.reliability.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReloadTest {
  private static final String TEXT =
      "providers: [{name: openai, base_url: 'http://localhost:1', models: [gpt-4]}]\n";

  private final List<GatewayConfig> used = new ArrayList<>();
  private @TempDir Path folder;
  private Path file;
  private ConfigReload reload;

  private final ConfigReload.Gateway gateway =
      new ConfigReload.Gateway(
          config ->
              config.server().port() == 8080
                  ? Optional.empty()
                  : Optional.of("needs a restart: server.port"),
          used::add);

  @BeforeEach
  void begin() throws IOException {
    file = Files.writeString(folder.resolve("config.yaml"), TEXT);
    reload = made();
  }

  private ConfigReload made() throws IOException {
    ConfigReload.Source source =
        new ConfigReload.Source(
            file, List.of(), new ConfigLoader(Map.of("KEY", "secret")), folder.resolve("kept"));
    return new ConfigReload(
        source, Files.readString(file), gateway, new ManualTicker(), changed -> {});
  }

  private static String with(String section) {
    return TEXT + section + "\n";
  }

  @Test
  void usesWhatTheFileHasNow() throws IOException {
    Files.writeString(file, with("retry: {max_attempts: 7}"));
    assertThat(reload.reload("signal"))
        .isInstanceOfSatisfying(
            Change.Applied.class, applied -> assertThat(applied.edition().version()).isEqualTo(2));
    assertThat(used).hasSize(1);
    assertThat(used.getFirst().retry().maxAttempts()).isEqualTo(7);
    assertThat(reload.current().by()).isEqualTo("signal");
  }

  @Test
  void whatIsWrongChangesNothingAndIsAllReported() throws IOException {
    Files.writeString(file, with("retry: {max_attempts: 0}\nserver: {port: x}"));
    assertThat(reload.reload("signal"))
        .isInstanceOfSatisfying(
            Change.Rejected.class, rejected -> assertThat(rejected.problems()).hasSize(2));
    assertThat(used).isEmpty();
    assertThat(reload.current().text()).isEqualTo(TEXT);
    assertThat(reload.rejection()).isNotNull();
    Files.writeString(file, TEXT);
    assertThat(reload.reload("signal")).isInstanceOf(Change.Applied.class);
    assertThat(reload.rejection()).isNull();
    assertThat(reload.current().version()).as("the same text").isEqualTo(1);
  }

  @Test
  void whatNeedsARestartIsSaid() {
    assertThat(reload.check(with("server: {port: 1}")))
        .singleElement()
        .extracting("message")
        .isEqualTo("needs a restart: server.port");
    assertThat(reload.put(with("server: {port: 1}"), 1, "boss"))
        .isInstanceOf(Change.Rejected.class);
    assertThat(used).isEmpty();
    assertThat(file).hasContent(TEXT);
  }

  @Test
  void aRemovedFileIsRejected() throws IOException {
    Files.delete(file);
    assertThat(reload.reload("file"))
        .isInstanceOfSatisfying(
            Change.Rejected.class,
            rejected ->
                assertThat(rejected.problems().getFirst().message()).isEqualTo("does not exist"));
    assertThat(used).isEmpty();
  }

  @Test
  void whatIsPutIsInTheFile() {
    String next = with("retry: {max_attempts: 7}");
    assertThat(reload.put(next, 1, "boss")).isInstanceOf(Change.Applied.class);
    assertThat(file).hasContent(next);
    assertThat(reload.put(TEXT, 1, "boss")).isEqualTo(new Change.Stale(2));
    assertThat(file).hasContent(next);
    assertThat(used).hasSize(1);
  }

  @Test
  void whatIsPutHasNoSecrets() {
    String next = TEXT.replace("models:", "api_key: abc, models:");
    assertThat(reload.put(next, 1, "boss")).isInstanceOf(Change.Rejected.class);
    assertThat(reload.put(next.replace("abc", "\"${KEY}\""), 1, "boss"))
        .isInstanceOf(Change.Applied.class);
  }

  @Test
  void aFileThatCannotBeWrittenChangesNothing() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(reload.put(with("retry: {max_attempts: 7}"), 1, "boss")).isIn(new Change.ReadOnly());
    assertThat(used).isEmpty();
    assertThat(reload.current().version()).isEqualTo(1);
  }

  @Test
  void earlierTextsComeBack() {
    reload.put(with("retry: {max_attempts: 7}"), 1, "boss");
    assertThat(reload.rollback(1, "boss")).isInstanceOf(Change.Applied.class);
    assertThat(file).hasContent(TEXT);
    assertThat(reload.current().version()).isEqualTo(3);
    assertThat(reload.rollback(9, "boss")).isEqualTo(new Change.Unknown());
  }

  @Test
  void theLastTwentyAreKeptForThisUserOnly() throws IOException {
    for (int i = 1; i <= 25; i++) {
      reload.put(with("retry: {max_attempts: " + i + "}"), i, "boss");
    }
    assertThat(reload.history()).hasSize(20);
    assertThat(reload.history().getLast().version()).isEqualTo(26);
    try (Stream<Path> files = Files.list(folder.resolve("kept"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(20);
      for (Path kept : all) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
            .isEqualTo("rw-------");
      }
    }
    ConfigReload restarted = made();
    assertThat(restarted.current().version()).isEqualTo(26);
    assertThat(restarted.history()).isEqualTo(reload.history());
  }

  @Test
  void changesAreNamedByTheirPaths() {
    assertThat(
            ChangedPaths.between(
                "a: 1\nb: [{name: x, c: 1}, {name: y, c: 2}]\n",
                "a: 1\nb: [{name: x, c: 1}, {name: y, c: 3}]\nd: {e: 4}\n"))
        .containsExactly("b[y].c", "d.e");
  }
}
