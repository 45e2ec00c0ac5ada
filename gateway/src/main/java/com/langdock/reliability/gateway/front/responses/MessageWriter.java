package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes the stream of one response as messages, and gathers the items that a next request goes on
 * from.
 */
final class MessageWriter implements ClientWriter {
  /** Receives a response that can be gone on from. */
  interface Result {
    /** The response {@code id} is complete, after {@code items}, separated by commas. */
    void complete(String id, String items);
  }

  private static final byte[] PING = {'\n'};

  private final ResponsesWriter writer;
  private final MessageEvents events;
  private final Exchange request;
  private final boolean isStored;
  private final Result result;
  private final StringBuilder output = new StringBuilder();
  private @Nullable String id;

  /** Messages of what {@code writer} writes, with {@code streamId} if that is not null. */
  MessageWriter(
      ResponsesWriter writer, Exchange request, @Nullable String streamId, Result result) {
    this.writer = writer;
    this.request = request;
    this.result = result;
    this.events = new MessageEvents(streamId, this::passed);
    JsonValue store = JsonFields.value(request.payload().root(), "store");
    this.isStored = store == null || store.isTrue();
  }

  /** The writer of the events. */
  ResponsesWriter events() {
    return writer;
  }

  private void passed(String name, byte[] json) {
    switch (name) {
      case "response.created" -> {
        JsonValue response = JsonFields.object(JsonBody.json(json), "response");
        id = JsonFields.text(response, "id");
      }
      case "response.output_item.done" -> {
        JsonValue item = JsonFields.object(JsonBody.json(json), "item");
        String sentBack = item == null ? "" : InputItems.sentBack(item, isStored);
        output.append(output.isEmpty() || sentBack.isEmpty() ? "" : ",").append(sentBack);
      }
      case "response.completed", "response.incomplete" -> {
        if (id != null) {
          String items = InputItems.of(request.payload().root());
          result.complete(id, InputItems.joined(items, output.toString()));
        }
      }
      default -> {} // nothing that stays
    }
  }

  @Override
  public void startOver() {
    writer.startOver();
  }

  @Override
  public void write(Piece piece) {
    writer.write(piece);
  }

  @Override
  public void resume(Piece piece, @Nullable String text) {
    writer.resume(piece, text);
  }

  /** Messages have no comments. */
  @Override
  public void comment(String text) {}

  @Override
  public byte[] keepAlive() {
    return PING.clone();
  }

  @Override
  public void end(Usage usage, @Nullable TokenReport only) {
    writer.end(usage, only);
  }

  @Override
  public int pending() {
    return writer.pending();
  }

  @Override
  public byte[] drain() {
    return events.of(writer.drain());
  }

  /** The messages of an error that ends the stream. */
  byte[] messages(byte[] failed) {
    return events.of(failed);
  }
}
