package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.LoginServer.Given;
import com.langdock.reliability.e2e.LoginServer.Seen;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A provider at Azure with a token of Entra ID, before another provider. */
@Tag("e2e")
class EntraE2eTest {
  private static final String LOGIN = "/oauth2/v2.0/token";
  private static final String CHAT = "/chat/completions";
  private static final Given EXPIRED =
      new Given(401, "{\"error\":{\"code\":\"401\",\"message\":\"The token has expired.\"}}");
  private static final Given ANSWER =
      new Given(
          200,
          "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
              + "\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"}}]}");

  private final LoginServer server = new LoginServer(this::usual);
  private int issued;

  private Given usual(Seen seen) {
    if (!seen.path().endsWith(LOGIN)) {
      return ANSWER;
    }
    issued++;
    return new Given(200, "{\"access_token\":\"t0ken-" + issued + "\",\"expires_in\":3600}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private GatewayFixture open() {
    return GatewayFixture.of(
        GatewayFixture.SHORT_TIMES,
        opened ->
            """
            providers:
              - name: azure
                base_url: "%1$s"
                entra: {tenant: t, client_id: c, client_secret: "s+1", authority: "%1$s"}
                models: {sky: mine}
              - {name: openai, base_url: "%2$s", api_key: k, models: {sky: gpt-4}, priority: 2}
            """
                .formatted(server.url(), opened.openai.url()));
  }

  private static double attempts(GatewayFixture fixture, String provider, String outcome) {
    return fixture.metric(
        "gateway_attempts_total", Map.of("provider", provider, "model", "sky", "outcome", outcome));
  }

  @Test
  void asksForATokenOnceAndSendsItWithEachRequest() {
    try (GatewayFixture fixture = open()) {
      fixture.ask(GatewayFixture.chat("sky")).isAnsweredBy("azure");
      fixture.ask(GatewayFixture.chat("sky")).isAnsweredBy("azure");
    }
    assertThat(server.requests.getFirst().path()).isEqualTo("/t" + LOGIN);
    assertThat(server.requests.getFirst().body())
        .isEqualTo(
            "grant_type=client_credentials&client_id=c"
                + "&scope=https%3A%2F%2Fcognitiveservices.azure.com%2F.default"
                + "&client_secret=s%2B1");
    assertThat(server.count(LOGIN)).isEqualTo(1);
    assertThat(server.header("authorization", CHAT))
        .containsExactly("Bearer t0ken-1", "Bearer t0ken-1");
  }

  @Test
  void anExpiredTokenIsRenewedInTheSameAttempt() throws InterruptedException {
    try (GatewayFixture fixture = open()) {
      fixture.ask(GatewayFixture.chat("sky")).isAnsweredBy("azure");
      Thread.sleep(1_100); // tokens are fetched once a second at most
      server.next(EXPIRED);
      Reply reply = fixture.ask(GatewayFixture.chat("sky")).isAnsweredBy("azure");

      assertThat(reply.header("x-attempts")).isEqualTo("1");
      assertThat(attempts(fixture, "azure", "success")).isEqualTo(2);
      assertThat(attempts(fixture, "azure", "credential_expired")).isZero();
    }
    assertThat(server.count(LOGIN)).isEqualTo(2);
    assertThat(server.header("authorization", CHAT))
        .containsExactly("Bearer t0ken-1", "Bearer t0ken-1", "Bearer t0ken-2");
  }

  @Test
  void anExpiredTokenIsRenewedForAStreamToo() throws InterruptedException {
    try (GatewayFixture fixture = open()) {
      Thread.sleep(1_100);
      server.next(EXPIRED);
      StreamReply reply = fixture.stream(GatewayFixture.streamed("sky"));
      assertThat(reply.text()).isEqualTo("Hi");
    }
    assertThat(server.header("authorization", CHAT))
        .containsExactly("Bearer t0ken-1", "Bearer t0ken-2");
  }

  @Test
  void aTokenThatIsRefusedAgainMovesOn() {
    server.usual(seen -> seen.path().endsWith(LOGIN) ? usual(seen) : EXPIRED);
    try (GatewayFixture fixture = open()) {
      Reply reply = fixture.ask(GatewayFixture.chat("sky")).isAnsweredBy("openai");

      assertThat(reply.header("x-attempts")).isEqualTo("2");
      assertThat(reply.header("x-attempt-trail")).startsWith("azure/sky:401:");
      assertThat(server.count(CHAT)).isEqualTo(2);
      assertThat(attempts(fixture, "azure", "credential_expired")).isEqualTo(1);
      fixture.ask(GatewayFixture.chat("sky")).isAnsweredBy("openai");
      assertThat(server.count(CHAT)).as("its circuit is open").isEqualTo(2);
    }
  }

  @Test
  void withoutATokenNothingIsSentAndAnotherProviderAnswers() {
    server.usual(seen ->
        seen.path().endsWith(LOGIN) ? new Given(400, "{\"error\":\"invalid_client\"}") : ANSWER);
    try (GatewayFixture fixture = open()) {
      Reply reply = fixture.ask(GatewayFixture.chat("sky")).isAnsweredBy("openai");

      assertThat(reply.header("x-attempts")).isEqualTo("2");
      assertThat(attempts(fixture, "azure", "credential_missing")).isEqualTo(1);
      assertThat(server.count(CHAT)).isZero();
      server.usual(this::usual);
      Thread.sleep(2_500); // until it asks again
      fixture.ask(GatewayFixture.chat("sky")).isAnsweredBy("azure");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void withoutATokenAndWithoutAnotherProviderItFails() {
    server.usual(seen -> new Given(500, "no"));
    try (GatewayFixture fixture =
        GatewayFixture.of(
            GatewayFixture.SHORT_TIMES,
            opened ->
                """
                providers:
                  - name: azure
                    base_url: "%1$s"
                    entra: {tenant: t, client_id: c, client_secret: s, authority: "%1$s"}
                    models: {sky: mine}
                """
                    .formatted(server.url()))) {
      fixture.ask(GatewayFixture.chat("sky")).isError(502, "provider_auth_failed");
      assertThat(server.count(CHAT)).isZero();
    }
  }

  @Test
  void aClaudeInFoundryIsAskedWithATokenToo() {
    try (GatewayFixture fixture =
        GatewayFixture.of(
            GatewayFixture.SHORT_TIMES,
            opened ->
                """
                providers:
                  - name: foundry
                    type: azure-anthropic
                    base_url: "%s"
                    entra: {tenant: t, client_id: c, client_secret: s, authority: "%s"}
                    models: {claude-sonnet-4-5: my-sonnet}
                """
                    .formatted(opened.anthropic.url(), server.url()))) {
      for (Client client : Client.all()) {
        Answer answer = client.ask(fixture, Question.of("claude-sonnet-4-5", true, "Say hi"));
        assertThat(answer.text()).endsWith("Finished by anthropic/my-sonnet.");
      }
      assertThat(fixture.anthropic.requests())
          .allSatisfy(seen -> {
            assertThat(seen.arrival().path()).isEqualTo("/anthropic/v1/messages");
            assertThat(seen.arrival().headers())
                .containsEntry("authorization", "***14") // characters
                .containsKey("anthropic-version")
                .doesNotContainKey("x-api-key");
          });
    }
    assertThat(server.requests.getFirst().body()).contains("cognitiveservices");
  }

  @Test
  void theNextConfigurationKeepsTheTokenOfTheSameLogin() {
    String settings = GatewayFixture.SHORT_TIMES + "journal: {url: none}\n";
    String yaml =
        """
        providers:
          - name: azure
            base_url: "%1$s"
            entra: {tenant: t, client_id: CLIENT, client_secret: s, authority: "%1$s"}
            models: {sky: mine}
        """
            .formatted(server.url());
    try (GatewayFixture fixture = GatewayFixture.of(settings, opened -> yaml)) {
      fixture.gateway.use(GatewayFixture.load(settings + yaml.replace("mine", "other")));
      fixture.ask(GatewayFixture.chat("sky")).isAnsweredBy("azure");
      assertThat(server.count(LOGIN)).isEqualTo(1);

      fixture.gateway.use(GatewayFixture.load(settings + yaml.replace("CLIENT", "next")));
      fixture.ask(GatewayFixture.chat("sky")).isAnsweredBy("azure");
    }
    assertThat(server.header("authorization", CHAT))
        .containsExactly("Bearer t0ken-1", "Bearer t0ken-2");
  }
}
