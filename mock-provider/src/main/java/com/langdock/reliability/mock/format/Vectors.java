package com.langdock.reliability.mock.format;

import com.langdock.reliability.mock.format.Output.Thinking;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** What all APIs for vectors of texts have in common. */
public final class Vectors {
  private static final int DIMENSIONS = 8;

  private Vectors() {}

  /** A request for the vectors of {@code texts}. */
  public static ChatRequest request(String model, List<String> texts, JsonNode fields) {
    return new ChatRequest(
        model,
        Delivery.WHOLE,
        texts.stream().map(text -> new Turn(Turn.Role.USER, text)).toList(),
        Tools.NONE,
        new Output(Integer.MAX_VALUE, 1, Thinking.NONE, null),
        0,
        fields);
  }

  /** The vector of {@code text}, which is always the same; of 8 numbers if {@code length} is 0. */
  public static float[] of(String model, String text, int length) {
    Random random = new Random((model + text).hashCode());
    float[] vector = new float[length == 0 ? DIMENSIONS : length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextFloat() * 2 - 1;
    }
    return vector;
  }
}
