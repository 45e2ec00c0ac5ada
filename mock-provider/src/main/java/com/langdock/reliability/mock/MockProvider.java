package com.langdock.reliability.mock;

import com.langdock.reliability.mock.format.ProviderFormat;
import com.langdock.reliability.mock.format.anthropic.AnthropicFormat;
import com.langdock.reliability.mock.format.bedrock.BedrockFormat;
import com.langdock.reliability.mock.format.cohere.CohereFormat;
import com.langdock.reliability.mock.format.gemini.GeminiFormat;
import com.langdock.reliability.mock.format.openai.OpenAiFormat;
import com.langdock.reliability.mock.format.responses.ResponsesFormat;
import com.langdock.reliability.mock.log.SeenRequest;
import com.langdock.reliability.mock.server.Entrance;
import com.langdock.reliability.mock.server.ProviderState;
import com.langdock.reliability.mock.settings.SettingsReader;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One simulated provider on its own port, with its own settings. Thread-safe. */
public final class MockProvider implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final Vertx vertx;
  private final HttpServer server;
  private final ProviderState state;
  private final String host;

  private MockProvider(Vertx vertx, HttpServer server, ProviderState state, String host) {
    this.vertx = vertx;
    this.server = server;
    this.state = state;
    this.host = host;
  }

  /** A provider in OpenAI's format on a free port of the loopback address. */
  public static MockProvider openAi() {
    return openAi(LOOPBACK, 0);
  }

  /**
   * A provider in OpenAI's format; port 0 is a free one.
   *
   * @throws IllegalStateException when the port is taken
   */
  public static MockProvider openAi(String host, int port) {
    return start(new OpenAiFormat(), host, port);
  }

  /** A provider in Anthropic's format on a free port of the loopback address. */
  public static MockProvider anthropic() {
    return anthropic(LOOPBACK, 0);
  }

  /**
   * A provider in Anthropic's format; port 0 is a free one.
   *
   * @throws IllegalStateException when the port is taken
   */
  public static MockProvider anthropic(String host, int port) {
    return start(new AnthropicFormat(), host, port);
  }

  /** A provider in Gemini's format on a free port of the loopback address. */
  public static MockProvider gemini() {
    return gemini(LOOPBACK, 0);
  }

  /**
   * A provider in Gemini's format; port 0 is a free one.
   *
   * @throws IllegalStateException when the port is taken
   */
  public static MockProvider gemini(String host, int port) {
    return start(new GeminiFormat(), host, port);
  }

  /** A provider of OpenAI's Responses alone, on a free port of the loopback address. */
  public static MockProvider responses() {
    return start(new ResponsesFormat("responses", new OpenAiFormat()), LOOPBACK, 0);
  }

  /** A provider in Bedrock's format on a free port of the loopback address. */
  public static MockProvider bedrock() {
    return bedrock(LOOPBACK, 0);
  }

  /**
   * A provider in Bedrock's format; port 0 is a free one.
   *
   * @throws IllegalStateException when the port is taken
   */
  public static MockProvider bedrock(String host, int port) {
    return start(new BedrockFormat(), host, port);
  }

  /** A provider in Cohere's format on a free port of the loopback address. */
  public static MockProvider cohere() {
    return cohere(LOOPBACK, 0);
  }

  /**
   * A provider in Cohere's format; port 0 is a free one.
   *
   * @throws IllegalStateException when the port is taken
   */
  public static MockProvider cohere(String host, int port) {
    return start(new CohereFormat(), host, port);
  }

  private static MockProvider start(ProviderFormat format, String host, int port) {
    Vertx vertx = Vertx.vertx(options());
    ProviderState state = new ProviderState();
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHttp2ClearTextEnabled(false)
                    .setHandle100ContinueAutomatically(true))
            .requestHandler(new Entrance(vertx, format, state));
    try {
      server.listen(port, host).await();
    } catch (Throwable problem) {
      vertx.close();
      throw new IllegalStateException(
          "cannot listen on " + host + ":" + port + ": " + problem.getMessage(), problem);
    }
    return new MockProvider(vertx, server, state, host);
  }

  /** One event loop and no files, so that it starts fast. */
  private static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  /** The port that it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** Its address without a path, such as {@code http://127.0.0.1:8001}. */
  public String url() {
    return "http://" + host + ":" + port();
  }

  /**
   * Replaces all settings, as {@code POST /config/failures} does.
   *
   * @throws IllegalArgumentException naming the field at fault
   */
  public void configure(String json) {
    state.configure(SettingsReader.read(json));
  }

  /** The settings, as {@code GET /config/failures} shows them. */
  public Map<String, @Nullable Object> settings() {
    return SettingsReader.show(state.behaviour().settings());
  }

  /** The chat requests seen, oldest first. */
  public List<SeenRequest> requests() {
    return state.log().requests();
  }

  /** Resets the settings and removes the requests seen. */
  public void reset() {
    state.reset();
  }

  /** Stops it and closes open connections. */
  @Override
  public void close() {
    vertx.close().await();
  }
}
