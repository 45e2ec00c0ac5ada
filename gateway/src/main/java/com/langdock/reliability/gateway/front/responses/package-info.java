/**
 * OpenAI's responses: reads its requests, and writes answers, streams and errors in its format.
 * Pure functions and state machines, without sockets, clocks or threads.
 */
@NullMarked
package com.langdock.reliability.gateway.front.responses;

import org.jspecify.annotations.NullMarked;
