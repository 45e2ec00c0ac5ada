package com.langdock.reliability.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.gateway.exchange.Payload;
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
  record PackageRule(String name, List<String> uses, List<String> libraries) {
    static PackageRule of(String name, String uses, String libraries) {
      return new PackageRule(name, words(uses), words(libraries));
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
    LIBRARIES.put("zstd", List.of("com.github.luben.."));
    LIBRARIES.put("yaml", List.of("org.snakeyaml.."));
    LIBRARIES.put("tokenizer", List.of("com.knuddels.."));
    LIBRARIES.put("slf4j", List.of("org.slf4j.."));
    LIBRARIES.put("logback", List.of("ch.qos.logback.."));
    LIBRARIES.put("micrometer", List.of("io.micrometer..", "io.prometheus.."));
    LIBRARIES.put(
        "jdbc", List.of("com.zaxxer..", "org.flywaydb..", "org.sqlite..", "org.postgresql.."));
    LIBRARIES.put("jedis", List.of("redis.clients.."));
    LIBRARIES.put("opentelemetry", List.of("io.opentelemetry.."));
  }

  static Stream<PackageRule> rules() {
    return Stream.of(below(), way(), wayOut(), towardsProviders(), beside())
        .flatMap(rules -> rules);
  }

  private static Stream<PackageRule> below() {
    return Stream.of(
        PackageRule.of("core.domain", "", ""),
        PackageRule.of("core.access", "core.domain", ""),
        PackageRule.of("core.routing", "core.domain", ""),
        PackageRule.of("core.resilience", "core.domain", ""),
        PackageRule.of("core.quota", "core.domain core.access", ""),
        PackageRule.of("core.session", "core.domain core.routing core.resilience", ""),
        PackageRule.of(
            "gateway.limits", "core.domain core.access core.routing core.quota core.session", ""),
        PackageRule.of("gateway.shared", "core.domain core.quota gateway.limits", "slf4j jedis"),
        PackageRule.of("json", "", "jackson"),
        PackageRule.of("yaml", "", "yaml"),
        PackageRule.of("gateway.loop", "core.domain", "vertx netty"),
        PackageRule.of("gateway.queue", "", ""));
  }

  private static Stream<PackageRule> towardsProviders() {
    return Stream.of(
        PackageRule.of(
            "gateway.provider.responses",
            "core.domain json gateway.exchange gateway.provider gateway.provider.openai",
            "jackson"),
        PackageRule.of(
            "gateway.provider.bedrock",
            "core.domain json gateway.exchange gateway.provider gateway.provider.anthropic"
                + " gateway.provider.claude",
            "jackson"),
        PackageRule.of(
            "gateway.provider.vertex",
            "gateway.exchange gateway.provider gateway.provider.anthropic gateway.provider.gemini",
            ""),
        PackageRule.of("gateway.credentials", "core.domain json gateway.exchange", "slf4j"),
        PackageRule.of(
            "gateway.credentials.aws", "core.domain json gateway.exchange gateway.credentials", ""),
        PackageRule.of("gateway.credentials.google", "core.domain json gateway.credentials", ""),
        PackageRule.of("gateway.upstream", "core.domain gateway.loop", "vertx netty"));
  }

  /** The way of a request to the engine. */
  private static Stream<PackageRule> way() {
    return Stream.of(
        PackageRule.of("gateway.tls", "", "vertx netty"),
        PackageRule.of("gateway.server", "core.domain gateway.loop gateway.tls", "vertx netty"),
        PackageRule.of("gateway.access", "core.domain core.access gateway.server", ""),
        PackageRule.of(
            "gateway.front",
            "core.domain core.access core.routing core.quota core.session json gateway.exchange"
                + " gateway.engine gateway.telemetry gateway.server gateway.access gateway.limits"
                + " gateway.loop",
            "zstd"),
        PackageRule.of("gateway.front.tokens", "core.domain json", "tokenizer"),
        PackageRule.of(
            "gateway.front.chat",
            "core.domain core.access core.session json gateway.exchange gateway.front"
                + " gateway.front.tokens",
            "jackson"),
        PackageRule.of(
            "gateway.front.messages",
            "core.domain core.access core.session json gateway.exchange gateway.front"
                + " gateway.front.tokens",
            ""),
        PackageRule.of(
            "gateway.front.responses",
            "core.domain core.access core.session json gateway.exchange gateway.front"
                + " gateway.front.tokens",
            ""),
        PackageRule.of(
            "gateway.front.gemini",
            "core.domain core.access core.session json gateway.exchange gateway.front"
                + " gateway.front.tokens",
            ""),
        PackageRule.of(
            "gateway.front.forward",
            "core.domain core.access core.session json gateway.exchange gateway.front",
            ""));
  }

  /** The way of a request from the engine to its provider. */
  private static Stream<PackageRule> wayOut() {
    return Stream.of(
        PackageRule.of("gateway.exchange", "core.domain core.session json", ""),
        PackageRule.of(
            "gateway.engine",
            "core.domain core.access core.routing core.session gateway.loop gateway.exchange"
                + " gateway.upstream",
            ""),
        PackageRule.of("gateway.provider", "core.domain json gateway.exchange", ""),
        PackageRule.of(
            "gateway.provider.openai",
            "core.domain json gateway.exchange gateway.provider",
            "jackson"),
        PackageRule.of(
            "gateway.provider.forward", "core.domain json gateway.exchange gateway.provider", ""),
        PackageRule.of("gateway.provider.claude", "core.domain json gateway.exchange", "jackson"),
        PackageRule.of(
            "gateway.provider.anthropic",
            "core.domain json gateway.exchange gateway.provider gateway.provider.claude",
            "jackson"),
        PackageRule.of(
            "gateway.provider.cohere",
            "core.domain json gateway.exchange gateway.provider gateway.provider.openai",
            ""),
        PackageRule.of(
            "gateway.provider.gemini",
            "core.domain json gateway.exchange gateway.provider",
            "jackson"));
  }

  private static Stream<PackageRule> beside() {
    return Stream.of(
        PackageRule.of(
            "gateway.config.access",
            "core.domain core.access core.quota yaml gateway.config.tls",
            ""),
        PackageRule.of("gateway.config.tls", "yaml", ""),
        PackageRule.of("gateway.config.route", "yaml", ""),
        PackageRule.of("gateway.config.cloud", "yaml", ""),
        PackageRule.of(
            "gateway.config",
            "core.domain core.routing core.quota yaml gateway.config.access gateway.config.cloud"
                + " gateway.config.route gateway.config.tls",
            ""),
        PackageRule.of("gateway.telemetry.log", "gateway.queue", "slf4j logback"),
        PackageRule.of(
            "gateway.telemetry",
            "core.domain core.access core.resilience core.quota core.session gateway.limits"
                + " gateway.telemetry.log",
            "slf4j micrometer"),
        PackageRule.of(
            "gateway.telemetry.tracing",
            "core.domain core.access core.session gateway.telemetry",
            "slf4j opentelemetry"),
        PackageRule.of("gateway.keys.store", "core.access", ""),
        PackageRule.of(
            "gateway.journal.store",
            "core.domain core.access core.quota gateway.keys.store",
            "jdbc"),
        PackageRule.of(
            "gateway.journal",
            "core.domain core.access json core.resilience core.session gateway.telemetry"
                + " gateway.journal.store gateway.keys.store gateway.queue",
            "slf4j"),
        PackageRule.of(
            "gateway.keys",
            "core.domain core.access core.quota json yaml gateway.access gateway.limits"
                + " gateway.config.access gateway.keys.store",
            "jackson slf4j micrometer"),
        PackageRule.of(
            "gateway.reload", "core.domain core.access yaml gateway.config", "slf4j micrometer"),
        PackageRule.of(
            "gateway.certificates",
            "core.domain yaml gateway.config gateway.config.access gateway.config.tls gateway.tls",
            "slf4j micrometer vertx"),
        PackageRule.of(
            "gateway.management",
            "core.domain core.access core.routing core.resilience core.quota json gateway.limits"
                + " gateway.telemetry gateway.telemetry.log gateway.journal gateway.journal.store"
                + " gateway.reload yaml gateway.keys gateway.keys.store"
                + " gateway.config.access",
            "vertx jackson micrometer slf4j"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void usesOnlyThePackagesOfItsLine(PackageRule rule) {
    String[] foreign =
        rules()
            .map(PackageRule::name)
            .filter(other -> !other.equals(rule.name()) && !rule.uses().contains(other))
            .map(other -> ROOT + other)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + rule.name())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(foreign)
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void usesOnlyTheLibrariesOfItsLine(PackageRule rule) {
    String[] foreign =
        LIBRARIES.entrySet().stream()
            .filter(library -> !rule.libraries().contains(library.getKey()))
            .flatMap(library -> library.getValue().stream())
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + rule.name())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(foreign)
        .check(CLASSES);
  }

  @Test
  void everyPackageHasALine() {
    Set<String> known = rules().map(rule -> ROOT + rule.name()).collect(Collectors.toSet());
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
        .resideInAnyPackage(ROOT + "core..", ROOT + "gateway..", ROOT + "json..", ROOT + "yaml..")
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
        .resideInAnyPackage(ROOT + "core..", ROOT + "gateway..", ROOT + "json..", ROOT + "yaml..")
        .check(CLASSES);
  }

  @Test
  void theTableInTheDocumentIsThisOne() throws IOException {
    String document = Files.readString(Path.of("..", "ARCHITECTURE.md"));
    String table = rules().map(PackageRule::row).collect(Collectors.joining("\n"));
    assertThat(document).contains(table);
  }

  /** A request is translated from the conversation, whatever the client's format is. */
  @Test
  void onlyThePassthroughOfAnthropicsFormatReadsTheClientsJson() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "gateway.provider.anthropic",
            ROOT + "gateway.provider.gemini",
            ROOT + "gateway.provider.responses")
        .and()
        .doNotHaveSimpleName("PassthroughRequest")
        .should()
        .callMethod(Payload.class, "root")
        .orShould()
        .callMethod(Payload.class, "bytes")
        .check(CLASSES);
  }

  /** So that nothing a provider says reaches anybody without having been redacted. */
  @Test
  void onlyOnePlaceMakesTheRepliesOfProviders() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..core.domain..", "..gateway.provider")
        .should()
        .callConstructor(
            ProviderReply.class, int.class, String.class, String.class, String.class, String.class)
        .check(CLASSES);
  }
}
