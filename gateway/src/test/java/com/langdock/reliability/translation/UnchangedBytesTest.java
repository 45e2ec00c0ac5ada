package com.langdock.reliability.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.fuzz.Seeds;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.front.Front;
import java.net.URLDecoder;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client sends reaches a provider of the same API, but for the model and our own fields. */
class UnchangedBytesTest {
  private static final int SEEDS = 1_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> OWN = List.of("client_id", "preferred_provider");

  @Test
  void ofAChatClient() {
    check(
        "chat", Fronts.CHAT, WireFormat.CHAT, seed -> new AnyChatRequest(seed).body(Fronts.MODEL));
  }

  @Test
  void ofAMessagesClient() {
    check(
        "messages",
        Fronts.MESSAGES,
        WireFormat.MESSAGES,
        seed -> new AnyMessagesRequest(seed).body(Fronts.MODEL));
  }

  /** Clouds have the model in the path and a version in the body. */
  @Test
  void ofAMessagesClientOfAClaudeAtACloud() {
    List<SentTo> targets =
        SentTo.all().stream()
            .filter(target -> target.speaks(WireFormat.MESSAGES))
            .filter(target -> !target.wire().equals(WireFormat.MESSAGES))
            .toList();
    assertThat(targets).hasSize(4);
    for (int seed : Seeds.of("unchanged bytes of messages at clouds", SEEDS)) {
      byte[] body = new AnyMessagesRequest(seed).body(Fronts.MODEL);
      SentTo target = targets.get(seed % targets.size());
      Written written = target.write(Fronts.read(Fronts.MESSAGES, body));
      assertThat(written).isInstanceOf(Written.Request.class);
      Outgoing outgoing = ((Written.Request) written).outgoing();
      ObjectNode sent = (ObjectNode) JSON.readTree(outgoing.body());

      assertThat(URLDecoder.decode(outgoing.path(), UTF_8)).contains(target.model());
      assertThat(sent.has("model")).isFalse();
      assertThat(sent.path("anthropic_version").asString())
          .matches("(vertex|bedrock)-2023-\\d\\d-\\d\\d");
      sent.remove("anthropic_version");
      ObjectNode asked = (ObjectNode) JSON.readTree(body);
      if (target.wire().name().endsWith("bedrock")) {
        asked.remove("stream");
      }
      assertThat(theirs(sent, body)).as("seed %d", seed).isEqualTo(theirs(asked, body));
    }
  }

  /** But for signatures of other formats; functions that other providers called are signed. */
  @Test
  void ofAGeminiClient() {
    List<SentTo> targets =
        SentTo.all().stream().filter(to -> to.wire().equals(WireFormat.GEMINI)).toList();
    for (int seed : Seeds.of("unchanged bytes of gemini", SEEDS)) {
      byte[] body = new AnyGeminiRequest(seed).body();
      SentTo target = targets.get(seed % targets.size());
      Written written = target.write(Fronts.read(Fronts.GEMINI, body));
      assertThat(written).isInstanceOf(Written.Request.class);
      Outgoing sent = ((Written.Request) written).outgoing();

      assertThat(sent.path()).isEqualTo("/models/" + target.model() + ":generateContent");
      assertThat(unsigned(JSON.readTree(sent.body())))
          .as("seed %d", seed)
          .isEqualTo(unsigned(JSON.readTree(body)));
      assertThat(new String(sent.body(), UTF_8)).doesNotContain("Z3cx", "client_id");
    }
  }

  private static JsonNode unsigned(JsonNode request) {
    ((ObjectNode) request).remove(OWN);
    for (JsonNode content : request.path("contents")) {
      ArrayNode parts = (ArrayNode) content.path("parts");
      parts.removeIf(part -> part.path("text").asString("x").isEmpty());
      parts.forEach(part -> ((ObjectNode) part).remove("thoughtSignature"));
    }
    return request;
  }

  private static void check(
      String name, Front front, WireFormat format, LongFunction<byte[]> requests) {
    List<SentTo> targets =
        SentTo.all().stream().filter(target -> target.wire().equals(format)).toList();
    for (int seed : Seeds.of("unchanged bytes of " + name, SEEDS)) {
      byte[] body = requests.apply(seed);
      SentTo target = targets.get(seed % targets.size());
      Written written = target.write(Fronts.read(front, body));
      assertThat(written).isInstanceOf(Written.Request.class);
      JsonNode sent = JSON.readTree(((Written.Request) written).outgoing().body());

      assertThat(sent.path("model").asString()).isEqualTo(target.model());
      assertThat(theirs(sent, body))
          .as("seed %d", seed)
          .isEqualTo(theirs(JSON.readTree(body), body));
    }
  }

  /**
   * What is the client's alone: no fields of ours, and no thinking that we gave it from other
   * models, without which thinking may be off. The gateway needs the usage of every stream.
   */
  private static JsonNode theirs(JsonNode json, byte[] asked) {
    ObjectNode fields = (ObjectNode) json;
    fields.remove(OWN);
    fields.remove(List.of("model", "stream_options"));
    for (JsonNode message : fields.path("messages")) {
      if (message.path("content") instanceof ArrayNode blocks) {
        blocks.removeIf(UnchangedBytesTest::isOfAnotherModel);
      }
    }
    String text = new String(asked, UTF_8);
    if (text.contains("\"gw1.") || text.contains("\"signature\":\"\"")) {
      fields.remove("thinking");
    }
    return fields;
  }

  private static boolean isOfAnotherModel(JsonNode block) {
    String signature = block.path("signature").asString("x");
    return signature.isEmpty()
        || (signature.startsWith("gw1.") && !signature.startsWith("gw1.messages."));
  }
}
