package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.SseWriter;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes the stream of one response.
 *
 * <p>The events are {@code response.created} and {@code response.in_progress}, those of the items
 * in order, and one that ends it, numbered from zero, for every sequence of pieces. A continuing
 * attempt goes on in the client's open item of text; its thinking is not shown.
 */
final class ResponsesWriter implements ClientWriter {
  /** A response that has begun. */
  private record Response(ItemEvents events, ResponseJson json, Output output) {}

  private final Exchange request;
  private final SseWriter events = new SseWriter();
  private @Nullable Response response;
  private Piece.@Nullable Finished finished;

  /** A writer of the answer to {@code request}. */
  ResponsesWriter(Exchange request) {
    this.request = request;
  }

  @Override
  public void startOver() {
    events.discard();
    response = null;
    finished = null;
  }

  @Override
  public void write(Piece piece) {
    if (finished != null) {
      return;
    }
    switch (piece) {
      case Piece.Event event -> {
        if (event.meaning() != null) {
          write(event.meaning());
        }
      }
      case Piece.Started first -> {
        if (response == null) {
          start(first);
        }
      }
      case Piece.Finished last -> finish(last);
      case Piece other -> started().output().add(other);
    }
  }

  @Override
  public void resume(Piece piece, @Nullable String text) {
    Piece meaning = piece instanceof Piece.Event event ? event.meaning() : piece;
    if (meaning instanceof Piece.Started first) {
      write(first);
    }
    if (text != null && finished == null) {
      started().output().text(JsonText.quote(text));
    } else if (meaning instanceof Piece.Text more) {
      write(more);
    }
    switch (meaning) {
      case Piece.Opened opened -> write(opened);
      case Piece.Arguments arguments -> write(arguments);
      case Piece.Closed closed -> write(closed);
      case Piece.Finished last -> write(last);
      case null, default -> {} // Shown above, or not at all.
    }
  }

  /** The response, which begins now if it has not. */
  private Response started() {
    Response begun = response;
    return begun == null ? start(new Piece.Started("", request.model(), 0)) : begun;
  }

  private Response start(Piece.Started first) {
    JsonValue root = request.payload().root();
    ResponseIds ids = new ResponseIds(first);
    ItemEvents items = new ItemEvents(events);
    ResponseJson json = new ResponseJson(root, first, ids);
    Response begun = new Response(items, json, new Output(ids, root, items));
    response = begun;
    String field = ",\"response\":" + json.begun();
    items.write("response.created", field);
    items.write("response.in_progress", field);
    return begun;
  }

  private void finish(Piece.Finished last) {
    Output output = started().output();
    if (last.refusal() != null) {
      output.refusal(last.refusal());
    }
    output.close(ResponseJson.status(last));
    finished = last;
  }

  /** A comment belongs to the event after it, and keeps an idle client from leaving. */
  @Override
  public void comment(String text) {
    events.comment(text);
  }

  @Override
  public void end(Usage usage, @Nullable TokenReport only) {
    Piece.Finished last = finished;
    if (last == null) {
      last = new Piece.Finished(FinishReason.STOP, null);
      finish(last);
    }
    String counts = only == null ? UsageJson.of(usage) : UsageJson.of(only);
    Response begun = started();
    begun
        .events()
        .write(
            "response." + ResponseJson.status(last),
            ",\"response\":" + begun.json().ended(last, begun.output().items(), counts));
  }

  /** Ends the stream in an error. Both events are needed: clients read one or the other. */
  byte[] fail(ApiError error, String requestId) {
    Response begun = started();
    begun.events().write("error", ",\"error\":" + StreamErrorJson.event(error, requestId));
    String failed = begun.json().failed(StreamErrorJson.ofResponse(error), begun.output().items());
    begun.events().write("response.failed", ",\"response\":" + failed);
    return events.drain();
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
