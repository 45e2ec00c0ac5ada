package com.langdock.reliability.gateway.management;

import com.langdock.reliability.json.JsonWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Sends responses. */
final class Responses {
  private Responses() {}

  /** Sends a body of that type; for HEAD only its length, as Vert.x would send it. */
  static void ok(HttpServerRequest request, String contentType, Buffer body) {
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
    response.putHeader("x-content-type-options", "nosniff");
    if (request.method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length())).end();
    } else {
      response.end(body);
    }
  }

  /** Sends a JSON body. */
  static void json(HttpServerRequest request, int status, Buffer body) {
    request.response().setStatusCode(status).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    ok(request, "application/json", body);
  }

  /** Sends the JSON object that {@code content} writes the fields of. */
  static void json(HttpServerRequest request, int status, Consumer<JsonGenerator> content) {
    json(request, status, object(content));
  }

  /** Sends an error in the shape of the data API's. */
  static void error(HttpServerRequest request, int status, String code, String message) {
    json(
        request,
        status,
        json -> {
          json.writeObjectPropertyStart("error");
          json.writeStringProperty("message", message);
          json.writeStringProperty("type", type(status));
          json.writeStringProperty("code", code);
          json.writeEndObject();
        });
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 500, 502, 503 -> "server_error";
      default -> "invalid_request_error";
    };
  }

  /** The JSON object that {@code content} writes the fields of. */
  static Buffer object(Consumer<JsonGenerator> content) {
    return Buffer.buffer(JsonWriter.object(content));
  }
}
