// LangChain's models for OpenAI and Anthropic: the argument says which.
import { ChatAnthropic } from '@langchain/anthropic'
import { HumanMessage, ToolMessage } from '@langchain/core/messages'
import { tool as langchainTool } from '@langchain/core/tools'
import { ChatOpenAI } from '@langchain/openai'
import { z } from 'zod'
import { resultOf, serve, tool } from './tasks.mjs'

const Reply = z.object({ reply: z.string(), count: z.int() })
const models = {
  openai: ({ url, model }) =>
    new ChatOpenAI({
      model,
      apiKey: 'any',
      configuration: { baseURL: `${url}/v1` },
      maxRetries: 0,
      useResponsesApi: false,
    }),
  responses: ({ url, model }) =>
    new ChatOpenAI({
      model,
      apiKey: 'any',
      configuration: { baseURL: `${url}/v1` },
      maxRetries: 0,
      useResponsesApi: true,
    }),
  anthropic: ({ url, model }) =>
    new ChatAnthropic({
      model,
      apiKey: 'any',
      anthropicApiUrl: url,
      maxRetries: 0,
      maxTokens: 1000,
    }),
}
const model = (task) => models[process.argv[2]](task)
const search = langchainTool(({ query }) => query, {
  name: tool.name,
  description: tool.description,
  schema: tool.schema,
})

function outcome(message) {
  const { response_metadata, additional_kwargs, usage_metadata: usage } = message
  const said = { ...additional_kwargs, ...response_metadata }
  return {
    text: message.text,
    finish: said.finish_reason ?? said.stop_reason ?? said.status,
    calls: callsOf(message),
    usage: { input: usage?.input_tokens, output: usage?.output_tokens },
  }
}

function callsOf({ tool_calls }) {
  return tool_calls.map(({ name, args }) => ({ name, arguments: args }))
}

async function streamed(chat, messages) {
  let whole
  let pieces = 0
  for await (const chunk of await chat.stream(messages)) {
    if (chunk.text) pieces++
    whole = whole ? whole.concat(chunk) : chunk
  }
  return { whole, pieces }
}

async function rounds(task, ask) {
  const messages = [new HumanMessage(task.prompt)]
  const calls = []
  for (;;) {
    const message = await ask(messages)
    messages.push(message)
    calls.push(...callsOf(message))
    if (!message.tool_calls.length) return { ...outcome(message), calls }
    message.tool_calls.forEach(({ id }, index) =>
      messages.push(new ToolMessage({ content: resultOf(index + 1), tool_call_id: id })),
    )
  }
}

await serve({
  answer: async (task) => outcome(await model(task).invoke(task.prompt)),
  image: async (task) => {
    const image = { type: 'image', data: task.image, mimeType: 'image/png' }
    const content = [{ type: 'text', text: task.prompt }, image]
    return outcome(await model(task).invoke([new HumanMessage({ contentBlocks: content })]))
  },
  stream: async (task) => {
    const { whole, pieces } = await streamed(model(task), task.prompt)
    return { ...outcome(whole), pieces }
  },
  tools: (task) => {
    const chat = model(task).bindTools([search])
    return rounds(task, (messages) => chat.invoke(messages))
  },
  'stream tools': (task) => {
    const chat = model(task).bindTools([search])
    return rounds(task, async (messages) => (await streamed(chat, messages)).whole)
  },
  schema: async (task) => {
    const chat = model(task).withStructuredOutput(Reply, { name: 'reply', method: 'jsonSchema' })
    return { parsed: await chat.invoke(task.prompt) }
  },
  cancel: async (task) => {
    const controller = new AbortController()
    let pieces = 0
    const chunks = await model(task).stream(task.prompt, { signal: controller.signal })
    for await (const chunk of chunks) {
      if (chunk.text && ++pieces === task.pieces) break
    }
    controller.abort()
    return { pieces }
  },
})
