package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.access.Access;
import com.langdock.reliability.gateway.access.Grant;
import com.langdock.reliability.gateway.access.Grant.Outcome;
import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A grant is released exactly once, when its request's response has ended in any way. */
class GrantTest {
  private static final String CONFIG =
      """
      retry: {max_attempts: 1}
      server: {max_body: 2KiB}
      providers: [{name: openai, base_url: "http://a.test", models: [m]}]
      """;
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAM = CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"");

  private static final Caller SEARCH =
      new ClientKey(
          "key:search", "search", null, Rights.ALL, Priority.NORMAL, ClientKey.NEVER, Map.of());

  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Usage> usages = new ArrayList<>();
  private int granted;

  /** Grants access to every request, as one client. */
  private final class Counting implements Access, Grant {
    @Override
    public boolean admits(@Nullable InetAddress address) {
      return true;
    }

    @Override
    public Admission admit(ClientRequest request) {
      granted++;
      return this;
    }

    @Override
    public Caller caller() {
      return SEARCH;
    }

    @Override
    public void release(Usage usage, Outcome outcome) {
      usages.add(usage);
      outcomes.add(outcome);
    }
  }

  private TestGateway gateway(TestParts parts) {
    return TestGateway.of(CONFIG, parts.withAccess(new Counting()));
  }

  private void expect(Outcome... expected) {
    assertThat(outcomes).containsExactly(expected);
    assertThat(granted).isEqualTo(expected.length);
  }

  @Test
  void endsWithTheUsageOfAnAnswer() {
    try (TestGateway gateway = gateway(TestParts.NONE)) {
      gateway.client().chat(CHAT);

      expect(Outcome.ANSWERED);
      assertThat(usages.getFirst().totalTokens()).isPositive();
    }
  }

  @Test
  void endsWithTheLastByteOfAStream() {
    try (TestGateway gateway = gateway(TestParts.NONE)) {
      gateway.provider("openai").otherwise(call -> call.beginStream().text("Hel"));
      gateway.client().chat(STREAM);
      assertThat(outcomes).isEmpty();

      gateway.provider("openai").lastCall().text("lo.").finish();
      gateway.settle();

      expect(Outcome.ANSWERED);
    }
  }

  @Test
  void endsWithAnError() {
    try (TestGateway gateway = gateway(TestParts.NONE)) {
      gateway.provider("openai").otherwise(call -> call.error(500));
      gateway.client().chat(CHAT);

      expect(Outcome.FAILED);
      assertThat(usages).containsExactly(Usage.NONE);
    }
  }

  @Test
  void endsWhenTheClientLeaves() {
    try (TestGateway gateway = gateway(TestParts.NONE)) {
      gateway.provider("openai").otherwise(call -> call.beginStream().text("Hel"));
      gateway.client().chat(STREAM).leave();
      gateway.settle();

      expect(Outcome.CANCELLED);
    }
  }

  @Test
  void endsForARefusedRequest() {
    try (TestGateway gateway = gateway(TestParts.NONE)) {
      gateway.client().chat("{}");
      gateway.client().chat(CHAT.replace("Hi", "Hi".repeat(2_000)));
      gateway.client().write("GET /v1/nothing HTTP/1.1\r\nhost: localhost\r\n\r\n");
      gateway.client().write("GET /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n\r\n");
      gateway.settle();

      expect(Outcome.REFUSED, Outcome.REFUSED, Outcome.REFUSED, Outcome.REFUSED);
    }
  }

  @Test
  void endsForAMissingBody() {
    try (TestGateway gateway = gateway(TestParts.NONE)) {
      String request = FakeClient.request(CHAT);
      FakeClient client = gateway.client().write(request.substring(0, request.length() - 1));
      gateway.settle();
      assertThat(outcomes).isEmpty();

      client.leave();

      expect(Outcome.CANCELLED);
    }
  }

  @Test
  void endsForADocument() {
    try (TestGateway gateway = gateway(TestParts.NONE)) {
      gateway.client().write("GET /v1/models HTTP/1.1\r\nhost: localhost\r\n\r\n");
      gateway.settle();

      expect(Outcome.ANSWERED);
    }
  }

  @Test
  void endsAfterABug() {
    TestParts faulty =
        TestParts.NONE.withFormats(format ->
            new FaultyFormat(
                format,
                work -> {
                  throw new IllegalStateException("a bug");
                }));
    try (TestGateway gateway = gateway(faulty)) {
      gateway.client().chat(CHAT);

      expect(Outcome.FAILED);
    }
  }

  @Test
  void tellsWhoseRequestItIs() {
    List<RequestInfo.Client> clients = new ArrayList<>();
    RequestObserver observer =
        new RequestObserver() {
          @Override
          public SessionListener began(RequestInfo request) {
            clients.add(request.client());
            return NO_EVENTS;
          }
        };
    TestParts watched = TestParts.NONE.withWatcher(start -> observer);
    try (TestGateway gateway = gateway(watched)) {
      gateway
          .client()
          .chat(CHAT)
          .chat(CHAT.replace("{\"model\"", "{\"client_id\":\"me\",\"model\""));

      assertThat(clients)
          .containsExactly(
              new RequestInfo.Client(null, SEARCH), new RequestInfo.Client("me", SEARCH));
    }
  }
}
