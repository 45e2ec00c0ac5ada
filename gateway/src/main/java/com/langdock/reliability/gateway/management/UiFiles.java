package com.langdock.reliability.gateway.management;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of the dashboard: {@code index.html} at {@code /}, the others under {@code /ui/}.
 *
 * <p>They come from the class path, each read when it is first requested. They load nothing from
 * other hosts.
 */
final class UiFiles {
  /** Where all files but the first are. */
  static final String PREFIX = "/ui/";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private record UiFile(String type, String tag, Buffer bytes) {}

  private final Map<String, UiFile> files = new ConcurrentHashMap<>();

  /** Sends the page itself. */
  void index(HttpServerRequest request) {
    show(request, "index.html");
  }

  /** Sends a file under {@link #PREFIX}. */
  void file(HttpServerRequest request) {
    String path = Objects.requireNonNullElse(request.path(), PREFIX);
    show(request, path.substring(PREFIX.length()));
  }

  private void show(HttpServerRequest request, String name) {
    UiFile file = files.computeIfAbsent(name, UiFiles::read);
    if (file == null) {
      Responses.error(request, 404, "not_found", "The dashboard has no such file.");
      return;
    }
    request
        .response()
        .putHeader(HttpHeaders.ETAG, file.tag())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader("content-security-policy", POLICY)
        .putHeader("referrer-policy", "no-referrer");
    if (isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH), file)) {
      request.response().setStatusCode(304).end();
    } else {
      Responses.ok(request, file.type(), file.bytes());
    }
  }

  private static boolean isKnown(@Nullable String tags, UiFile file) {
    return tags != null && tags.contains(file.tag());
  }

  /** The file of that name, null when there is none. */
  private static @Nullable UiFile read(String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    try (InputStream in = type == null ? null : UiFiles.class.getResourceAsStream("page/" + name)) {
      if (type == null || in == null) {
        return null;
      }
      byte[] bytes = in.readAllBytes();
      return new UiFile(type, tag(bytes), Buffer.buffer(bytes));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
