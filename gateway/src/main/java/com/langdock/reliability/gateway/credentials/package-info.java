/** Credentials of cloud providers, those that expire too, and signatures made with them. */
@NullMarked
package com.langdock.reliability.gateway.credentials;

import org.jspecify.annotations.NullMarked;
