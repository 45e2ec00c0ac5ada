package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.yaml.Section;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The limits of everybody.
 *
 * @param timeZone in which days and months begin
 */
public record LimitsConfig(ZoneId timeZone) {
  static LimitsConfig from(Section section) {
    return new LimitsConfig(timeZone(section));
  }

  private static ZoneId timeZone(Section section) {
    String name = section.value("time_zone").text().orElse("UTC");
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      section.place("time_zone").reject("must be a time zone such as UTC or Europe/Berlin");
      return ZoneOffset.UTC;
    }
  }
}
