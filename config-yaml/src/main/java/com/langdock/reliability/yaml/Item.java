package com.langdock.reliability.yaml;

/**
 * One text of a list, or one pair of a section whose keys are free.
 *
 * @param name the pair's key; in a list, the text itself
 * @param value with its environment references replaced
 * @param place where it stands
 */
public record Item(String name, String value, SourceLocation place) {}
