package com.langdock.reliability.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.fuzz.Seeds;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.bedrock.ConverseFormat;
import com.langdock.reliability.gateway.provider.cohere.CohereFormat;
import com.langdock.reliability.gateway.provider.gemini.GeminiFormat;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import com.langdock.reliability.gateway.provider.responses.ResponsesFormat;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every format decodes arbitrary answers without throwing, and decoded answers are valid. */
class AnswerFuzzTest {
  private static final List<String> OPENAI =
      List.of(
          "{'id':'a','model':'m','service_tier':'flex','choices':[{'index':0,'message':{'role':"
              + "'assistant','content':[{'type':'text','text':'a'},{'thinking':[{'text':'b'}]}],"
              + "'reasoning':'r','tool_calls':[{'id':'c','function':{'name':'f','arguments':"
              + "{'x':1}}}]},'finish_reason':'eos'},{'index':1,'message':{'content':'b'}}],"
              + "'usage':{'prompt_tokens':4,'completion_tokens':1,'total_tokens':9,"
              + "'prompt_tokens_details':{'cached_tokens':1,'cache_write_tokens':1,"
              + "'audio_tokens':1},'completion_tokens_details':{'audio_tokens':1}}}",
          "{'choices':[{'error':{'message':'no','code':'502'}}]}",
          "{'error':{'message':'no','type':'t','code':400,'details':[{'reason':'r'}]}}",
          "{'detail':[{'loc':['body','x'],'msg':'m','type':'missing'}]}",
          "[{'error':{'code':429,'details':[{'retryDelay':'4s','violations':[{'quotaId':'q'}]}]}}]",
          "{'object':'error','message':{'detail':[{'loc':['body'],'msg':'m'}]},'code':'3051'}",
          "{'errors':[{'message':'m','code':5007}],'success':false}");
  private static final List<String> ANTHROPIC =
      List.of(
          "{'type':'message','id':'a','model':'m','content':[{'type':'text','text':'a'},"
              + "{'type':'thinking','thinking':'b'},{'type':'tool_use','id':'i','name':'n',"
              + "'input':{'x':1}}],'stop_reason':'refusal','stop_details':{'explanation':'e'},"
              + "'usage':{'input_tokens':1,'output_tokens':2,'cache_read_input_tokens':1,"
              + "'cache_creation_input_tokens':5,'cache_creation':{'ephemeral_1h_input_tokens':3},"
              + "'server_tool_use':{'web_search_requests':1},'output_tokens_details':"
              + "{'thinking_tokens':1}}}",
          "{'type':'error','error':{'type':'rate_limit_error','message':'m','details':"
              + "{'error_code':'c'}}}");
  private static final List<String> GEMINI =
      List.of(
          "{'candidates':[{'content':{'parts':[{'text':'a','thought':true},{'text':'b',"
              + "'thoughtSignature':'c'},{'functionCall':{'id':'i','name':'n','args':{'x':1}},"
              + "'thoughtSignature':'d'}],'role':'model'},'finishReason':'STOP','index':0}],"
              + "'usageMetadata':{'promptTokenCount':1,'candidatesTokenCount':2,'serviceTier':"
              + "'flex','thoughtsTokenCount':3,'cachedContentTokenCount':1,'promptTokensDetails':"
              + "[{'modality':'AUDIO','tokenCount':1}]},'modelVersion':'m','responseId':'r'}",
          "{'promptFeedback':{'blockReason':'OTHER','blockReasonMessage':'m'}}",
          "[{'candidates':[{'content':{'parts':[{'text':'a'}]},'finishReason':'SAFETY'}]}]",
          "{'candidates':[{'content':{},'finishReason':'MALFORMED_RESPONSE'}]}");
  private static final List<String> BEDROCK =
      List.of(
          "{'output':{'message':{'role':'assistant','content':[{'reasoningContent':"
              + "{'reasoningText':{'text':'a','signature':'s'}}},{'text':'b'},{'toolUse':{"
              + "'toolUseId':'i','name':'n','input':{'x':1}}},{'reasoningContent':"
              + "{'redactedContent':'YQ=='}}]}},'stopReason':'tool_use','usage':{'inputTokens':1,"
              + "'outputTokens':2,'cacheReadInputTokens':3,'cacheWriteInputTokens':4,"
              + "'cacheDetails':[{'ttl':'1h','inputTokens':2}]},'serviceTier':{'type':'flex'}}",
          "{'output':{'message':{'content':[]}},'stopReason':'malformed_tool_use'}",
          "{'message':'no'}");
  private static final List<String> COHERE =
      List.of(
          "{'id':'a','message':{'role':'assistant','tool_plan':'p','content':[{'type':'thinking',"
              + "'thinking':'t'},{'type':'text','text':'a'}],'tool_calls':[{'id':'c','type':"
              + "'function','function':{'name':'f','arguments':'{}'}}]},'finish_reason':"
              + "'TOOL_CALL','usage':{'billed_units':{'input_tokens':1,'output_tokens':2},"
              + "'tokens':{'input_tokens':3,'output_tokens':4,'reasoning_tokens':1}}}",
          "{'id':'a','message':'too many tokens'}");
  private static final List<String> RESPONSES =
      List.of(
          "{'object':'response','id':'a','model':'m','created_at':7,'status':'completed','output':"
              + "[{'type':'reasoning','summary':[{'text':'r'}],'encrypted_content':'e'},{'type':"
              + "'message','content':[{'type':'output_text','text':'a'},{'type':'refusal',"
              + "'refusal':'n'}]},{'type':'function_call','call_id':'c','name':'f','arguments':"
              + "'{}'},{'type':'custom_tool_call','name':'p','namespace':'n','input':'x'}],'usage':"
              + "{'input_tokens':1,'output_tokens':2,'input_tokens_details':{'cached_tokens':1,"
              + "'cache_write_tokens':1},'output_tokens_details':{'reasoning_tokens':1}}}",
          "{'status':'incomplete','incomplete_details':{'reason':'content_filter'},'output':[]}",
          "{'status':'failed','error':{'code':'server_error','message':'m'},'output':[]}");
  private static final List<String> VALUES =
      List.of(
          "null",
          "5",
          "-1",
          "-1e400",
          "9e18",
          "9223372036854775807",
          "0.5",
          "'x'",
          "[]",
          "{}",
          "[[]]",
          "['x']",
          "[null]",
          "true",
          "{'a':{}}",
          "''",
          "'text'");
  private static final List<Integer> STATUSES = List.of(200, 400, 403, 422, 429, 500);

  @Test
  void openAis() {
    for (int seed : Seeds.of("answers of OpenAI", 5_000)) {
      check(new OpenAiFormat(true), OPENAI, seed);
    }
  }

  @Test
  void openAisForOtherClients() {
    TargetRequest request = Foreign.of("{\"messages\":[]}", "m", Exchanges.OLD);
    for (int seed : Seeds.of("answers of OpenAI for others", 5_000)) {
      Random random = new Random(seed);
      String json = mutated(OPENAI.get(random.nextInt(OPENAI.size())), random);

      Decoded decoded =
          new OpenAiFormat(true)
              .readWhole(request, Replies.head(200), json.replace('\'', '"').getBytes(UTF_8));

      if (decoded instanceof Decoded.Answered answered) {
        assertThat(PieceOrder.brokenBy(answered.answer().pieces()))
            .as("seed %d, %s", seed, json)
            .isEmpty();
      }
    }
  }

  @Test
  void anthropics() {
    for (int seed : Seeds.of("answers of Anthropic", 5_000)) {
      check(new AnthropicFormat(), ANTHROPIC, seed);
    }
  }

  @Test
  void geminis() {
    for (int seed : Seeds.of("answers of Gemini", 5_000)) {
      check(new GeminiFormat(), GEMINI, seed);
    }
  }

  @Test
  void responses() {
    TargetRequest request = Foreign.of("{\"messages\":[]}", "m", Exchanges.OLD);
    for (int seed : Seeds.of("responses of OpenAI", 5_000)) {
      Random random = new Random(seed);
      String json = mutated(RESPONSES.get(random.nextInt(RESPONSES.size())), random);

      Decoded decoded =
          new ResponsesFormat()
              .readWhole(request, Replies.head(200), json.replace('\'', '"').getBytes(UTF_8));

      if (decoded instanceof Decoded.Answered answered) {
        assertThat(PieceOrder.brokenBy(answered.answer().pieces()))
            .as("seed %d, %s", seed, json)
            .isEmpty();
      }
    }
  }

  @Test
  void coheres() {
    for (int seed : Seeds.of("answers of Cohere", 5_000)) {
      check(new CohereFormat(), COHERE, seed);
    }
  }

  @Test
  void bedrocks() {
    for (int seed : Seeds.of("answers of Bedrock", 5_000)) {
      check(new ConverseFormat(), BEDROCK, seed);
    }
  }

  private static void check(ProviderFormat format, List<String> answers, int seed) {
    Random random = new Random(seed);
    String json = mutated(answers.get(random.nextInt(answers.size())), random);
    int status = STATUSES.get(random.nextInt(STATUSES.size()));
    TargetRequest request = Exchanges.of("{\"messages\":[]}", "m", Exchanges.OLD);

    Decoded decoded =
        format.readWhole(request, Replies.head(status), json.replace('\'', '"').getBytes(UTF_8));

    if (decoded instanceof Decoded.Answered) {
      assertThat(isAnswer(ChatReader.answer(decoded))).as("seed %d, %s", seed, json).isTrue();
    }
  }

  private static boolean isAnswer(WholeAnswer.Raw answer) {
    JsonValue root = JsonBody.json(answer.json());
    List<JsonValue> choices = JsonFields.array(root, "choices");
    return !choices.isEmpty()
        && choices.stream().allMatch(choice -> JsonFields.text(choice, "finish_reason") != null)
        && answer.usage().inputTokens() <= Usage.MAX_TOKENS
        && answer.usage().outputTokens() <= Usage.MAX_TOKENS;
  }

  /** Applies one to three mutations: replaces a value with a strange one or breaks a character. */
  private static String mutated(String answer, Random random) {
    StringBuilder text = new StringBuilder(answer);
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      int from = placeOfValue(text, random);
      if (from < 0 || random.nextInt(8) == 0) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(32, 127));
      } else {
        text.replace(from, endOfValue(text, from), VALUES.get(random.nextInt(VALUES.size())));
      }
    }
    return text.toString();
  }

  /** A value follows a colon, or begins an array. */
  private static int placeOfValue(StringBuilder text, Random random) {
    String mark = random.nextInt(3) == 0 ? "[" : ":";
    int at = text.indexOf(mark, random.nextInt(text.length()));
    return at < 0 ? -1 : at + 1;
  }

  private static int endOfValue(StringBuilder text, int from) {
    int depth = 0;
    int end = from;
    while (end < text.length()) {
      char c = text.charAt(end);
      depth += "{[".indexOf(c) >= 0 ? 1 : "}]".indexOf(c) >= 0 ? -1 : 0;
      if (depth < 0 || (depth == 0 && c == ',')) {
        return end;
      }
      end++;
    }
    return end;
  }
}
