package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.json.JsonValue;
import java.util.List;

/**
 * The vectors in the answer to a part of a request.
 *
 * @param arrays in the order of the texts; empty if the answer cannot be read
 * @param tokens of the texts; 0 where the provider does not say
 */
record Vectors(List<JsonValue> arrays, long tokens) {}
