package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.Question.Trait;
import com.langdock.reliability.mock.MockProvider;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Streams that break inside a tool call end with an error, since no other target can go on there.
 */
@Tag("e2e")
class BrokenCallPairsE2eTest {
  private static GatewayFixture fixture;

  /** A busy machine must not make the cut look like a silent provider. */
  @BeforeAll
  static void open() {
    String config = GatewayFixture.with("circuit_breaker: {threshold: 1000, minimum_calls: 1000}");
    fixture =
        GatewayFixture.ofFormats(
            config.replace("heartbeat_timeout: 500ms", "heartbeat_timeout: 20s"));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void reset() {
    for (Format format : Format.values()) {
      fixture.provider(format.provider()).reset();
    }
  }

  static Stream<Arguments> changes() {
    return ContinuedPairsE2eTest.changes();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void areNotContinued(Client client, Format first, Format second) {
    MockProvider broken = fixture.provider(first.provider());
    broken.configure(
        "{\"strict\":true,\"stream_fault_after_chunks\":2,\"script\":[\"stream_cut\"]}");
    HttpResponse<String> response =
        client
            .asking(
                fixture, Question.of(first.modelBefore(second), true, "The weather?", Trait.TOOLS))
            .join();

    client.isBroken(response, "provider_error");
    assertThat(fixture.provider(second.provider()).requests()).isEmpty();
  }
}
