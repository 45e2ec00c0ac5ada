package com.langdock.reliability.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseFormatTest {
  private final ConverseFormat format = new ConverseFormat();

  private Outgoing sent(String model, String json) {
    TargetRequest plain = Exchanges.of(json.replace('\'', '"'), model, Exchanges.OLD);
    Written written = format.write(plain);
    assertThat(written).isInstanceOf(Written.Request.class);
    return ((Written.Request) written).outgoing();
  }

  private String body(String model, String json) {
    return new String(sent(model, json).body(), UTF_8).replace('"', '\'');
  }

  @ParameterizedTest
  @CsvSource({
    "eu.amazon.nova-pro-v1:0, /model/eu.amazon.nova-pro-v1%3A0/converse",
    "arn:aws:bedrock:eu-west-1:1:inference-profile/a.b, "
        + "/model/arn%3Aaws%3Abedrock%3Aeu-west-1%3A1%3Ainference-profile%2Fa.b/converse",
  })
  void namesAreOneSegmentOfThePath(String model, String path) {
    assertThat(sent(model, "{'messages':[]}").path()).isEqualTo(path);
  }

  @Test
  void aKeyIsABearerToken() {
    assertThat(format.headers("k")).containsEntry("authorization", "Bearer k");
    assertThat(format.headers("")).isEqualTo(Map.of("content-type", "application/json"));
  }

  @Test
  void documentsHaveUniqueNamesAndAText() {
    String file =
        "{'type':'file','file':{'filename':'a_b.pdf','file_data':"
            + "'data:application/pdf;base64,JVBERi0='}}";
    assertThat(body("nova", "{'messages':[{'role':'user','content':[" + file + "," + file + "]}]}"))
        .contains("{'text':'.'}")
        .contains("'name':'a b pdf'")
        .contains("'name':'a b pdf (2)'");
  }

  @Test
  void aHistoryWithCallsNeedsTools() {
    String history =
        "{'messages':[{'role':'user','content':'a'},{'role':'assistant','tool_calls':[{'id':'i',"
            + "'type':'function','function':{'name':'f','arguments':'{}'}}]},"
            + "{'role':'tool','tool_call_id':'i','content':'r'}]}";
    assertThat(body("nova", history))
        .contains("'toolSpec':{'name':'f'")
        .contains("Answer without calling any tool.");
  }

  @Test
  void onlyClaudeModelsGetAPrefill() {
    String prefilled =
        "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b '}]}";
    assertThat(body("anthropic.claude-x", prefilled)).contains("'content':[{'text':'b'}]}]");
    assertThat(body("amazon.nova", prefilled)).contains("Continue.");
  }

  @Test
  void aProfileOfAnApplicationIsKnownByTheGatewaysName() {
    TargetModel model = new TargetModel("claude-x", "arn:aws:bedrock:profile/1", Exchanges.OLD);
    assertThat(Claude.is(model)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "bedrock/error-400-context.http, context_length_exceeded",
    "bedrock/error-400-malformed-input.http, request_rejected",
    "bedrock/error-400-stream-invalid-model.http, model_not_found",
    "bedrock/error-403-expired-token.http, credential_rejected",
    "bedrock/error-403-invalid-token.http, credential_rejected",
    "bedrock/error-403-no-access.http, credential_rejected",
    "quoted-errors/bedrock-429-throttling.http, rate_limited",
  })
  void recordedErrors(String name, String word) {
    Recorded.Answer answer = Recorded.http(name);
    Decoded decoded =
        format.readWhole(Exchanges.of("{}", "nova", Exchanges.OLD), answer.head(), answer.body());
    assertThat(((Decoded.Failed) decoded).failure().word()).isEqualTo(word);
  }
}
