package com.langdock.reliability.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.fuzz.Seeds;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A chunk that differs from the last one in its text only is not read as JSON. What comes out is
 * the same as when each is read: the same events with a space that moves never repeat.
 */
class RepeatedChunksTest {
  private static final TargetModel TARGET = new TargetModel("m", "m", Exchanges.OLD);
  private static final List<String> TEXTS =
      List.of(
          "a", " b", "", "\\n", "\\\"", "ü𝄞", "\\ud83d", "\\u00e9", "\\", "\t", "\"", "ccc ccc");

  private static final List<String> OPENAI =
      List.of(
          "{'id':'a','model':'m','choices':[{'index':0,'delta':{'content':'~'}}]}",
          "{'id':'a','choices':[{'index':0,'delta':{'content':'~'}}],'obfuscation':'~'}",
          "{'p':'~','id':'a','choices':[{'index':0,'delta':{'content':'~','refusal':null}}]}",
          "{'choices':[{'index':0,'delta':{'content':'','reasoning_content':'~'}}]}",
          "{'choices':[{'index':0,'delta':{'content':'~','reasoning':'~'}}]}",
          "{'choices':[{'index':1,'delta':{'content':'~'}}]}",
          "{'choices':[{'index':0,'delta':{'content':'~'}},{'index':1,'delta':{'content':'~'}}]}",
          "{'choices':[{'index':0,'delta':{'content':'~'},'finish_reason':''}]}",
          "{'choices':[{'index':0,'delta':{'content':'~'},'finish_reason':'stop'}]}",
          "{'choices':[{'index':0,'delta':{'content':'~','content':'~'}}]}",
          "{'choices':[{'index':0,'delta':{'content':'~'}}],'usage':{'total_tokens':3}}",
          "{'choices':[{'index':0,'delta':{'tool_calls':[{'function':{'arguments':'~'}}]}}]}");

  private static final List<String> ANTHROPIC =
      List.of(
          "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}",
          "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'a',"
              + "'name':'f','input':{}}}",
          "{'type':'content_block_start','index':0,'content_block':{'type':'server_tool_use'}}",
          "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'~'}}",
          "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'~'}   }",
          "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta',"
              + "'thinking':'~'}}",
          "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta',"
              + "'partial_json':'~'}}",
          "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta',"
              + "'signature':'~'}}",
          "{'type':'content_block_stop','index':0}",
          "{'type':'ping'}");

  @Test
  void openAisAreReadAsAnyOther() {
    TargetRequest request = Exchanges.of("{\"messages\":[]}", "m", Exchanges.OLD);
    for (int seed : Seeds.of("repeated chunks of OpenAI", 3_000)) {
      check(new OpenAiFormat(true), request, OPENAI, List.of(), seed);
    }
  }

  @Test
  void anthropicsAreReadAsAnyOther() {
    TargetRequest request = Exchanges.ofMessages("{\"stream\":true}", Map.of(), TARGET);
    List<String> first = List.of("{'type':'message_start','message':{'id':'a','model':'m'}}");
    for (int seed : Seeds.of("repeated events of Anthropic", 3_000)) {
      check(new AnthropicFormat(), request, ANTHROPIC, first, seed);
    }
  }

  private static void check(
      ProviderFormat format,
      TargetRequest request,
      List<String> kinds,
      List<String> first,
      int seed) {
    Random random = new Random(seed);
    List<String> events = new ArrayList<>(first);
    String kind = kinds.getFirst();
    for (int i = 0; i < 20; i++) {
      kind = random.nextInt(3) == 0 ? kinds.get(random.nextInt(kinds.size())) : kind;
      events.add(withTexts(kind, random));
    }
    PieceReader quick = format.readStream(request, Replies.head(200));
    PieceReader slow = format.readStream(request, Replies.head(200));
    boolean moves = false;
    for (String event : events) {
      String json = event.replace('\'', '"');
      String spaced = moves ? "{ " + json.substring(1) : json;
      moves = !moves;
      assertThat(read(quick, json)).as("seed %d, %s", seed, json).isEqualTo(read(slow, spaced));
    }
  }

  private static String withTexts(String kind, Random random) {
    StringBuilder event = new StringBuilder(kind);
    for (int at = event.indexOf("~"); at >= 0; at = event.indexOf("~")) {
      event.replace(at, at + 1, TEXTS.get(random.nextInt(TEXTS.size())));
    }
    return event.toString();
  }

  /** The pieces of an event, as text. */
  private static List<String> read(PieceReader reader, String json) {
    List<String> pieces = new ArrayList<>();
    reader.read(json.getBytes(UTF_8), piece -> pieces.add(text(piece)));
    return pieces;
  }

  private static String text(Piece piece) {
    return switch (piece) {
      case Piece.Raw(
              byte[] bytes,
              String text,
              Piece.Content content,
              int ends,
              TokenReport used) ->
          "%s %s %s %d %s".formatted(json(bytes), text, content, ends, used);
      case Piece.Event(String name, byte[] bytes, int block, Piece meaning, TokenReport used) ->
          "%s %s %d %s %s".formatted(name, json(bytes), block, meaning, used);
      case Piece other -> other.toString();
    };
  }

  private static String json(byte[] bytes) {
    return new String(bytes, UTF_8).replaceFirst("^\\{ ", "{");
  }
}
