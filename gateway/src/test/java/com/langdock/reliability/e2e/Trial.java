package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.Question.Trait;
import com.langdock.reliability.mock.MockProvider;
import com.langdock.reliability.mock.log.SeenRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * One client before one target, whose provider is strict: has each feature, and finds out what
 * became of it from what the client and the provider saw.
 *
 * @param mocks the provider of a target
 */
record Trial(
    GatewayFixture fixture, Client client, Target target, Function<Target, MockProvider> mocks) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOWNS = "The weather of two towns?";
  private static final List<String> INPUTS =
      List.of("prompt_tokens", "input_tokens", "promptTokenCount", "inputTokens");
  private static final List<String> OUTPUTS =
      List.of("completion_tokens", "output_tokens", "outputTokens");

  /**
   * A provider with a model of its own.
   *
   * @param label the provider and the model in the mock's words
   */
  record Target(String provider, String model, Format mock, String label) {
    /** The provider and the model of a format. */
    static Target of(Format format) {
      return new Target(format.provider(), format.model(), format, format.toString());
    }

    /** The mock's usual answer to a text. */
    String answer(String text) {
      return mock.answer(text).replace(mock.toString(), label);
    }

    /** The name of this model whose fallback is the model of {@code other}. */
    String modelBefore(Target other) {
      return provider + "-before-" + other.provider;
    }
  }

  /** What became of a feature. */
  enum Outcome {
    DONE("✓"),
    DROPPED("dropped and told"),
    REFUSED("refused by name");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** A column of the table. */
  enum Feature {
    WHOLE,
    STREAM,
    TOOLS,
    PARALLEL_TOOLS,
    IMAGES,
    FILES,
    STRUCTURED_OUTPUT,
    REASONING,
    CACHING,
    USAGE,
    TYPED_ERRORS,
    CONTINUATION
  }

  /**
   * Tries a feature; fails where it is neither had, nor dropped and told, nor refused by name.
   *
   * @param other goes on with streams that break here, and the other way round
   */
  Outcome of(Feature feature, Target other) {
    reset(other);
    return switch (feature) {
      case WHOLE -> answered(false);
      case STREAM -> answered(true);
      case TOOLS -> called("The weather?", 1);
      case PARALLEL_TOOLS -> called(TOWNS, 2);
      case IMAGES -> asked(Trait.IMAGE, Question.PICTURE);
      case FILES -> asked(Trait.FILE, Question.DOCUMENT);
      case STRUCTURED_OUTPUT -> asked(Trait.SCHEMA, "city");
      case REASONING -> asked(Trait.THINKING, "");
      case CACHING -> asked(Trait.CACHE, "");
      case USAGE -> counted();
      case TYPED_ERRORS -> failed();
      case CONTINUATION -> continued(other);
    };
  }

  private void reset(Target other) {
    strict(mock(other));
    strict(mock(target));
  }

  private static void strict(MockProvider mock) {
    mock.reset();
    mock.configure("{\"strict\":true}");
  }

  private MockProvider mock(Target of) {
    return mocks.apply(of);
  }

  private Outcome answered(boolean stream) {
    Answer answer = client.ask(fixture, Question.of(target.model(), stream, "Say hi"));
    assertThat(answer.text()).isEqualTo(target.answer("Say hi"));
    assertThat(answer.finish()).isEqualTo(client.finish(false));
    return Outcome.DONE;
  }

  /** Whole and streamed: the calls, their results, and the answer to them. */
  private Outcome called(String text, int calls) {
    for (boolean stream : List.of(false, true)) {
      Question question = Question.of(target.model(), stream, text, Trait.TOOLS);
      HttpResponse<String> response = client.asking(fixture, question).join();
      if (isRefused(response, Trait.TOOLS)) {
        return Outcome.REFUSED;
      }
      Answer called = stream ? client.streamed(response) : client.whole(response);
      assertThat(called.calls()).hasSize(calls);
      List<JsonNode> results = client.results(called.calls(), "sunny");
      Answer answer = client.ask(fixture, question.after(called, results));
      assertThat(answer.text())
          .contains("“" + text + "” with the tool result “sunny”" + ", “sunny”".repeat(calls - 1));
    }
    return Outcome.DONE;
  }

  /**
   * Compares with the same question without the trait.
   *
   * @param sent what the provider must see where the trait is had
   */
  private Outcome asked(Trait trait, String sent) {
    Question question = Question.of(target.model(), false, "What is it?", trait);
    HttpResponse<String> response = client.asking(fixture, question).join();
    if (isRefused(response, trait)) {
      return Outcome.REFUSED;
    }
    Answer answer = client.whole(response);
    String with = seen();
    client.ask(fixture, Question.of(target.model(), false, "What is it?"));
    String told = response.headers().firstValue("x-gateway-dropped").orElse("");
    if (with.equals(seen())) {
      assertThat(told)
          .as("%s was dropped, which must be told", trait)
          .contains(client.nameOf(trait));
      return Outcome.DROPPED;
    }
    assertThat(with).contains(sent);
    if (trait == Trait.SCHEMA) {
      assertThat(JSON.readTree(answer.text()).path("city").asString("")).isEqualTo("What is it?");
    }
    return Outcome.DONE;
  }

  private boolean isRefused(HttpResponse<String> response, Trait trait) {
    if (response.statusCode() != 400) {
      return false;
    }
    assertThat(response.body()).as("an error that names it").contains(client.nameOf(trait));
    assertThat(mock(target).requests()).as("refused before the provider is asked").isEmpty();
    return true;
  }

  private SeenRequest last() {
    return mock(target).requests().getLast();
  }

  private String seen() {
    return Objects.requireNonNull(last().body());
  }

  /** The client has the tokens that the provider counts when it is asked directly. */
  private Outcome counted() {
    for (boolean stream : List.of(false, true)) {
      client.ask(fixture, Question.of(target.model(), false, "Say hi"));
      URI url = URI.create(mock(target).url() + last().arrival().path());
      HttpRequest request =
          HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(seen())).build();
      JsonNode counted = JSON.readTree(fixture.send(request).body());
      Answer answer = client.ask(fixture, Question.of(target.model(), stream, "Say hi"));
      assertThat(answer.tokens().input()).isEqualTo(number(counted, INPUTS));
      assertThat(answer.tokens().output())
          .isEqualTo(
              counted.has("usageMetadata")
                  ? counted.at("/usageMetadata/totalTokenCount").asLong() - answer.tokens().input()
                  : number(counted, OUTPUTS));
    }
    return Outcome.DONE;
  }

  private static long number(JsonNode json, List<String> names) {
    return names.stream()
        .map(json::findValue)
        .filter(Objects::nonNull)
        .mapToLong(JsonNode::asLong)
        .findFirst()
        .orElseThrow();
  }

  /** Each error of the provider is the client's own, of the API's form. */
  private Outcome failed() {
    fails("rate_limit", 429, "rate_limit_exceeded");
    fails("context_length", 400, "context_length_exceeded");
    fails("server_error", 502, "provider_error");
    return Outcome.DONE;
  }

  private void fails(String fault, int status, String code) {
    String times = "\"" + fault + "\",\"" + fault + "\",\"" + fault + "\"";
    mock(target).configure("{\"strict\":true,\"script\":[" + times + "]}");
    Question question = Question.of(target.model(), false, "Say hi");
    client.isError(client.asking(fixture, question).join(), status, code);
  }

  /** A stream that breaks at this target goes on at another, and one of another goes on here. */
  private Outcome continued(Target other) {
    goesOn(target, other);
    reset(other);
    goesOn(other, target);
    return Outcome.DONE;
  }

  private void goesOn(Target first, Target second) {
    mock(first)
        .configure(
            "{\"strict\":true,\"stream_fault_after_chunks\":10,\"script\":[\"stream_cut\"]}");
    Answer answer = client.ask(fixture, Question.of(first.modelBefore(second), true, "Say hi"));
    assertThat(answer.text()).isEqualTo(second.answer("Say hi"));
    assertThat(mock(second).requests()).hasSize(1);
  }
}
