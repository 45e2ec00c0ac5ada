/** Tests of credentials of AWS. */
@NullMarked
package com.langdock.reliability.gateway.credentials.aws;

import org.jspecify.annotations.NullMarked;
