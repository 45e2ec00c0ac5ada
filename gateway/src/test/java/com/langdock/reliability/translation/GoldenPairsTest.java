package com.langdock.reliability.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.provider.AwsFrames;
import com.langdock.reliability.gateway.provider.Golden;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.anthropic.MessagesHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden files of each pair of a client API and a provider: {@code client/API/case.json} is what a
 * client asks, {@code provider/PROVIDER/case.json} and {@code case.sse} what a provider answers,
 * whole and as a stream, and {@code API-PROVIDER/case.txt} what the gateway makes of both: the
 * request to the provider, and the client's answer, whole and as a stream.
 *
 * <p>{@code mvn test -Dgolden.write=true} writes what comes out now; read the diff.
 */
class GoldenPairsTest {
  private static final Path ROOT = Path.of("src", "test", "resources", "golden", "pairs");
  private static final List<String> PROVIDERS =
      List.of(
          "openai",
          "responses",
          "anthropic",
          "gemini",
          "bedrock",
          "azure",
          "cohere",
          "vertex",
          "vertex-claude");

  static Stream<Arguments> cases() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("client/chat"))) {
      List<String> names =
          files.map(file -> file.getFileName().toString().replace(".json", "")).sorted().toList();
      assertThat(names).isNotEmpty();
      return Fronts.names()
          .flatMap(api ->
              PROVIDERS.stream()
                  .flatMap(
                      provider -> names.stream().map(name -> Arguments.of(api, provider, name))));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aPairTranslates(String api, String provider, String name) throws IOException {
    Front front = Fronts.of(api);
    SentTo target = target(provider);
    String asked = Files.readString(ROOT.resolve("client/" + api + "/" + name + ".json"));
    Exchange whole = exchange(front, asked);
    Exchange stream =
        exchange(
            front,
            asked.replaceFirst(
                "\\{", "{\"stream\":true,\"stream_options\":{\"include_usage\":true},"));
    ProviderFormat format = reading(provider, target);
    Path answers = ROOT.resolve("provider/" + answering(provider));

    String told =
        "# Request\n"
            + request(target.write(whole))
            + "\n# Answer\n"
            + indented(
                Relay.whole(
                    front, whole, format, Files.readAllBytes(answers.resolve(name + ".json"))))
            + "\n\n# Stream\n"
            + Relay.stream(front, stream, format, streamed(target, answers.resolve(name + ".sse")));

    check(ROOT.resolve(api + "-" + provider).resolve(name + ".txt"), told.stripTrailing() + "\n");
  }

  private static byte[] streamed(SentTo target, Path events) throws IOException {
    return target.wire().equals(WireFormat.CONVERSE)
        ? AwsFrames.of(Files.readString(events))
        : Files.readAllBytes(events);
  }

  /** Whose answers those of {@code provider} are like. */
  private static String answering(String provider) {
    return switch (provider) {
      case "vertex" -> "gemini";
      case "vertex-claude" -> "anthropic";
      default -> provider;
    };
  }

  /** A request knows the model that is asked, an answer is read without it. */
  private static ProviderFormat reading(String provider, SentTo target) {
    return provider.equals("vertex-claude")
        ? new AnthropicFormat(MessagesHost.VERTEX)
        : target.format();
  }

  private static SentTo target(String provider) {
    if (provider.equals("azure")) {
      return SentTo.azure("gpt-5.4");
    }
    String model =
        switch (provider) {
          case "openai" -> "gpt-5.4";
          case "responses" -> "gpt-5.6";
          case "anthropic" -> "claude-sonnet-4-5";
          case "bedrock" -> "eu.anthropic.claude-sonnet-4-5-20250929-v1:0";
          case "cohere" -> "command-a-03-2025";
          case "vertex" -> "gemini-3-flash";
          case "vertex-claude" -> "claude-sonnet-4-5@20250929";
          default -> "gemini-3.5-flash";
        };
    return SentTo.all().stream().filter(to -> to.model().equals(model)).findFirst().orElseThrow();
  }

  private static Exchange exchange(Front front, String json) {
    return Fronts.read(front, json.replace("\"garden\"", "\"any\"").getBytes(UTF_8));
  }

  private static String request(Written written) {
    return switch (written) {
      case Written.Untranslatable untranslatable -> untranslatable.failure().message() + "\n";
      case Written.Unsigned unsigned -> throw new AssertionError(unsigned);
      case Written.Parts parts -> throw new AssertionError(parts);
      case Written.Request(Outgoing outgoing, RequestChanges changes) ->
          "%s %s\n%s\n%s"
              .formatted(
                  outgoing.method(),
                  outgoing.path(),
                  indented(new String(outgoing.body(), UTF_8)),
                  changes.equals(RequestChanges.NONE) ? "" : changes + "\n");
    };
  }

  private static String indented(String json) {
    return Golden.indented(json.getBytes(UTF_8));
  }

  private static void check(Path file, String actual) throws IOException {
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }
}
