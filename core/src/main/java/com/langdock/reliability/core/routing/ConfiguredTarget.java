package com.langdock.reliability.core.routing;

import com.langdock.reliability.core.domain.Target;

/**
 * A target that the configuration contains.
 *
 * @param priority of its provider, lower first
 */
public record ConfiguredTarget(Target target, int priority) {}
