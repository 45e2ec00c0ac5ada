package com.langdock.reliability.mock.settings;

import com.langdock.reliability.mock.fault.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one simulated provider.
 *
 * @param script the faults of the next requests, in order, before the probabilities apply
 * @param seed makes the probabilities repeatable; null for a random one
 */
public record Settings(
    Chances chances,
    Refusals refusals,
    Pace pace,
    Breaks breaks,
    Shape shape,
    List<Fault> script,
    @Nullable Long seed) {
  /** The settings that answer every request at once and in full. */
  public static Settings healthy() {
    return SettingsReader.read("{}");
  }
}
