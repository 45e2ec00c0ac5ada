package com.langdock.reliability.mock.format;

import java.util.List;

/**
 * A whole stream, in texts to be written one by one, with LF line ends.
 *
 * @param opening before any content
 * @param content one text a piece of the answer: its event, after any that must come before it
 * @param closing the finish reason and, where asked for, usage
 * @param terminator the provider's last word
 */
public record Events(
    List<String> opening, List<String> content, List<String> closing, List<String> terminator) {}
