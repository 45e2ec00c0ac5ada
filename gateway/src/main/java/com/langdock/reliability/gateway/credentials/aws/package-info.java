/** Where AWS's own programs look for keys: environment, files, roles, containers and machines. */
@NullMarked
package com.langdock.reliability.gateway.credentials.aws;

import org.jspecify.annotations.NullMarked;
