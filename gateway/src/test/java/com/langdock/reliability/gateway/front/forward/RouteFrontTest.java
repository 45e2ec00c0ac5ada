package com.langdock.reliability.gateway.front.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.Forwarding;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.Front.Reading;
import com.langdock.reliability.gateway.front.RequestHead;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteFrontTest {
  private final RouteFront front =
      new RouteFront(
          List.of(
              new Route("/v1/files", "/files", Set.of("GET", "POST", "DELETE"), Set.of("x-own"), 0),
              new Route("/search", "", Set.of("GET"), Set.of(), 0)));

  private Reading read(String method, String path, String query, Map<String, String> headers) {
    RequestHead head = new RequestHead(method, path, query, headers, Caller.ANONYMOUS);
    return front.read(head, Body.of("body".getBytes(UTF_8)), false);
  }

  private Exchange accepted(String method, String path, String query) {
    return ((Reading.Accepted) read(method, path, query, Map.of())).exchange();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/files, true",
    "/v1/files/, true",
    "/v1/files/a/content, true",
    "/v1/filesystem, false",
    "/v1/file, false",
    "/v1, false",
    "/search/x, true",
    "/, false",
  })
  void takesThePathsOfItsRoutes(String path, boolean isTaken) {
    assertThat(front.endpoint(path)).isEqualTo(isTaken ? EndpointName.ROUTES : null);
    assertThat(front.page(path, Rights.ALL)).isNull();
    assertThat(front.bodies(path)).isEqualTo(Front.Bodies.ANY);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/files, '', /files",
    "/v1/files, limit=2&after=x%20y, /files?limit=2&after=x%20y",
    "/v1/files/, '', /files/",
    "/v1/files/file-1%20x/content, a, /files/file-1%20x/content?a",
    "/search/x:y, q=1&key=secret&page_token=2, /x:y?q=1&page_token=2",
    "/search, API_KEY=secret, ''",
    "/v1/files/..., access_token=1, /files/...",
  })
  void putsThePathOfTheProviderInPlaceOfItsOwn(String path, String query, String sent) {
    Exchange exchange = accepted("GET", path, query);

    assertThat(exchange.payload().forwarding().path()).isEqualTo(sent);
    assertThat(exchange.task()).isEqualTo(Task.PASS);
    assertThat(exchange.stream()).isTrue();
    assertThat(exchange.model()).isIn("/v1/files", "/search");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..",
        "/../chat/completions",
        "/a/../../x",
        "/./a",
        "//a",
        "/a//b",
        "/a//",
        "/%2e%2e/x",
        "/%2E./x",
        "/.%2e/x",
        "/a%2fb",
        "/a%2Fb",
        "/a%5cb",
        "/a\\b",
        "/a%00",
        "/a%0d%0a",
        "/a%252e",
        "/a;b",
        "/a%3bb",
        "/a%3Fb",
        "/a%23b",
        "/a#b",
        "/a%7f",
        "/a%",
        "/a%2",
        "/a%zz",
        "/a b",
        "/\u00e4",
        "/http://other.example/",
      })
  void refusesPathsThatServersReadInDifferentWays(String rest) {
    Reading reading = read("GET", "/v1/files" + rest, "", Map.of());

    assertThat(((Reading.Refused) reading).error().code()).isEqualTo("invalid_path");
    assertThat(((Reading.Refused) reading).error().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\u0001", "a#b", "a\\b", "\u00e4", "<a>"})
  void refusesQueriesThatAreNone(String query) {
    assertThat(read("GET", "/v1/files", query, Map.of())).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void passesOnWhatAClientMaySayOfItsRequestAndNoCredentials() {
    Map<String, String> sent =
        Map.ofEntries(
            Map.entry("accept", "text/plain"),
            Map.entry("content-type", "text/csv"),
            Map.entry("range", "bytes=0-9"),
            Map.entry("x-own", "1"),
            Map.entry("x-other", "2"),
            Map.entry("authorization", "Bearer client"),
            Map.entry("x-api-key", "client"),
            Map.entry("cookie", "c"),
            Map.entry("host", "gateway"),
            Map.entry("connection", "x-own"),
            Map.entry("transfer-encoding", "chunked"),
            Map.entry("x-forwarded-for", "1.2.3.4"));

    Reading reading = read("POST", "/v1/files", "", sent);

    Forwarding forwarding = ((Reading.Accepted) reading).exchange().payload().forwarding();
    assertThat(forwarding.headers())
        .containsOnlyKeys("accept", "content-type", "range", "x-own")
        .containsEntry("content-type", "text/csv");
    assertThat(forwarding.body().apply("any")).asString(UTF_8).isEqualTo("body");
  }

  @ParameterizedTest
  @CsvSource({"GET, true", "PUT, true", "DELETE, true", "POST, false", "PATCH, false"})
  void mayBeRepeatedIfItsMethodSaysSo(String method, boolean isRepeatable) {
    assertThat(accepted(method, "/v1/files", "").isRepeatable()).isEqualTo(isRepeatable);
  }

  @Test
  void hasTheMethodsOfItsRoute() {
    assertThat(front.operation("/search/x")).isEqualTo("pass");
    assertThat(front.route("/search/x/y")).isEqualTo("/search");
    assertThat(front.methods("/search/x")).containsExactly("GET");
    assertThat(front.methods("/v1/files")).contains("POST", "DELETE");
  }
}
