/**
 * Reads YAML into a tree with line numbers, and sections of it into values, collecting every
 * problem on the way. Knows nothing of what the configuration means.
 */
@NullMarked
package com.langdock.reliability.gateway.config.yaml;

import org.jspecify.annotations.NullMarked;
