package com.langdock.reliability.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares docs/configuration.md with the settings that the readers know. An unknown key with a
 * long name is rejected with the list of the known ones, so each section names its settings.
 */
class ConfigurationReferenceTest {
  private static final int MAX_DEPTH = 5;

  /** Longer than any name, so that the message lists all names and suggests none. */
  private static final String UNKNOWN = "unknown".repeat(10);

  private static final Pattern KNOWN = Pattern.compile("known here are (.*)");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `((?:SUBJECT\\.)?[a-z][a-zA-Z_.\\[\\]]+)` \\| (.*?) \\|");

  /** The limits of these are described once, as those of a subject. */
  private static final String SUBJECT = "SUBJECT.";

  private static final List<String> WITH_LIMITS =
      List.of("client_keys.keys[].", "teams[].", "teams[].default_key.");
  private static final List<String> BELOW_LIMITS =
      List.of("limits.all.", "limits.models.NAME.", "limits.anonymous.");

  /** How the value of a key may hold a section, and how the reference writes its path. */
  private enum Form {
    SECTION(".", "{", "}"),
    LIST("[].", "[{", "}]"),
    NAMED(".NAME.", "{NAME: {", "}}");

    private final String separator;
    private final String before;
    private final String after;

    Form(String separator, String before, String after) {
      this.separator = separator;
      this.before = before;
      this.after = after;
    }

    String around(String inner) {
      return before + inner + after;
    }
  }

  @Test
  void documentsEverySetting() throws IOException {
    Set<String> known = new TreeSet<>();
    collect("", inner -> inner, 0, known);
    assertThat(known).contains("server.port", "providers[].tls.ca", "models.NAME.price.input");
    assertThat(documented().keySet()).containsExactlyInAnyOrderElementsOf(known);
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void documentsTheDefault(String setting, String value) {
    // A file that sets read and not answer means both: that is no difference in the default.
    String replicas = "shared.expected_replicas=2";
    GatewayConfig config =
        Configs.loaded(Configs.PROVIDERS, "timeout.answer=5m", replicas, setting + "=" + value);
    assertThat(sections(config)).isEqualTo(sections(Configs.loaded(Configs.PROVIDERS, replicas)));
  }

  /** The settings with a value in code style as their default, outside lists and free names. */
  static List<String[]> defaults() throws IOException {
    List<String[]> defaults = new ArrayList<>();
    documented()
        .forEach((setting, text) -> {
          boolean isSingle =
              !setting.contains("[]") && !setting.contains("NAME") && !isOfSubject(setting);
          if (isSingle && text.startsWith("`")) {
            defaults.add(new String[] {setting, text.replace("`", "")});
          }
        });
    assertThat(defaults).hasSizeGreaterThan(30);
    return defaults;
  }

  private static boolean isOfSubject(String setting) {
    return BELOW_LIMITS.stream().anyMatch(setting::startsWith);
  }

  private static List<Object> sections(GatewayConfig config) {
    return List.of(
        config.server(),
        config.retry(),
        config.timeout(),
        config.circuitBreaker(),
        config.streaming(),
        config.journal(),
        Objects.requireNonNull(config.shared()),
        config.observability().logLevel(),
        config.observability().metricsPort(),
        config.observability().host());
  }

  /** Adds the paths of the settings in a section; {@code file} puts keys into that section. */
  private static void collect(String path, UnaryOperator<String> file, int depth, Set<String> all) {
    assertThat(depth).as("sections inside sections at %s", path).isLessThan(MAX_DEPTH);
    for (String key : knownIn(file.apply(UNKNOWN + ": 1"))) {
      boolean isSection = false;
      for (Form form : Form.values()) {
        UnaryOperator<String> inside = inner -> file.apply(key + ": " + form.around(inner));
        if (!isSection && !knownIn(inside.apply(UNKNOWN + ": 1")).isEmpty()) {
          isSection = true;
          collect(path + key + form.separator, inside, depth + 1, all);
        }
      }
      if (!isSection) {
        all.add(path + key);
      }
    }
  }

  private static List<String> knownIn(String keys) {
    return Configs.problems("{" + keys + "}").stream()
        .map(KNOWN::matcher)
        .filter(Matcher::find)
        .flatMap(message -> Stream.of(message.group(1).split(", ", -1)))
        .toList();
  }

  private static List<String> settings(String name) {
    if (!name.startsWith(SUBJECT)) {
      return List.of(name);
    }
    String ofSubject = name.substring(SUBJECT.length());
    String direct = ofSubject.startsWith("limits.") ? ofSubject.substring(7) : ofSubject;
    return Stream.concat(
            WITH_LIMITS.stream().map(prefix -> prefix + ofSubject),
            BELOW_LIMITS.stream().map(prefix -> prefix + direct))
        .toList();
  }

  /** The settings of the reference with their default. */
  private static Map<String, String> documented() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("../docs/configuration.md")));
    while (row.find()) {
      for (String setting : settings(row.group(1))) {
        documented.put(setting, row.group(2));
      }
    }
    return Collections.unmodifiableMap(documented);
  }
}
