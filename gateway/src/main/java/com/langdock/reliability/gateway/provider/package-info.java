/**
 * Shared by all provider formats: classification of errors, and token counts. Each format is a
 * subpackage that only the composition uses. No I/O.
 */
@NullMarked
package com.langdock.reliability.gateway.provider;

import org.jspecify.annotations.NullMarked;
