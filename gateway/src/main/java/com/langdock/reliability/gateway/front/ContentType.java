package com.langdock.reliability.gateway.front;

import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.HeaderNames;
import java.util.List;
import java.util.Locale;

/** Which content types a request's body may have. */
final class ContentType {
  private static final String JSON = "The body must be JSON: Content-Type: application/json";

  /** Whose bodies are read as text. */
  private static final List<String> TEXTS = List.of("text/", "application/json");

  private ContentType() {}

  /**
   * Whether the request's body may be JSON: its content type says so, or it has none. A browser
   * must say so, since it lets any page send a body without a type to any address.
   */
  static boolean isJson(ClientRequest request) {
    String header = request.header(HeaderNames.CONTENT_TYPE);
    return header == null ? !isFromBrowser(request) : isJson(header);
  }

  /**
   * Whether the request's body, which is not JSON, is one of {@code bodies}. None from a browser
   * is, which lets any page send a form or a text to any address.
   */
  static boolean isOneOf(Front.Bodies bodies, ClientRequest request) {
    return switch (bodies) {
      case JSON -> false;
      case JSON_OR_FORM -> isForm(request) && !isFromBrowser(request);
      case ANY -> !isFromBrowser(request);
    };
  }

  private static boolean isForm(ClientRequest request) {
    String header = request.header(HeaderNames.CONTENT_TYPE);
    return header != null
        && header.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  /** The error where a body is none of {@code bodies}. */
  static ApiError refusal(Front.Bodies bodies) {
    String message =
        bodies == Front.Bodies.JSON_OR_FORM
            ? JSON + ", or a form: multipart/form-data."
            : JSON + ".";
    return ApiError.invalid(415, "unsupported_media_type", message, null);
  }

  /** Whether a body of the media type {@code value} is text. */
  static boolean isText(String value) {
    String plain = value.strip().toLowerCase(Locale.ROOT);
    return TEXTS.stream().anyMatch(plain::startsWith);
  }

  private static boolean isFromBrowser(ClientRequest request) {
    return request.header(HeaderNames.ORIGIN) != null
        || request.header(HeaderNames.FETCH_SITE) != null;
  }

  private static boolean isJson(String header) {
    if (header.equals("application/json")) {
      return true;
    }
    int parameters = header.indexOf(';');
    String type = parameters < 0 ? header : header.substring(0, parameters);
    String plain = type.strip().toLowerCase(Locale.ROOT);
    return plain.equals("application/json")
        || (plain.startsWith("application/") && plain.endsWith("+json"));
  }
}
