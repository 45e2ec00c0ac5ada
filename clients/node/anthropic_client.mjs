// Anthropic's client for JavaScript.
import Anthropic from '@anthropic-ai/sdk'
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod'
import { z } from 'zod'
import { resultOf, serve, tool } from './tasks.mjs'

const { name, description, schema } = tool
const tools = [{ name, description, input_schema: schema }]
const Reply = z.object({ reply: z.string(), count: z.int() })

function messages(task) {
  return new Anthropic({ baseURL: task.url, apiKey: 'any' }).messages
}

function asking(task, more) {
  const turns = [{ role: 'user', content: task.prompt }]
  return { model: task.model, max_tokens: 1000, messages: turns, ...more }
}

function outcome({ content, stop_reason, usage }) {
  return {
    text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    finish: stop_reason,
    calls: callsOf(content),
    usage: { input: usage.input_tokens, output: usage.output_tokens },
  }
}

function usesOf(content) {
  return content.filter((block) => block.type === 'tool_use')
}

function callsOf(content) {
  return usesOf(content).map(({ name, input }) => ({ name, arguments: input }))
}

async function streamed(task, more) {
  const ids = new Set()
  let pieces = 0
  const stream = messages(task).stream(asking(task, more))
  stream.on('streamEvent', (event) => event.message && ids.add(event.message.id))
  stream.on('text', () => pieces++)
  const message = await stream.finalMessage()
  return { message, ids: [...ids.add(message.id)], pieces }
}

async function rounds(task, ask) {
  const turns = asking(task).messages
  const calls = []
  for (;;) {
    const message = await ask({ messages: turns, tools })
    calls.push(...callsOf(message.content))
    if (message.stop_reason !== 'tool_use') return { ...outcome(message), calls }
    turns.push({ role: 'assistant', content: message.content })
    turns.push({ role: 'user', content: results(message) })
  }
}

function results({ content }) {
  return usesOf(content).map(({ id }, index) => {
    return { type: 'tool_result', tool_use_id: id, content: resultOf(index + 1) }
  })
}

await serve({
  answer: async (task) => outcome(await messages(task).create(asking(task))),
  image: async (task) => {
    const source = { type: 'base64', media_type: 'image/png', data: task.image }
    const content = [{ type: 'image', source }, { type: 'text', text: task.prompt }]
    const turns = [{ role: 'user', content }]
    return outcome(await messages(task).create(asking(task, { messages: turns })))
  },
  stream: async (task) => {
    const { message, ...seen } = await streamed(task)
    return { ...outcome(message), ...seen }
  },
  tools: (task) => rounds(task, (more) => messages(task).create(asking(task, more))),
  'stream tools': (task) => rounds(task, async (more) => (await streamed(task, more)).message),
  schema: async (task) => {
    const format = { output_config: { format: zodOutputFormat(Reply) } }
    const message = await messages(task).parse(asking(task, format))
    return { parsed: message.parsed_output }
  },
  cancel: async (task) => {
    const stream = messages(task).stream(asking(task))
    let pieces = 0
    stream.on('text', () => !stream.aborted && ++pieces === task.pieces && stream.abort())
    await stream.done().catch((error) => {
      if (!(error instanceof Anthropic.APIUserAbortError)) throw error
    })
    return { pieces }
  },
  count: async (task) => {
    const { model, messages: turns } = asking(task)
    const counted = await messages(task).countTokens({ model, messages: turns })
    return { tokens: counted.input_tokens }
  },
})
