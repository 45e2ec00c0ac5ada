/** Tests of the HTTP client to providers. */
@NullMarked
package com.langdock.reliability.gateway.upstream;

import org.jspecify.annotations.NullMarked;
