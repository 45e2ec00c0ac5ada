package com.langdock.reliability.yaml;

/**
 * A place in the configuration, for messages.
 *
 * @param line from 1; 0 where there is none
 * @param path of the key
 * @param problems receives the messages
 */
public record SourceLocation(int line, String path, Problems problems) {
  /** Adds an error for this place. */
  public void reject(String message) {
    problems.add(line, path, message);
  }

  /** Adds a warning for this place. */
  public void warn(String message) {
    problems.warn(line, path, message);
  }

  SourceLocation at(int otherLine) {
    return new SourceLocation(otherLine, path, problems);
  }

  /** The place of an environment variable, which has no line. */
  SourceLocation variable(String name) {
    return new SourceLocation(0, name, problems);
  }

  SourceLocation item(int index, int itemLine) {
    return new SourceLocation(itemLine, YamlNode.pathOf(path, index), problems);
  }

  SourceLocation key(String key, int keyLine) {
    return new SourceLocation(keyLine, YamlNode.pathOf(path, key), problems);
  }
}
