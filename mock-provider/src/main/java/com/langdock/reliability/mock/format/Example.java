package com.langdock.reliability.mock.format;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that the control page can send.
 *
 * @param path the path of a request without a stream; {@code {model}} stands for the model, which
 *     is a field of the body where it is not in the path
 * @param streamPath the same for a stream
 * @param body the body without the model and {@code stream}
 */
public record Example(String path, String streamPath, Map<String, @Nullable Object> body) {
  /** An example whose body says whether it asks for a stream. */
  public Example(String path, Map<String, @Nullable Object> body) {
    this(path, path, body);
  }
}
