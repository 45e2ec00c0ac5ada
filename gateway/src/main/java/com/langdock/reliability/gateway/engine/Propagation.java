package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Attempt;
import java.util.Map;

/** What the calls of one request carry on to the providers that is not for them: its trace. */
@FunctionalInterface
public interface Propagation {
  /** The headers of {@code attempt}, which runs, by their names in lower case. */
  Map<String, String> headers(Attempt attempt);
}
