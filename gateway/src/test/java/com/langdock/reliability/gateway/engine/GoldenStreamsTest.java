package com.langdock.reliability.gateway.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.domain.UsageDetails;
import com.langdock.reliability.gateway.exchange.Codec;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.StreamDecoder;
import com.langdock.reliability.gateway.exchange.StreamPart;
import com.langdock.reliability.gateway.exchange.StreamPart.Tokens;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicCodec;
import com.langdock.reliability.gateway.provider.openai.OpenAiCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden streams: {@code name.in.sse} is what a provider sends, {@code name.out.sse} what a client
 * that asked for usage gets, {@code name.whole.txt} what the same is as a whole answer. A failure
 * stands at the end as {@code failed: word}. The samples are shaped like recorded ones.
 *
 * <p>{@code mvn test -Dgolden.write=true} writes what comes out now; read the diff.
 */
class GoldenStreamsTest {
  private static final Path ROOT = Path.of("src", "test", "resources", "golden");

  static Stream<Path> streams() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String format : List.of("openai", "anthropic")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(format).resolve("stream"))) {
        files.filter(file -> file.toString().endsWith(".in.sse")).sorted().forEach(all::add);
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void reachesTheClientAs(Path in) throws IOException {
    byte[] sent = Files.readAllBytes(in);
    String out = relayed(in, sent, sent.length);
    check(in, ".out.sse", out);
    for (int pieces : new int[] {1, 7, 100}) {
      assertThat(relayed(in, sent, pieces)).as("in pieces of %d", pieces).isEqualTo(out);
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void isAssembledTo(Path in) throws IOException {
    int choices = in.toString().contains("two-choices") ? 2 : 1;
    Decoded whole =
        StreamedAnswer.of(decoder(in), Replies.head(200), choices, Files.readAllBytes(in));
    String told =
        switch (whole) {
          case Decoded.Answer answer ->
              new String(answer.json(), UTF_8)
                  + "\ncontent: "
                  + answer.content()
                  + "\n"
                  + text(answer.usage())
                  + "\n";
          case Decoded.Failed failed -> "failed: " + failed.failure().word() + "\n";
        };
    check(in, ".whole.txt", told);
  }

  /** The counts that every answer has, and those behind them only where there are any. */
  private static String text(Usage usage) {
    String counts =
        "Usage[inputTokens=%d, cachedInputTokens=%d, outputTokens=%d]"
            .formatted(usage.inputTokens(), usage.cachedInputTokens(), usage.outputTokens());
    return usage.details().equals(UsageDetails.NONE) ? counts : counts + " " + usage.details();
  }

  /** A whole answer that is made a stream, and assembled again, is the same answer. */
  @ParameterizedTest
  @MethodSource("streams")
  void isTheSameAfterAWayThroughBothForms(Path in) throws IOException {
    int choices = in.toString().contains("two-choices") ? 2 : 1;
    Decoded whole =
        StreamedAnswer.of(decoder(in), Replies.head(200), choices, Files.readAllBytes(in));
    if (!(whole instanceof Decoded.Answer answer)) {
      return;
    }
    SseWriter events = new SseWriter();
    String usage = "";
    for (StreamPart.Chunk chunk : AnswerChunks.of(answer)) {
      events.data(chunk.json());
      usage = chunk.tokens() == null ? usage : chunk.tokens().json();
    }
    if (!usage.isEmpty()) {
      events.data(("{\"choices\":[],\"usage\":" + usage + "}").getBytes(UTF_8));
    }
    StreamDecoder decoder = new OpenAiCodec(true).stream(exchange(), Replies.head(200));
    Decoded again = StreamedAnswer.of(decoder, Replies.head(200), choices, events.take());
    assertThat(again)
        .isInstanceOfSatisfying(
            Decoded.Answer.class,
            second -> {
              assertThat(second.content()).isEqualTo(answer.content());
              assertThat(second.usage()).isEqualTo(answer.usage());
              assertThat(second.json()).hasSize(answer.json().length);
            });
  }

  private static String relayed(Path in, byte[] sent, int pieces) {
    String request = "{\"messages\":[],\"stream_options\":{\"include_usage\":true}}";
    Relay relay = new Relay(Exchanges.streaming(request));
    relay.attempt(new Target("provider", "model"), false);
    Client client = new Client(relay);
    StreamDecoder decoder = decoder(in);
    SseReader reader = new SseReader(data -> client.add(decoder.read(data)));
    for (int at = 0; at < sent.length; at += pieces) {
      reader.read(Arrays.copyOfRange(sent, at, Math.min(sent.length, at + pieces)));
    }
    reader.end();
    return client.end();
  }

  /** What reaches a client, without the rules of when it ends. */
  private static final class Client {
    private final Relay relay;
    private @Nullable Tokens tokens;
    private @Nullable Failure failure;

    Client(Relay relay) {
      this.relay = relay;
    }

    void add(StreamPart part) {
      switch (part) {
        case StreamPart.Chunk chunk when failure == null -> {
          tokens = chunk.tokens() == null ? tokens : chunk.tokens();
          relay.add(chunk);
        }
        case StreamPart.Tokens said -> tokens = said;
        case StreamPart.Failed failed -> failure = failed.failure();
        case StreamPart.Chunk chunk -> {}
        case StreamPart.End end -> {}
        case StreamPart.Nothing nothing -> {}
        case StreamPart.Thinks thinks -> {}
      }
    }

    String end() {
      if (failure == null) {
        relay.used(tokens == null ? Usage.NONE : tokens.usage(), tokens);
        relay.end();
      }
      String told = new String(relay.take(), UTF_8);
      return failure == null ? told : told + "failed: " + failure.word() + "\n";
    }
  }

  private static StreamDecoder decoder(Path in) {
    Codec codec =
        in.toString().contains("anthropic") ? new AnthropicCodec() : new OpenAiCodec(true);
    return codec.stream(exchange(), Replies.head(200));
  }

  private static TargetRequest exchange() {
    TargetModel model = new TargetModel("model", "upstream-model", Exchanges.OLD);
    return new TargetRequest(Exchanges.request("{\"messages\":[]}"), model);
  }

  private static void check(Path in, String ending, String actual) throws IOException {
    Path file = in.resolveSibling(in.getFileName().toString().replace(".in.sse", ending));
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }
}
