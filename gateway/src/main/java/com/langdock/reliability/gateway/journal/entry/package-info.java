/** What the journal keeps of a request: its row, and those of its attempts and steps. */
@NullMarked
package com.langdock.reliability.gateway.journal.entry;

import org.jspecify.annotations.NullMarked;
