/** HTTP: receives requests, plays planned replies, changes settings. */
@NullMarked
package com.langdock.reliability.mock.server;

import org.jspecify.annotations.NullMarked;
