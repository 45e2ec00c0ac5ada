/**
 * Replaces the configuration of a gateway that runs, all or nothing, and keeps the texts that it
 * had.
 */
@NullMarked
package com.langdock.reliability.gateway.reload;

import org.jspecify.annotations.NullMarked;
