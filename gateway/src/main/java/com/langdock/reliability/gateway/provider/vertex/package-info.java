/** Google's cloud, which serves models of several vendors, each in its own format. */
@NullMarked
package com.langdock.reliability.gateway.provider.vertex;

import org.jspecify.annotations.NullMarked;
