package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.SseWriter;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes the stream of one response.
 *
 * <p>The events are {@code response.created} and {@code response.in_progress}, those of the items
 * in order, and one that ends it, numbered from zero, for every sequence of pieces. A provider's
 * own events are written unchanged, the one that ends the response at the end. A continuing attempt
 * goes on in the client's open item of text, under the ids and after the number that the client
 * knows; its thinking is not shown.
 */
final class ResponsesWriter implements ClientWriter {
  /** A response that has begun. */
  private record Response(ItemEvents events, ResponseJson json, Output output) {}

  private final Exchange request;
  private final String salt;
  private final SseWriter events = new SseWriter();
  private @Nullable Response response;
  private Piece.@Nullable Finished finished;

  /** The last of the provider's own events, while these are written; else null. */
  private byte @Nullable [] passed;

  /** The provider's own event of the end; null if it has none. */
  private Piece.@Nullable Event last;

  /** A writer of the answer to {@code request}. */
  ResponsesWriter(Exchange request) {
    this(request, "");
  }

  /** As above, with ids that differ by {@code salt} where providers repeat theirs. */
  ResponsesWriter(Exchange request, String salt) {
    this.request = request;
    this.salt = salt;
  }

  @Override
  public void startOver() {
    events.discard();
    response = null;
    finished = null;
    passed = null;
    last = null;
  }

  @Override
  public void write(Piece piece) {
    if (finished != null) {
      return;
    }
    switch (piece) {
      case Piece.Event event -> write(event);
      case Piece.Started first -> {
        if (response == null) {
          start(first);
        }
      }
      case Piece.Finished last -> finish(last);
      case Piece other -> started().output().add(other);
    }
  }

  private void write(Piece.Event event) {
    if (response == null
        && event.name().equals("response.created")
        && event.meaning() instanceof Piece.Started first) {
      response = response(first, ResponseIds.known(first));
      pass(event);
    } else if (passed == null) {
      if (event.meaning() != null) {
        write(event.meaning());
      }
    } else if (event.meaning() instanceof Piece.Finished end) {
      finished = end;
      last = event;
    } else {
      pass(event);
    }
  }

  private void pass(Piece.Event event) {
    events.event(event.name(), event.bytes());
    passed = event.bytes();
    started().output().passed(event);
  }

  /** From now on the events are the gateway's own. */
  private void takeOver() {
    if (passed != null) {
      started().events().continueAfter(passed);
      passed = null;
    }
  }

  @Override
  public void resume(Piece piece, @Nullable String text) {
    takeOver();
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

  /** The id by which a provider has stored the response; null if none has. */
  @Nullable String storedId() {
    return passed == null || response == null ? null : response.json().id();
  }

  /** The response, which begins now if it has not. */
  private Response started() {
    Response begun = response;
    return begun == null ? start(new Piece.Started("", request.model(), 0)) : begun;
  }

  private Response start(Piece.Started first) {
    Response begun = response(first, new ResponseIds(first, salt));
    response = begun;
    String field = ",\"response\":" + begun.json().begun();
    begun.events().write("response.created", field);
    begun.events().write("response.in_progress", field);
    return begun;
  }

  private Response response(Piece.Started first, ResponseIds ids) {
    JsonValue root = request.payload().root();
    ItemEvents items = new ItemEvents(events);
    return new Response(items, new ResponseJson(root, first, ids), new Output(ids, root, items));
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
    String counts = only == null ? UsageJson.of(usage) : UsageJson.of(only);
    if (last != null) {
      events.event(last.name(), counted(last, counts));
      return;
    }
    takeOver();
    Piece.Finished end = finished;
    if (end == null) {
      end = new Piece.Finished(FinishReason.STOP, null);
      finish(end);
    }
    Response begun = started();
    begun
        .events()
        .write(
            "response." + ResponseJson.status(end),
            ",\"response\":" + begun.json().ended(end, begun.output().items(), counts));
  }

  /** The provider's own event, with the usage if it has none. */
  private static byte[] counted(Piece.Event end, String counts) {
    JsonValue root = end.tokens() == null ? JsonBody.json(end.bytes()) : null;
    JsonValue response = JsonFields.object(root, "response");
    return response == null
        ? end.bytes()
        : new JsonSplice(end.bytes()).put(response, "usage", counts).bytes();
  }

  /** Ends the stream in an error. Both events are needed: clients read one or the other. */
  byte[] fail(ApiError error, String requestId) {
    takeOver();
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
