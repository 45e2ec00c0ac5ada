/**
 * OpenAI's APIs besides chat completions and responses: requests that no other format can express,
 * so that they are forwarded to a provider of the same format. Pure functions and state machines,
 * without sockets, clocks or threads.
 */
@NullMarked
package com.langdock.reliability.gateway.front.forward;

import org.jspecify.annotations.NullMarked;
