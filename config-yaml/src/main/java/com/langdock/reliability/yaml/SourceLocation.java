package com.langdock.reliability.yaml;

/**
 * A place in the configuration that something can be said of.
 *
 * @param line from 1; 0 where there is none
 * @param path of the key
 * @param problems takes what is said
 */
public record SourceLocation(int line, String path, Problems problems) {
  /** Says what is wrong here. */
  public void reject(String message) {
    problems.add(line, path, message);
  }

  /** Says what is allowed here but probably not meant. */
  public void warn(String message) {
    problems.warn(line, path, message);
  }

  SourceLocation at(int otherLine) {
    return new SourceLocation(otherLine, path, problems);
  }

  /** A variable of the environment, which stands in no line. */
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
