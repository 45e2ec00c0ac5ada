package com.langdock.reliability.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.fuzz.Seeds;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.front.Front;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** No valid request of one API becomes a request that a provider of another API refuses. */
class AnyRequestTest {
  private static final int SEEDS = 2_000;

  /** The targets of each request, in turn. */
  private static final int EACH = 3;

  /** Each request of so many asks for the rest of an answer. */
  private static final int CONTINUED = 4;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void ofAChatClientIsAcceptedOrItsFieldIsNamed() {
    check(
        "chat", Fronts.CHAT, WireFormat.CHAT, seed -> new AnyChatRequest(seed).body(Fronts.MODEL));
  }

  @Test
  void ofAMessagesClientIsAcceptedOrItsFieldIsNamed() {
    check(
        "messages",
        Fronts.MESSAGES,
        WireFormat.MESSAGES,
        seed -> new AnyMessagesRequest(seed).body(Fronts.MODEL));
  }

  @Test
  void ofAResponsesClientIsAcceptedOrItsFieldIsNamed() {
    check(
        "responses",
        Fronts.RESPONSES,
        WireFormat.RESPONSES,
        seed -> new AnyResponsesRequest(seed).body(Fronts.MODEL));
  }

  @Test
  void ofAGeminiClientIsAcceptedOrItsFieldIsNamed() {
    check("gemini", Fronts.GEMINI, WireFormat.GEMINI, seed -> new AnyGeminiRequest(seed).body());
  }

  private static void check(
      String name, Front front, WireFormat format, LongFunction<byte[]> requests) {
    List<SentTo> targets = SentTo.all().stream().filter(target -> !target.speaks(format)).toList();
    for (int seed : Seeds.of("any request of " + name, SEEDS)) {
      byte[] body = requests.apply(seed);
      Exchange exchange = Fronts.read(front, body);
      for (int i = 0; i < EACH; i++) {
        SentTo target = targets.get(Math.floorMod(seed * EACH + i, targets.size()));
        Written written =
            seed % CONTINUED == 0 ? target.writeRest(exchange, "So far. ") : target.write(exchange);
        assertThat(problem(target, written, body))
            .as(() -> "seed %d to %s: %s".formatted(seed, target, new String(body, UTF_8)))
            .isEmpty();
      }
    }
  }

  /** Empty if the provider accepts the request, or the error names a field of it. */
  private static String problem(SentTo target, Written written, byte[] body) {
    return switch (written) {
      case Written.Request(Outgoing outgoing, var changes) ->
          target.refusal(outgoing).map(rule -> "refused: " + rule).orElse("");
      case Written.Unsigned unsigned -> "unsigned";
      case Written.Parts parts -> "in parts";
      case Written.Untranslatable untranslatable -> {
        JsonNode request = JSON.readTree(body);
        String field = untranslatable.failure().field();
        yield FieldPath.exists(request, field) ? "" : "names no field: " + field;
      }
    };
  }
}
