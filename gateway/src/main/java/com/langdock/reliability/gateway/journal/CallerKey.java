package com.langdock.reliability.gateway.journal;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import com.langdock.reliability.json.JsonText;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes down the key of a caller, without its secret. */
final class CallerKey {
  private CallerKey() {}

  /** The key that {@code caller} brought, null for none. */
  static RequestRow.@Nullable Key of(Caller caller) {
    String id = caller.keyId();
    return id == null ? null : new RequestRow.Key(id, caller.team(), metadata(caller));
  }

  private static @Nullable String metadata(Caller caller) {
    return caller.metadata().isEmpty()
        ? null
        : caller.metadata().entrySet().stream()
            .map(pair -> JsonText.quote(pair.getKey()) + ":" + JsonText.quote(pair.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
  }
}
