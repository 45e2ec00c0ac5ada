package com.langdock.reliability.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.fuzz.Seeds;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import com.langdock.reliability.gateway.provider.AwsFrames;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Foreign;
import com.langdock.reliability.gateway.provider.PieceOrder;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.bedrock.BedrockFormat;
import com.langdock.reliability.gateway.provider.bedrock.ConverseFormat;
import com.langdock.reliability.gateway.provider.cohere.CohereFormat;
import com.langdock.reliability.gateway.provider.gemini.GeminiFormat;
import com.langdock.reliability.gateway.provider.openai.AzureFormat;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import com.langdock.reliability.gateway.provider.responses.ResponsesFormat;
import com.langdock.reliability.gateway.provider.vertex.VertexFormat;
import com.langdock.reliability.json.JsonBody;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Readers handle arbitrary events without throwing, and their raw pieces are JSON. */
class PieceReaderFuzzTest {
  private static final List<String> OPENAI =
      List.of(
          "{'id':'a','model':'m','choices':[{'index':0,'delta':{'role':'assistant',"
              + "'content':[{'type':'text','text':'a'},{'thinking':[{'text':'b'}]}],"
              + "'tool_calls':[{'id':'c','function':{'name':'f','arguments':{'x':1}}}]},"
              + "'finish_reason':'eos'}],'usage':{'prompt_tokens':1,'total_tokens':3}}",
          "{'choices':[{'index':1,'delta':{'content':'a','refusal':null},'logprobs':{}}]}",
          "{'choices':[],'usage':{'prompt_tokens':1,'completion_tokens':1,'total_tokens':5}}",
          "{'error':{'message':'no','type':'server_error','code':503}}");
  private static final List<String> ANTHROPIC =
      List.of(
          "{'type':'message_start','message':{'id':'a','model':'m','usage':{'input_tokens':1}}}",
          "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'a',"
              + "'name':'f','input':{'x':1}}}",
          "{'type':'content_block_delta','delta':{'type':'input_json_delta','partial_json':'{'}}",
          "{'type':'content_block_delta','delta':{'type':'text_delta','text':'a'}}",
          "{'type':'content_block_delta','delta':{'type':'thinking_delta','thinking':'a'}}",
          "{'type':'content_block_stop','index':0}",
          "{'type':'message_delta','delta':{'stop_reason':'refusal','stop_details':"
              + "{'explanation':'a'}},'usage':{'output_tokens':1,'output_tokens_details':"
              + "{'thinking_tokens':1}}}",
          "{'type':'error','error':{'type':'overloaded_error','details':[{'reason':'a'}]}}");
  private static final List<String> GEMINI =
      List.of(
          "{'candidates':[{'content':{'parts':[{'text':'a','thought':true}]}}],'modelVersion':'m',"
              + "'responseId':'r','usageMetadata':{'promptTokenCount':1}}",
          "{'candidates':[{'content':{'parts':[{'text':'a','thoughtSignature':'c'}]}}]}",
          "{'candidates':[{'content':{'parts':[{'functionCall':{'name':'n','args':{'x':1}}}]}}]}",
          "{'candidates':[{'content':{'parts':[{'text':''}]},'finishReason':'STOP'}]}",
          "{'promptFeedback':{'blockReason':'OTHER'}}",
          "{'error':{'code':503,'message':'m','status':'UNAVAILABLE'}}");
  private static final List<Map.Entry<String, String>> BEDROCK =
      List.of(
          Map.entry("messageStart", "{'role':'assistant'}"),
          Map.entry(
              "contentBlockDelta",
              "{'contentBlockIndex':0,'delta':{'reasoningContent':{'text':'a','signature':'s'}}}"),
          Map.entry("contentBlockDelta", "{'contentBlockIndex':1,'delta':{'text':'a'}}"),
          Map.entry(
              "contentBlockStart",
              "{'contentBlockIndex':2,'start':{'toolUse':{'name':'f','toolUseId':'t'}}}"),
          Map.entry(
              "contentBlockDelta", "{'contentBlockIndex':2,'delta':{'toolUse':{'input':'{'}}}"),
          Map.entry("contentBlockStop", "{'contentBlockIndex':2}"),
          Map.entry("messageStop", "{'stopReason':'tool_use'}"),
          Map.entry("metadata", "{'usage':{'inputTokens':1,'outputTokens':2}}"));
  private static final List<String> COHERE =
      List.of(
          "{'type':'message-start','id':'a','delta':{'message':{'role':'assistant'}}}",
          "{'type':'tool-plan-delta','delta':{'message':{'tool_plan':'a'}}}",
          "{'type':'content-start','index':0,'delta':{'message':{'content':{'type':'thinking',"
              + "'thinking':''}}}}",
          "{'type':'content-delta','index':0,'delta':{'message':{'content':{'thinking':'a'}}}}",
          "{'type':'content-end','index':0}",
          "{'type':'content-start','index':1,'delta':{'message':{'content':{'type':'text',"
              + "'text':'a'}}}}",
          "{'type':'content-delta','index':1,'delta':{'message':{'content':{'text':'a'}}}}",
          "{'type':'content-end','index':1}",
          "{'type':'tool-call-start','index':0,'delta':{'message':{'tool_calls':{'id':'c',"
              + "'type':'function','function':{'name':'f','arguments':''}}}}}",
          "{'type':'tool-call-delta','index':0,'delta':{'message':{'tool_calls':{'function':"
              + "{'arguments':'{}'}}}}}",
          "{'type':'tool-call-end','index':0}",
          "{'type':'message-end','delta':{'finish_reason':'TOOL_CALL','usage':{'tokens':{"
              + "'input_tokens':1,'output_tokens':2},'cached_tokens':1}}}");
  private static final String FILTERED =
      "{'choices':[],'prompt_filter_results':[{'content_filter_results':{'hate':{'filtered':false}"
          + "}}]}";
  private static final List<String> RESPONSES =
      List.of(
          "{'type':'response.created','response':{'id':'a','model':'m','created_at':1}}",
          "{'type':'response.output_item.added','output_index':0,'item':{'type':'reasoning'}}",
          "{'type':'response.reasoning_summary_text.delta','output_index':0,'delta':'a'}",
          "{'type':'response.output_item.done','output_index':0,'item':{'type':'reasoning',"
              + "'encrypted_content':'e'}}",
          "{'type':'response.output_item.added','output_index':1,'item':{'type':'function_call',"
              + "'call_id':'c','name':'f'}}",
          "{'type':'response.output_item.added','output_index':2,'item':{'type':'message'}}",
          "{'type':'response.output_text.delta','output_index':2,'delta':'a'}",
          "{'type':'response.function_call_arguments.delta','output_index':1,'delta':'{'}",
          "{'type':'response.output_item.done','output_index':2,'item':{'type':'message',"
              + "'content':[{'type':'output_text','text':'a'}]}}",
          "{'type':'response.output_item.done','output_index':1,'item':{'type':'function_call',"
              + "'call_id':'c','name':'f','arguments':'{}'}}",
          "{'type':'response.completed','response':{'output':[],'usage':{'input_tokens':1}}}");
  private static final List<String> VALUES =
      List.of("null", "5", "-1e400", "'x'", "[]", "{}", "[[]]", "true", "{'a':{}}", "''", "'text'");

  @Test
  void openAis() {
    for (int seed : Seeds.of("chunks of OpenAI", 5_000)) {
      check(new OpenAiFormat(true), OPENAI, seed);
    }
  }

  @Test
  void openAisForOtherClients() {
    for (int seed : Seeds.of("chunks of OpenAI for others", 5_000)) {
      Random random = new Random(seed);
      List<Piece> pieces = new ArrayList<>();
      PieceReader reader =
          new OpenAiFormat(true)
              .readStream(Foreign.of("{\"messages\":[]}", "m", Exchanges.OLD), Replies.head(200));
      for (String event : OPENAI) {
        String sent = random.nextBoolean() ? event : mutated(event, random);
        reader.read(sent.replace('\'', '"').getBytes(UTF_8), pieces::add);
      }
      String broken = PieceOrder.brokenBy(pieces);
      assertThat(broken).as("seed %d", seed).isIn("", "a block stays open");
    }
  }

  @Test
  void anthropics() {
    for (int seed : Seeds.of("events of Anthropic", 5_000)) {
      check(new AnthropicFormat(), ANTHROPIC, seed);
    }
  }

  @Test
  void geminis() {
    for (int seed : Seeds.of("responses of Gemini", 5_000)) {
      check(new GeminiFormat(), GEMINI, seed);
    }
  }

  @Test
  void azures() {
    List<String> events = Stream.concat(Stream.of(FILTERED), OPENAI.stream()).toList();
    for (int seed : Seeds.of("chunks of Azure", 5_000)) {
      check(new AzureFormat(new OpenAiFormat(true), null), events, seed);
    }
  }

  @Test
  void vertexes() {
    for (int seed : Seeds.of("responses of Vertex", 5_000)) {
      Random random = new Random(seed);
      boolean isClaude = random.nextBoolean();
      String model = isClaude ? "claude-sonnet-4-5" : "gemini-3-flash";
      checkOrder(
          VertexFormat.create(UnaryOperator.identity()),
          Foreign.of("{\"messages\":[]}", model, Exchanges.OLD),
          isClaude ? ANTHROPIC : GEMINI,
          random);
    }
  }

  @Test
  void coheres() {
    for (int seed : Seeds.of("events of Cohere", 5_000)) {
      checkOrder(
          new CohereFormat(),
          Foreign.of("{\"messages\":[]}", "m", Exchanges.OLD),
          COHERE,
          new Random(seed));
    }
  }

  @Test
  void responses() {
    for (int seed : Seeds.of("events of responses", 5_000)) {
      checkOrder(
          new ResponsesFormat(),
          Foreign.of("{\"messages\":[]}", "m", Exchanges.OLD),
          RESPONSES,
          new Random(seed));
    }
  }

  /** The frames of Bedrock's Invoke have the events of Anthropic in base64. */
  @Test
  void invokes() {
    TargetModel claude = new TargetModel("c", "anthropic.claude-3-opus", Exchanges.OLD);
    TargetRequest asked =
        Exchanges.ofMessages("{\"model\":\"c\",\"messages\":[]}", Map.of(), claude);
    for (int seed : Seeds.of("events of Invoke", 5_000)) {
      Random random = new Random(seed);
      PieceReader reader = BedrockFormat.create().readStream(asked, Replies.head(200));
      List<Piece> pieces = new ArrayList<>();
      for (String event : ANTHROPIC) {
        String json = random.nextBoolean() ? event : mutated(event, random);
        String bytes = Base64.getEncoder().encodeToString(json.replace('\'', '"').getBytes(UTF_8));
        String payload = "{\"bytes\":\"" + bytes + "\"}";
        reader.read(AwsFrames.event(random.nextInt(9) == 0 ? "x" : "chunk", payload), pieces::add);
      }
      assertThat(pieces).as("seed %d", seed).isNotEmpty();
    }
  }

  private static void checkOrder(
      ProviderFormat format, TargetRequest request, List<String> events, Random random) {
    List<Piece> pieces = new ArrayList<>();
    PieceReader reader = format.readStream(request, Replies.head(200));
    StringBuilder all = new StringBuilder();
    for (String event : events) {
      String sent = random.nextInt(3) > 0 ? event : mutated(event, random);
      all.append(sent).append('\n');
      reader.read(sent.replace('\'', '"').getBytes(UTF_8), pieces::add);
    }
    pieces.removeIf(piece -> piece instanceof Piece.Failed || piece instanceof Piece.Ended);
    assertThat(PieceOrder.brokenBy(pieces)).as("%s", all).isIn("", "a block stays open");
  }

  @Test
  void bedrocks() {
    for (int seed : Seeds.of("events of Bedrock", 5_000)) {
      Random random = new Random(seed);
      List<Piece> pieces = new ArrayList<>();
      PieceReader reader =
          new ConverseFormat()
              .readStream(
                  Exchanges.of("{\"messages\":[]}", "claude", Exchanges.OLD), Replies.head(200));
      for (Map.Entry<String, String> event : BEDROCK) {
        String json = random.nextBoolean() ? event.getValue() : mutated(event.getValue(), random);
        reader.read(AwsFrames.event(event.getKey(), json.replace('\'', '"')), pieces::add);
      }
      pieces.removeIf(piece -> piece instanceof Piece.Failed || piece instanceof Piece.Ended);
      assertThat(PieceOrder.brokenBy(pieces)).as("seed %d", seed).isIn("", "a block stays open");
    }
  }

  private static void check(ProviderFormat format, List<String> events, int seed) {
    Random random = new Random(seed);
    ChatReader decoder =
        new ChatReader(
            format, Exchanges.of("{\"messages\":[]}", "m", Exchanges.OLD), Replies.head(200));
    for (String event : events) {
      String sent = random.nextBoolean() ? event : mutated(event, random);
      Piece part = decoder.read(sent.replace('\'', '"').getBytes(UTF_8));
      boolean isGood = !(part instanceof Piece.Raw chunk) || JsonBody.json(chunk.bytes()) != null;
      assertThat(isGood).as("seed %d, %s", seed, sent).isTrue();
    }
  }

  /** Replaces a value with a strange one or breaks a character. */
  private static String mutated(String event, Random random) {
    StringBuilder text = new StringBuilder(event);
    int colon = text.indexOf(":", random.nextInt(text.length()));
    if (colon < 0 || random.nextInt(4) == 0) {
      text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(32, 127));
      return text.toString();
    }
    int end = colon + 1;
    while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.replace(colon + 1, end, VALUES.get(random.nextInt(VALUES.size()))).toString();
  }
}
