package com.langdock.reliability.gateway.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tools the model may or must call.
 *
 * @param only the tool to call, where the mode is {@link Mode#ONE}
 * @param allowed the names of the tools that may be called, null for all
 * @param oneAtATime whether the model may call one tool at most before it gets the result
 * @param path the client's field, where there is one
 */
public record ToolChoice(
    Mode mode,
    @Nullable String only,
    @Nullable List<String> allowed,
    boolean oneAtATime,
    String path) {
  /** How the model chooses. */
  public enum Mode {
    /** It calls tools when that helps. */
    AUTO,
    /** It calls none. */
    NONE,
    /** It must call one or more. */
    ANY,
    /** It must call the one that is named. */
    ONE,
    /** In a way that only the client's format has. */
    UNKNOWN
  }

  /** Whether the model must call a tool. */
  public boolean isForced() {
    return mode == Mode.ANY || mode == Mode.ONE;
  }
}
