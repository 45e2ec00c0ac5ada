/** The plan of an answer: which bytes, pauses and breaks, in which order; no I/O. */
@NullMarked
package com.langdock.reliability.mock.reply;

import org.jspecify.annotations.NullMarked;
