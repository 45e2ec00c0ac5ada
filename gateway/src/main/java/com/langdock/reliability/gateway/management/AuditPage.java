package com.langdock.reliability.gateway.management;

import com.langdock.reliability.gateway.keys.KeyJson;
import com.langdock.reliability.gateway.keys.store.AuditRow;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/audit}: who changed what, and who tried, the last first. */
final class AuditPage {
  private final Workers workers;
  private final ManagementSources.@Nullable Keys keys;

  AuditPage(Workers workers, ManagementSources.@Nullable Keys keys) {
    this.workers = workers;
    this.keys = keys;
  }

  void list(HttpServerRequest request) {
    ManagementSources.Keys with = keys;
    Integer limit = KeysPage.limit(request.getParam("limit"));
    String before = request.getParam("before", Long.toString(Long.MAX_VALUE));
    if (with == null || !with.governance().keys().hasStore()) {
      Responses.error(
          request, 404, "audit_off", "Nothing is kept without client_keys and a store.");
    } else if (limit == null || !before.matches("\\d{1,19}")) {
      Responses.error(
          request, 400, "invalid_value", "limit must be from 1 to 500, before a number.");
    } else {
      workers
          .submit(() -> {
            List<AuditRow> rows = with.governance().audit(number(before), limit);
            return Responses.object(json -> write(rows, limit, json));
          })
          .onSuccess(body -> Responses.json(request, 200, body))
          .onFailure(failed -> ChangeCall.failed(request, failed));
    }
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLarge) {
      return Long.MAX_VALUE;
    }
  }

  private static void write(List<AuditRow> rows, int limit, JsonGenerator json) {
    json.writeArrayPropertyStart("audit");
    for (AuditRow row : rows) {
      json.writeStartObject();
      json.writeNumberProperty("id", row.id());
      KeyJson.moment("at", row.at(), json);
      json.writeStringProperty("token", row.by().token());
      json.writeStringProperty("address", row.by().address());
      json.writeStringProperty("action", row.action());
      json.writeStringProperty("object", row.object());
      json("before", row.change().before(), json);
      json("after", row.change().after(), json);
      json.writeStringProperty("result", row.result());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (rows.size() == limit) {
      json.writeNumberProperty("next_before", rows.getLast().id());
    } else {
      json.writeNullProperty("next_before");
    }
  }

  private static void json(String name, @Nullable String text, JsonGenerator json) {
    json.writeName(name);
    if (text == null) {
      json.writeNull();
    } else {
      json.writeRawValue(text);
    }
  }
}
