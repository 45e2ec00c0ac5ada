/** Google's application default credentials: service accounts, users, federation, machines. */
@NullMarked
package com.langdock.reliability.gateway.credentials.google;

import org.jspecify.annotations.NullMarked;
