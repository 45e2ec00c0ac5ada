import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.core.MultipartField;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionStreamEvent;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import com.openai.models.moderations.ModerationCreateParams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** OpenAI's client for Java with the APIs that are forwarded. */
public final class OpenAiForwarded {
  private final OpenAIClient client;
  private final JsonNode task;
  private final String model;
  private final String prompt;

  private OpenAiForwarded(OpenAIClient client, JsonNode task) {
    this.client = client;
    this.task = task;
    this.model = Tasks.text(task, "model");
    this.prompt = Tasks.text(task, "prompt");
  }

  public static void main(String[] arguments) throws Exception {
    OpenAi.serve((client, task) -> new OpenAiForwarded(client, task).run());
  }

  private Map<String, Object> run() {
    return switch (Tasks.text(task, "action")) {
      case "answer" -> embed();
      case "moderate" -> moderate();
      case "draw" -> draw();
      case "stream drawing" -> streamDrawing();
      case "edit" -> edit();
      case "speak" -> speak();
      case "transcribe" -> transcribe();
      case "stream transcription" -> streamTranscription();
      default -> throw new IllegalArgumentException("unknown action");
    };
  }

  private Map<String, Object> embed() {
    List<String> inputs = new ArrayList<>();
    task.get("inputs").forEach(input -> inputs.add(input.asText()));
    CreateEmbeddingResponse answer =
        client
            .embeddings()
            .create(
                EmbeddingCreateParams.builder().model(model).inputOfArrayOfStrings(inputs).build());
    return Map.of(
        "vectors",
        answer.data().stream().map(Embedding::embedding).toList(),
        "usage",
        Map.of("input", answer.usage().promptTokens()));
  }

  private Map<String, Object> moderate() {
    ModerationCreateParams params =
        ModerationCreateParams.builder().model(model).input(prompt).build();
    return Map.of("flagged", client.moderations().create(params).results().get(0).flagged());
  }

  private Map<String, Object> draw() {
    return pictures(
        client
            .images()
            .generate(ImageGenerateParams.builder().model(model).prompt(prompt).n(2).build()));
  }

  private Map<String, Object> streamDrawing() {
    List<String> images = new ArrayList<>();
    int pieces = 0;
    ImageGenerateParams params = ImageGenerateParams.builder().model(model).prompt(prompt).build();
    try (StreamResponse<ImageGenStreamEvent> events = client.images().generateStreaming(params)) {
      for (ImageGenStreamEvent event : (Iterable<ImageGenStreamEvent>) events.stream()::iterator) {
        event.generationCompleted().ifPresent(completed -> images.add(completed.b64Json()));
        pieces += event.isGenerationPartialImage() ? 1 : 0;
      }
    }
    return Map.of("images", images, "pieces", pieces);
  }

  private Map<String, Object> edit() {
    MultipartField<ImageEditParams.Image> image =
        MultipartField.<ImageEditParams.Image>builder()
            .value(ImageEditParams.Image.ofInputStream(file()))
            .filename("pixel.png")
            .contentType("image/png")
            .build();
    return pictures(
        client
            .images()
            .edit(ImageEditParams.builder().model(model).prompt(prompt).image(image).build()));
  }

  private InputStream file() {
    return new ByteArrayInputStream(Base64.getDecoder().decode(Tasks.text(task, "image")));
  }

  private static Map<String, Object> pictures(ImagesResponse answer) {
    return Map.of(
        "images",
        answer.data().orElseThrow().stream().map(image -> image.b64Json().orElseThrow()).toList());
  }

  private Map<String, Object> speak() {
    SpeechCreateParams params =
        SpeechCreateParams.builder().model(model).voice("alloy").input(prompt).build();
    try (HttpResponse answer = client.audio().speech().create(params)) {
      byte[] audio = answer.body().readAllBytes();
      return Map.of("audio", Base64.getEncoder().encodeToString(audio));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private TranscriptionCreateParams recording() {
    MultipartField<InputStream> file =
        MultipartField.<InputStream>builder().value(file()).filename("speech.wav").build();
    return TranscriptionCreateParams.builder().model(model).file(file).build();
  }

  private Map<String, Object> transcribe() {
    return Map.of(
        "text", client.audio().transcriptions().create(recording()).asTranscription().text());
  }

  private Map<String, Object> streamTranscription() {
    List<String> texts = new ArrayList<>();
    int pieces = 0;
    try (StreamResponse<TranscriptionStreamEvent> events =
        client.audio().transcriptions().createStreaming(recording())) {
      for (TranscriptionStreamEvent event :
          (Iterable<TranscriptionStreamEvent>) events.stream()::iterator) {
        event.transcriptTextDone().ifPresent(done -> texts.add(done.text()));
        pieces += event.isTranscriptTextDelta() ? 1 : 0;
      }
    }
    return Map.of("text", texts.get(0), "pieces", pieces);
  }
}
