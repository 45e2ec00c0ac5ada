package com.langdock.reliability.gateway.config.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.config.Configs;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.chat.ChatFront;
import com.langdock.reliability.gateway.front.forward.ForwardFront;
import com.langdock.reliability.gateway.front.gemini.GeminiFront;
import com.langdock.reliability.gateway.front.messages.MessagesFront;
import com.langdock.reliability.gateway.front.responses.ResponsesFront;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteConfigTest {
  private static final List<Target> TARGETS = List.of(new Target("openai", "gpt-4"));

  private static GatewayConfig loaded(String routes) {
    return Configs.loaded(Configs.PROVIDERS + "routes: " + routes);
  }

  private static List<String> problems(String routes) {
    return Configs.problems(Configs.PROVIDERS + "routes: " + routes);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/files, /files",
    "/v1/messages/batches, /messages/batches",
    "/search/v2, /search/v2",
    "/v1beta/files, /v1beta/files",
  })
  void leadsToTheSamePathAfterTheVersionOfTheApi(String path, String to) {
    RouteConfig route = loaded("{" + path + ": {provider: openai}}").routes().getFirst();

    assertThat(route.to()).isEqualTo(to);
    assertThat(route.methods()).containsExactlyInAnyOrder("GET", "POST", "PUT", "PATCH", "DELETE");
    assertThat(route.headers()).isEmpty();
  }

  @Test
  void hasAPathMethodsAndHeadersOfItsOwn() {
    RouteConfig route =
        loaded("{/x: {provider: openai, to: /, methods: [GET], headers: [X-Team], max_body: 4KiB}}")
            .routes()
            .getFirst();

    assertThat(route)
        .isEqualTo(new RouteConfig("/x", "openai", "", Set.of("GET"), Set.of("x-team"), 4096));
  }

  @Test
  void isATargetThatAnswersForNoModel() {
    GatewayConfig config = loaded("{/v1/files: {provider: openai}}");

    assertThat(config.offers())
        .extracting(offer -> offer.target())
        .contains(new Target("openai", "/v1/files"));
    assertThat(config.modelTargets()).doesNotContain(new Target("openai", "/v1/files"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1",
        "/v1/chat",
        "/v1/chat/completions",
        "/v1/models",
        "/v1/models/x",
        "/v1/responses/x",
        "/v1/audio",
        "/health",
        "/health/live",
        "/v1beta",
      })
  void isRefusedWhereTheGatewayHasPathsOfItsOwn(String path) {
    assertThat(problems("{" + path + ": {provider: openai}}"))
        .singleElement()
        .asString()
        .endsWith("is a path of the gateway's own, or above one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "v1/files", "/a/", "/a//b", "/a/../b", "/./a", "/a%2e", "/a b", "'/a?b'"})
  void isRefusedWithAPathThatIsNotPlain(String path) {
    assertThat(problems("{" + path + ": {provider: openai}}"))
        .singleElement()
        .asString()
        .contains("must be a path of letters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{/a: {provider: openai}, /a/b: {provider: openai}} | or above or below it",
        "{/a/b: {provider: openai}, /a: {provider: openai}} | or above or below it",
        "{/a: {}} | routes./a.provider: is required",
        "{/a: {provider: other}} | routes./a.provider: must be",
        "{/a: {provider: openai, to: /../b}} | routes./a.to: must be a path",
        "{/a: {provider: openai, methods: [TRACE]}} | routes./a.methods[0]: must be",
        "{/a: {provider: openai, headers: [Authorization]}} | is a header that is never passed on",
        "{/a: {provider: openai, headers: [x-goog-api-key]}} | is a header that is never passed",
        "{/a: {provider: openai, headers: ['a b']}} | is not a header's name",
        "{/a: {provider: openai, x: 1}} | is not a known key",
      })
  void isRefusedWithWhatCannotBe(String routes, String problem) {
    assertThat(problems(routes)).singleElement().asString().contains(problem);
  }

  @Test
  void knowsThePathsOfAllFronts() {
    GatewayConfig config = Configs.loaded(Configs.PROVIDERS);
    List<Front> fronts =
        List.of(
            new ChatFront(config.catalog(), TARGETS, 0),
            new MessagesFront(config.catalog(), TARGETS),
            new ResponsesFront(config.catalog(), TARGETS),
            new GeminiFront(config.catalog(), TARGETS),
            new ForwardFront(TARGETS));

    for (String path : OwnPaths.EXACT) {
      assertThat(fronts)
          .as(path)
          .anyMatch(front -> front.endpoint(path) != null || front.page(path, Rights.ALL) != null);
    }
    List<String> served =
        ForwardFront.paths().stream().filter(path -> !OwnPaths.clashWith(path)).toList();
    assertThat(served).isEmpty();
  }
}
