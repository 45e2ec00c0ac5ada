package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.gateway.exchange.CacheMark;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Translates breakpoints of the prompt cache. Models of vendors other than Anthropic reject them,
 * or cache by themselves: they get none.
 */
record CachePoints(boolean isSupported) {
  /** The maximum number of breakpoints in a request. */
  static final int MAX = 4;

  /** Adds the breakpoint of {@code mark} after the last of {@code blocks}, if there is one. */
  void mark(List<Block> blocks, @Nullable CacheMark mark) {
    Block.CachePoint point = of(mark);
    boolean hasPlace = !blocks.isEmpty() && !(blocks.getLast() instanceof Block.CachePoint);
    if (point != null && hasPlace) {
      blocks.add(point);
    }
  }

  /** The breakpoint of {@code mark}; null if there is none. */
  Block.@Nullable CachePoint of(@Nullable CacheMark mark) {
    return mark == null || !isSupported
        ? null
        : new Block.CachePoint(
            JsonFields.text(JsonBody.json(mark.json().getBytes(StandardCharsets.UTF_8)), "ttl"));
  }
}
