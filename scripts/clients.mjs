// clients.mjs: run by clients.sh, which says where the provider (DIRECT) and the gateway are.
import assert from 'node:assert/strict'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { jsonSchema, streamText, tool } from 'ai'
import OpenAI from 'openai'

const direct = `${process.env.DIRECT}/v1`
const gateway = `${process.env.GATEWAY}/v1`
const parameters = { type: 'object', properties: { word: { type: 'string' } } }
const question = [{ role: 'user', content: 'Grüße, 世界 👋' }]

async function configure(settings) {
  await fetch(`${process.env.DIRECT}/config/failures`, {
    method: 'POST',
    body: JSON.stringify(settings),
  })
}

async function throughOpenAi(baseURL, more) {
  const client = new OpenAI({ baseURL, apiKey: 'any' })
  const stream = client.chat.completions.stream({
    model: 'gpt-4',
    messages: question,
    stream_options: { include_usage: true },
    ...more,
  })
  const { choices, usage, model, object } = await stream.finalChatCompletion()
  choices.forEach((choice) => choice.message.tool_calls?.forEach((call) => delete call.id))
  return { choices, usage, model, object }
}

async function throughAiSdk(baseURL, tools) {
  const provider = createOpenAICompatible({ name: 'gateway', baseURL, includeUsage: true })
  const result = streamText({ model: provider('gpt-4'), messages: question, tools })
  const calls = (await result.toolCalls).map(({ toolName, input }) => ({ toolName, input }))
  const [text, finishReason, usage] = [
    await result.text,
    await result.finishReason,
    await result.usage,
  ]
  return { text, finishReason, usage, calls }
}

async function same(what, assemble) {
  const expected = await assemble(direct)
  assert.deepEqual(await assemble(gateway), expected, what)
  console.log(`same: ${what}`)
}

const openAiTools = [{ type: 'function', function: { name: 'look', parameters } }]
const aiTools = { look: tool({ description: 'looks', inputSchema: jsonSchema(parameters) }) }

await same('openai, text', (url) => throughOpenAi(url, {}))
await same('AI SDK, text', (url) => throughAiSdk(url))
await configure({ tool_call: true })
await same('openai, tool call', (url) => throughOpenAi(url, { tools: openAiTools }))
await same('AI SDK, tool call', (url) => throughAiSdk(url, aiTools))
await configure({ crlf: true, split_utf8: true })
await same('openai, CRLF and cut characters', (url) => throughOpenAi(url, {}))

await configure({ script: ['stream_cut'] })
const continued = await throughAiSdk(gateway)
assert.match(continued.text, /^This is a mock answer .* Finished by anthropic\/claude-3-opus\.$/s)
assert.equal(continued.finishReason, 'stop')
console.log('whole: AI SDK, a stream cut in the middle')

await configure({ script: ['stream_cut'] })
await assert.rejects(throughOpenAi(gateway, { logprobs: true }), OpenAI.APIError)
console.log('honest: openai, a stream that nobody can continue is an APIError')
