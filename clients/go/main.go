// OpenAI's client for Go. Reads tasks, one JSON object a line, and answers each with an outcome, one
// JSON object a line; clients/README.md says what they are made of.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/shared"
)

type task struct {
	Action, URL, Model, Prompt string
	Pieces                     int
}

type call struct {
	Name      string `json:"name"`
	Arguments string `json:"arguments"`
}

type outcome map[string]any

var actions = map[string]func(task) (outcome, error){
	"answer":       answer,
	"stream":       stream,
	"tools":        func(t task) (outcome, error) { return rounds(t, create) },
	"stream tools": func(t task) (outcome, error) { return rounds(t, streamed) },
	"schema":       schema,
	"cancel":       cancel,
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var asked task
		err := json.Unmarshal(lines.Bytes(), &asked)
		var result outcome
		if err == nil {
			result, err = actions[asked.Action](asked)
		}
		if err != nil {
			result = outcome{"error": errorOf(err)}
		}
		line, _ := json.Marshal(result)
		fmt.Println(string(line))
	}
}

func completions(t task) *openai.ChatCompletionService {
	client := openai.NewClient(option.WithBaseURL(t.URL+"/v1"), option.WithAPIKey("any"))
	return &client.Chat.Completions
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
			result := fmt.Sprintf("result %d", index+1)
			params.Messages = append(params.Messages, openai.ToolMessage(result, use.ID))
		}
	}
}

func search() openai.ChatCompletionToolUnionParam {
	return openai.ChatCompletionFunctionTool(shared.FunctionDefinitionParam{
		Name:        "search",
		Description: openai.String("Looks something up."),
		Strict:      openai.Bool(true),
		Parameters: shared.FunctionParameters{
			"type":                 "object",
			"properties":           map[string]any{"query": map[string]any{"type": "string"}},
			"required":             []string{"query"},
			"additionalProperties": false,
		},
	})
}

func schema(t task) (outcome, error) {
	params := asking(t)
	params.ResponseFormat.OfJSONSchema = &shared.ResponseFormatJSONSchemaParam{
		JSONSchema: shared.ResponseFormatJSONSchemaJSONSchemaParam{
			Name:   "reply",
			Strict: openai.Bool(true),
			Schema: map[string]any{
				"type": "object",
				"properties": map[string]any{
					"reply": map[string]any{"type": "string"},
					"count": map[string]any{"type": "integer"},
				},
				"required":             []string{"reply", "count"},
				"additionalProperties": false,
			},
		},
	}
	completion, err := create(t, params)
	if err != nil {
		return nil, err
	}
	var reply struct {
		Reply string `json:"reply"`
		Count int    `json:"count"`
	}
	err = json.Unmarshal([]byte(completion.Choices[0].Message.Content), &reply)
	return outcome{"parsed": reply}, err
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

func errorOf(err error) outcome {
	result := outcome{"type": fmt.Sprintf("%T", err), "message": err.Error()}
	var refused *openai.Error
	if errors.As(err, &refused) {
		result["type"] = "openai.Error"
		result["status"] = refused.StatusCode
		result["code"] = refused.Code
		if refused.Response != nil {
			result["retry_after"] = refused.Response.Header.Get("retry-after")
		}
	}
	return result
}
