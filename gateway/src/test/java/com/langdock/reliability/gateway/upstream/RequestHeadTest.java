package com.langdock.reliability.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeadTest {
  private static String head(String baseUrl, String method, String path) {
    RequestHead head = new RequestHead(URI.create(baseUrl), method, path, Map.of(), null);
    ByteBuf begun = head.begin(UnpooledByteBufAllocator.DEFAULT, Map.of("x-a", "b"), 7, 0);
    try {
      return begun.toString(StandardCharsets.ISO_8859_1);
    } finally {
      begun.release();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/v1, /chat, /v1/chat",
    "http://h/v1?api-version=2, /chat, /v1/chat?api-version=2",
    "http://h/v1, /m:stream?alt=sse, /v1/m:stream?alt=sse",
    "http://h/v1?key=2, /m:stream?alt=sse, /v1/m:stream?alt=sse&key=2"
  })
  void joinsTheQueriesOfPathAndBaseUrl(String baseUrl, String path, String target) {
    assertThat(head(baseUrl, "POST", path)).startsWith("POST " + target + " HTTP/1.1\r\n");
  }

  @Test
  void hasTheMethodAndTheHeadersOfTheRequest() {
    assertThat(head("http://h:81/v1", "GET", "/models"))
        .isEqualTo("GET /v1/models HTTP/1.1\r\nhost: h:81\r\ncontent-length: 7\r\nx-a: b\r\n\r\n");
  }

  @Test
  void doesNotRepeatAHeaderThatEveryRequestHas() {
    RequestHead head =
        new RequestHead(URI.create("http://h"), "POST", "/m", Map.of("Some-Version", "1"), null);

    ByteBuf begun = head.begin(UnpooledByteBufAllocator.DEFAULT, Map.of("some-version", "2"), 0, 0);
    try {
      assertThat(begun.toString(StandardCharsets.ISO_8859_1))
          .isEqualTo("POST /m HTTP/1.1\r\nhost: h\r\nSome-Version: 1\r\ncontent-length: 0\r\n\r\n");
    } finally {
      begun.release();
    }
  }
}
