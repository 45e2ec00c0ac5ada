package com.langdock.reliability.mock.format;

import java.util.List;

/**
 * A whole stream as server-sent events, each a full event with LF line ends.
 *
 * @param opening before any content
 * @param content one event a piece of the answer
 * @param closing the finish reason and, where asked for, usage
 * @param terminator the provider's last word
 */
public record Events(
    List<String> opening, List<String> content, List<String> closing, List<String> terminator) {}
