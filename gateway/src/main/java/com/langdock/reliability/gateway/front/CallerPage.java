package com.langdock.reliability.gateway.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.gateway.limits.RequestLimiter;
import com.langdock.reliability.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a caller who it is and what it may use. */
final class CallerPage {
  static final String PATH = "/v1/key";

  private CallerPage() {}

  /** The page for {@code caller}; {@code limiter} is null where requests are not counted. */
  static Front.Page of(Caller caller, @Nullable RequestLimiter limiter) {
    Rights rights = caller.rights();
    String json =
        "{\"object\":\"key\",\"id\":"
            + JsonText.quote(caller.keyId() == null ? "anonymous" : caller.keyId())
            + ",\"name\":"
            + quoted(caller instanceof ClientKey key ? key.name() : null)
            + ",\"team\":"
            + quoted(caller.team())
            + ",\"models\":"
            + list(rights.models().patterns())
            + ",\"providers\":"
            + list(rights.providers().patterns())
            + ",\"endpoints\":"
            + list(rights.endpoints().stream().map(Labels::of).toList())
            + ",\"priority\":"
            + JsonText.quote(Labels.of(caller.priority()))
            + ",\"expires_at\":"
            + quoted(expires(caller))
            + ",\"limits\":"
            + limits(caller, limiter)
            + "}";
    return new Front.Page.Json(json.getBytes(UTF_8));
  }

  private static String limits(Caller caller, @Nullable RequestLimiter limiter) {
    return limiter == null
        ? "[]"
        : limiter.limitsOf(caller).stream()
            .map(limit -> LimitErrors.json(limit, limiter.resetNanos(limit)))
            .collect(Collectors.joining(",", "[", "]"));
  }

  private static @Nullable String expires(Caller caller) {
    return caller instanceof ClientKey key && key.expiresAtMillis() != ClientKey.NEVER
        ? Instant.ofEpochMilli(key.expiresAtMillis()).toString()
        : null;
  }

  private static String list(List<String> texts) {
    return texts.stream().map(JsonText::quote).collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(@Nullable String text) {
    return text == null ? "null" : JsonText.quote(text);
  }
}
