package com.langdock.reliability.gateway.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tools the model may or must call.
 *
 * @param only the tool to call if the mode is {@link Mode#ONE}
 * @param allowed the names of the tools that may be called; null for all
 * @param oneAtATime whether the model may call only one tool per turn
 * @param path path of the client's field
 */
public record ToolChoice(
    Mode mode,
    @Nullable String only,
    @Nullable List<String> allowed,
    boolean oneAtATime,
    String path) {
  /** How the model chooses. */
  public enum Mode {
    /** The model decides. */
    AUTO,
    /** It must not call a tool. */
    NONE,
    /** It must call at least one tool. */
    ANY,
    /** It must call the named tool. */
    ONE,
    /** A mode that only the client's format has. */
    UNKNOWN
  }

  /** Whether the model must call a tool. */
  public boolean isForced() {
    return mode == Mode.ANY || mode == Mode.ONE;
  }
}
