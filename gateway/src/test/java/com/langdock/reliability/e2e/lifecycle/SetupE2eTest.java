package com.langdock.reliability.e2e.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Another configuration on every event loop of a gateway that runs. */
@Tag("e2e")
final class SetupE2eTest {
  private static final int REQUESTS = 32; // at once: with a connection each, on several event loops

  @Test
  void everyRequestFollowsItOnceItIsInUse() {
    String journal = "journal: {url: none}\n";
    try (GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES + journal)) {
      assertThat(fixture.ask(GatewayFixture.chat("gpt-4")).status()).isEqualTo(200);
      String next = GatewayFixture.SHORT_TIMES + journal + other(fixture.openai.url());

      fixture.gateway.use(GatewayFixture.load(next));

      assertThat(
              IntStream.range(0, REQUESTS)
                  .mapToObj(request -> fixture.asking(GatewayFixture.chat("gpt-4")))
                  .toList()
                  .stream()
                  .map(reply -> Reply.of(reply.join()).header("x-provider")))
          .containsOnly("other");
      assertThat(fixture.manage("/api/providers").response().body())
          .contains("\"other\"")
          .doesNotContain("anthropic");
      assertThat(fixture.metric("gateway_target_ready", Map.of("provider", "other"))).isOne();
      assertThat(fixture.metric("gateway_target_ready", Map.of("provider", "openai"))).isZero();
      assertThat(fixture.attempts("openai", "success")).isOne();
      assertThatThrownBy(
              () -> fixture.gateway.use(GatewayFixture.load(next.replace("port: 0", "port: 1"))))
          .hasMessageContaining("server.port");
      assertThat(fixture.ask(GatewayFixture.chat("gpt-4")).status()).isEqualTo(200);
    }
  }

  private static String other(String url) {
    return "providers: [{name: other, type: openai, base_url: '"
        + url
        + "', api_key: sk-other, models: [gpt-4]}]\n";
  }
}
