/** What clients are told: answers with the gateway's fields, and errors in OpenAI's shape. */
@NullMarked
package com.langdock.reliability.gateway.api.response;

import org.jspecify.annotations.NullMarked;
