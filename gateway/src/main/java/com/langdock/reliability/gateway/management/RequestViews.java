package com.langdock.reliability.gateway.management;

import com.langdock.reliability.gateway.journal.store.BreakerRow;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes requests of the journal into a JSON object that was started. */
public final class RequestViews {
  private RequestViews() {}

  /**
   * A list of requests, newest first.
   *
   * @param limit of the query: with as many requests there may be older ones
   */
  public static void list(List<RequestRow> requests, int limit, JsonGenerator json) {
    json.writeArrayPropertyStart("requests");
    for (RequestRow request : requests) {
      json.writeStartObject();
      new RequestJson(json).request(request);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (requests.size() < limit) {
      json.writeNullProperty("next_before");
    } else {
      json.writeStringProperty("next_before", requests.getLast().requestId());
    }
  }

  /** One request with its attempts and its timeline; {@code changes} are those of breakers. */
  public static void one(JournalEntry entry, List<BreakerRow> changes, JsonGenerator json) {
    new RequestJson(json).entry(entry, Timeline.of(entry, changes));
  }
}
