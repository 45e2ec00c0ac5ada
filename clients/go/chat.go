package main

import (
	"context"
	"errors"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/shared"
)

// chat does tasks with Chat Completions.
var chat = actions{
	"answer":       answer,
	"image":        image,
	"stream":       stream,
	"tools":        func(t task) (outcome, error) { return rounds(t, create) },
	"stream tools": func(t task) (outcome, error) { return rounds(t, streamed) },
	"schema":       schema,
	"cancel":       cancel,
}

func completions(t task) *openai.ChatCompletionService {
	return &client(t).Chat.Completions
}

func asking(t task) openai.ChatCompletionNewParams {
	return openai.ChatCompletionNewParams{
		Model:    t.Model,
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage(t.Prompt)},
	}
}

func create(t task, params openai.ChatCompletionNewParams) (*openai.ChatCompletion, error) {
	return completions(t).New(context.Background(), params)
}

func answer(t task) (outcome, error) {
	completion, err := create(t, asking(t))
	if err != nil {
		return nil, err
	}
	return outcomeOf(completion), nil
}

func image(t task) (outcome, error) {
	url := openai.ChatCompletionContentPartImageImageURLParam{URL: imageURL(t)}
	params := asking(t)
	params.Messages = []openai.ChatCompletionMessageParamUnion{
		openai.UserMessage([]openai.ChatCompletionContentPartUnionParam{
			openai.TextContentPart(t.Prompt),
			openai.ImageContentPart(url),
		}),
	}
	completion, err := create(t, params)
	if err != nil {
		return nil, err
	}
	return outcomeOf(completion), nil
}

func accumulate(
	t task, params openai.ChatCompletionNewParams,
) (*openai.ChatCompletion, outcome, error) {
	params.StreamOptions.IncludeUsage = openai.Bool(true)
	chunks := completions(t).NewStreaming(context.Background(), params)
	defer chunks.Close()
	var whole openai.ChatCompletionAccumulator
	ids, pieces := map[string]bool{}, 0
	for chunks.Next() {
		chunk := chunks.Current()
		if !whole.AddChunk(chunk) {
			return nil, nil, errors.New("the accumulator refuses a chunk: " + chunk.RawJSON())
		}
		ids[chunk.ID] = true
		if len(chunk.Choices) > 0 && chunk.Choices[0].Delta.Content != "" {
			pieces++
		}
	}
	names := []string{}
	for id := range ids {
		names = append(names, id)
	}
	return &whole.ChatCompletion, outcome{"ids": names, "pieces": pieces}, chunks.Err()
}

func stream(t task) (outcome, error) {
	completion, seen, err := accumulate(t, asking(t))
	if err != nil {
		return nil, err
	}
	result := outcomeOf(completion)
	result["ids"], result["pieces"] = seen["ids"], seen["pieces"]
	return result, nil
}

func streamed(t task, params openai.ChatCompletionNewParams) (*openai.ChatCompletion, error) {
	completion, _, err := accumulate(t, params)
	return completion, err
}

func rounds(
	t task, ask func(task, openai.ChatCompletionNewParams) (*openai.ChatCompletion, error),
) (outcome, error) {
	params := asking(t)
	params.Tools = []openai.ChatCompletionToolUnionParam{search()}
	called := []call{}
	for {
		completion, err := ask(t, params)
		if err != nil {
			return nil, err
		}
		message := completion.Choices[0].Message
		called = append(called, callsOf(message)...)
		if len(message.ToolCalls) == 0 {
			result := outcomeOf(completion)
			result["calls"] = called
			return result, nil
		}
		params.Messages = append(params.Messages, message.ToParam())
		for index, use := range message.ToolCalls {
			params.Messages = append(params.Messages, openai.ToolMessage(resultOf(index+1), use.ID))
		}
	}
}

func search() openai.ChatCompletionToolUnionParam {
	return openai.ChatCompletionFunctionTool(shared.FunctionDefinitionParam{
		Name:        tool,
		Description: openai.String(toolDescription),
		Strict:      openai.Bool(true),
		Parameters:  toolSchema,
	})
}

func schema(t task) (outcome, error) {
	params := asking(t)
	params.ResponseFormat.OfJSONSchema = &shared.ResponseFormatJSONSchemaParam{
		JSONSchema: shared.ResponseFormatJSONSchemaJSONSchemaParam{
			Name:   "reply",
			Strict: openai.Bool(true),
			Schema: replySchema,
		},
	}
	completion, err := create(t, params)
	if err != nil {
		return nil, err
	}
	return parsed(completion.Choices[0].Message.Content)
}

func cancel(t task) (outcome, error) {
	ctx, leave := context.WithCancel(context.Background())
	defer leave()
	chunks := completions(t).NewStreaming(ctx, asking(t))
	defer chunks.Close()
	pieces := 0
	for pieces < t.Pieces && chunks.Next() {
		chunk := chunks.Current()
		if len(chunk.Choices) > 0 && chunk.Choices[0].Delta.Content != "" {
			pieces++
		}
	}
	return outcome{"pieces": pieces}, chunks.Err()
}

func outcomeOf(completion *openai.ChatCompletion) outcome {
	choice := completion.Choices[0]
	return outcome{
		"text":   choice.Message.Content,
		"finish": choice.FinishReason,
		"calls":  callsOf(choice.Message),
		"usage": map[string]int64{
			"input":  completion.Usage.PromptTokens,
			"output": completion.Usage.CompletionTokens,
		},
	}
}

func callsOf(message openai.ChatCompletionMessage) []call {
	calls := []call{}
	for _, use := range message.ToolCalls {
		calls = append(calls, call{use.Function.Name, use.Function.Arguments})
	}
	return calls
}
