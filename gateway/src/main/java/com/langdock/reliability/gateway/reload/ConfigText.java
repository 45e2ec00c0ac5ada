package com.langdock.reliability.gateway.reload;

import com.langdock.reliability.core.domain.Ticker;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The text of the configuration that a gateway starts with.
 *
 * @param source where it can be read again
 */
public record ConfigText(ConfigReload.Source source, String text) {
  /** What reads it again for {@code gateway}, measured into {@code registry}. */
  public ConfigReload reload(MeterRegistry registry, Ticker ticker, ConfigReload.Gateway gateway) {
    ConfigMeters meters = new ConfigMeters(registry);
    ConfigReload made = new ConfigReload(source, text, gateway, ticker, meters::show);
    meters.show(made);
    return made;
  }

  /** Leaves out the text, which may have secrets. */
  @Override
  public String toString() {
    return "ConfigText[" + source.file() + "]";
  }
}
