// OpenAI's client for JavaScript with the Responses API.
import OpenAI from 'openai'
import { zodTextFormat } from 'openai/helpers/zod'
import { z } from 'zod'
import { imageUrl, resultOf, serve, tool } from './tasks.mjs'

const { name, description, schema: parameters } = tool
const tools = [{ type: 'function', name, description, parameters, strict: true }]
const Reply = z.object({ reply: z.string(), count: z.int() })

function responses(task) {
  return new OpenAI({ baseURL: `${task.url}/v1`, apiKey: 'any' }).responses
}

function asking(task, more) {
  return { model: task.model, input: task.prompt, ...more }
}

function outcome({ output_text, status, output, usage }) {
  return {
    text: output_text,
    finish: status,
    calls: callsOf(output),
    usage: { input: usage?.input_tokens, output: usage?.output_tokens },
  }
}

function callsIn(output) {
  return output.filter((item) => item.type === 'function_call')
}

function callsOf(output) {
  return callsIn(output).map((call) => ({ name: call.name, arguments: call.arguments }))
}

async function streamed(task, more) {
  const ids = new Set()
  let pieces = 0
  const stream = responses(task).stream(asking(task, more))
  stream.on('event', (event) => event.response && ids.add(event.response.id))
  stream.on('response.output_text.delta', () => pieces++)
  const response = await stream.finalResponse()
  return { response, ids: [...ids], pieces }
}

async function rounds(task, ask) {
  const input = [{ role: 'user', content: task.prompt }]
  const calls = []
  for (;;) {
    const response = await ask({ input, tools })
    calls.push(...callsOf(response.output))
    const made = callsIn(response.output)
    if (!made.length) return { ...outcome(response), calls }
    input.push(...response.output, ...made.map(resultItem))
  }
}

function resultItem({ call_id }, index) {
  return { type: 'function_call_output', call_id, output: resultOf(index + 1) }
}

await serve({
  answer: async (task) => outcome(await responses(task).create(asking(task))),
  image: async (task) => {
    const image = { type: 'input_image', image_url: imageUrl(task), detail: 'auto' }
    const content = [{ type: 'input_text', text: task.prompt }, image]
    const input = [{ role: 'user', content }]
    return outcome(await responses(task).create(asking(task, { input })))
  },
  stream: async (task) => {
    const { response, ...seen } = await streamed(task)
    return { ...outcome(response), ...seen }
  },
  tools: (task) => rounds(task, (more) => responses(task).create(asking(task, more))),
  'stream tools': (task) => rounds(task, async (more) => (await streamed(task, more)).response),
  schema: async (task) => {
    const text = { format: zodTextFormat(Reply, 'reply') }
    const response = await responses(task).parse(asking(task, { text }))
    return { parsed: response.output_parsed }
  },
  cancel: async (task) => {
    const stream = await responses(task).create(asking(task, { stream: true }))
    let pieces = 0
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta' && ++pieces === task.pieces) {
        stream.controller.abort()
      }
    }
    return { pieces }
  },
  count: async (task) => {
    const counted = await responses(task).inputTokens.count(asking(task))
    return { tokens: counted.input_tokens }
  },
})
