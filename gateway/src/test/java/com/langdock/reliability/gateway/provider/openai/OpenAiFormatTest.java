package com.langdock.reliability.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.domain.UsageDetails;
import com.langdock.reliability.core.domain.UsageDetails.Tier;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Golden;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiFormatTest {
  private static final TargetModel GPT = new TargetModel("gpt-4", "gpt-4", Exchanges.OLD);
  private static final TargetModel RENAMED =
      new TargetModel("gpt-4", "my \"deployment\"", Exchanges.OLD);

  private final OpenAiFormat format = new OpenAiFormat(true);

  @Test
  void sendsTheCredentialAsABearer() {
    assertThat(format.headers("secret"))
        .containsEntry("authorization", "Bearer secret")
        .containsEntry("content-type", "application/json");
    assertThat(format.headers("")).doesNotContainKey("authorization");
  }

  @Nested
  class Requests {
    @Test
    void keepTheirBytes() {
      String json =
          "{ \"zeta\":1.0,\"model\" : \"gpt-4\",\n\"temperature\":0e0, \"new\":{\"b\":1}}";

      assertThat(encoded(json, GPT)).isEqualTo(json);
    }

    @Test
    void nameTheModelAsTheProviderDoes() {
      assertThat(encoded("{\"seed\":1.0,\"model\":\"gpt-4\",\"top_p\":1}", RENAMED))
          .isEqualTo("{\"seed\":1.0,\"model\":\"my \\\"deployment\\\"\",\"top_p\":1}");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            {"client_id":"c","model":"gpt-4"}            | {"model":"gpt-4"}
            {"model":"gpt-4","preferred_provider":"p"}   | {"model":"gpt-4"}
            {"preferred_provider":"p","client_id":7,"model":"gpt-4"} | {"model":"gpt-4"}
            {"model":"gpt-4","client_id":null,"metadata":{"client_id":"c"}} \
            | {"model":"gpt-4","metadata":{"client_id":"c"}}
            """)
    void omitTheGatewaysOwnFields(String json, String expected) {
      assertThat(encoded(json, GPT)).isEqualTo(expected);
    }

    @Test
    void ofAStreamRequestUsageUnlessTheProviderRejectedIt() {
      String json = "{\"model\":\"gpt-4\",\"stream\":true}";
      TargetRequest first = new TargetRequest(Exchanges.streaming(json), GPT);
      TargetRequest again =
          new TargetRequest(first.exchange(), GPT, Set.of("stream_options"), false, null);

      assertThat(encoded(first))
          .isEqualTo(json.replace("}", ",\"stream_options\":{\"include_usage\":true}}"));
      assertThat(format.addedFields(first)).containsExactly("stream_options");
      assertThat(encoded(again)).isEqualTo(json);
      assertThat(format.addedFields(again)).isEmpty();
    }

    @Test
    void addNothingToAWholeAnswer() {
      String json = "{\"model\":\"gpt-4\",\"stream\":false}";
      TargetRequest request = new TargetRequest(Exchanges.request(json), GPT);

      assertThat(format.addedFields(request)).isEmpty();
      assertThat(encoded(request)).isEqualTo(json);
    }

    private String encoded(String json, TargetModel target) {
      return encoded(new TargetRequest(Exchanges.request(json), target));
    }

    private String encoded(TargetRequest request) {
      Written encoded = format.write(request);
      return new String(((Written.Request) encoded).outgoing().body(), UTF_8);
    }
  }

  @Nested
  class Answers {
    private static final String PLAIN =
        """
         \n{"model":"%s","choices":[{"index":0,"message":{"content":"a\\u00e9"},\
        "finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":4,\
        "total_tokens":13,"prompt_tokens_details":{"cached_tokens":5}},"cost":0.10}\
        """;

    static List<String> nearlyOpenAi() {
      return Golden.cases("openai/answer");
    }

    @Test
    void keepTheirBytes() {
      String json = PLAIN.formatted("gpt-4-0613");

      WholeAnswer.Raw answer = answer(json, RENAMED);

      assertThat(new String(answer.json(), UTF_8)).isEqualTo(json);
      assertThat(ChatReader.content(answer)).isEqualTo("\"a\\u00e9\"");
      assertThat(answer.usage()).isEqualTo(new Usage(9, 5, 4));
    }

    @Test
    void restoreTheGatewaysModelName() {
      String json = PLAIN.formatted("my \\\"deployment\\\"");

      assertThat(new String(answer(json, RENAMED).json(), UTF_8))
          .isEqualTo(PLAIN.formatted("gpt-4"));
    }

    @ParameterizedTest
    @MethodSource("nearlyOpenAi")
    void areRepaired(String name) {
      Golden.check(name, answer(new String(Golden.input(name), UTF_8), GPT).json());
    }

    @Test
    void withoutTextHaveNullContent() {
      String json = "{\"choices\":[{\"index\":0,\"finish_reason\":\"content_filter\"}]}";

      assertThat(ChatReader.content(answer(json, GPT))).isEqualTo("null");
      assertThat(answer(json, GPT).usage()).isEqualTo(Usage.NONE);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            {"prompt_tokens":9000000000000000000,"completion_tokens":1}
            {"prompt_tokens":1,"completion_tokens":1e400}
            {"prompt_tokens":-7,"completion_tokens":2}
            {"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}
            `[]`
            null
            """)
    void withImplausibleUsageAreEstimated(String usage) {
      String json =
          "{\"choices\":[{\"message\":{\"content\":\"12345678\",\"reasoning\":\"1234\"}}],"
              + "\"usage\":%s}".formatted(usage);

      assertThat(answer(json, GPT).usage()).isEqualTo(new Usage(0, 0, 3));
    }

    @Test
    void haveBoundedCachedAndTotalTokens() {
      String usage =
          "{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":9e18,"
              + "\"prompt_tokens_details\":{\"cached_tokens\":9}}";

      assertThat(used("", usage)).isEqualTo(new Usage(3, 3, 2));
    }

    @Test
    void haveTheFactsThatDetermineThePrice() {
      String usage =
          "{\"prompt_tokens\":30,\"completion_tokens\":20,\"prompt_tokens_details\":"
              + "{\"cache_write_tokens\":4,\"audio_tokens\":5},"
              + "\"completion_tokens_details\":{\"audio_tokens\":6}}";

      assertThat(used("\"service_tier\":\"flex\",", usage))
          .isEqualTo(new Usage(30, 0, 20, new UsageDetails(4, 0, 5, 6, 0, Tier.FLEX)));
    }

    private Usage used(String before, String usage) {
      String choices = "\"choices\":[{\"message\":{\"content\":\"a\"}}]";
      return answer("{" + before + choices + ",\"usage\":" + usage + "}", GPT).usage();
    }

    private WholeAnswer.Raw answer(String json, TargetModel target) {
      return ChatReader.answer(decode(json, target));
    }
  }

  @Nested
  class SuccessesThatAreNone {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            EMPTY    | ` \n `
            EMPTY    | {"choices":[]}
            NOT_JSON | <!doctype html><p>busy
            NOT_JSON | {"choices":[{"message":{"content":"cu
            NOT_JSON | {"ok":true}
            NOT_JSON | {"choices":null}
            NOT_JSON | {"choices":["x"]}
            NOT_JSON | {"choices":[null]}
            NOT_JSON | {"choices":[{}]}
            NOT_JSON | {"choices":[{"message":"x","finish_reason":"stop"}]}
            NOT_JSON | {"choices":[{"message":{"content":"a"}},7]}
            NOT_JSON | "choices"
            """)
    void areUnreadable(Failure.Unreadable.Why why, String body) {
      assertThat(failure(body)).isEqualTo(new Failure.Unreadable(why, 200));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            rate_limited            | {"error":{"code":429,"message":"slow"},"choices":[]}
            server_error            | {"choices":[{"error":{"code":502,"message":"down"}}]}
            server_error            | {"choices":[{"finish_reason":"error","message":{}}]}
            context_length_exceeded | {"object":"error","code":400,\
            "message":"This model's maximum context length is 9 tokens."}
            """)
    void areClassified(String code, String body) {
      assertThat(failure(body).word()).isEqualTo(code);
    }

    private Failure failure(String body) {
      return ((Decoded.Failed) decode(body, GPT)).failure();
    }
  }

  private Decoded decode(String body, TargetModel target) {
    TargetRequest request = new TargetRequest(Exchanges.request("{}"), target);
    return format.readWhole(request, Replies.head(200), body.getBytes(UTF_8));
  }
}
