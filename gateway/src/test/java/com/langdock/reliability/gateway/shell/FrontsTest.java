package com.langdock.reliability.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A second client API beside the first: its own paths and formats. */
class FrontsTest {
  private static final String CONFIG =
      """
      retry: {max_attempts: 1}
      providers: [{name: openai, base_url: "http://a.test", models: [m]}]
      """;
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAM = CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"");

  private final TestGateway gateway =
      TestGateway.of(
          CONFIG,
          TestParts.NONE.withFronts(
              fronts -> List.of(fronts.getFirst(), new Other(fronts.getFirst()))));

  /** Reads what the first front reads, and answers in its own format. */
  private record Other(Front first) implements Front {
    @Override
    public @Nullable EndpointName endpoint(String path) {
      return path.equals("/v1/other") || path.equals("/v1/other/more") ? EndpointName.CHAT : null;
    }

    @Override
    public @Nullable Page page(String path, Rights rights) {
      return path.equals("/v1/others") ? new Page.Json("[\"other\"]".getBytes(UTF_8)) : null;
    }

    @Override
    public Reading read(RequestHead head, Body body, boolean mayTakeLong) {
      return first.read(head, body, mayTakeLong);
    }

    @Override
    public byte[] answer(WholeAnswer answer, Exchange request, AnswerFacts facts) {
      return ("[\"answer of\",\"" + facts.provider() + "\"]").getBytes(UTF_8);
    }

    @Override
    public ClientWriter writer(Exchange request, RequestHead head) {
      return first.writer(request, head);
    }

    @Override
    public byte[] error(ApiError error, String requestId) {
      return ("[\"error\",\"" + error.code() + "\"]").getBytes(UTF_8);
    }

    @Override
    public byte[] streamError(ApiError error, String requestId, @Nullable ClientWriter writer) {
      return ("event: error\ndata: \"" + error.code() + "\"\n\n").getBytes(UTF_8);
    }
  }

  private FakeClient post(String path, String body) {
    FakeClient client =
        gateway.client().write(FakeClient.request(body).replace("/v1/chat/completions", path));
    gateway.settle();
    return client;
  }

  private FakeClient get(String path) {
    FakeClient client =
        gateway.client().write("GET " + path + " HTTP/1.1\r\nhost: localhost\r\n\r\n");
    gateway.settle();
    return client;
  }

  @Test
  void answersInItsOwnShape() {
    FakeClient client = post("/v1/other", CHAT);

    assertThat(client.reply().status()).isEqualTo(200);
    assertThat(client.reply().body()).isEqualTo("[\"answer of\",\"openai\"]");
    assertThat(post("/v1/chat/completions", CHAT).reply().body()).contains("\"choices\"");
    gateway.assertNothingHeld();
  }

  @Test
  void refusesInItsOwnShape() {
    assertThat(post("/v1/other", "{}").reply().body()).isEqualTo("[\"error\",\"missing_field\"]");
    assertThat(get("/v1/other").reply().body()).isEqualTo("[\"error\",\"method_not_allowed\"]");
    assertThat(post("/v1/others", CHAT).reply().status()).isEqualTo(405);
    assertThat(get("/v1/nothing").reply().body()).contains("\"code\":\"not_found\"");
    gateway.assertNothingHeld();
  }

  @Test
  void refusesToSpeakWebSocket() {
    FakeClient client =
        gateway
            .client()
            .write(
                String.join(
                    "\r\n",
                    "GET /v1/other HTTP/1.1",
                    "host: localhost",
                    "connection: Upgrade",
                    "upgrade: websocket",
                    "",
                    ""));
    gateway.settle();

    assertThat(client.reply().status()).isEqualTo(426);
    assertThat(client.reply().headers()).containsEntry("upgrade", "HTTP/1.1");
    gateway.assertNothingHeld();
  }

  @Test
  void hasNoSuchPageWhateverTheMethod() {
    FakeClient client =
        gateway.client().write("DELETE /v1/models/x HTTP/1.1\r\nhost: localhost\r\n\r\n");
    gateway.settle();

    assertThat(client.reply().status()).isEqualTo(404);
  }

  @Test
  void showsItsOwnPages() {
    assertThat(get("/v1/others").reply().body()).isEqualTo("[\"other\"]");
    assertThat(get("/v1/models").reply().body()).contains("\"id\":\"m\"");
  }

  @Test
  void endsABrokenStreamInItsOwnShape() {
    FakeProvider provider = gateway.provider("openai");
    provider.otherwise(call -> call.beginStream().text("Hel"));
    FakeClient client = post("/v1/other", STREAM);

    provider.lastCall().reset();
    gateway.settle();

    assertThat(client.reply().body())
        .contains("Hel")
        .endsWith("event: error\ndata: \"provider_error\"\n\n");
    gateway.assertNothingHeld();
  }
}
