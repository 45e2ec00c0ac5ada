package com.langdock.reliability.gateway.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.gateway.journal.JournalReader;
import com.langdock.reliability.gateway.journal.store.DayRow;
import com.langdock.reliability.gateway.journal.store.UsageQuery;
import com.langdock.reliability.gateway.journal.store.UsageQuery.By;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/usage}: what was used, by day, key, team, model and more; as JSON or CSV. */
final class UsagePage {
  private static final Logger LOG = LoggerFactory.getLogger(UsagePage.class);

  private final Vertx vertx;
  private final @Nullable JournalReader journal;
  private final ProcessLimits limits;

  UsagePage(Vertx vertx, @Nullable JournalReader journal, ProcessLimits limits) {
    this.vertx = vertx;
    this.journal = journal;
    this.limits = limits;
  }

  /** A report. */
  void show(HttpServerRequest request) {
    JournalReader reader = journal;
    if (reader == null) {
      Responses.error(request, 404, "journal_off", "No usage is kept: store.url is none.");
      return;
    }
    switch (UsageRequest.of(request.params(), limits.today().day())) {
      case UsageRequest.Wrong wrong ->
          Responses.error(request, 400, "invalid_value", wrong.message());
      case UsageRequest.Wanted wanted -> read(request, reader, wanted);
    }
  }

  private void read(HttpServerRequest request, JournalReader reader, UsageRequest.Wanted wanted) {
    Context context = vertx.getOrCreateContext();
    var _ =
        reader
            .submit(from -> from.usageDays(wanted.query()))
            .whenComplete((rows, problem) ->
                context.runOnContext(then -> {
                  if (problem == null) {
                    answer(request, rows, wanted);
                  } else {
                    LOG.warn("usage cannot be read", problem);
                    Responses.error(
                        request, 503, "journal_unavailable", "Usage cannot be read now.");
                  }
                }));
  }

  private static void answer(
      HttpServerRequest request, List<DayRow> rows, UsageRequest.Wanted wanted) {
    if (wanted.csv()) {
      Responses.ok(request, "text/csv; charset=utf-8", csv(rows, wanted.query()));
    } else {
      Responses.json(request, 200, json -> json(rows, wanted.query(), json));
    }
  }

  private static void json(List<DayRow> rows, UsageQuery query, JsonGenerator json) {
    json.writeArrayPropertyStart("usage");
    for (DayRow row : rows) {
      json.writeStartObject();
      for (By by : query.by()) {
        json.writeStringProperty(Labels.of(by), name(by, row.names()));
      }
      UsageJson.sums(row.sums(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static Buffer csv(List<DayRow> rows, UsageQuery query) {
    Stream<String> names = query.by().stream().map(Labels::of);
    StringBuilder text =
        new StringBuilder(
            Stream.concat(
                    names,
                    Stream.of(
                        "requests",
                        "input_tokens",
                        "cached_input_tokens",
                        "output_tokens",
                        "cost_usd"))
                .collect(Collectors.joining(",", "", "\r\n")));
    for (DayRow row : rows) {
      for (By by : query.by()) {
        text.append(quoted(name(by, row.names()))).append(',');
      }
      text.append(row.sums().requests())
          .append(',')
          .append(row.sums().inputTokens())
          .append(',')
          .append(row.sums().cachedInputTokens())
          .append(',')
          .append(row.sums().outputTokens())
          .append(',')
          .append(UsageJson.dollars(row.sums().nanodollars()).toPlainString())
          .append("\r\n");
    }
    return Buffer.buffer(text.toString().getBytes(UTF_8));
  }

  /** A text that no spreadsheet takes for a formula: clients choose some of the names. */
  private static String quoted(String text) {
    boolean isFormula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = isFormula ? "'" + text : text;
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }

  private static String name(By by, DayRow.Names names) {
    return switch (by) {
      case DAY -> names.day();
      case KEY -> names.key();
      case TEAM -> names.team();
      case MODEL -> names.model();
      case ANSWERED_MODEL -> names.answeredModel();
      case PROVIDER -> names.provider();
      case CLIENT_ID -> names.client();
      case TAG -> names.tags();
    };
  }
}
