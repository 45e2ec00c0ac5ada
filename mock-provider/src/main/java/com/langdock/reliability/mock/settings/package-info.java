/** The settings of one simulated provider: read, checked, shown. */
@NullMarked
package com.langdock.reliability.mock.settings;

import org.jspecify.annotations.NullMarked;
