/** The plan of a reply: its bytes, pauses and breaks in order; no I/O. */
@NullMarked
package com.langdock.reliability.mock.reply;

import org.jspecify.annotations.NullMarked;
