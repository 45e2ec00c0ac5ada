package com.langdock.reliability.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** A form with files, as clients send it. */
final class Form {
  private static final String BOUNDARY = "----form7MA4YWxkTrZu0gW";

  private final StringBuilder body = new StringBuilder();

  /** Adds a field. */
  Form field(String name, String value) {
    part("name=\"" + name + "\"", value);
    return this;
  }

  /** Adds a file of these bytes. */
  Form file(String name, byte[] content) {
    part(
        "name=\"" + name + "\"; filename=\"a.wav\"\r\nContent-Type: audio/wav",
        new String(content, ISO_8859_1));
    return this;
  }

  private void part(String head, String content) {
    body.append("--").append(BOUNDARY).append("\r\nContent-Disposition: form-data; ").append(head);
    body.append("\r\n\r\n").append(content).append("\r\n");
  }

  /** The bytes of the form, each the code of a character. */
  String body() {
    return body + "--" + BOUNDARY + "--\r\n";
  }

  /** A request that sends it. */
  HttpRequest to(GatewayFixture fixture, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(fixture.url(path))
            .timeout(Duration.ofSeconds(20))
            .header("content-type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(body().getBytes(ISO_8859_1)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }
}
