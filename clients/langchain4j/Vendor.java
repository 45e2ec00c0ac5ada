import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

/** The vendors for which LangChain4j has models. They repeat nothing: the gateway does. */
enum Vendor {
  /** OpenAI's Chat Completions. */
  OPENAI {
    @Override
    ChatModel model(String url, String model) {
      return OpenAiChatModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("any")
          .modelName(model)
          .strictJsonSchema(true)
          .maxRetries(0)
          .build();
    }

    @Override
    StreamingChatModel streamingModel(String url, String model) {
      return OpenAiStreamingChatModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("any")
          .modelName(model)
          .build();
    }
  },
  /** OpenAI's Responses. */
  RESPONSES {
    @Override
    ChatModel model(String url, String model) {
      return OpenAiResponsesChatModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("any")
          .modelName(model)
          .build();
    }

    @Override
    StreamingChatModel streamingModel(String url, String model) {
      return OpenAiResponsesStreamingChatModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("any")
          .modelName(model)
          .build();
    }
  },
  /** Anthropic's Messages. */
  ANTHROPIC {
    @Override
    ChatModel model(String url, String model) {
      return AnthropicChatModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("any")
          .modelName(model)
          .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
          .maxRetries(0)
          .build();
    }

    @Override
    StreamingChatModel streamingModel(String url, String model) {
      return AnthropicStreamingChatModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("any")
          .modelName(model)
          .build();
    }
  },
  /** Google's Gemini. */
  GEMINI {
    @Override
    ChatModel model(String url, String model) {
      return GoogleAiGeminiChatModel.builder()
          .baseUrl(url + "/v1beta")
          .apiKey("any")
          .modelName(model)
          .maxRetries(0)
          .build();
    }

    @Override
    StreamingChatModel streamingModel(String url, String model) {
      return GoogleAiGeminiStreamingChatModel.builder()
          .baseUrl(url + "/v1beta")
          .apiKey("any")
          .modelName(model)
          .build();
    }
  };

  abstract ChatModel model(String url, String model);

  abstract StreamingChatModel streamingModel(String url, String model);
}
