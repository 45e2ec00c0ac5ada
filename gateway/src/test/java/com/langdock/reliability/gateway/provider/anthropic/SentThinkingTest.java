package com.langdock.reliability.gateway.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The history of a Messages request whose thinking a provider has rejected. */
class SentThinkingTest {
  private static final TargetModel MODEL = new TargetModel("m", "m", Exchanges.BUDGET);
  private static final String THOUGHT = "{'type':'thinking','thinking':'','signature':'c2ln'}";
  private static final String SECRET = "{'type':'redacted_thinking','data':'eA=='}";
  private static final String CALL = "{'type':'tool_use','id':'t','name':'f','input':{}}";
  private static final String RESULT =
      "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t'}]}";
  private static final String ON =
      "'thinking':{'type':'enabled','budget_tokens':1024},'context_management':{'edits':["
          + "{'type':'clear_thinking_20251015'},{'type':'clear_tool_uses_20250919'}]}";

  private final AnthropicFormat format = new AnthropicFormat();

  @Test
  void losesItsBlocksAndKeepsEveryOtherByte() {
    String history =
        """
        { 'model' : 'm', 'max_tokens':1e2, 'tomorrow': [1.50],
          'messages':[ {'role':'user' ,'content':'Hi'},
            {'role':'assistant','content':[%s{'type':'text','text':'\\u00e4', 'x': null }%s]} ,
            {'role':'user','content':[{'type':'text','text':'%s'}]}],
          'thinking' : {'type':'adaptive'}, 'context_management':{'edits':[ ]}  }
        """;
    String words = "{\\'type\\':\\'thinking\\'}";

    Written.Request written =
        stripped(history.formatted(THOUGHT + " ,\n" + SECRET + ", ", " , " + THOUGHT, words));

    assertThat(text(written)).isEqualTo(history.formatted("", "", words));
    assertThat(written.changes().dropped())
        .containsExactly(
            "messages[1].content[0]", "messages[1].content[1]", "messages[1].content[3]");
  }

  @Test
  void takesAMessageWithoutOtherContentWithIt() {
    String user = "{'role':'user','content':'Hi'}";
    String history = "{'messages':[" + user + ",%s" + user + "]}";
    String message = "{'role':'assistant','content':[" + THOUGHT + "," + SECRET + "]},";

    assertThat(text(stripped(history.formatted(message)))).isEqualTo(history.formatted(""));
  }

  @Test
  void isTurnedOffInALoopOfTools() {
    Written.Request written = stripped(loop(THOUGHT + ",", RESULT) + "," + ON + "}");

    assertThat(text(written))
        .isEqualTo(
            loop("", RESULT)
                + ",'context_management':{'edits':[{'type':'clear_tool_uses_20250919'}]}}");
    assertThat(written.changes().dropped())
        .containsExactly("messages[0].content[0]", "thinking", "context_management.edits");
  }

  @Test
  void isTurnedOffInALoopThatEndsInOtherMessages() {
    String more = RESULT + ",{'role':'system','content':'9 left'},{'role':'user','content':'Go'}";

    assertThat(text(stripped(loop(THOUGHT + ",", more) + "," + ON + "}")))
        .startsWith(loop("", more))
        .doesNotContain("'thinking'", "clear_thinking");
  }

  @Test
  void withoutASignatureIsNotSentToClaude() {
    String unsigned = "{'type':'thinking','thinking':'hm','signature':''},";
    String json = loop(unsigned, RESULT) + "}";

    TargetModel other = new TargetModel("m", "m", Exchanges.OLD);
    TargetRequest request = Exchanges.ofMessages(json.replace('\'', '"'), Map.of(), other);

    assertThat(text(written(json, false, null))).isEqualTo(loop("", RESULT) + "}");
    assertThat(text((Written.Request) format.write(request))).isEqualTo(json);
  }

  @Test
  void staysOnBesideThinkingOfAnotherFormat() {
    String foreign = "{'type':'thinking','thinking':'','signature':'gw1.gemini.eA'},";
    String own = THOUGHT + "," + foreign;

    assertThat(text(written(loop(own, RESULT) + "," + ON + "}", false, null)))
        .isEqualTo(loop(THOUGHT + ",", RESULT) + "," + ON + "}");
  }

  @Test
  void staysOnAfterALoopOfTools() {
    String more = RESULT + ",{'role':'assistant','content':'Done'},{'role':'user','content':'Go'}";

    assertThat(text(stripped(loop(THOUGHT + ",", more) + "," + ON + "}")))
        .isEqualTo(loop("", more) + "," + ON + "}");
  }

  @Test
  void isTurnedOffOnceForTheRestOfAnAnswerToo() {
    Continued rest = Continued.of("Hello", Continuation.PREFILL);
    String history = loop(THOUGHT + ",", RESULT) + "," + ON + "}";

    assertThat(text(written(history, true, rest)))
        .startsWith(loop("", RESULT + ",{'role':'assistant','content':'Hello'}"))
        .doesNotContain("'thinking'", "clear_thinking");
  }

  @Test
  void isSentAsItIsAtFirst() {
    String history = loop(THOUGHT + ",", RESULT) + "," + ON + "}";

    assertThat(text(written(history, false, null))).isEqualTo(history);
  }

  @Test
  void ofAnotherFormatIsNeverSent() {
    String foreign = "{'type':'thinking','thinking':'','signature':'gw1.gemini.eA'},";

    Written.Request written = written(loop(foreign + THOUGHT + ",", RESULT) + "}", false, null);

    assertThat(text(written)).isEqualTo(loop(THOUGHT + ",", RESULT) + "}");
    assertThat(written.changes().dropped()).containsExactly("messages[0].content[0]");
    assertThat(text(written(loop(foreign, RESULT) + "," + ON + "}", false, null)))
        .startsWith(loop("", RESULT))
        .doesNotContain("'thinking'", "clear_thinking");
  }

  @ParameterizedTest
  @ValueSource(strings = {THOUGHT, SECRET})
  void canBeRemovedIfThereIsAny(String block) {
    assertThat(hasSignatures("{'messages':[{'role':'assistant','content':[" + block + "]}]}"))
        .isTrue();
  }

  @Test
  void canBeTurnedOffIfTheLastCallsHaveNone() {
    assertThat(hasSignatures(loop("", RESULT) + "," + ON + "}")).isTrue();
  }

  @Test
  void cannotBeRemovedIfThereIsNone() {
    assertThat(hasSignatures(loop("", RESULT) + "}")).isFalse();
    assertThat(hasSignatures(loop("", RESULT) + ",'thinking':{'type':'disabled'}}")).isFalse();
    assertThat(hasSignatures("{'messages':[{'role':'user','content':'Hi'}]," + ON + "}")).isFalse();
    assertThat(hasSignatures("{}")).isFalse();
  }

  /** The beginning of a request with a call after {@code before}, and what follows the call. */
  private static String loop(String before, String after) {
    return "{'messages':[{'role':'assistant','content':[" + before + CALL + "]}," + after + "]";
  }

  private boolean hasSignatures(String json) {
    return format.hasSignatures(request(json, false, null));
  }

  private Written.Request stripped(String json) {
    return written(json, true, null);
  }

  private Written.Request written(
      String json, boolean withoutSignatures, @Nullable Continued continued) {
    return (Written.Request) format.write(request(json, withoutSignatures, continued));
  }

  private static TargetRequest request(
      String json, boolean withoutSignatures, @Nullable Continued continued) {
    TargetRequest request = Exchanges.ofMessages(json.replace('\'', '"'), Map.of(), MODEL);
    return new TargetRequest(
        request.exchange(), request.target(), Set.of(), withoutSignatures, continued);
  }

  private static String text(Written.Request written) {
    return new String(written.outgoing().body(), UTF_8).replace('"', '\'');
  }
}
