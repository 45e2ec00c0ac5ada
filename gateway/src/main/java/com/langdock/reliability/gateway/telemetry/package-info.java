/** Histograms of durations, whose buckets can name a request that fell into them. */
@NullMarked
package com.langdock.reliability.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
