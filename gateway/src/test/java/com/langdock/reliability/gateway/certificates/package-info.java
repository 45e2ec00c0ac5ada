/** Tests of certificates that follow their files. */
@NullMarked
package com.langdock.reliability.gateway.certificates;

import org.jspecify.annotations.NullMarked;
