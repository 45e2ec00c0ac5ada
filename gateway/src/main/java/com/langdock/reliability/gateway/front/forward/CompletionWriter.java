package com.langdock.reliability.gateway.front.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.front.SseWriter;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream of completions. Chunks of the first attempt are written unchanged; those of a
 * continuing attempt get the id of the first one.
 */
final class CompletionWriter implements ClientWriter {
  private static final byte[] DONE = "[DONE]".getBytes(UTF_8);

  private final boolean includeUsage;
  private final SseWriter events = new SseWriter();

  /** The first chunk; null before it. */
  private byte @Nullable [] first;

  /**
   * A writer.
   *
   * @param request the client's JSON
   */
  CompletionWriter(JsonValue request) {
    this.includeUsage =
        JsonFields.isTrue(JsonFields.object(request, "stream_options"), "include_usage");
  }

  @Override
  public void startOver() {
    events.discard();
    first = null;
  }

  @Override
  public void write(Piece piece) {
    if (piece instanceof Piece.Raw raw) {
      first = first == null ? raw.bytes() : first;
      events.data(raw.bytes());
    }
  }

  @Override
  public void resume(Piece piece, @Nullable String text) {
    JsonValue root = piece instanceof Piece.Raw raw ? JsonBody.json(raw.bytes()) : null;
    if (piece instanceof Piece.Raw raw && root != null) {
      JsonSplice splice = new JsonSplice(raw.bytes()).put(root, "id", ofFirst("id", "\"\""));
      List<JsonValue> choices = JsonFields.array(root, "choices");
      if (text != null && !choices.isEmpty()) {
        splice.put(choices.getFirst(), "text", JsonText.quote(text));
      }
      events.data(splice.bytes());
    }
  }

  @Override
  public void comment(String text) {
    events.comment(text);
  }

  @Override
  public void end(Usage usage, @Nullable TokenReport only) {
    if (includeUsage) {
      events.data(usageChunk(only == null || only.raw() == null ? json(usage) : only.raw()));
    }
    events.data(DONE);
  }

  /** The last chunk, which has no choices. */
  private byte[] usageChunk(String usage) {
    return ("{\"id\":"
            + ofFirst("id", "\"\"")
            + ",\"object\":\"text_completion\",\"created\":"
            + ofFirst("created", "0")
            + ",\"model\":"
            + ofFirst("model", "\"\"")
            + ",\"choices\":[],\"usage\":"
            + usage
            + "}")
        .getBytes(UTF_8);
  }

  private static String json(Usage usage) {
    return "{\"prompt_tokens\":"
        + usage.inputTokens()
        + ",\"completion_tokens\":"
        + usage.outputTokens()
        + ",\"total_tokens\":"
        + usage.totalTokens()
        + "}";
  }

  /** A value of the stream's first chunk. */
  private String ofFirst(String name, String ifMissing) {
    JsonValue value = JsonFields.value(first == null ? null : JsonBody.json(first), name);
    return value == null ? ifMissing : value.raw();
  }

  @Override
  public int pending() {
    return events.size();
  }

  @Override
  public byte[] drain() {
    return events.drain();
  }
}
