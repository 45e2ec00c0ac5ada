package com.langdock.reliability.gateway.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are valid for OpenAI but need a repair for Anthropic, one test for each kind. */
class RepairsTest {
  private static final String HELLO = "{'role':'user','content':'Hello'}";
  private static final String CALLS =
      HELLO
          + ",{'role':'assistant','tool_calls':["
          + "{'id':'%1$s','type':'function','function':{'name':'f','arguments':'%2$s'}},"
          + "{'id':'b','type':'function','function':{'name':'f','arguments':'{}'}}]}"
          + ",{'role':'tool','tool_call_id':'b','content':'two'}"
          + ",{'role':'tool','tool_call_id':'%1$s','content':%3$s}";

  @ParameterizedTest
  @ValueSource(strings = {"system", "developer"})
  void instructionsAnywhere(String role) {
    String late = "{'role':'" + role + "','content':'Be brief'}";

    assertThat(body(late + "," + HELLO)).contains("'system':[{'type':'text','text':'Be brief'}]");
    assertThat(body(HELLO + "," + late + "," + HELLO))
        .doesNotContain("'system':[")
        .contains("'text':'<system>\\nBe brief\\n</system>'");
    assertThat(body(late))
        .contains("'messages':[{'role':'user','content':[{'type':'text','text':'.'}");
  }

  @Test
  void anAssistantTurnFirst() {
    assertThat(body("{'role':'assistant','content':'Hi'}," + HELLO))
        .contains(
            "'messages':[{'role':'user','content':[{'type':'text','text':'.'}]},"
                + "{'role':'assistant'");
  }

  @Test
  void severalToolResultsInARow() {
    assertThat(body(CALLS.formatted("a", "{}", "'one'") + "," + HELLO))
        .contains(
            "{'role':'user','content':["
                + "{'type':'tool_result','tool_use_id':'b',"
                + "'content':[{'type':'text','text':'two'}]},"
                + "{'type':'tool_result','tool_use_id':'a',"
                + "'content':[{'type':'text','text':'one'}]},"
                + "{'type':'text','text':'Hello'}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"functions.bash:0", "call|1", "ü"})
  void foreignToolCallIds(String id) {
    String clean = id.replaceAll("[^a-zA-Z0-9_-]", "_");

    assertThat(body(CALLS.formatted(id, "{}", "'one'")))
        .contains("'type':'tool_use','id':'" + clean + "'")
        .contains("'tool_use_id':'" + clean + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b"})
  void toolCallIdsThatAreEmptyOrNotUnique(String id) {
    String[] uses = body(CALLS.formatted(id, "{}", "'one'")).split("'type':'tool_use','id':'", -1);

    assertThat(uses).hasSize(3);
    assertThat(uses[1].split("'", 2)[0]).isNotEmpty().isNotEqualTo(uses[2].split("'", 2)[0]);
  }

  @Test
  void toolArgumentsThatAreNotJson() {
    assertThat(body(CALLS.formatted("a", "", "'one'"))).contains("'input':{}");
    assertThat(body(CALLS.formatted("a", "oops", "'one'"))).contains("'input':{'_raw':'oops'}");
  }

  @Test
  void emptyTextParts() {
    assertThat(
            body(
                "{'role':'user','content':[{'type':'text','text':''},{'type':'text','text':'x'},"
                    + "{'type':'text','text':' \\n'}]}"))
        .contains("'content':[{'type':'text','text':'x'}]");
    assertThat(body("{'role':'user','content':''}"))
        .contains("'content':[{'type':'text','text':'.'}]");
  }

  @Test
  void anEmptyAssistantTurn() {
    assertThat(body(HELLO + ",{'role':'assistant','content':null}," + HELLO))
        .contains(
            "'messages':[{'role':'user','content':[{'type':'text','text':'Hello'},"
                + "{'type':'text','text':'Hello'}]}]");
  }

  @Test
  void trailingWhiteSpaceInALastAssistantTurn() {
    assertThat(body(HELLO + ",{'role':'assistant','content':'Well, \\n'}"))
        .contains("{'type':'text','text':'Well,'}]}]");
  }

  @Test
  void aLastAssistantTurnForAModelWithoutPrefill() {
    String messages = HELLO + ",{'role':'assistant','content':'Well,'}";

    assertThat(body(messages, Exchanges.EFFORT))
        .contains("{'role':'user','content':[{'type':'text','text':'Continue.'}]}]");
  }

  @Test
  void aLastAssistantTurnWithAnAnswerSchema() {
    String messages = HELLO + ",{'role':'assistant','content':'Well,'}],'response_format':";
    String format =
        "{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object',"
            + "'properties':{'x':{}},'additionalProperties':false}}},'stop':['x'";

    assertThat(body(messages + format, Exchanges.BUDGET)).contains("'text':'Continue.'");
  }

  @Test
  void aMissingMaxTokens() {
    assertThat(body(HELLO)).contains("'max_tokens':4096");
    assertThat(body(HELLO, Exchanges.BUDGET)).contains("'max_tokens':64000");
    assertThat(body(HELLO, ModelFacts.UNKNOWN)).contains("'max_tokens':4096");
  }

  @Test
  void imagesInToolResults() {
    String image =
        "[{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}},"
            + "{'type':'image_url','image_url':{'url':'https://e.org/a.png'}}]";

    assertThat(body(CALLS.formatted("a", "{}", image)))
        .contains(
            "'tool_use_id':'a','content':["
                + "{'type':'image','source':"
                + "{'type':'base64','media_type':'image/png','data':'AAAA'}},"
                + "{'type':'image','source':{'type':'url','url':'https://e.org/a.png'}}]");
  }

  @Test
  void cacheMarksOnToolMessages() {
    String mark = "'cache_control':{'type':'ephemeral'}";
    String onPart = "[{'type':'text','text':'one'," + mark + "}]";
    String onMessage = "'one'," + mark;
    String expected = "'content':[{'type':'text','text':'one'}]," + mark + "}";

    assertThat(body(CALLS.formatted("a", "{}", onPart))).contains(expected);
    assertThat(body(CALLS.formatted("a", "{}", onMessage))).contains(expected);
  }

  /** The body sent to an old model for these messages. Input and output have single quotes. */
  private static String body(String messages) {
    return body(messages, Exchanges.OLD);
  }

  private static String body(String messages, ModelFacts facts) {
    String json = ("{'model':'m','messages':[" + messages + "]}").replace('\'', '"');
    Written encoded = MessageRequest.write(Exchanges.of(json, "claude", facts));
    assertThat(encoded).as(json).isInstanceOf(Written.Request.class);
    Written.Request body = (Written.Request) encoded;
    assertThat(MessageRules.brokenBy(body.outgoing().body())).as(json).isEmpty();
    assertThat(body.changes()).as("nothing is lost").isSameAs(RequestChanges.NONE);
    return new String(body.outgoing().body(), UTF_8).replace('"', '\'');
  }
}
