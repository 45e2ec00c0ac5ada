package com.langdock.reliability.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ProviderReply;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of packages: which of ours each may use, and which libraries. */
class ArchitectureTest {
  private static final String ROOT = "com.langdock.reliability.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/test-classes/")) // of any compiler
          .importPackages("com.langdock.reliability");

  /** One line of the table; the same table stands in ARCHITECTURE.md. */
  record Room(String name, List<String> uses, List<String> libraries) {
    static Room of(String name, String uses, String libraries) {
      return new Room(name, words(uses), words(libraries));
    }

    String row() {
      return "| `"
          + name
          + "` | "
          + String.join(", ", uses)
          + " | "
          + String.join(", ", libraries)
          + " |";
    }

    @Override
    public String toString() {
      return name;
    }

    private static List<String> words(String text) {
      return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }
  }

  private static final Map<String, List<String>> LIBRARIES = new LinkedHashMap<>();

  static {
    LIBRARIES.put("vertx", List.of("io.vertx.."));
    LIBRARIES.put("netty", List.of("io.netty.."));
    LIBRARIES.put("jackson", List.of("tools.jackson.."));
    LIBRARIES.put("yaml", List.of("org.snakeyaml.."));
    LIBRARIES.put("tokenizer", List.of("com.knuddels.."));
    LIBRARIES.put("slf4j", List.of("org.slf4j.."));
    LIBRARIES.put("logback", List.of("ch.qos.logback.."));
    LIBRARIES.put("micrometer", List.of("io.micrometer..", "io.prometheus.."));
    LIBRARIES.put(
        "jdbc", List.of("com.zaxxer..", "org.flywaydb..", "org.sqlite..", "org.postgresql.."));
    LIBRARIES.put("opentelemetry", List.of("io.opentelemetry.."));
  }

  static Stream<Room> rooms() {
    return Stream.of(core(), wire(), gateway(), beside()).flatMap(rooms -> rooms);
  }

  private static Stream<Room> core() {
    return Stream.of(
        Room.of("core.domain", "", ""),
        Room.of("core.routing", "core.domain", ""),
        Room.of("core.resilience.breaker", "", ""),
        Room.of("core.resilience", "core.domain core.resilience.breaker", ""),
        Room.of(
            "core.session",
            "core.domain core.routing core.resilience core.resilience.breaker",
            ""));
  }

  /** What knows how providers speak. */
  private static Stream<Room> wire() {
    return Stream.of(
        Room.of("gateway.json", "", "jackson"),
        Room.of("gateway.loop", "core.domain", "vertx netty"),
        Room.of("gateway.upstream", "core.domain gateway.loop", "vertx netty"),
        Room.of("gateway.provider.stream", "core.domain", ""),
        Room.of("gateway.provider", "core.domain gateway.json gateway.provider.stream", "jackson"),
        Room.of("gateway.provider.error", "core.domain gateway.json gateway.provider", ""),
        Room.of(
            "gateway.provider.openai",
            "core.domain gateway.json gateway.provider gateway.provider.error"
                + " gateway.provider.stream",
            ""),
        Room.of(
            "gateway.provider.anthropic",
            "core.domain gateway.json gateway.provider gateway.provider.error"
                + " gateway.provider.anthropic.request gateway.provider.stream",
            "jackson"),
        Room.of(
            "gateway.provider.anthropic.request",
            "core.domain gateway.json gateway.provider",
            "jackson"));
  }

  private static Stream<Room> gateway() {
    return Stream.of(
        Room.of("gateway.config.yaml", "", "yaml"),
        Room.of("gateway.config.models", "core.domain gateway.config.yaml", ""),
        Room.of(
            "gateway.config",
            "core.domain core.routing gateway.config.yaml gateway.config.models",
            ""),
        Room.of(
            "gateway.streaming",
            "core.domain core.session gateway.json gateway.provider gateway.provider.stream",
            ""),
        Room.of(
            "gateway.orchestration",
            "core.domain core.session gateway.loop gateway.provider gateway.provider.stream"
                + " gateway.streaming gateway.upstream",
            ""),
        Room.of(
            "gateway.tracing",
            "core.domain core.session gateway.observability gateway.orchestration",
            "slf4j opentelemetry"),
        Room.of("gateway.validation", "core.domain gateway.json gateway.provider", "tokenizer"),
        Room.of("gateway.api.connection", "core.domain gateway.loop", "vertx netty"),
        Room.of(
            "gateway.api.response",
            "core.domain core.session gateway.json gateway.provider gateway.validation"
                + " gateway.api.connection",
            "jackson"),
        Room.of(
            "gateway.api",
            "core.domain core.routing core.session gateway.json gateway.provider"
                + " gateway.orchestration gateway.tracing gateway.validation"
                + " gateway.observability gateway.api.connection gateway.api.response gateway.loop",
            "vertx"));
  }

  private static Stream<Room> beside() {
    return Stream.of(
        Room.of("gateway.observability.log", "", "slf4j logback"),
        Room.of(
            "gateway.observability.runtime",
            "core.domain core.resilience core.resilience.breaker",
            "micrometer"),
        Room.of("gateway.observability.histogram", "", "micrometer"),
        Room.of(
            "gateway.observability",
            "core.domain core.resilience core.resilience.breaker core.session"
                + " gateway.observability.log gateway.observability.histogram",
            "slf4j micrometer"),
        Room.of("gateway.journal.entry", "core.domain", ""),
        Room.of("gateway.journal.store", "core.domain gateway.journal.entry", "jdbc"),
        Room.of(
            "gateway.journal",
            "core.domain core.resilience.breaker core.session gateway.observability"
                + " gateway.journal.entry gateway.journal.store",
            "slf4j"),
        Room.of("gateway.management.requests", "core.domain gateway.journal.entry", "jackson"),
        Room.of(
            "gateway.management.live",
            "core.domain core.routing core.resilience core.resilience.breaker"
                + " gateway.observability",
            "jackson micrometer"),
        Room.of("gateway.management.mocks", "", "vertx jackson"),
        Room.of(
            "gateway.management",
            "core.domain core.routing core.resilience core.resilience.breaker gateway.observability"
                + " gateway.observability.log gateway.journal gateway.journal.entry"
                + " gateway.journal.store gateway.management.requests"
                + " gateway.management.live gateway.management.mocks",
            "vertx jackson micrometer slf4j"));
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void usesOnlyTheRoomsOfItsLine(Room room) {
    String[] foreign =
        rooms()
            .map(Room::name)
            .filter(other -> !other.equals(room.name()) && !room.uses().contains(other))
            .map(other -> ROOT + other)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + room.name())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(foreign)
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void usesOnlyTheLibrariesOfItsLine(Room room) {
    String[] foreign =
        LIBRARIES.entrySet().stream()
            .filter(library -> !room.libraries().contains(library.getKey()))
            .flatMap(library -> library.getValue().stream())
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + room.name())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(foreign)
        .check(CLASSES);
  }

  @Test
  void everyPackageHasALine() {
    Set<String> known = rooms().map(room -> ROOT + room.name()).collect(Collectors.toSet());
    Set<String> packages =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.startsWith(ROOT + "mock"))
            .filter(name -> !name.equals(ROOT + "gateway"))
            .collect(Collectors.toSet());
    assertThat(packages).isEqualTo(known);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheSystemTickerReadsAClock() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "core..", ROOT + "gateway..")
        .and()
        .doNotHaveSimpleName("SystemTicker")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(CLASSES);
  }

  @Test
  void theMockProviderSharesNoCodeWithTheGateway() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "mock..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "core..", ROOT + "gateway..")
        .check(CLASSES);
  }

  @Test
  void theTableInTheDocumentIsThisOne() throws IOException {
    String document = Files.readString(Path.of("..", "ARCHITECTURE.md"));
    String table = rooms().map(Room::row).collect(Collectors.joining("\n"));
    assertThat(document).contains(table);
  }

  /** So that nothing a provider says reaches anybody without having been redacted. */
  @Test
  void onlyOnePlaceMakesTheRepliesOfProviders() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..core.domain..", "..gateway.provider.error..")
        .should()
        .callConstructor(
            ProviderReply.class, int.class, String.class, String.class, String.class, String.class)
        .check(CLASSES);
  }
}
