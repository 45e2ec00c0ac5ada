/**
 * Limits as pure state machines: rates, slots, and what may be used in a day, a month or in all.
 *
 * <p>Start at {@link com.langdock.reliability.core.quota.Quotas}: a request reserves what it is
 * expected to take under all its limits or under none, and is settled once at its end.
 */
@NullMarked
package com.langdock.reliability.core.quota;

import org.jspecify.annotations.NullMarked;
