/** What only the providers of the large clouds have in a configuration: regions and logins. */
@NullMarked
package com.langdock.reliability.gateway.config.cloud;

import org.jspecify.annotations.NullMarked;
