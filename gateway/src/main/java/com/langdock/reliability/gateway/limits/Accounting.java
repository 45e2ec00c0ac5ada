package com.langdock.reliability.gateway.limits;

import com.langdock.reliability.core.domain.ModelCatalog;
import org.jspecify.annotations.Nullable;

/**
 * What requests cost, and what they may.
 *
 * @param models with their prices
 * @param limiter of all requests together; null where none are counted
 */
public record Accounting(ModelCatalog models, @Nullable RequestLimiter limiter) {}
