package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.DeliveredContent;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.StreamPart.Chunk;
import com.langdock.reliability.gateway.exchange.StreamPart.Content;
import com.langdock.reliability.gateway.exchange.StreamPart.Tokens;
import com.langdock.reliability.json.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * Makes one coherent stream for the client out of the streams of all attempts.
 *
 * <p>The first attempt's chunks go on as they came. Those of a continuing one get the first one's
 * id, lose their role, and their text goes through a {@link ContinuationJoiner}. No I/O: events
 * gather here until they are taken, whole ones only, whatever may be thrown.
 */
public final class Relay {
  /** Delivered text longer than this, in characters, is not kept: 1 MiB in memory at most. */
  static final int MAX_DELIVERED = 512 * 1024;

  /** A chunk larger than this, in bytes, is no pattern for the one that tells the usage. */
  private static final int MAX_PATTERN = 64 * 1024;

  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  private final Exchange request;
  private final SseWriter events = new SseWriter();
  private final GrowingText delivered = new GrowingText(MAX_DELIVERED);

  private ChunkEdit edit = new ChunkEdit();
  private @Nullable ContinuationJoiner joiner;
  private @Nullable String comment;
  private boolean textOnly = true;
  private byte @Nullable [] last;
  private Usage used = Usage.NONE;
  private @Nullable String usageJson;
  private int answeredBy;

  /** A relay for the answers to {@code request}. */
  public Relay(Exchange request) {
    this.request = request;
  }

  /**
   * The next attempt's chunks follow; {@code continuing} when the client has been given content.
   */
  public void attempt(Target target, boolean continuing) {
    if (continuing) {
      joiner = new ContinuationJoiner(delivered.toString());
      comment = "continued by " + target;
    } else {
      events.discard();
      edit = new ChunkEdit();
      delivered.clear();
      textOnly = true;
    }
  }

  /**
   * The next chunk of the attempt.
   *
   * @return false when its text is no continuation of what was delivered: the attempt has failed
   */
  public boolean add(Chunk chunk) {
    if (joiner != null) {
      return addContinued(chunk, joiner);
    }
    write(chunk.json());
    delivered(chunk, chunk.text());
    return true;
  }

  /** What an attempt cost, in its provider's words where there are any. */
  public void used(Usage usage, @Nullable Tokens tokens) {
    used = used.plus(usage);
    answeredBy++;
    usageJson = tokens == null || answeredBy > 1 ? null : tokens.json();
  }

  /** The answer is whole: the usage, where the client wants it, and the end. */
  public void end() {
    if (JsonFields.isTrue(
            JsonFields.object(request.payload().root(), "stream_options"), "include_usage")
        && last != null) {
      String usage = usageJson == null ? UsageJson.of(used) : usageJson;
      events.data(edit.usageChunk(last, usage));
    }
    events.data(DONE);
  }

  /** What the client has been given, or will be with the events that wait. */
  public DeliveredContent content() {
    if (!textOnly) {
      return DeliveredContent.OTHER;
    }
    return delivered.isTooLong() ? DeliveredContent.LONG_TEXT : DeliveredContent.TEXT;
  }

  /** The text that the client has been given, or will be; empty when it was too long. */
  public String delivered() {
    return delivered.toString();
  }

  /** How many bytes of events wait. */
  public int waiting() {
    return events.size();
  }

  /** The events that wait, for the client. */
  public byte[] take() {
    return events.take();
  }

  private boolean addContinued(Chunk chunk, ContinuationJoiner at) {
    boolean ends = chunk.finished() > 0 || chunk.content() == Content.OTHER;
    String text = at.add(chunk.text()) + (ends ? at.end() : "");
    if (at.isRefused()) {
      return false;
    }
    boolean heldBack = text.isEmpty() && !chunk.text().isEmpty();
    if (!ends && (heldBack || chunk.content() == Content.NONE)) {
      return true;
    }
    if (comment != null) {
      events.comment(comment);
      comment = null;
    }
    boolean same = text.equals(chunk.text());
    write(edit.continued(chunk.json(), same ? null : text));
    delivered(chunk, text);
    return true;
  }

  /** After the write: should that throw, the client has not been given the text. */
  private void delivered(Chunk chunk, String text) {
    textOnly &= chunk.content() != Content.OTHER;
    delivered.append(text);
  }

  private void write(byte[] chunk) {
    edit.remember(chunk);
    last = last == null || chunk.length <= MAX_PATTERN ? chunk : last;
    events.data(chunk);
  }
}
