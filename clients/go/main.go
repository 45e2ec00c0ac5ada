// OpenAI's client for Go. Reads tasks, one JSON object a line, and answers each with an outcome, one
// JSON object a line; clients/README.md says what they are made of. The argument is the API.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
)

type task struct {
	Action, URL, Model, Prompt, Image string
	Inputs                            []string
	Pieces                            int
}

type call struct {
	Name      string `json:"name"`
	Arguments string `json:"arguments"`
}

type outcome map[string]any

type actions map[string]func(task) (outcome, error)

const (
	tool            = "search"
	toolDescription = "Looks something up."
)

var toolSchema = map[string]any{
	"type":                 "object",
	"properties":           map[string]any{"query": map[string]any{"type": "string"}},
	"required":             []string{"query"},
	"additionalProperties": false,
}

var replySchema = map[string]any{
	"type": "object",
	"properties": map[string]any{
		"reply": map[string]any{"type": "string"},
		"count": map[string]any{"type": "integer"},
	},
	"required":             []string{"reply", "count"},
	"additionalProperties": false,
}

func main() {
	apis := map[string]actions{"chat": chat, "responses": responsesAPI, "forwarded": forwarded}
	api := apis[os.Args[1]]
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var asked task
		err := json.Unmarshal(lines.Bytes(), &asked)
		var result outcome
		if err == nil {
			result, err = api[asked.Action](asked)
		}
		if err != nil {
			result = outcome{"error": errorOf(err)}
		}
		line, _ := json.Marshal(result)
		fmt.Println(string(line))
	}
}

func client(t task) *openai.Client {
	client := openai.NewClient(option.WithBaseURL(t.URL+"/v1"), option.WithAPIKey("any"))
	return &client
}

// resultOf is what the tool answers to the call of that number, counted from 1.
func resultOf(callNumber int) string {
	return fmt.Sprintf("result %d", callNumber)
}

func imageURL(t task) string {
	return "data:image/png;base64," + t.Image
}

// parsed reads the structure of an answer: the client leaves that to its caller.
func parsed(text string) (outcome, error) {
	var reply struct {
		Reply string `json:"reply"`
		Count int    `json:"count"`
	}
	err := json.Unmarshal([]byte(text), &reply)
	return outcome{"parsed": reply}, err
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
