package com.langdock.reliability.gateway.exchange;

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
}
