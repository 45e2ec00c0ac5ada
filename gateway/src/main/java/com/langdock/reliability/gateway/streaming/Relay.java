package com.langdock.reliability.gateway.streaming;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.provider.ChatRequest;
import com.langdock.reliability.gateway.provider.stream.StreamPart.Chunk;
import com.langdock.reliability.gateway.provider.stream.StreamPart.Content;
import com.langdock.reliability.gateway.provider.stream.StreamPart.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Makes one coherent stream for the client out of the streams of all attempts.
 *
 * <p>The first attempt's chunks go on as they came. Those of a continuing one get the first one's
 * id, lose their role, and their text goes through a {@link Seam}. No I/O: events gather here until
 * they are taken.
 */
public final class Relay {
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  private final ChatRequest request;
  private final SseWriter events = new SseWriter();
  private final GrowingText delivered = new GrowingText();

  private ChunkEdit edit = new ChunkEdit();
  private @Nullable Seam seam;
  private @Nullable String comment;
  private boolean plain;
  private byte @Nullable [] last;
  private Usage used = Usage.NONE;
  private @Nullable String usageJson;
  private int answeredBy;

  /** A relay for the answers to {@code request}. */
  public Relay(ChatRequest request) {
    this.request = request;
    this.plain = isPlain(request);
  }

  private static boolean isPlain(ChatRequest request) {
    return request.choices() == 1
        && !request.logprobs()
        && !request.jsonOutput()
        && !request.audioOutput();
  }

  /**
   * The next attempt's chunks follow; {@code continuing} when the client has been given content.
   */
  public void attempt(Target target, boolean continuing) {
    if (continuing) {
      seam = new Seam(delivered.toString());
      comment = "continued by " + target;
    } else {
      events.discard();
      edit = new ChunkEdit();
      delivered.clear();
      plain = isPlain(request);
    }
  }

  /** The next chunk of the attempt. */
  public void add(Chunk chunk) {
    plain &= chunk.content() != Content.OTHER;
    if (seam == null) {
      delivered.append(chunk.text());
      write(chunk.json());
    } else {
      addContinued(chunk, seam);
    }
  }

  /** What an attempt cost, in its provider's words where there are any. */
  public void used(Usage usage, @Nullable Tokens tokens) {
    used = used.plus(usage);
    answeredBy++;
    usageJson = tokens == null || answeredBy > 1 ? null : tokens.json();
  }

  /** The answer is whole: the usage, where the client wants it, and the end. */
  public void end() {
    if (request.includeUsage() && last != null) {
      String usage = usageJson == null ? UsageJson.of(used) : usageJson;
      events.data(edit.usageChunk(last, usage));
    }
    events.data(DONE);
  }

  /** Whether another target could go on from what was delivered. */
  public boolean isContinuable() {
    return plain;
  }

  /** The text that the client has been given, or will be with the events that wait. */
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

  private void addContinued(Chunk chunk, Seam at) {
    boolean ends = chunk.finished() > 0 || chunk.content() == Content.OTHER;
    String text = at.add(chunk.text()) + (ends ? at.end() : "");
    boolean heldBack = text.isEmpty() && !chunk.text().isEmpty();
    if (!ends && (heldBack || chunk.content() == Content.NONE)) {
      return;
    }
    if (comment != null) {
      events.comment(comment);
      comment = null;
    }
    delivered.append(text);
    boolean same = text.equals(chunk.text());
    write(edit.continued(chunk.json(), same ? null : text));
  }

  private void write(byte[] chunk) {
    edit.remember(chunk);
    last = chunk;
    events.data(chunk);
  }
}
