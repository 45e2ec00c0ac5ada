package com.langdock.reliability.gateway.front;

import com.github.luben.zstd.ZstdInputStream;
import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.HeaderNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** How a request's body is compressed. */
enum ContentEncoding {
  /** Not at all. */
  IDENTITY,
  /** RFC 1952; members that follow one another are one body. */
  GZIP,
  /** RFC 1950, or without its head, as some clients send it. */
  DEFLATE,
  /** RFC 8878. */
  ZSTD;

  private static final int MAX_SHOWN = 40;
  private static final int ZLIB_HEAD = 2;

  /** RFC 9659: 8 MiB, as a power of two. The decoder takes that much memory. */
  private static final int MAX_ZSTD_WINDOW = 23;

  /** What became of a compressed body. */
  sealed interface Decoded {
    /** The body as it was before. */
    record Body(byte[] bytes) implements Decoded {}

    /** It cannot be read, or is too large. */
    record Refused(ApiError error) implements Decoded {}
  }

  /** The encoding that the request names, null when it is none of these, or several. */
  static @Nullable ContentEncoding of(ClientRequest request) {
    String header = request.header(HeaderNames.CONTENT_ENCODING);
    if (header == null) {
      return IDENTITY;
    }
    if (request.headers(HeaderNames.CONTENT_ENCODING).size() > 1) {
      return null;
    }
    return switch (header.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      case "zstd" -> ZSTD;
      default -> null;
    };
  }

  /** The error for a request that names another encoding. */
  static ApiError refusal(ClientRequest request) {
    String named = String.join(", ", request.headers(HeaderNames.CONTENT_ENCODING));
    String shown = named.length() <= MAX_SHOWN ? named : named.substring(0, MAX_SHOWN) + "…";
    String message =
        "Content-Encoding '" + shown + "' is not supported; use gzip, deflate, zstd or none.";
    return ApiError.invalid(415, "unsupported_media_type", message, "Content-Encoding");
  }

  /**
   * Decodes a whole body; to be called off the event loops, since a small body may become large.
   *
   * @param most bytes that the result may have
   */
  Decoded decode(byte[] body, long most) {
    try (InputStream decoded = stream(body)) {
      byte[] bytes = decoded.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
      return bytes.length > most
          ? new Decoded.Refused(BodyReader.tooLarge(most))
          : new Decoded.Body(bytes);
    } catch (IOException damaged) {
      String message = "The request body is not valid " + name().toLowerCase(Locale.ROOT) + ".";
      return new Decoded.Refused(
          ApiError.invalid(400, "invalid_value", message, "Content-Encoding"));
    }
  }

  private InputStream stream(byte[] body) throws IOException {
    InputStream bytes = new ByteArrayInputStream(body);
    return switch (this) {
      case IDENTITY -> bytes;
      case GZIP -> new GZIPInputStream(bytes);
      case DEFLATE -> new InflaterInputStream(bytes, new Inflater(!hasZlibHead(body)));
      case ZSTD -> new ZstdInputStream(bytes).setLongMax(MAX_ZSTD_WINDOW);
    };
  }

  /** RFC 1950, 2.2: the method is 8, and the two bytes as one number a multiple of 31. */
  private static boolean hasZlibHead(byte[] body) {
    return body.length >= ZLIB_HEAD
        && (body[0] & 0x0F) == 8
        && ((body[0] & 0xFF) << 8 | (body[1] & 0xFF)) % 31 == 0;
  }
}
