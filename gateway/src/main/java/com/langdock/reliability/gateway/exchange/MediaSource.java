package com.langdock.reliability.gateway.exchange;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The location of the bytes of an image, a file or an audio recording. */
public sealed interface MediaSource {
  /** A URL of any scheme. */
  record Url(String url) implements MediaSource {}

  /**
   * Data inside the request.
   *
   * @param mediaType in lower case; null if the client did not set it
   */
  record Data(@Nullable String mediaType, String base64) implements MediaSource {}

  /** A file stored at one provider under this id. */
  record Stored(String id) implements MediaSource {}

  /** The data in {@code url} if that is a base64 {@code data:} URL, else the URL. */
  static MediaSource ofUrl(String url) {
    int comma = url.indexOf(',');
    if (!url.startsWith("data:") || comma < 0) {
      return new Url(url);
    }
    String[] header = url.substring("data:".length(), comma).split(";", -1);
    String mediaType = header[0].strip().toLowerCase(Locale.ROOT);
    return header[header.length - 1].strip().equalsIgnoreCase("base64")
        ? new Data(
            mediaType.equals("image/jpg") ? "image/jpeg" : mediaType, url.substring(comma + 1))
        : new Url(url);
  }
}
