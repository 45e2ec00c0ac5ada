/** Credentials of cloud providers, and the signatures that requests get with them. */
@NullMarked
package com.langdock.reliability.gateway.credentials;

import org.jspecify.annotations.NullMarked;
