package com.langdock.reliability.gateway.front.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.front.SseWriter;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream of chat completion chunks.
 *
 * <p>Raw chunks of the first attempt are written unchanged. All chunks of a stream have the id of
 * its first one; chunks of a continuing attempt have no role.
 */
public final class ChatWriter implements ClientWriter {
  /** A larger chunk, in bytes, is not kept as the template of the usage chunk. */
  private static final int MAX_TEMPLATE = 64 * 1024;

  private static final byte[] DONE = "[DONE]".getBytes(UTF_8);

  private final boolean includeUsage;
  private final boolean legacy;
  private final SseWriter events = new SseWriter();
  private ChunkEdit edit = new ChunkEdit();
  private NeutralChunks neutral;
  private byte @Nullable [] last;

  /** A writer for the answer to the chat request {@code payload}. */
  public ChatWriter(Payload payload) {
    JsonValue options = JsonFields.object(payload.root(), "stream_options");
    this.includeUsage = JsonFields.isTrue(options, "include_usage");
    this.legacy = ChatNames.isLegacy(payload.root());
    this.neutral = new NeutralChunks(legacy);
  }

  @Override
  public void startOver() {
    events.discard();
    edit = new ChunkEdit();
    neutral = new NeutralChunks(legacy);
  }

  @Override
  public void write(Piece piece) {
    if (piece instanceof Piece.Raw raw) {
      add(raw.bytes());
    } else if (piece instanceof Piece.Started started) {
      start(started);
    } else {
      add(neutral.of(piece, null));
    }
  }

  /** Starts the stream. Ignored if it is a second start or comes after the finish. */
  private void start(Piece.Started started) {
    if (!neutral.isOpen()) {
      neutral.start(started, JsonText.quote(started.id()));
      add(neutral.isOpen() ? neutral.role() : null);
    }
  }

  @Override
  public void resume(Piece piece, @Nullable String text) {
    if (piece instanceof Piece.Raw raw) {
      add(edit.continued(raw.bytes(), text));
    } else if (piece instanceof Piece.Started started) {
      neutral.start(started, edit.id());
    } else {
      add(neutral.of(piece, text));
    }
  }

  @Override
  public void comment(String text) {
    events.comment(text);
  }

  @Override
  public void end(Usage usage, @Nullable TokenReport only) {
    if (includeUsage && last != null) {
      String json = only == null ? UsageJson.of(usage) : UsageJson.of(only);
      events.data(edit.usageChunk(last, json));
    }
    events.data(DONE);
  }

  @Override
  public int pending() {
    return events.size();
  }

  @Override
  public byte[] drain() {
    return events.drain();
  }

  private void add(byte @Nullable [] chunk) {
    if (chunk == null) {
      return;
    }
    edit.remember(chunk);
    last = last == null || chunk.length <= MAX_TEMPLATE ? chunk : last;
    events.data(chunk);
  }
}
