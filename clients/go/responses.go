package main

import (
	"context"
	"errors"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/responses"
)

// responsesAPI does tasks with the Responses API.
var responsesAPI = actions{
	"answer":       answerOfResponses,
	"image":        imageOfResponses,
	"stream":       streamOfResponses,
	"tools":        func(t task) (outcome, error) { return roundsOfResponses(t, respond) },
	"stream tools": func(t task) (outcome, error) { return roundsOfResponses(t, respondStreaming) },
	"schema":       schemaOfResponses,
	"cancel":       cancelOfResponses,
	"count":        countOfResponses,
}

func text(t task) responses.ResponseNewParams {
	return responses.ResponseNewParams{
		Model: t.Model,
		Input: responses.ResponseNewParamsInputUnion{OfString: openai.String(t.Prompt)},
	}
}

func items(
	t task, list ...responses.ResponseInputItemUnionParam,
) responses.ResponseNewParams {
	return responses.ResponseNewParams{
		Model: t.Model,
		Input: responses.ResponseNewParamsInputUnion{OfInputItemList: list},
	}
}

func respond(t task, params responses.ResponseNewParams) (*responses.Response, error) {
	return client(t).Responses.New(context.Background(), params)
}

func answerOfResponses(t task) (outcome, error) {
	return outcomeOfAny(respond(t, text(t)))
}

func imageOfResponses(t task) (outcome, error) {
	image := responses.ResponseInputContentParamOfInputImage("auto")
	image.OfInputImage.ImageURL = openai.String(imageURL(t))
	return outcomeOfAny(respond(t, items(t,
		responses.ResponseInputItemParamOfMessage(responses.ResponseInputMessageContentListParam{
			responses.ResponseInputContentParamOfInputText(t.Prompt), image,
		}, "user"),
	)))
}

// join returns the response of the last event: the client leaves the events to its caller.
func join(t task, params responses.ResponseNewParams) (*responses.Response, outcome, error) {
	events := client(t).Responses.NewStreaming(context.Background(), params)
	defer events.Close()
	var whole *responses.Response
	ids, pieces := []string{}, 0
	for events.Next() {
		event := events.Current()
		switch event.Type {
		case "response.created":
			ids = append(ids, event.Response.ID)
		case "response.output_text.delta":
			pieces++
		case "response.completed":
			whole = &event.Response
		case "response.failed":
			return nil, nil, errors.New("response.failed: " + event.Response.Error.Message)
		}
	}
	if err := events.Err(); err != nil {
		return nil, nil, err
	}
	if whole == nil {
		return nil, nil, errors.New("the stream has no last event")
	}
	if whole.ID != ids[0] {
		ids = append(ids, whole.ID)
	}
	return whole, outcome{"ids": ids, "pieces": pieces}, nil
}

func streamOfResponses(t task) (outcome, error) {
	response, seen, err := join(t, text(t))
	if err != nil {
		return nil, err
	}
	result := outcomeOfResponse(response)
	result["ids"], result["pieces"] = seen["ids"], seen["pieces"]
	return result, nil
}

func respondStreaming(t task, params responses.ResponseNewParams) (*responses.Response, error) {
	response, _, err := join(t, params)
	return response, err
}

func roundsOfResponses(
	t task, ask func(task, responses.ResponseNewParams) (*responses.Response, error),
) (outcome, error) {
	params := items(t, responses.ResponseInputItemParamOfMessage(t.Prompt, "user"))
	search := responses.ToolParamOfFunction(tool, toolSchema, true)
	search.OfFunction.Description = openai.String(toolDescription)
	params.Tools = []responses.ToolUnionParam{search}
	called := []call{}
	for {
		response, err := ask(t, params)
		if err != nil {
			return nil, err
		}
		uses := usesOf(response)
		called = append(called, callsOfResponse(response)...)
		if len(uses) == 0 {
			result := outcomeOfResponse(response)
			result["calls"] = called
			return result, nil
		}
		list := params.Input.OfInputItemList
		for _, use := range uses {
			param := use.ToParam()
			list = append(list, responses.ResponseInputItemUnionParam{OfFunctionCall: &param})
		}
		for index, use := range uses {
			result := responses.ResponseInputItemParamOfFunctionCallOutput(resultOf(index + 1))
			result.OfFunctionCallOutput.CallID = openai.String(use.CallID)
			list = append(list, result)
		}
		params.Input.OfInputItemList = list
	}
}

func schemaOfResponses(t task) (outcome, error) {
	params := text(t)
	params.Text.Format = responses.ResponseFormatTextConfigParamOfJSONSchema("reply", replySchema)
	params.Text.Format.OfJSONSchema.Strict = openai.Bool(true)
	response, err := respond(t, params)
	if err != nil {
		return nil, err
	}
	return parsed(response.OutputText())
}

func cancelOfResponses(t task) (outcome, error) {
	ctx, leave := context.WithCancel(context.Background())
	defer leave()
	events := client(t).Responses.NewStreaming(ctx, text(t))
	defer events.Close()
	pieces := 0
	for pieces < t.Pieces && events.Next() {
		if events.Current().Type == "response.output_text.delta" {
			pieces++
		}
	}
	return outcome{"pieces": pieces}, events.Err()
}

func countOfResponses(t task) (outcome, error) {
	counted, err := client(t).Responses.InputTokens.Count(
		context.Background(),
		responses.InputTokenCountParams{
			Model: openai.String(t.Model),
			Input: responses.InputTokenCountParamsInputUnion{OfString: openai.String(t.Prompt)},
		},
	)
	if err != nil {
		return nil, err
	}
	return outcome{"tokens": counted.InputTokens}, nil
}

func outcomeOfAny(response *responses.Response, err error) (outcome, error) {
	if err != nil {
		return nil, err
	}
	return outcomeOfResponse(response), nil
}

func outcomeOfResponse(response *responses.Response) outcome {
	return outcome{
		"text":   response.OutputText(),
		"finish": response.Status,
		"calls":  callsOfResponse(response),
		"usage": map[string]int64{
			"input":  response.Usage.InputTokens,
			"output": response.Usage.OutputTokens,
		},
	}
}

func usesOf(response *responses.Response) []responses.ResponseFunctionToolCall {
	uses := []responses.ResponseFunctionToolCall{}
	for _, item := range response.Output {
		if item.Type == "function_call" {
			uses = append(uses, item.AsFunctionCall())
		}
	}
	return uses
}

func callsOfResponse(response *responses.Response) []call {
	calls := []call{}
	for _, use := range usesOf(response) {
		calls = append(calls, call{use.Name, use.Arguments})
	}
	return calls
}
