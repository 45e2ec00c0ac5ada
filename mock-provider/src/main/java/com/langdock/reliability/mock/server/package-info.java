/** HTTP: receives requests, plays planned answers, takes settings. */
@NullMarked
package com.langdock.reliability.mock.server;

import org.jspecify.annotations.NullMarked;
