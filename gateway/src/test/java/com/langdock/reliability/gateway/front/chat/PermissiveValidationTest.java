package com.langdock.reliability.gateway.front.chat;

import static com.langdock.reliability.gateway.front.chat.Validations.problem;
import static com.langdock.reliability.gateway.front.chat.Validations.saying;
import static com.langdock.reliability.gateway.front.chat.Validations.valid;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Validation rejects only requests that every provider rejects. */
class PermissiveValidationTest {
  /** Each of these is accepted by at least one provider. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'role':'assistant','content':null},{'role':'user','content':'b'}",
        "{'role':'assistant'},{'role':'user','content':'b'}",
        "{'role':'assistant','content':[]},{'role':'user','content':'b'}",
        "{'role':'user','content':[{'type':'video_url','video_url':{'url':'https://e.org/v'}}]}",
        "{'role':'user','content':[{'type':'audio_url','audio_url':{'url':'https://e.org/a'}}]}",
        "{'role':'system','content':[{'type':'image_url','image_url':{'url':'data:'}}]}",
        "{'role':'assistant','tool_calls':"
            + "[{'id':'a','type':'function','function':{'name':'f'}}]},"
            + "{'role':'tool','tool_call_id':'a','content':[{'type':'text','text':'x'},"
            + "{'type':'image_url','image_url':{'url':'data:'}}]}",
        "{'role':'assistant','tool_calls':"
            + "[{'id':'a','type':'function','function':{'name':'f'}}]},"
            + "{'role':'tool','tool_call_id':'a','content':null}",
        "{'role':'assistant','tool_calls':[{'id':'a','type':'web_search_call','query':'q'}]},"
            + "{'role':'tool','tool_call_id':'a','content':'x'}"
      })
  void mayBeAcceptedBySomeProvider(String messages) {
    assertThat(valid(saying(messages)).model()).isEqualTo("gpt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'id':'',", "'id':'same',", ""})
  void mayAnswerCallsWithTheSameId(String id) {
    String call = "{" + id + "'type':'function','function':{'name':'f','arguments':'{}'}}";
    String answer = ",{'role':'tool'," + id.replace("id", "tool_call_id") + "'content':'1'}";
    String calls = "{'role':'assistant','tool_calls':[" + call + "," + call + "]}";
    assertThat(valid(saying(calls + answer + answer)).model()).isEqualTo("gpt");
    assertThat(problem(saying(calls)).param()).isEqualTo("messages");
    assertThat(problem(saying(calls + answer + answer + answer)).param())
        .isEqualTo("messages[3].tool_call_id");
  }

  @Test
  void inheritedLimitsRejectNothing() {
    String lengthy = "x ".repeat(4_000);
    String body =
        "{'model':'gpt-2027-01-01','max_tokens':600,'messages':[{'role':'user','content':'"
            + lengthy
            + "'}]}";
    assertThat(valid(body).stream()).isFalse();
    assertThat(problem(body.replace("gpt-2027-01-01", "gpt")).param()).isEqualTo("max_tokens");
  }
}
