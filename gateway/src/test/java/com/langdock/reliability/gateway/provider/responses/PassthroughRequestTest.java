package com.langdock.reliability.gateway.provider.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PassthroughRequestTest {
  private final ResponsesFormat format = new ResponsesFormat();

  private Written.Request written(TargetRequest request) {
    return (Written.Request) format.write(request);
  }

  private String body(TargetRequest request) {
    return new String(written(request).outgoing().body(), UTF_8).replace('"', '\'');
  }

  private String body(String json) {
    return body(Requests.of(json, "m"));
  }

  private static TargetRequest withoutSignatures(String json) {
    TargetRequest request = Requests.of(json, "m");
    return new TargetRequest(request.exchange(), request.target(), Set.of(), true, null);
  }

  @Test
  void keepsTheClientsBytesAndHeaders() {
    String json =
        "{ 'input':[{'type':'later','x':1.50}], 'tools':[{'type':'new'}],'client_metadata':{},"
            + "'model':'m' }";

    assertThat(body(json)).isEqualTo(json);
    assertThat(written(Requests.of(json, "m")).outgoing().headers())
        .containsEntry("x-codex-turn-state", "t");
  }

  @Test
  void replacesTheModelAndRemovesTheGatewaysFields() {
    assertThat(body(Requests.of("{'model':'m','client_id':'c','input':'Hi'}", "gpt-x")))
        .isEqualTo("{'model':'gpt-x','input':'Hi'}");
  }

  @Test
  void leavesOutTheThinkingAndTheIdsOfOtherFormats() {
    String envelope = SignatureEnvelope.wrap(new Signature(WireFormat.MESSAGES, "s"));
    String own = "_gw0123456789abcdef0123456789abcdef00";
    String sent =
        "{'input':[{'role':'user','content':'Hi'},{'type':'reasoning','id':'rs"
            + own
            + "','summary':[],'encrypted_content':'"
            + envelope
            + "'},{'type':'reasoning','id':'rs_openai','encrypted_content':'gAAA'},"
            + "{'type':'message','id':'msg"
            + own
            + "','role':'assistant','content':'Ho'},{'id':'msg_openai','role':'assistant'},"
            + "{'id':'msg_stored'}]}";

    assertThat(body(sent))
        .isEqualTo(
            "{'input':[{'role':'user','content':'Hi'},"
                + "{'type':'reasoning','id':'rs_openai','encrypted_content':'gAAA'},"
                + "{'type':'message','role':'assistant','content':'Ho'},"
                + "{'id':'msg_openai','role':'assistant'},{'id':'msg_stored'}]}");
    assertThat(written(Requests.of(sent, "m")).changes().dropped()).containsExactly("input[1]");
  }

  @Test
  void leavesOutAllThinkingAndIdsOnceTheyWereRejected() {
    String sent =
        "{'input':[{'type':'reasoning','id':'rs_1','encrypted_content':'gAAA'},"
            + "{'type':'function_call','id':'fc_1','call_id':'c'},{'type':'item_reference',"
            + "'id':'msg_1'}]}";

    assertThat(format.hasSignatures(Requests.of(sent, "m"))).isTrue();
    assertThat(body(withoutSignatures(sent)))
        .isEqualTo(
            "{'input':[{'type':'function_call','call_id':'c'},"
                + "{'type':'item_reference','id':'msg_1'}]}");
    assertThat(format.hasSignatures(Requests.of("{'input':'Hi'}", "m"))).isFalse();
  }

  @Test
  void asksForTheRestOfAnAnswer() {
    Continued prefill = new Continued("So far", Continuation.PREFILL);
    Continued instruction = new Continued("So far", Continuation.INSTRUCTION);
    String items = "{'input':[{'role':'user','content':'Hi'}],'max_output_tokens':17}";

    assertThat(body(Requests.of(items, "m").continuing(prefill)))
        .isEqualTo(
            "{'input':[{'role':'user','content':'Hi'},"
                + "{'role':'assistant','content':'So far'}],'max_output_tokens':16}");
    assertThat(body(Requests.of("{'input':'Hi'}", "m").continuing(instruction)))
        .startsWith(
            "{'input':[{'role':'user','content':'Hi'}, {'role':'assistant','content':'So far'}, "
                + "{'role':'user','content':'Your answer above was cut off");
  }
}
