package com.langdock.reliability.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sizes and habits that no other check holds. */
class TidyTest {
  private static final int MAX_LINES = 400;
  private static final int MAX_FILES_IN_A_PACKAGE = 40;
  private static final List<String> MODULES =
      List.of("core", "json", "config-yaml", "gateway", "mock-provider", "bench");

  @Test
  void filesAreShort() {
    assertThat(sources().filter(file -> read(file).lines().count() > MAX_LINES)).isEmpty();
  }

  @Test
  void packagesAreSmall() {
    Map<Path, Long> sizes =
        sources()
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
    assertThat(sizes)
        .allSatisfy((folder, files) ->
            assertThat(files)
                .as("files in %s; an exception has a line in docs/decisions.md", folder)
                .isLessThanOrEqualTo(MAX_FILES_IN_A_PACKAGE));
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    assertThat(mainSources().map(Path::getParent).distinct())
        .allSatisfy(folder -> {
          Path info = folder.resolve("package-info.java");
          assertThat(info).exists();
          assertThat(read(info)).startsWith("/**").contains("@NullMarked");
        });
  }

  @Test
  void noTestIsSwitchedOff() {
    String switchedOff = "@" + "Disabled";
    assertThat(sources().filter(file -> read(file).contains(switchedOff))).isEmpty();
  }

  @Test
  void everyTestClassAssertsSomething() {
    assertThat(
            sources()
                .filter(file -> file.toString().endsWith("Test.java"))
                .filter(file -> !read(file).matches("(?s).*(assert|check\\(|expect|Assert).*")))
        .isEmpty();
  }

  @Test
  void noWarningIsSilencedWithoutAReason() {
    assertThat(
            mainSources()
                .filter(file -> read(file).contains("@SuppressWarnings"))
                .filter(file -> !read(file).matches("(?s).*// [^\\n]+\\n\\s*@SuppressWarnings.*")))
        .isEmpty();
  }

  private static Stream<Path> mainSources() {
    return sources().filter(file -> file.toString().contains("/src/main/"));
  }

  private static Stream<Path> sources() {
    return MODULES.stream()
        .map(module -> Path.of("..", module, "src"))
        .flatMap(TidyTest::javaFiles);
  }

  private static Stream<Path> javaFiles(Path folder) {
    if (!Files.exists(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
