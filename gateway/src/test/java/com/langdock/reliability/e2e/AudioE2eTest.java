package com.langdock.reliability.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.mock.MockProvider;
import com.langdock.reliability.mock.log.SeenRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Speech to text and text to speech, and images in forms: two providers of the same model. */
@Tag("e2e")
class AudioE2eTest {
  private static final String TRANSCRIPTIONS = "/v1/audio/transcriptions";
  private static final String SPEECH = "/v1/audio/speech";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MockProvider first = MockProvider.openAi();
  private final MockProvider second = MockProvider.openAi();
  private final GatewayFixture fixture =
      GatewayFixture.of(
          GatewayFixture.SHORT_TIMES,
          """
          providers:
            - {name: first, type: openai, base_url: "%s", api_key: k, models: {voice: whisper-1},
               formats: [audio, images]}
            - {name: second, type: openai, base_url: "%s", api_key: k, models: {voice: whisper-2},
               formats: [audio, images], priority: 2}
          """
              .formatted(first.url(), second.url()));

  @AfterEach
  void close() {
    fixture.close();
    first.close();
    second.close();
  }

  private static Form form(int bytes, String... fields) {
    byte[] file = new byte[bytes];
    new Random(bytes).nextBytes(file);
    Form form = new Form().file("file", file).field("model", "voice");
    for (String field : fields) {
      form.field(field.split("=")[0], field.split("=")[1]);
    }
    return form;
  }

  private HttpResponse<String> transcribe(Form form, String... headers) {
    return fixture.send(form.to(fixture, TRANSCRIPTIONS, headers));
  }

  private HttpRequest speech(String more) {
    return HttpRequest.newBuilder(fixture.url(SPEECH))
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString("{\"model\":\"voice\",\"input\":\"Say hi\"" + more + "}"))
        .build();
  }

  private void script(MockProvider provider, String... faults) {
    provider.configure(
        "{\"timeout_duration_seconds\":3,\"script\":[\"" + String.join("\",\"", faults) + "\"]}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, 65_536, 3_000_000})
  void sendsTheFileUnchangedUnderTheProvidersNameOfTheModel(int bytes) {
    Form form = form(bytes, "language=en", "client_id=me");

    Reply reply = Reply.of(transcribe(form));

    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    assertThat(reply.json().path("text").asString("")).contains(bytes + " bytes");
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(reply.header("x-provider")).isEqualTo("first");
    SeenRequest seen = first.requests().getFirst();
    assertThat(seen.model()).isEqualTo("whisper-1");
    assertThat(seen.body()).contains("name=\"language\"").doesNotContain("client_id");
    assertThat(seen.arrival().headers().get("content-type")).startsWith("multipart/form-data; b");
    int sent = Integer.parseInt(seen.arrival().headers().getOrDefault("content-length", "0"));
    String own = new Form().field("client_id", "me").body();
    int ownBytes = own.length() - new Form().body().length();
    assertThat(sent).isEqualTo(form.body().length() - ownBytes + "whisper-1".length() - 5);
    assertThat(fixture.metric("gateway_tokens_total", Map.of("model", "voice"))).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "server_error, second",
    "overloaded, second",
    "timeout, second",
    "reset, second",
    "rate_limit, second",
    "html, second",
    "empty, second",
    "malformed, second",
    "stream_cut, second",
  })
  void repeatsAFormAtAnotherProvider(String fault, String provider) {
    script(first, fault, fault, fault);

    HttpResponse<String> response = transcribe(form(100_000));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("x-provider")).hasValue(provider);
    assertThat(second.requests().getFirst().model()).isEqualTo("whisper-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "srt", "vtt"})
  void answersTextAsText(String format) {
    HttpResponse<String> response = transcribe(form(10, "response_format=" + format));

    assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
    assertThat(response.body()).startsWith("This is a mock answer").endsWith("\n");
  }

  @Test
  void streamsATranscription() {
    HttpResponse<String> response = transcribe(form(10, "stream=true"));

    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    String[] events = response.body().split("\n\n");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < events.length - 1; i++) {
      text.append(event(events[i]).path("delta").asString(""));
    }
    JsonNode last = event(events[events.length - 1]);
    assertThat(last.path("type").asString("")).isEqualTo("transcript.text.done");
    assertThat(last.path("text").asString("")).isEqualTo(text.toString()).isNotEmpty();
  }

  private static JsonNode event(String event) {
    return JSON.readTree(event.substring(event.indexOf("data: ") + 6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream_cut", "stream_fin", "stream_end", "error_in_stream"})
  void endsABrokenTranscriptionInAnError(String fault) {
    script(first, fault);

    HttpResponse<String> response = transcribe(form(10, "stream=true"));

    String[] events = response.body().split("\n\n");
    assertThat(event(events[events.length - 1]).has("error")).isTrue();
    assertThat(response.body()).doesNotContain("transcript.text.done");
  }

  @Test
  void passesSpeechAsItComesWithItsType() {
    HttpResponse<byte[]> response =
        fixture.client.sendAsync(speech(""), BodyHandlers.ofByteArray()).join();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("audio/mpeg");
    assertThat(response.headers().firstValue("x-provider")).hasValue("first");
    assertThat((long) response.body().length).isEqualTo(first.requests().getFirst().bytesWritten());
    assertThat(new String(response.body(), ISO_8859_1)).startsWith("This");
    assertThat(fixture.attempts("first", "success")).isEqualTo(1);
  }

  @Test
  void streamsSpeechInEvents() {
    HttpResponse<String> response = fixture.send(speech(",\"stream_format\":\"sse\""));

    assertThat(response.body())
        .startsWith("data: {\"type\":\"speech.audio.delta\"")
        .contains("data: {\"type\":\"speech.audio.done\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"server_error", "timeout", "reset", "rate_limit", "html", "empty"})
  void startsSpeechAtAnotherProvider(String fault) {
    script(first, fault, fault, fault);

    HttpResponse<byte[]> response =
        fixture.client.sendAsync(speech(""), BodyHandlers.ofByteArray()).join();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("x-provider")).hasValue("second");
    assertThat((long) response.body().length).isEqualTo(second.requests().getLast().bytesWritten());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream_cut", "stream_fin", "stream_stall"})
  void neverEndsSpeechThatBreaksOffAsIfItWereWhole(String fault) {
    script(first, fault);

    assertThatThrownBy(
            () -> fixture.client.sendAsync(speech(""), BodyHandlers.ofByteArray()).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(second.requests()).isEmpty();
    assertThat(fixture.metric("gateway_requests_total", Map.of())).isOne();
    assertThat(fixture.metric("gateway_requests_total", Map.of("outcome", "success"))).isZero();
  }

  @Test
  void cancelsSpeechWhenTheClientLeaves() throws Exception {
    first.configure("{\"token_delay_ms\":100}");
    HttpResponse<InputStream> response =
        fixture.client.sendAsync(speech(""), BodyHandlers.ofInputStream()).join();
    assertThat(response.body().readNBytes(10)).hasSize(10);

    response.body().close();
    TimeUnit.MILLISECONDS.sleep(600);

    assertThat(first.requests()).hasSize(1).allMatch(SeenRequest::clientGone);
  }

  @Test
  void refusesAFormThatNoProviderCouldRead() {
    Reply withoutModel =
        Reply.of(fixture.send(new Form().file("file", new byte[9]).to(fixture, TRANSCRIPTIONS)));
    Reply fromBrowser = Reply.of(transcribe(form(9), "origin", "http://localhost"));
    Reply atChat = Reply.of(fixture.send(form(9).to(fixture, "/v1/chat/completions")));

    assertThat(withoutModel.isError(400, "missing_field").error().path("param").asString(""))
        .isEqualTo("model");
    fromBrowser.isError(415, "unsupported_media_type");
    atChat.isError(415, "unsupported_media_type");
    Reply.of(fixture.posting(TRANSCRIPTIONS, "{}").join()).isError(415, "unsupported_media_type");
    assertThat(first.requests()).isEmpty();
  }

  @Test
  void limitsTheSizeOfAForm() {
    Reply.of(transcribe(form(9_000_000))).isError(413, "request_too_large");

    assertThat(fixture.metric("gateway_request_memory_used_bytes", Map.of())).isZero();
  }

  @Test
  void editsAndStreamsImages() {
    Form edit = new Form().field("stream", "true").field("prompt", "a cat").file("image[]", JPEG);
    HttpResponse<String> streamed =
        fixture.send(edit.field("model", "voice").to(fixture, "/v1/images/edits"));
    Reply varied =
        Reply.of(
            fixture.send(
                new Form()
                    .file("image", JPEG)
                    .field("model", "voice")
                    .field("n", "2")
                    .to(fixture, "/v1/images/variations")));

    assertThat(streamed.body())
        .startsWith("event: image_generation.partial_image\ndata: {\"type\"")
        .contains("event: image_generation.completed\ndata: {\"type\"");
    assertThat(varied.json().path("data")).hasSize(2);
    SeenRequest seen = Objects.requireNonNull(first.requests().getLast());
    assertThat(seen.arrival().path()).isEqualTo("/v1/images/variations");
  }

  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, 0, '\r', '\n', '-', '-'};
}
