package com.langdock.reliability.gateway.exchange;

import org.jspecify.annotations.Nullable;

/** Where the bytes of an image, a file or a recording are. */
public sealed interface MediaSource {
  /** At a URL of any scheme. */
  record Url(String url) implements MediaSource {}

  /**
   * In the request.
   *
   * @param mediaType in lower case, null when the client does not tell
   */
  record Data(@Nullable String mediaType, String base64) implements MediaSource {}

  /** At one provider, which gave the file this id. */
  record Stored(String id) implements MediaSource {}
}
