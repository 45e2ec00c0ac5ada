package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.gateway.journal.store.AttemptRow;
import com.langdock.reliability.gateway.journal.store.Cost;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes requests, attempts and timelines as JSON. */
final class RequestJson {
  private static final int DIGITS_OF_MICROS = 3;

  private final JsonGenerator json;

  RequestJson(JsonGenerator json) {
    this.json = json;
  }

  /** The fields of a request, within an object. */
  void request(RequestRow request) {
    text("request_id", request.requestId());
    text("client_request_id", request.ids().clientRequest());
    text("client_id", request.ids().client());
    key(request.ids().key());
    text("trace_id", request.ids().trace());
    times(
        request.times().startedAt(),
        0,
        request.times().latencyMicros(),
        request.result().outcome());
    json.writeBooleanProperty("stream", request.asked().stream());
    text("outcome", Labels.of(request.result().outcome()));
    text("code", request.result().code());
    text("param", request.result().param());
    text("model", request.asked().model());
    text("provider", request.provider());
    text("answered_model", request.answeredModel());
    json.writeNumberProperty("attempts", request.attempts());
    millis("first_token_ms", request.times().firstTokenMicros());
    cost(request.cost());
  }

  private void key(RequestRow.@Nullable Key key) {
    text("key_id", key == null ? null : key.id());
    text("team", key == null ? null : key.team());
    if (key != null && key.metadata() != null) {
      json.writeName("metadata").writeRawValue(key.metadata());
    }
  }

  /**
   * A list of requests, newest first, within an object.
   *
   * @param limit of the query: with as many requests there may be older ones
   */
  void requests(List<RequestRow> requests, int limit) {
    json.writeArrayPropertyStart("requests");
    for (RequestRow request : requests) {
      json.writeStartObject();
      request(request);
      json.writeEndObject();
    }
    json.writeEndArray();
    text("next_before", requests.size() < limit ? null : requests.getLast().requestId());
  }

  /** The fields of a request, its attempts and its timeline, within an object. */
  void entry(JournalEntry entry, List<TimelineEntry> timeline) {
    request(entry.request());
    json.writeArrayPropertyStart("attempt_list");
    entry.attempts().forEach(attempt -> attempt(attempt, entry.request()));
    json.writeEndArray();
    json.writeArrayPropertyStart("timeline");
    timeline.forEach(this::line);
    json.writeEndArray();
  }

  private void attempt(AttemptRow attempt, RequestRow of) {
    json.writeStartObject();
    text("request_id", of.requestId());
    json.writeNumberProperty("attempt_number", attempt.number());
    text("provider", attempt.target().provider());
    text("model", attempt.target().model());
    times(
        of.times().startedAt(),
        attempt.times().startMicros(),
        attempt.times().latencyMicros(),
        attempt.result().status());
    millis("start_ms", attempt.times().startMicros());
    text("status", Labels.of(attempt.result().status()));
    text("error_type", attempt.result().errorType());
    text("error_message", attempt.result().errorMessage());
    millis("first_token_ms", attempt.times().firstTokenMicros());
    number("http_status", attempt.result().httpStatus());
    number("retry_after_ms", attempt.result().retryAfterMillis());
    json.writeBooleanProperty("probe", attempt.probe());
    cost(attempt.cost());
    json.writeEndObject();
  }

  private void line(TimelineEntry line) {
    json.writeStartObject();
    millis("at_ms", line.atMicros());
    text("kind", line.kind());
    number("attempt_number", line.attempt());
    text("provider", line.target() == null ? null : line.target().provider());
    text("model", line.target() == null ? null : line.target().model());
    millis("wait_ms", line.waitMicros());
    text("text", line.text());
    json.writeEndObject();
  }

  private void times(
      long requestStart, long startMicros, long latencyMicros, RequestOutcome outcome) {
    text("started_at", moment(requestStart, startMicros));
    boolean runs = outcome == RequestOutcome.IN_PROGRESS;
    text("ended_at", runs ? null : moment(requestStart, startMicros + latencyMicros));
    millis("latency_ms", latencyMicros);
  }

  private static String moment(long millis, long plusMicros) {
    return Instant.ofEpochMilli(millis + TimeUnit.MICROSECONDS.toMillis(plusMicros)).toString();
  }

  private void cost(Cost cost) {
    json.writeNumberProperty("input_tokens", cost.usage().inputTokens());
    json.writeNumberProperty("cached_input_tokens", cost.usage().cachedInputTokens());
    json.writeNumberProperty("output_tokens", cost.usage().outputTokens());
    json.writeNumberProperty("tokens_used", cost.usage().totalTokens());
    number("cost_usd", cost.dollars());
  }

  private void text(String name, @Nullable String value) {
    json.writeName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value);
    }
  }

  private void millis(String name, @Nullable Long micros) {
    number(
        name,
        micros == null
            ? null
            : BigDecimal.valueOf(micros, DIGITS_OF_MICROS).setScale(1, RoundingMode.HALF_UP));
  }

  private void number(String name, @Nullable Number value) {
    json.writeName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value instanceof BigDecimal decimal ? decimal.toPlainString() : value + "");
    }
  }
}
