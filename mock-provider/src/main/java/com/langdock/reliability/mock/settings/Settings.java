package com.langdock.reliability.mock.settings;

import com.langdock.reliability.mock.fault.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one simulated provider behaves until it is told otherwise.
 *
 * @param script what the next requests meet, in order, before the chances apply
 * @param seed makes the chances repeatable; null for a random one
 */
public record Settings(
    Chances chances,
    Refusals refusals,
    Pace pace,
    Breaks breaks,
    Shape shape,
    List<Fault> script,
    @Nullable Long seed) {
  /** The settings that answer every request at once and whole. */
  public static Settings healthy() {
    return SettingsReader.read("{}");
  }
}
