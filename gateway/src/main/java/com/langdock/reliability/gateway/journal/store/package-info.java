/** Stores journal entries in SQLite or PostgreSQL, and reads them. */
@NullMarked
package com.langdock.reliability.gateway.journal.store;

import org.jspecify.annotations.NullMarked;
