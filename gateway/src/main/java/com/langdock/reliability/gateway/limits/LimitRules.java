package com.langdock.reliability.gateway.limits;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.quota.SharingRules;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.SubjectLimits;
import java.time.ZoneId;
import java.util.Map;

/**
 * What one configuration says of limits.
 *
 * @param subjects with their limits; others have none
 * @param zone in which days and months begin
 * @param reservesWorst whether a request reserves the most that its answer may be, instead of what
 *     the last answers let expect
 * @param cuts whether a stream that passes a budget or quota ends in an error
 * @param models with their prices
 */
public record LimitRules(
    Map<Subject, SubjectLimits> subjects,
    SharingRules sharing,
    ZoneId zone,
    boolean reservesWorst,
    boolean cuts,
    ModelCatalog models) {
  /** Keeps an immutable copy. */
  public LimitRules {
    subjects = Map.copyOf(subjects);
  }
}
