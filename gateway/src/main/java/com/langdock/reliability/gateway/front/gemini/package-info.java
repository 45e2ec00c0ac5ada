/**
 * Gemini's API: reads requests, counts their tokens, and writes answers, streams and errors in its
 * shapes.
 */
@NullMarked
package com.langdock.reliability.gateway.front.gemini;

import org.jspecify.annotations.NullMarked;
