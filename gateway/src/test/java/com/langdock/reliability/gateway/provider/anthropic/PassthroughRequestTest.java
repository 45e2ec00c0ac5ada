package com.langdock.reliability.gateway.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The request of a client of the Messages API. */
class PassthroughRequestTest {
  private static final TargetModel SAME = new TargetModel("m", "m", Exchanges.OLD);
  private static final TargetModel RENAMED = new TargetModel("m", "claude-x", Exchanges.OLD);
  private static final Map<String, String> NO_HEADERS = Map.of();

  private final AnthropicFormat format = new AnthropicFormat();

  @Test
  void keepsItsBytes() {
    String json =
        """
        { "model" : "m", "max_tokens":1e2, "tomorrow": [1.50], "messages":[] }
        """;
    TargetRequest request = Exchanges.ofMessages(json, NO_HEADERS, SAME);

    assertThat(outgoing(request).body()).isSameAs(request.exchange().payload().body().bytes());
  }

  @Test
  void getsTheNameOfTheModelAtTheProvider() {
    assertThat(sent("{'model':'m','max_tokens':9}", RENAMED))
        .isEqualTo("{'model':'claude-x','max_tokens':9}");
  }

  @Test
  void losesTheFieldsOfTheGateway() {
    assertThat(sent("{'preferred_provider':'a','model':'m','client_id':'b'}", SAME))
        .isEqualTo("{'model':'m'}");
  }

  @Test
  void keepsTheBytesOfEveryRecording() {
    List<String> names = new ArrayList<>(Recorded.names("anthropic", ".request.json"));
    names.addAll(Recorded.names("anthropic/messages", ".request.json"));
    names.addAll(Recorded.names("requests/anthropic-messages", ".json"));

    assertThat(names)
        .hasSizeGreaterThan(30)
        .allSatisfy(name -> {
          String json = new String(Recorded.bytes(name), UTF_8);
          TargetRequest request = Exchanges.ofMessages(json, NO_HEADERS, upstream(json));
          assertThat(outgoing(request).body()).asString(UTF_8).isEqualTo(json);
        });
  }

  private static TargetModel upstream(String json) {
    String model = Objects.requireNonNull(JsonFields.text(Exchanges.json(json), "model"));
    return new TargetModel("other", model, Exchanges.OLD);
  }

  @Nested
  class Headers {
    @Test
    void areThoseOfTheClient() {
      Map<String, String> headers =
          Map.of("anthropic-version", "2026-10-21", "anthropic-beta", "a-1,b-2");

      TargetRequest request = Exchanges.ofMessages("{}", headers, SAME);

      assertThat(outgoing(request).headers()).isEqualTo(headers);
    }

    @Test
    void haveAVersionIfTheClientSentNone() {
      TargetRequest request = Exchanges.ofMessages("{}", Map.of("anthropic-beta", "a"), SAME);

      assertThat(outgoing(request).headers())
          .containsOnly(entry("anthropic-beta", "a"), entry("anthropic-version", "2023-06-01"));
    }
  }

  @Test
  void isCountedAtThePathForThat() {
    Exchange.Task task = Exchange.Task.COUNT_TOKENS;
    TargetRequest request = Exchanges.ofMessages(task, "{\"model\":\"m\"}", NO_HEADERS, SAME);

    assertThat(format.supports(request.exchange())).isTrue();
    assertThat(outgoing(request).path()).isEqualTo("/messages/count_tokens");
    assertThat(outgoing(Exchanges.ofMessages("{}", NO_HEADERS, SAME)).path())
        .isEqualTo("/messages");
  }

  @Nested
  class ForTheRestOfAnAnswer {
    private static final String HELLO = "{'role':'user','content':'Hi'}";
    private static final String THINKS =
        "{'max_tokens':2000,'messages':["
            + HELLO
            + "],'thinking':{'type':'enabled',"
            + "'budget_tokens':1900},'context_management':{'edits':["
            + "{'type':'clear_thinking_20251015'},{'type':'clear_tool_uses_20250919'}]}}";

    @Test
    void endsInAPrefillWithoutTrailingWhiteSpace() {
      assertThat(rest("{'messages':[" + HELLO + "],'max_tokens':50}", Continuation.PREFILL))
          .isEqualTo(
              "{'messages':["
                  + HELLO
                  + ",{'role':'assistant','content':'Hello there,'}],"
                  + "'max_tokens':47}");
    }

    @Test
    void mayEndInAnInstruction() {
      assertThat(rest("{'messages':[" + HELLO + "]}", Continuation.INSTRUCTION))
          .startsWith("{'messages':[" + HELLO + ",{'role':'assistant','content':'Hello there, '},")
          .contains("{'role':'user','content':'Your answer above");
    }

    @Test
    void hasNoThinkingBesideAPrefill() {
      assertThat(rest(THINKS, Continuation.PREFILL))
          .doesNotContain("enabled")
          .endsWith("'context_management':{'edits':[{'type':'clear_tool_uses_20250919'}]}}");
    }

    @Test
    void keepsThinkingBesideAnInstruction() {
      assertThat(rest(THINKS, Continuation.INSTRUCTION)).contains("'budget_tokens':1900");
    }

    @Test
    void hasNoThinkingIfItsBudgetReachesTheLimit() {
      assertThat(rest(THINKS.replace("1900", "1998"), Continuation.INSTRUCTION))
          .contains("'max_tokens':1997")
          .doesNotContain("budget_tokens");
    }

    @Test
    void isTheWholeRequestIfOnlyWhiteSpaceWasDelivered() {
      String json = "{'messages':[" + HELLO + "]}";
      Continued blank = Continued.of("\n ", Continuation.PREFILL);

      assertThat(text(request(json, SAME).continuing(blank))).isEqualTo(json);
    }

    private String rest(String json, Continuation way) {
      return text(request(json, SAME).continuing(Continued.of("Hello there, ", way)));
    }
  }

  private static TargetRequest request(String json, TargetModel target) {
    return Exchanges.ofMessages(json.replace('\'', '"'), NO_HEADERS, target);
  }

  private String sent(String json, TargetModel target) {
    return text(request(json, target));
  }

  private String text(TargetRequest request) {
    return new String(outgoing(request).body(), UTF_8).replace('"', '\'');
  }

  private Outgoing outgoing(TargetRequest request) {
    return ((Written.Request) format.write(request)).outgoing();
  }
}
