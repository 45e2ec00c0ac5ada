/** Step 1 of a request: HTTP in and out, in OpenAI's shapes. Only here are HTTP statuses chosen. */
@NullMarked
package com.langdock.reliability.gateway.front;

import org.jspecify.annotations.NullMarked;
