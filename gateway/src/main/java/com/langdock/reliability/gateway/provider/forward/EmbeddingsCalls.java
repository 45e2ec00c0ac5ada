package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an API other than OpenAI's is asked for embeddings. */
interface EmbeddingsCalls {
  /** The most texts of one call. */
  int batch();

  /** The most tokens of the texts of one call, as far as they can be estimated. */
  default long batchTokens() {
    return Long.MAX_VALUE;
  }

  /** Whether the length of the vectors can be chosen. */
  default boolean hasDimensions(TargetModel target) {
    return true;
  }

  /** Whether a call must tell what the vectors are for. */
  default boolean needsInputType() {
    return false;
  }

  /** The path of a call, appended to the path of the provider's base URL. */
  String path(TargetModel target);

  /** The body of a call for {@code texts}, which are some of {@code input}. */
  String body(TargetModel target, List<String> texts, EmbeddingsInput input);

  /** The vectors of an answer. */
  Vectors read(ReplyHead head, @Nullable JsonValue root);
}
