// OpenAI's client for JavaScript with the Responses API over a WebSocket. The rounds of tools go on
// from the last response by its id and send nothing but the new items.
import OpenAI from 'openai'
import { ResponsesWS } from 'openai/resources/responses/ws'
import { zodTextFormat } from 'openai/helpers/zod'
import { z } from 'zod'
import { errorOf, imageUrl, resultOf, serve, tool } from './tasks.mjs'

const { name, description, schema: parameters } = tool
const tools = [{ type: 'function', name, description, parameters, strict: true }]
const Reply = z.object({ reply: z.string(), count: z.int() })
const ends = ['response.completed', 'response.incomplete']

async function connected(task, use) {
  const socket = new ResponsesWS(new OpenAI({ baseURL: `${task.url}/v1`, apiKey: 'any' }))
  socket.on('error', () => {}) // which the iterator tells
  const events = socket.stream()
  try {
    return await use(socket, events)
  } finally {
    await events.return()
    socket.close()
  }
}

async function answered({ socket, events, task, more, onPiece = () => {} }) {
  socket.send({
    type: 'response.create',
    model: task.model,
    input: task.prompt,
    store: false,
    ...more,
  })
  const ids = new Set()
  let pieces = 0
  for (;;) {
    const { value: event, done } = await events.next()
    if (done) throw new Error('the connection has ended')
    if (event.type === 'error') throw event.error
    const message = event.message
    if (message?.response) ids.add(message.response.id)
    if (message?.type === 'response.output_text.delta') onPiece(++pieces)
    if (ends.includes(message?.type)) return { response: message.response, ids: [...ids], pieces }
  }
}

function stream(task, more) {
  return connected(task, async (socket, events) => {
    const { response, ...seen } = await answered({ socket, events, task, more })
    return { ...outcome(response), ...seen }
  })
}

function outcome({ status, output, usage }) {
  const parts = output.filter(({ type }) => type === 'message').flatMap(({ content }) => content)
  return {
    text: parts.map((part) => part.text).join(''),
    finish: status,
    calls: callsIn(output).map((call) => ({ name: call.name, arguments: call.arguments })),
    usage: { input: usage?.input_tokens, output: usage?.output_tokens },
  }
}

function callsIn(output) {
  return output.filter(({ type }) => type === 'function_call')
}

function rounds(task) {
  return connected(task, async (socket, events) => {
    const calls = []
    let more = { tools }
    for (;;) {
      const { response } = await answered({ socket, events, task, more })
      const result = outcome(response)
      calls.push(...result.calls)
      const made = callsIn(response.output)
      if (!made.length) return { ...result, calls }
      const input = made.map(({ call_id }, index) => ({
        type: 'function_call_output',
        call_id,
        output: resultOf(index + 1),
      }))
      more = { tools, input, previous_response_id: response.id }
    }
  })
}

/** The event that stands for the errors of HTTP. */
function described(thrown) {
  const event = thrown.error
  if (!event) return errorOf(thrown)
  return {
    type: thrown.constructor.name,
    status: event.status ?? null,
    code: event.error?.code ?? null,
    retry_after: event.error?.headers?.['retry-after'] ?? null,
    message: event.error?.message ?? thrown.message,
  }
}

class Left extends Error {}

await serve(
  {
    answer: (task) => stream(task),
    image: (task) => {
      const image = { type: 'input_image', image_url: imageUrl(task), detail: 'auto' }
      const content = [{ type: 'input_text', text: task.prompt }, image]
      return stream(task, { input: [{ role: 'user', content }] })
    },
    stream: (task) => stream(task),
    tools: rounds,
    'stream tools': rounds,
    schema: async (task) => {
      const text = { format: zodTextFormat(Reply, 'reply') }
      return { parsed: JSON.parse((await stream(task, { text })).text) }
    },
    cancel: async (task) => {
      const onPiece = (count) => {
        if (count === task.pieces) throw new Left()
      }
      try {
        await connected(task, (socket, events) => answered({ socket, events, task, onPiece }))
      } catch (left) {
        if (!(left instanceof Left)) throw left
      }
      return { pieces: task.pieces }
    },
  },
  described,
)
