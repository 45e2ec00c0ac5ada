package com.langdock.reliability.gateway.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.DeliveredContent;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Content;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.front.chat.ChatWriter;
import com.langdock.reliability.gateway.provider.Exchanges;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientStreamTest {
  private static final Target A = new Target("a", "m");
  private static final Target B = new Target("b", "n");
  private static final String ROLE =
      "{\"id\":\"1\",\"created\":7,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
          + "{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}";

  private static ClientWriter writer(boolean includeUsage) {
    String body = "{\"messages\":[],\"stream_options\":{\"include_usage\":" + includeUsage + "}}";
    return new ChatWriter(Exchanges.streaming(body).payload());
  }

  private static String json(String id, String delta, String finish) {
    return ("{\"id\":\"%s\",\"created\":7,\"model\":\"m\",\"choices\":"
            + "[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}")
        .formatted(id, delta, finish);
  }

  private static Piece.Raw text(String id, String text) {
    String chunk = json(id, "{\"content\":\"" + text + "\"}", "null");
    return new Piece.Raw(chunk.getBytes(UTF_8), text, Content.TEXT, 0, null);
  }

  private static Piece.Raw role() {
    return new Piece.Raw(ROLE.getBytes(UTF_8), "", Content.NONE, 0, null);
  }

  private static Piece.Raw finish(String id) {
    return new Piece.Raw(json(id, "{}", "\"stop\"").getBytes(UTF_8), "", Content.NONE, 1, null);
  }

  private static String event(Piece.Raw chunk) {
    return "data: " + new String(chunk.bytes(), UTF_8) + "\n\n";
  }

  private static String taken(ClientStream relay) {
    return new String(relay.take(), UTF_8);
  }

  private final ClientStream relay = new ClientStream(writer(false));

  @Test
  void handsTheFirstAttemptsChunksOnAsTheyAre() {
    relay.attempt(A, false);
    relay.add(role());
    relay.add(text("1", "Hello"));
    assertThat(taken(relay)).isEqualTo("data: " + ROLE + "\n\n" + event(text("1", "Hello")));
    assertThat(relay.delivered()).isEqualTo("Hello");
    assertThat(relay.waiting()).isZero();
  }

  @Test
  void anAttemptThatFailedBeforeContentLeavesNothing() {
    relay.attempt(A, false);
    relay.add(role());
    relay.attempt(B, false);
    relay.add(text("2", "Hi"));
    assertThat(taken(relay)).isEqualTo(event(text("2", "Hi")));
  }

  @Test
  void aChunkOfSeveralLinesLeavesAsOneEvent() {
    relay.attempt(A, false);
    relay.add(
        new Piece.Raw(
            "{\n\"id\":\"a\\n\",\n\"choices\":[]}".getBytes(UTF_8), "", Content.TEXT, 0, null));
    assertThat(taken(relay)).isEqualTo("data: { \"id\":\"a\\n\", \"choices\":[]}\n\n");
  }

  @Nested
  class WhenContinued {
    private String rest(Piece.Raw... chunks) {
      relay.attempt(A, false);
      relay.add(role());
      relay.add(text("1", "Hello w"));
      relay.take();
      relay.attempt(B, true);
      for (Piece.Raw chunk : chunks) {
        relay.add(chunk);
      }
      return taken(relay);
    }

    @Test
    void theClientSeesOneIdNoSecondRoleAndOneComment() {
      String rest = rest(role(), text("2", "Hello world"), text("2", "!"), finish("2"));
      assertThat(rest)
          .startsWith(": continued by b/n\ndata: {\"id\":\"1\"")
          .contains("\"content\":\"orld\"", "\"content\":\"!\"", "\"finish_reason\":\"stop\"")
          .doesNotContain("\"id\":\"2\"", "role");
      assertThat(rest.split("continued by", -1)).hasSize(2);
      assertThat(relay.delivered()).isEqualTo("Hello world!");
    }

    @Test
    void anAnswerThatIsBegunAnewIsRefusedAndNothingOfItGoesOn() {
      assertThat(rest()).isEmpty();
      assertThat(relay.add(role())).isTrue();
      assertThat(relay.add(text("2", "Hello there. "))).isTrue();
      assertThat(relay.add(finish("2"))).isFalse();
      assertThat(taken(relay)).isEmpty();
      assertThat(relay.delivered()).isEqualTo("Hello w");
    }

    @Test
    void whatIsThrownOnTheWayLeavesNoGap() {
      rest(text("2", "orld and all that is in it, and more than that, and even more"));
      String delivered = relay.delivered();
      Piece.Raw broken = new Piece.Raw("{".getBytes(UTF_8), " lost", Content.TEXT, 0, null);
      assertThatThrownBy(() -> relay.add(broken)).isInstanceOf(NullPointerException.class);
      assertThat(relay.delivered()).isEqualTo(delivered);
      assertThat(relay.waiting()).isZero();
    }

    @Test
    void textThatIsNotClearYetIsHeldBack() {
      assertThat(rest(text("2", "Hello"))).isEmpty();
    }

    @Test
    void whatWasHeldComesWithTheFinish() {
      assertThat(rest(text("2", "orl"), finish("2")))
          .contains("\"content\":\"orl\"", "\"finish_reason\":\"stop\"");
      assertThat(relay.delivered()).isEqualTo("Hello worl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{\"content\":null}", "{\"role\":\"assistant\"}"})
    void whatWasHeldComesWhateverTheFinishLooksLike(String delta) {
      byte[] last = json("2", delta, "\"stop\"").getBytes(UTF_8);
      String rest = rest(text("2", "orl"), new Piece.Raw(last, "", Content.NONE, 1, null));
      assertThat(rest).contains("\"delta\":{\"content\":\"orl\"}", "\"finish_reason\":\"stop\"");
    }

    @Test
    void whatWasHeldComesWithAFinishThatHasNoDelta() {
      byte[] last = "{\"id\":\"2\",\"choices\":[{\"finish_reason\":\"stop\"}]}".getBytes(UTF_8);
      String rest = rest(text("2", "orl"), new Piece.Raw(last, "", Content.NONE, 1, null));
      assertThat(rest).contains("[{\"finish_reason\":\"stop\",\"delta\":{\"content\":\"orl\"}}]");
    }

    @Test
    void thinkingPassesAndIsNoText() {
      String thought = json("2", "{\"reasoning_content\":\"Hello w\"}", "null");
      assertThat(rest(new Piece.Raw(thought.getBytes(UTF_8), "", Content.THINKING, 0, null)))
          .contains("\"delta\":{\"reasoning_content\":\"Hello w\"}");
      assertThat(relay.delivered()).isEqualTo("Hello w");
    }

    @Test
    void anotherBreakIsContinuedFromWhatTheClientHas() {
      assertThat(rest(text("2", "Hello wor"), text("2", "k and no play"))).contains("or\"");
      relay.attempt(A, true);
      relay.add(text("3", "Hello work and no play of it"));
      assertThat(taken(relay))
          .startsWith(": continued by a/m\ndata: {\"id\":\"1\"")
          .contains("\"content\":\" of it\"");
    }
  }

  @Nested
  class Usages {
    private final TokenReport tokens =
        TokenReport.raw(new Usage(5, 0, 2), "{\"prompt_tokens\":5,\"own\":1}");

    @Test
    void areLeftOutUnlessAsked() {
      relay.attempt(A, false);
      relay.add(text("1", "Hi"));
      relay.used(tokens.usage(), tokens);
      relay.end();
      assertThat(taken(relay)).doesNotContain("usage").endsWith("data: [DONE]\n\n");
    }

    @Test
    void comeInTheProvidersWordsWhenOneAnswered() {
      ClientStream asked = new ClientStream(writer(true));
      asked.attempt(A, false);
      asked.add(text("1", "Hi"));
      asked.used(tokens.usage(), tokens);
      asked.end();
      assertThat(taken(asked))
          .contains("\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"own\":1}}");
    }

    @Test
    void areSummedWhenSeveralDid() {
      ClientStream asked = new ClientStream(writer(true));
      asked.attempt(A, false);
      asked.add(text("1", "Hi"));
      asked.used(new Usage(3, 1, 1), null);
      asked.attempt(B, true);
      asked.add(text("2", " there"));
      asked.used(tokens.usage(), tokens);
      asked.end();
      assertThat(taken(asked))
          .contains("\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":3,\"total_tokens\":11");
    }
  }

  @Test
  void nobodyCanGoOnFromWhatIsNotText() {
    relay.attempt(A, false);
    relay.add(text("1", "Hi"));
    assertThat(relay.content()).isEqualTo(DeliveredContent.TEXT);
    relay.add(new Piece.Raw(ROLE.getBytes(UTF_8), "", Content.OTHER, 0, null));
    assertThat(relay.content()).isEqualTo(DeliveredContent.OTHER);
  }

  @Test
  void textThatIsTooLongIsLetGo() {
    relay.attempt(A, false);
    String some = "x".repeat(ClientStream.MAX_DELIVERED / 4);
    for (int i = 0; i < 4; i++) {
      relay.add(text("1", some));
    }
    assertThat(relay.content()).isEqualTo(DeliveredContent.TEXT);
    relay.add(text("1", "y"));
    assertThat(relay.content()).isEqualTo(DeliveredContent.LONG_TEXT);
    relay.add(text("1", "z"));
    assertThat(relay.delivered()).isEmpty();
  }
}
