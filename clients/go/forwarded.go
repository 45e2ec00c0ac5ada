package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"

	"github.com/openai/openai-go/v3"
)

// forwarded does tasks with the APIs that are forwarded.
var forwarded = actions{
	"answer":               embed,
	"moderate":             moderate,
	"draw":                 draw,
	"stream drawing":       streamDrawing,
	"edit":                 edit,
	"speak":                speak,
	"transcribe":           transcribe,
	"stream transcription": streamTranscription,
}

func embed(t task) (outcome, error) {
	answer, err := client(t).Embeddings.New(context.Background(), openai.EmbeddingNewParams{
		Model: t.Model,
		Input: openai.EmbeddingNewParamsInputUnion{OfArrayOfStrings: t.Inputs},
	})
	if err != nil {
		return nil, err
	}
	vectors := [][]float64{}
	for _, item := range answer.Data {
		vectors = append(vectors, item.Embedding)
	}
	usage := map[string]int64{"input": answer.Usage.PromptTokens}
	return outcome{"vectors": vectors, "usage": usage}, nil
}

func moderate(t task) (outcome, error) {
	answer, err := client(t).Moderations.New(context.Background(), openai.ModerationNewParams{
		Model: t.Model,
		Input: openai.ModerationNewParamsInputUnion{OfString: openai.String(t.Prompt)},
	})
	if err != nil {
		return nil, err
	}
	return outcome{"flagged": answer.Results[0].Flagged}, nil
}

func draw(t task) (outcome, error) {
	return pictures(client(t).Images.Generate(context.Background(), openai.ImageGenerateParams{
		Model: t.Model, Prompt: t.Prompt, N: openai.Int(2),
	}))
}

func streamDrawing(t task) (outcome, error) {
	events := client(t).Images.GenerateStreaming(context.Background(), openai.ImageGenerateParams{
		Model: t.Model, Prompt: t.Prompt,
	})
	defer events.Close()
	images, pieces := []string{}, 0
	for events.Next() {
		event := events.Current()
		if event.Type == "image_generation.completed" {
			images = append(images, event.B64JSON)
		} else {
			pieces++
		}
	}
	return outcome{"images": images, "pieces": pieces}, events.Err()
}

func edit(t task) (outcome, error) {
	picture, err := file(t, "pixel.png", "image/png")
	if err != nil {
		return nil, err
	}
	return pictures(client(t).Images.Edit(context.Background(), openai.ImageEditParams{
		Model: t.Model, Prompt: t.Prompt, Image: openai.ImageEditParamsImageUnion{OfFile: picture},
	}))
}

func pictures(answer *openai.ImagesResponse, err error) (outcome, error) {
	if err != nil {
		return nil, err
	}
	images := []string{}
	for _, image := range answer.Data {
		images = append(images, image.B64JSON)
	}
	return outcome{"images": images}, nil
}

func speak(t task) (outcome, error) {
	answer, err := client(t).Audio.Speech.New(context.Background(), openai.AudioSpeechNewParams{
		Model: t.Model,
		Voice: openai.AudioSpeechNewParamsVoiceUnion{OfString: openai.String("alloy")},
		Input: t.Prompt,
	})
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	audio, err := io.ReadAll(answer.Body)
	return outcome{"audio": base64.StdEncoding.EncodeToString(audio)}, err
}

func transcribe(t task) (outcome, error) {
	params, err := recording(t)
	if err != nil {
		return nil, err
	}
	answer, err := client(t).Audio.Transcriptions.New(context.Background(), params)
	if err != nil {
		return nil, err
	}
	return outcome{"text": answer.Text}, nil
}

func streamTranscription(t task) (outcome, error) {
	params, err := recording(t)
	if err != nil {
		return nil, err
	}
	events := client(t).Audio.Transcriptions.NewStreaming(context.Background(), params)
	defer events.Close()
	text, pieces := "", 0
	for events.Next() {
		event := events.Current()
		if event.Type == "transcript.text.done" {
			text = event.Text
		} else {
			pieces++
		}
	}
	return outcome{"text": text, "pieces": pieces}, events.Err()
}

func recording(t task) (openai.AudioTranscriptionNewParams, error) {
	speech, err := file(t, "speech.wav", "audio/wav")
	return openai.AudioTranscriptionNewParams{Model: t.Model, File: speech}, err
}

func file(t task, name, mediaType string) (io.Reader, error) {
	data, err := base64.StdEncoding.DecodeString(t.Image)
	return openai.File(bytes.NewReader(data), name, mediaType), err
}
