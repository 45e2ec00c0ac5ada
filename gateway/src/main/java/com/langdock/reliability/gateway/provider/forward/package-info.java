/**
 * Requests that only a provider of their own format can answer: how they are forwarded, and how the
 * answers are judged. No I/O.
 */
@NullMarked
package com.langdock.reliability.gateway.provider.forward;

import org.jspecify.annotations.NullMarked;
