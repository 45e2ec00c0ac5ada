/** The real core against simulated providers under virtual time, every run repeatable by seed. */
@NullMarked
package com.langdock.reliability.core.simulation;

import org.jspecify.annotations.NullMarked;
