package com.langdock.reliability.gateway.provider.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Forwarding;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Foreign;
import com.langdock.reliability.gateway.provider.forward.ForwardingFormat;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which API of a provider that serves both a request goes to. */
class OpenAiLanesTest {
  private static final String CHAT = "/chat/completions";
  private static final String RESPONSES = "/responses";
  private static final String HELLO = "'messages':[{'role':'user','content':'Hi'}]";
  private static final String TOOLS =
      ",'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object',"
          + "'properties':{}}}}]";

  private final OpenAiLanes lanes = new OpenAiLanes(new OpenAiFormat(true), new ResponsesFormat());

  private String path(TargetRequest request) {
    return ((Written.Request) lanes.write(request)).outgoing().path();
  }

  private String ofChat(String fields, ModelFacts facts) {
    String json = ("{" + HELLO + fields + "}").replace('\'', '"');
    return path(Exchanges.of(json, "gpt", facts));
  }

  private String ofOthers(String fields, ModelFacts facts) {
    String json = ("{" + HELLO + fields + "}").replace('\'', '"');
    return path(Foreign.of(json, "gpt", facts));
  }

  @Test
  void eachApiGoesToItsOwn() {
    assertThat(path(Requests.of("{'input':'Hi'}", "m"))).isEqualTo(RESPONSES);
    assertThat(ofChat("", Requests.REASONING)).isEqualTo(CHAT);
    assertThat(ofChat(TOOLS, Requests.REASONING)).isEqualTo(CHAT);
  }

  @Test
  void otherApisGoWhereThinkingIsShown() {
    assertThat(ofOthers("", Requests.REASONING)).isEqualTo(RESPONSES);
    assertThat(ofOthers("", Requests.PLAIN)).isEqualTo(CHAT);
    assertThat(ofOthers(",'stop':['x']", Requests.REASONING)).isEqualTo(CHAT);
  }

  @Test
  void toolsGoWhereTheModelTakesThem() {
    ModelFacts facts = Requests.TOOLS_NEED_RESPONSES;

    assertThat(ofChat(TOOLS, facts)).isEqualTo(RESPONSES);
    assertThat(ofChat(TOOLS + ",'reasoning_effort':'low'", facts)).isEqualTo(RESPONSES);
    assertThat(ofChat(TOOLS + ",'reasoning_effort':'none'", facts)).isEqualTo(CHAT);
    assertThat(ofChat("", facts)).isEqualTo(CHAT);
    assertThat(ofOthers(TOOLS + ",'stop':['x']", facts)).isEqualTo(RESPONSES);
  }

  /** The frames are asked for before it is known that the provider cannot be asked. */
  @Test
  void aRequestThatIsOnlyForwardedHasNoLane() {
    Payload payload =
        Payload.forwarded(
            WireFormat.SPEECH,
            Body.of(new byte[0]),
            Exchanges.json("{}"),
            Forwarding.json("/audio/speech", model -> new byte[0]));
    Exchange exchange =
        new Exchange("m", Exchange.Task.FORWARD, null, null, true, AnswerTraits.PLAIN, 0, payload);
    TargetRequest request =
        new TargetRequest(exchange, new TargetModel("m", "m", Requests.REASONING));
    ForwardingFormat forwarding = new ForwardingFormat(lanes, Set.of());

    assertThat(forwarding.supports(exchange)).isFalse();
    assertThat(forwarding.frames(request, frame -> {})).isNotNull();
  }

  @Test
  void aSummaryThatAnAccountMayNotHaveIsLeftOut() {
    TargetRequest request =
        Foreign.of(("{" + HELLO + "}").replace('\'', '"'), "gpt", Requests.REASONING);
    TargetRequest without =
        new TargetRequest(
            request.exchange(), request.target(), Set.of("reasoning.summary"), false, null);

    assertThat(lanes.addedFields(request)).containsExactly("reasoning.summary");
    assertThat(body(request)).contains("\"summary\"");
    assertThat(lanes.addedFields(without)).isEmpty();
    assertThat(body(without)).doesNotContain("\"summary\"");
  }

  private String body(TargetRequest request) {
    return new String(((Written.Request) lanes.write(request)).outgoing().body(), UTF_8);
  }
}
