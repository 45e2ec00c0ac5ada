package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Target;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param answeredBy the target that answered, null when none did
 * @param attempts how many there were
 */
public record RequestRow(
    Ids ids,
    Asked asked,
    Times times,
    Result result,
    @Nullable Target answeredBy,
    int attempts,
    Cost cost) {
  /** Cuts texts that are too long. */
  public RequestRow {
    answeredBy = answeredBy == null ? null : RowText.of(answeredBy);
  }

  /**
   * Whose request it is.
   *
   * @param request begins with the time, so that rows sort by it
   * @param clientRequest the client's own id, null when it sent none
   * @param client the client's name for itself, null when it sent none
   * @param trace null when it belongs to no trace
   * @param key null when it came without a key
   */
  public record Ids(
      String request,
      @Nullable String clientRequest,
      @Nullable String client,
      @Nullable String trace,
      @Nullable Key key) {
    /** Cuts texts that are too long. */
    public Ids {
      clientRequest = RowText.orNull(clientRequest);
      client = RowText.orNull(client);
      trace = RowText.orNull(trace);
    }
  }

  /**
   * The client key that a request came with.
   *
   * @param id such as {@code key:search-service}
   * @param team null without one
   * @param metadata a JSON object of texts; null without any
   */
  public record Key(String id, @Nullable String team, @Nullable String metadata) {}

  /**
   * What was asked for.
   *
   * @param model null when that is not known
   */
  public record Asked(@Nullable String model, boolean stream) {
    /** Cuts a model that is too long. */
    public Asked {
      model = RowText.orNull(model);
    }
  }

  /**
   * When it ran.
   *
   * @param startedAt when its last byte was in, in milliseconds since 1970
   * @param latencyMicros from then to its end, or until now
   * @param firstTokenMicros from then to a stream's first content, null when there was none
   */
  public record Times(long startedAt, long latencyMicros, @Nullable Long firstTokenMicros) {}

  /**
   * How it ended.
   *
   * @param code the error's code, null without an error
   * @param param the field at fault, null when it is none
   */
  public record Result(RequestOutcome outcome, @Nullable String code, @Nullable String param) {
    /** Cuts texts that are too long. */
    public Result {
      code = RowText.orNull(code);
      param = RowText.orNull(param);
    }
  }

  /** The request's id. */
  public String requestId() {
    return ids.request();
  }

  /** The provider that answered, null when none did. */
  public @Nullable String provider() {
    return answeredBy == null ? null : answeredBy.provider();
  }

  /** The model that answered, null when none did. */
  public @Nullable String answeredModel() {
    return answeredBy == null ? null : answeredBy.model();
  }
}
