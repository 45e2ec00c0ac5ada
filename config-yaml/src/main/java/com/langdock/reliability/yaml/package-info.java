/** Reads YAML into a tree with lines, and its sections into values, and collects all problems. */
@NullMarked
package com.langdock.reliability.yaml;

import org.jspecify.annotations.NullMarked;
