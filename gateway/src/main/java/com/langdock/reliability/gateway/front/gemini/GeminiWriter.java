package com.langdock.reliability.gateway.front.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the stream of one answer.
 *
 * <p>Each response is complete and has the parts since the one before it. The last one has the
 * finish reason and the usage, so the reason is held until the end. A provider's own responses are
 * written unchanged, also the last one, after which nothing follows; except by {@link #resume}: a
 * continuing attempt shows its text and its calls only, under the id of the client's stream.
 *
 * <p>Nothing but responses may be in the stream: Google's clients read a comment as one.
 */
final class GeminiWriter implements ClientWriter {
  private static final byte[] LINE = {'\n'};
  private static final String NO_TEXT = PartJson.text("\"\"");

  private final Exchange request;
  private final boolean showsThoughts;
  private final ResponseFrames frames;
  private AnswerParts parts;

  /** Writes responses under the id of the stream; null before the first one. */
  private @Nullable ResponseJson responses;

  private Piece.@Nullable Finished finished;

  /** Whether the provider's own response has ended the answer. */
  private boolean isEnded;

  /** The first of the provider's own responses, which has the id of the stream. */
  private byte @Nullable [] own;

  /** A writer of the answer to {@code request}. */
  GeminiWriter(Exchange request, ResponseFrames frames) {
    this.request = request;
    this.showsThoughts = new OptionReader(request.payload().root()).showsThoughts();
    this.frames = frames;
    this.parts = new AnswerParts(showsThoughts);
  }

  @Override
  public String contentType() {
    return frames.contentType();
  }

  @Override
  public byte[] keepAlive() {
    return LINE;
  }

  @Override
  public void startOver() {
    frames.startOver();
    parts = new AnswerParts(showsThoughts);
    responses = null;
    finished = null;
    isEnded = false;
    own = null;
  }

  @Override
  public void write(Piece piece) {
    if (finished != null) {
      return;
    }
    switch (piece) {
      case Piece.Raw raw -> pass(raw);
      case Piece.Started first -> start(first);
      case Piece.Finished last -> finished = last;
      case Piece.Opened opened -> add(opened);
      case Piece.Text text -> add(text);
      case Piece.Thinking thinking -> add(thinking);
      case Piece.Signed signed -> add(signed);
      case Piece.Arguments arguments -> add(arguments);
      case Piece.Closed closed -> add(closed);
      case Piece.Used used -> {}
      case Piece.Ended ended -> {}
      case Piece.Failed failed -> {}
      case Piece.Event event -> {}
    }
  }

  private void pass(Piece.Raw raw) {
    writeParts(parts.takeAll());
    own = own == null ? raw.bytes() : own;
    isEnded |= raw.finishes() > 0;
    frames.add(raw.bytes());
  }

  private void add(Piece piece) {
    parts.add(piece);
    writeParts(parts.take());
  }

  @Override
  public void resume(Piece piece, @Nullable String text) {
    if (finished != null) {
      return;
    }
    isEnded = false;
    if (piece instanceof Piece.Started first) {
      start(first);
    }
    parts.addText(text == null ? piece.text() : text);
    switch (piece) {
      case Piece.Raw raw -> resume(OwnResponse.of(raw.bytes()));
      case Piece.Opened(Piece.Block.Call call) -> parts.add(piece);
      case Piece.Arguments arguments -> parts.add(arguments);
      case Piece.Closed closed -> parts.add(closed);
      case Piece.Finished last -> finished = last;
      default -> {} // Shown above, or not at all.
    }
    writeParts(parts.take());
  }

  private void resume(OwnResponse response) {
    List<String> calls = response.calls();
    if (!calls.isEmpty()) {
      writeParts(parts.take());
      writeParts(calls);
    }
    finished = response.finished();
  }

  private void start(Piece.Started first) {
    if (responses == null && own == null) {
      responses = new ResponseJson(first.id(), first.model());
    }
  }

  private ResponseJson responses() {
    ResponseJson known = responses;
    if (known == null) {
      OwnResponse first = own == null ? null : OwnResponse.of(own);
      known =
          first == null
              ? new ResponseJson("", request.model())
              : new ResponseJson(first.id(), first.model(request.model()));
      responses = known;
    }
    return known;
  }

  private void writeParts(List<String> more) {
    if (!more.isEmpty()) {
      frames.add(responses().of(more).getBytes(UTF_8));
    }
  }

  @Override
  public void comment(String text) {}

  @Override
  public void end(Usage usage, @Nullable TokenReport only) {
    writeParts(parts.takeAll());
    if (!isEnded) {
      Piece.Finished last =
          finished == null ? new Piece.Finished(FinishReason.STOP, null) : finished;
      String counts = only == null ? UsageJson.of(usage) : UsageJson.of(only);
      frames.add(responses().last(List.of(NO_TEXT), last, counts).getBytes(UTF_8));
    }
    frames.end();
  }

  /** Ends the stream in an error, and returns what waits with it. */
  byte[] error(byte[] json) {
    frames.add(json);
    frames.end();
    return frames.drain();
  }

  @Override
  public int pending() {
    return frames.size();
  }

  @Override
  public byte[] drain() {
    return frames.drain();
  }
}
