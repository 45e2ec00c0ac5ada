/** Keeps journal entries in SQLite or PostgreSQL, and finds them again. */
@NullMarked
package com.langdock.reliability.gateway.journal.store;

import org.jspecify.annotations.NullMarked;
