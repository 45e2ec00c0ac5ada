/** Tests of credentials of Google. */
@NullMarked
package com.langdock.reliability.gateway.credentials.google;

import org.jspecify.annotations.NullMarked;
