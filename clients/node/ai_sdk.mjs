// The Vercel AI SDK with its OpenAI-compatible or its Anthropic provider: the argument says which.
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, jsonSchema, Output, stepCountIs, streamText, tool as aiTool } from 'ai'
import { z } from 'zod'
import { resultOf, serve, tool } from './tasks.mjs'

const Reply = z.object({ reply: z.string(), count: z.int() })
const providers = {
  'openai-compatible': (baseURL) =>
    createOpenAICompatible({
      name: 'gateway',
      baseURL,
      apiKey: 'any',
      includeUsage: true,
      supportsStructuredOutputs: true,
    }),
  anthropic: (baseURL) => createAnthropic({ baseURL, apiKey: 'any' }),
}

function asking(task, more) {
  const provider = providers[process.argv[2]](`${task.url}/v1`)
  return { model: provider(task.model), prompt: task.prompt, maxOutputTokens: 1000, ...more }
}

/** Tools that the SDK calls by itself, as often as the model asks. */
function withTools() {
  let calls = 0
  const search = aiTool({
    description: tool.description,
    inputSchema: jsonSchema(tool.schema),
    execute: () => resultOf(++calls),
  })
  return { tools: { search }, stopWhen: stepCountIs(3) }
}

async function outcome(result) {
  const steps = await result.steps
  const usage = await result.usage
  return {
    text: await result.text,
    finish: await result.finishReason,
    calls: steps.flatMap((step) =>
      step.toolCalls.map(({ toolName, input }) => ({ name: toolName, arguments: input })),
    ),
    usage: { input: usage.inputTokens, output: usage.outputTokens },
  }
}

async function streamed(task, more) {
  let pieces = 0
  let failure
  const result = streamText(asking(task, { onError: ({ error }) => (failure = error), ...more }))
  for await (const _ of result.textStream) pieces++
  if (failure) throw failure
  return { ...(await outcome(result)), pieces }
}

await serve({
  answer: async (task) => outcome(await generateText(asking(task))),
  image: async (task) => {
    const image = { type: 'file', data: task.image, mediaType: 'image/png' }
    const content = [{ type: 'text', text: task.prompt }, image]
    const messages = [{ role: 'user', content }]
    return outcome(await generateText(asking(task, { prompt: messages })))
  },
  stream: (task) => streamed(task),
  tools: async (task) => outcome(await generateText(asking(task, withTools()))),
  'stream tools': (task) => streamed(task, withTools()),
  schema: async (task) => {
    const result = await generateText(asking(task, { output: Output.object({ schema: Reply }) }))
    return { parsed: result.output }
  },
  cancel: async (task) => {
    const controller = new AbortController()
    const result = streamText(asking(task, { abortSignal: controller.signal, onError() {} }))
    let pieces = 0
    for await (const _ of result.textStream) {
      if (++pieces === task.pieces) controller.abort()
    }
    return { pieces }
  },
})
