package com.langdock.reliability.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sizes and habits that no other check holds. */
class TidyTest {
  private static final String ROOT = "com.langdock.reliability.";
  private static final int MAX_FILES_IN_A_PACKAGE = 40;

  /** Packages that may have more files. */
  private static final Map<String, Integer> LARGER =
      Map.of("core/quota", 50, "journal/store", 50, "gateway/management", 45);

  private static final List<String> MODULES =
      List.of("core", "json", "config-yaml", "gateway", "mock-provider", "bench");

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
                .isLessThanOrEqualTo(most(folder)));
  }

  private static int most(Path folder) {
    int names = folder.getNameCount();
    String last = folder.subpath(Math.max(0, names - 2), names).toString();
    return LARGER.getOrDefault(last, MAX_FILES_IN_A_PACKAGE);
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

  /** Follows the calls of a test through its helpers to an assertion. */
  @Test
  void everyTestAssertsSomething() {
    List<JavaMethod> tests =
        new ClassFileImporter()
                .withImportOption(location -> location.contains("test-classes"))
                .importPackages("com.langdock.reliability")
                .stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(TidyTest::isTest)
                .toList();
    assertThat(tests).hasSizeGreaterThan(300);
    assertThat(tests.stream().filter(test -> !asserts(test, new HashSet<>())))
        .extracting(JavaMethod::getFullName)
        .isEmpty();
  }

  private static boolean isTest(JavaMethod method) {
    return method.getAnnotations().stream()
        .anyMatch(annotation -> annotation.getRawType().getName().endsWith("Test"));
  }

  private static boolean asserts(JavaCodeUnit method, Set<String> seen) {
    if (!seen.add(method.getFullName())) {
      return false;
    }
    return method.getCallsFromSelf().stream()
        .anyMatch(call -> {
          String owner = call.getTargetOwner().getName();
          return owner.startsWith("org.assertj.")
              || (owner.startsWith("com.tngtech.archunit.") && call.getName().equals("check"))
              || (owner.startsWith(ROOT)
                  && call.getTarget()
                      .resolveMember()
                      .filter(JavaCodeUnit.class::isInstance)
                      .map(JavaCodeUnit.class::cast)
                      .filter(called -> asserts(called, seen))
                      .isPresent());
        });
  }

  @Test
  void noWarningIsSilenced() {
    String silenced = "@" + "SuppressWarnings";
    assertThat(mainSources().filter(file -> read(file).contains(silenced))).isEmpty();
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
