// OpenAI's client for JavaScript.
import OpenAI from 'openai'
import { zodResponseFormat } from 'openai/helpers/zod'
import { z } from 'zod'
import { imageUrl, resultOf, serve, tool } from './tasks.mjs'

const { name, description, schema: parameters } = tool
const tools = [{ type: 'function', function: { name, description, parameters, strict: true } }]
const Reply = z.object({ reply: z.string(), count: z.int() })

function completions(task) {
  return new OpenAI({ baseURL: `${task.url}/v1`, apiKey: 'any' }).chat.completions
}

function asking(task, more) {
  return { model: task.model, messages: [{ role: 'user', content: task.prompt }], ...more }
}

function outcome({ choices: [choice], usage }) {
  return {
    text: choice.message.content,
    finish: choice.finish_reason,
    calls: callsOf(choice.message),
    usage: { input: usage?.prompt_tokens, output: usage?.completion_tokens },
  }
}

function callsOf(message) {
  return (message.tool_calls ?? []).map((call) => call.function)
}

async function streamed(task, more) {
  const ids = new Set()
  let pieces = 0
  const usage = { stream_options: { include_usage: true } }
  const stream = completions(task).stream(asking(task, { ...usage, ...more }))
  stream.on('chunk', (chunk) => ids.add(chunk.id))
  stream.on('content', () => pieces++)
  const completion = await stream.finalChatCompletion()
  return { completion, ids: [...ids], pieces }
}

async function rounds(task, ask) {
  const { messages } = asking(task)
  const calls = []
  for (;;) {
    const completion = await ask({ messages, tools })
    const { message } = completion.choices[0]
    messages.push(message)
    calls.push(...callsOf(message))
    if (!message.tool_calls?.length) return { ...outcome(completion), calls }
    message.tool_calls.forEach(({ id }, index) =>
      messages.push({ role: 'tool', tool_call_id: id, content: resultOf(index + 1) }),
    )
  }
}

await serve({
  answer: async (task) => outcome(await completions(task).create(asking(task))),
  image: async (task) => {
    const image = { type: 'image_url', image_url: { url: imageUrl(task) } }
    const content = [{ type: 'text', text: task.prompt }, image]
    const messages = [{ role: 'user', content }]
    return outcome(await completions(task).create(asking(task, { messages })))
  },
  stream: async (task) => {
    const { completion, ...seen } = await streamed(task)
    return { ...outcome(completion), ...seen }
  },
  tools: (task) => rounds(task, (more) => completions(task).create(asking(task, more))),
  'stream tools': (task) => rounds(task, async (more) => (await streamed(task, more)).completion),
  schema: async (task) => {
    const format = { response_format: zodResponseFormat(Reply, 'reply') }
    const completion = await completions(task).parse(asking(task, format))
    return { parsed: completion.choices[0].message.parsed }
  },
  cancel: async (task) => {
    const stream = await completions(task).create(asking(task, { stream: true }))
    let pieces = 0
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content && ++pieces === task.pieces) stream.controller.abort()
    }
    return { pieces }
  },
})
