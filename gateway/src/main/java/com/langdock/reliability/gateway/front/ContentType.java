package com.langdock.reliability.gateway.front;

import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.HeaderNames;
import java.util.Locale;

/** Which content types a request's body may have. */
final class ContentType {
  /** The error for any other. */
  static final ApiError REFUSAL =
      ApiError.invalid(
          415,
          "unsupported_media_type",
          "The body must be JSON: Content-Type: application/json.",
          null);

  private ContentType() {}

  /**
   * Whether the request's body may be JSON: its content type says so, or it has none. A browser
   * must say so, since it lets any page send a body without a type to any address.
   */
  static boolean isJson(ClientRequest request) {
    String header = request.header(HeaderNames.CONTENT_TYPE);
    return header == null ? !isFromBrowser(request) : isJson(header);
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
