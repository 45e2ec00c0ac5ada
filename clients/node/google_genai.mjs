// Google's client for JavaScript.
import { ApiError, GoogleGenAI } from '@google/genai'
import { z } from 'zod'
import { errorOf, resultOf, serve, tool } from './tasks.mjs'

const { name, description, schema: parametersJsonSchema } = tool
const tools = [{ functionDeclarations: [{ name, description, parametersJsonSchema }] }]
const Reply = z.object({ reply: z.string(), count: z.int() })

function models(task) {
  return new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: task.url } }).models
}

function question(task, ...more) {
  return { role: 'user', parts: [{ text: task.prompt }, ...more] }
}

function asking(task, more) {
  return { model: task.model, contents: [question(task)], ...more }
}

function outcome(response) {
  const { candidates: [candidate], usageMetadata: usage } = response
  return {
    text: textOf(candidate.content.parts),
    finish: candidate.finishReason,
    calls: callsOf(candidate.content),
    usage: { input: usage?.promptTokenCount, output: usage?.candidatesTokenCount },
  }
}

function textOf(parts) {
  return parts.map(({ text }) => text ?? '').join('')
}

function callsOf({ parts }) {
  return parts.flatMap(({ functionCall: call }) =>
    call ? [{ name: call.name, arguments: call.args }] : [],
  )
}

/** The responses of a stream joined to one: the client leaves that to its caller. */
async function streamed(task, more) {
  const ids = new Set()
  const parts = []
  let pieces = 0
  let last
  for await (const response of await models(task).generateContentStream(asking(task, more))) {
    ids.add(response.responseId)
    const found = response.candidates?.[0]?.content?.parts ?? []
    pieces += textOf(found) ? 1 : 0
    parts.push(...found)
    last = response
  }
  last.candidates[0].content = { role: 'model', parts }
  return { response: last, ids: [...ids], pieces }
}

async function rounds(task, ask) {
  const contents = [question(task)]
  const calls = []
  for (;;) {
    const response = await ask({ contents, config: { tools } })
    const { content } = response.candidates[0]
    const called = content.parts.filter((part) => part.functionCall)
    calls.push(...callsOf(content))
    if (!called.length) return { ...outcome(response), calls }
    contents.push(content, { role: 'user', parts: called.map(resultPart) })
  }
}

function resultPart({ functionCall: { id, name } }, index) {
  return { functionResponse: { id, name, response: { output: resultOf(index + 1) } } }
}

/** The message ends in the body of the answer; nothing is known of its headers. */
function error(thrown) {
  const told = errorOf(thrown)
  if (!(thrown instanceof ApiError)) return told
  const { message } = thrown
  const { status, details = [] } = JSON.parse(message.slice(message.indexOf('{'))).error
  const delay = details.find((detail) => detail.retryDelay)?.retryDelay
  return { ...told, code: status, retry_after: delay?.replace('s', '') ?? null }
}

await serve(
  {
    answer: async (task) => outcome(await models(task).generateContent(asking(task))),
    image: async (task) => {
      const image = { inlineData: { data: task.image, mimeType: 'image/png' } }
      const contents = [question(task, image)]
      return outcome(await models(task).generateContent(asking(task, { contents })))
    },
    stream: async (task) => {
      const { response, ...seen } = await streamed(task)
      return { ...outcome(response), ...seen }
    },
    tools: (task) => rounds(task, (more) => models(task).generateContent(asking(task, more))),
    'stream tools': (task) =>
      rounds(task, async (more) => (await streamed(task, more)).response),
    schema: async (task) => {
      const config = {
        responseMimeType: 'application/json',
        responseJsonSchema: z.toJSONSchema(Reply),
      }
      const response = await models(task).generateContent(asking(task, { config }))
      return { parsed: Reply.parse(JSON.parse(response.text)) }
    },
    cancel: async (task) => {
      const controller = new AbortController()
      const config = { abortSignal: controller.signal }
      let pieces = 0
      const stream = await models(task).generateContentStream(asking(task, { config }))
      for await (const response of stream) {
        if (response.text && ++pieces === task.pieces) break
      }
      controller.abort()
      return { pieces }
    },
    count: async (task) => {
      const { totalTokens } = await models(task).countTokens(asking(task))
      return { tokens: totalTokens }
    },
  },
  error,
)
